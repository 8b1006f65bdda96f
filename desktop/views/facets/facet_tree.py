"""The lists of the filter pane: mouse, keys and what is folded; what a click means is said by signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QWidget

from desktop.models.facet_model import FEWER, FIELDS, MORE, SECTION, VALUE, FacetModel
from desktop.views.facets.facet_cells import FacetCells
from desktop.views.facets.facet_lines import FacetLines

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent

    from db.services.faceting import Facet
    from desktop.context import AppContext

CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
FOLDED = "layout/facets_folded"


class FacetTree(FacetLines):
    """Values that are chosen with the mouse or Enter; the modifiers say how they join what is asked for."""

    chosen = Signal(object, object)
    more = Signal(str)
    fewer = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = FacetModel(self)
        self._pressed: QPersistentModelIndex | None = None
        self.setModel(self._model)
        self.setItemDelegate(FacetCells(context, self))
        self._set_up()
        folded = context.settings.get(FOLDED, [])
        for row, field in enumerate(FIELDS):
            self.setExpanded(self._model.index(row, 0), field not in folded)
            self.setRowHidden(row, QModelIndex(), True)
        self.expanded.connect(self._remember_folded)
        self.collapsed.connect(self._remember_folded)
        context.theme.changed.connect(self.viewport().update)
        context.icons.loaded.connect(self.viewport().update)

    def _set_up(self) -> None:
        self.setAccessibleName(self.tr("Tags, status, properties, dumps, organizations and authors"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def keyboardSearch(self, _search: str) -> None:
        """Do nothing: letters are shortcuts, and the field above finds values."""

    @property
    def lines(self) -> FacetModel:
        """What is listed."""
        return self._model

    def show_facet(self, facet: Facet, first: int) -> None:
        """Show the values of a field; the line with the keyboard keeps it, wherever it stands now."""
        current = self._model.line(self.currentIndex())
        self._model.show(facet, first)
        if facet.field in FIELDS:
            self.setRowHidden(FIELDS.index(facet.field), QModelIndex(), not self._model.lines(facet.field))
        if current is not None and current.field == facet.field:
            there = self._model.index_of(current)
            self.setCurrentIndex(there if there.isValid() else self._model.index(FIELDS.index(facet.field), 0))

    def show_waiting(self, waits: bool) -> None:
        """Pale the counts while others are on their way."""
        self.waits = waits
        self.viewport().update()

    def _remember_folded(self, _index: QModelIndex) -> None:
        folded = [field for row, field in enumerate(FIELDS) if not self.isExpanded(self._model.index(row, 0))]
        self._context.settings.set(FOLDED, folded)

    def _act(self, index: QModelIndex, modifiers: Qt.KeyboardModifier) -> None:
        line = self._model.line(index)
        if line is None:
            return
        if line.kind == SECTION:
            self.setExpanded(index, not self.isExpanded(index))
        elif line.kind == VALUE:
            self.chosen.emit(line.value, modifiers)
        elif line.kind in (MORE, FEWER):
            (self.more if line.kind == MORE else self.fewer).emit(line.field)

    # Mouse and keys -----------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the line; it is chosen when the button is let go over it."""
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = QPersistentModelIndex(index) if left and index.isValid() else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold or choose what was clicked."""
        index = self.indexAt(event.position().toPoint())
        pressed, self._pressed = self._pressed, None
        super().mouseReleaseEvent(event)
        if pressed is not None and pressed == index:
            self._act(index, event.modifiers())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the second click as one more: it drops what the first one chose."""
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the line under the mouse."""
        self.hover(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter or Space; the rest is the tree's."""
        if event.key() in CHOOSING and self.currentIndex().isValid():
            self._act(self.currentIndex(), event.modifiers())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the first line when none has the focus yet."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            shown = (row for row in range(len(FIELDS)) if not self.isRowHidden(row, QModelIndex()))
            self.setCurrentIndex(self._model.index(next(shown, 0), 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
