"""The list of the files of a drop, with a tick for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from desktop.models.preview_files import LAYOUT, NAME, RECORDS, STATE
from desktop.theme import box_palette
from desktop.views.preview_detail import calm
from desktop.views.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from desktop.context import AppContext
    from desktop.models.preview_files import Index, PreviewFiles


MOST_LETTERS = {LAYOUT: 24, RECORDS: 12, STATE: 22}


class PreviewList(QTableView):
    """Tells which file is looked at; Space ticks it, whatever column the keyboard is in."""

    row_chosen = Signal(int)

    def __init__(self, context: AppContext, model: PreviewFiles) -> None:
        super().__init__()
        self._theme = context.theme
        self._theme.changed.connect(self._colour)
        self._colour()
        self.setModel(model)
        calm(self, tr("Files of the drop"), rows=1)
        self.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for changed in (model.dataChanged, model.rowsInserted, model.modelReset):
            changed.connect(self._fit)
        self._fit()
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def _fit(self) -> None:
        """Give the other columns what the rows in sight need, within bounds, so that the names have the rest."""
        step = self.fontMetrics().averageCharWidth()
        for at, most in MOST_LETTERS.items():
            needed = max(self.sizeHintForColumn(at), self.horizontalHeader().sectionSizeHint(at))
            self.setColumnWidth(at, min(needed, most * step))

    def _colour(self) -> None:
        """Draw the ticks as other check boxes are drawn: in the dark their outline would be lost."""
        self.setPalette(box_palette(self._theme.tokens))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.row_chosen.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() != Qt.Key.Key_Space or not index.isValid():
            super().keyPressEvent(event)
            return
        tick = index.siblingAtColumn(NAME)
        state = tick.data(Qt.ItemDataRole.CheckStateRole)
        if state is not None:
            ticked = Qt.CheckState(state) == Qt.CheckState.Checked
            other = Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked
            self.model().setData(tick, other, Qt.ItemDataRole.CheckStateRole)
