"""The papers that the picker lists: few, and fetched whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.models.cell_text import cut, date_text, printed, tip, title_text

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from db.domain.records import PaperRow

Index = QModelIndex | QPersistentModelIndex
PAPER, TAKEN = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
"""Roles: the row as the library gives it, and whether the paper is among the collected ones."""


class PickerHits(QAbstractListModel):
    """The hits in the order of the search."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[PaperRow] = ()
        self._taken: frozenset[int] = frozenset()

    def show(self, rows: Sequence[PaperRow]) -> None:
        """List other papers."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def mark(self, taken: Collection[int]) -> None:
        """Mark the papers that were collected already."""
        self._taken = frozenset(taken)
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def row_of(self, paper_id: int) -> int:
        """Return where a paper stands, 0 when it is not listed."""
        return next((at for at, row in enumerate(self._rows) if row.id == paper_id), 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title, what a screen reader says of the line, or the paper itself."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return title_text(row.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (title_text(row.title), *about(row), row.citation_key) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(printed(row.title))
        if role == TAKEN:
            return row.id in self._taken
        return row if role == PAPER else None


def about(row: PaperRow) -> tuple[str, str]:
    """Return who wrote a paper, as far as that is known, and when."""
    return cut(row.authors), date_text(row.date)
