"""The lists of the documents' window: a table with a word for when it is empty, and the matches of an unknown key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QListWidget, QTableView, QVBoxLayout, QWidget

from desktop.models.cell_text import cut, tip
from desktop.models.document_rows import DocumentRows, suggestion_words, tr
from desktop.views.plain import Label, button, heading, row_table, set_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.documents import Suggestion, Unknown
    from desktop.models.document_rows import Row

WIDTHS = (30, 14, 20)
"""Letters of the first, the inner and the last column."""
MOST_ROWS = 3


class DocumentTable(QWidget):
    """Rows of one kind; `opened` brings what a line stands for, `chosen` tells of another current line.

    What is told of the current line stands below in full if it is a sentence that the table may cut (`in_full`).
    """

    opened = Signal(object)
    chosen = Signal(object)

    def __init__(self, name: str, headings: Sequence[str], empty: str, *, in_full: bool = False) -> None:
        super().__init__()
        self.said = Label(tone="muted")
        if not in_full:
            self.said.hide()
        self.model = DocumentRows(headings)
        self.view = QTableView()
        self.empty = Label(empty, tone="muted")
        self.view.setModel(self.model)
        row_table(self.view, name)
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        letter = self.fontMetrics().averageCharWidth()
        for column in range(len(headings)):
            stretched = column == 1
            kind = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(column, kind)
            width = WIDTHS[0] if column == 0 else WIDTHS[2 if column == len(headings) - 1 else 1]
            header.resizeSection(column, width * letter)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(8, 8, 8, 8)
        column_.setSpacing(8)
        column_.addWidget(self.empty)
        column_.addWidget(self.view, 1)
        column_.addWidget(self.said)
        self.view.activated.connect(lambda index: self.opened.emit(self.model.rows[index.row()].value))
        self.view.selectionModel().currentRowChanged.connect(lambda now, _before: self._choose(now))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows; the current line stays the current one by its number."""
        at = self.view.currentIndex().row()
        if self.model.show(rows):
            self.view.setCurrentIndex(self.model.index(min(max(at, 0), len(rows) - 1), 0) if rows else QModelIndex())
            self._choose(self.view.currentIndex())
        self.empty.setVisible(not rows)
        self.view.setVisible(bool(rows))

    def _choose(self, index: QModelIndex) -> None:
        held = index.isValid() and index.row() < len(self.model.rows)
        self.said.setText(cut(self.model.rows[index.row()].tip) if held else "")
        self.chosen.emit(self._value(index))

    def current(self) -> Any:
        """Return what the current line stands for, None without one."""
        return self._value(self.view.currentIndex())

    def _value(self, index: QModelIndex) -> Any:
        return self.model.rows[index.row()].value if index.isValid() and index.row() < len(self.model.rows) else None


class UnknownKeys(QWidget):
    """Keys that the library does not have, and below them the papers that the current one may mean."""

    taken = Signal(str, int, bool)
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        headings = (tr("Key"), tr("Closest match"), tr("First cited"))
        self.table = DocumentTable(tr("Unknown keys"), headings, tr("Every key that is cited is in the library."))
        self.matches = QListWidget()
        self.matches.setAccessibleName(tr("Papers that the key may mean"))
        self.matches.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.matches.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.matches.setMaximumHeight(self.fontMetrics().lineSpacing() * 2 * MOST_ROWS)
        self.title = heading(tr("Papers that it may mean"))
        self.key_button = button(tr("Give the paper this &key"), lambda: self._take(False))
        self.alias_button = button(tr("Add as &another key"), lambda: self._take(True))
        self.show_button = button(tr("Show the &paper"), self._open)
        self._unknown: Unknown | None = None
        self._build()
        self.table.chosen.connect(self._show_matches)
        self.table.opened.connect(lambda _one: self.matches.setFocus())
        self.matches.itemActivated.connect(lambda _item: self._open())
        self._show_matches(None)

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for one in (self.key_button, self.alias_button, self.show_button):
            buttons.addWidget(one)
        buttons.addStretch()
        undone = tr("Can be undone; a key that was exported still leads to the paper")
        set_tip(self.key_button, undone)
        set_tip(self.alias_button, tr("The paper keeps its key and answers to both") + f"\n{undone}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addWidget(self.table, 1)
        below = QVBoxLayout()
        below.setContentsMargins(8, 0, 8, 0)
        below.setSpacing(8)
        below.addWidget(self.title)
        below.addWidget(self.matches)
        below.addLayout(buttons)
        column.addLayout(below)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these keys."""
        self.table.show_rows(rows)

    def _show_matches(self, unknown: Unknown | None) -> None:
        self._unknown = unknown
        found = unknown.suggestions if unknown is not None else ()
        self.matches.clear()
        for one in found:
            self.matches.addItem(suggestion_words(one))
            self.matches.item(self.matches.count() - 1).setToolTip(tip(suggestion_words(one)))
        if found:
            self.matches.setCurrentRow(0)
        for widget in (self.matches, self.key_button, self.alias_button, self.show_button):
            widget.setEnabled(bool(found))

    def _suggestion(self) -> Suggestion | None:
        at = self.matches.currentRow()
        return self._unknown.suggestions[at] if self._unknown is not None and at >= 0 else None

    def _take(self, as_alias: bool) -> None:
        one = self._suggestion()
        if one is not None and self._unknown is not None:
            self.table.view.setFocus()  # the buttons may be of no use with the key that comes next
            self.taken.emit(self._unknown.key, one.paper_id, as_alias)

    def _open(self) -> None:
        if one := self._suggestion():
            self.opened.emit(one.paper_id)
