"""Papers that were told apart for ever: listed, found by words of a title, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from db import services
from desktop.models.cell_text import cut, tip
from desktop.views.history import local_day
from desktop.views.plain import Label, button, plain_tree
from desktop.views.words import counted

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from db.services.changes import Changes
    from db.services.toldapart import Told
    from desktop.context import AppContext

WAIT_MS = 150


class ToldApart(QDialog):
    """Lists pairs, the newest first; Enter in the list takes the chosen ones back, which undo brings again.

    Enter in the field goes to the list: what was chosen there before the answer is not what is looked for.
    """

    show_papers = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Papers told apart"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        self.told: list[Told] = []
        self.search = QLineEdit()
        self.list = QTreeWidget()
        self.said = Label(tone="muted")
        self.back_button = button(self.tr("&Take back"), self.take_back, primary=True)
        self.show_button = button(self.tr("&Show both"), self._show_both)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._build()
        self._timer.timeout.connect(self._load)
        self.search.textChanged.connect(self._timer.start)
        self.list.itemSelectionChanged.connect(self._enable)
        context.changed.connect(self._catch_up)
        self._load()

    def _build(self) -> None:
        self.search.setPlaceholderText(self.tr("Words of a title"))
        self.search.setAccessibleName(self.tr("Find by title"))
        self.search.setClearButtonEnabled(True)
        headings = [self.tr("Paper"), self.tr("Is not the same work as"), self.tr("Since")]
        plain_tree(self.list, self.tr("Papers told apart"), headings)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = self.list.header()
        header.setStretchLastSection(False)
        for section, mode in enumerate(("Stretch", "Stretch", "ResizeToContents")):
            header.setSectionResizeMode(section, QHeaderView.ResizeMode[mode])
        row = QHBoxLayout()
        row.addStretch()
        for one in (self.back_button, self.show_button, button(self.tr("Close"), self.close)):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for widget in (self.search, self.list, self.said):
            column.addWidget(widget)
        column.addLayout(row)
        self.resize(760, 480)

    def _catch_up(self, changes: Changes) -> None:
        if changes.parts & {"twin", "paper"}:
            self._load()

    def _load(self) -> None:
        text = self.search.text()
        self._context.read(lambda library: services.toldapart.pairs(library, text), self._show, key="told_apart")

    def _show(self, found: tuple[list[Told], int]) -> None:
        self.told, total = found
        self.list.clear()
        for one in self.told:
            item = QTreeWidgetItem(self.list, [*map(cut, one.titles), local_day(one.at)])
            for column, title in enumerate(one.titles):
                item.setToolTip(column, tip(title))
        self.said.say(self._words(total))
        if self.told:
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self._enable()

    def _words(self, total: int) -> str:
        if total > len(self.told):
            shown = counted("The newest %Ln pair(s)", len(self.told))
            return self.tr("{0} of {1}; type words of a title to find others.").format(shown, QLocale().toString(total))
        if total:
            return self.tr("Taken back, a pair may be found alike again by the next search for duplicates.")
        if self.search.text().strip():
            return self.tr("No pair with these words in a title.")
        return self.tr("Nothing was told apart yet. Press D in the review queue when two records are different works.")

    def _enable(self) -> None:
        chosen = bool(self._chosen())
        self.back_button.setEnabled(chosen)
        self.show_button.setEnabled(chosen)

    def _chosen(self) -> list[tuple[int, int]]:
        rows = sorted(self.list.indexOfTopLevelItem(item) for item in self.list.selectedItems())
        return [self.told[row].ids for row in rows if 0 <= row < len(self.told)]

    def take_back(self) -> None:
        """Forget that the chosen pairs are different works."""
        chosen = self._chosen()
        if chosen:
            self._context.run(
                self.tr("Take back"),
                lambda library: services.toldapart.take_back(library, chosen),
                toast=counted("Took back that %Ln pair(s) (is|are) different", len(chosen)),
                undo=True,
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from the field to the list; the rest is the button's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down) and self.search.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _show_both(self) -> None:
        self.show_papers.emit(sorted({paper_id for pair in self._chosen() for paper_id in pair}))
