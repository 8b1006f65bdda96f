"""The table's model: ids only; a row is fetched when it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.models.cell_text import tip
from desktop.models.paper_columns import COLUMNS
from desktop.models.row_pages import Fetch, RowPages

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from db.domain.records import PaperRow

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_FLAGS = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)
_ALIGNMENT = {
    True: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    False: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
}


class PaperTableModel(QAbstractTableModel):
    """Papers by id, in the order in which they were found."""

    def __init__(self, fetch: Fetch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pages = RowPages(fetch)
        self.age = 0
        """How often papers were forgotten."""

    @property
    def ids(self) -> array[int]:
        """The ids of all rows, top to bottom; not to be changed."""
        return self._pages.ids

    def first_rows(self) -> list[PaperRow]:
        """Return the rows of the first page, none unless all of them are at hand."""
        return self._pages.first()

    def show(self, ids: array[int], first: Sequence[PaperRow] = (), age: int | None = None) -> None:
        """Show other papers; views lose selection and place, which whoever calls this puts back.

        `first` are the rows of the first page, read when the model was of that `age`: if it has forgotten papers
        since, they may be others by now.
        """
        self.beginResetModel()
        self._pages.replace(ids, first if age == self.age else ())
        self.endResetModel()

    def extend(self, ids: array[int]) -> None:
        """Show more papers behind those that are shown; views keep selection and place."""
        shown = len(self._pages.ids)
        if len(ids) > shown:
            self.beginInsertRows(_NOWHERE, shown, len(ids) - 1)
            self._pages.extend(ids)
            self.endInsertRows()

    def forget(self, ids: frozenset[int] | None) -> None:
        """Fetch these papers again (None: all) when they are next painted."""
        self.age += 1
        self._pages.forget(ids)
        if self.rowCount():
            last = self.index(self.rowCount() - 1, len(COLUMNS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def paper(self, row: int) -> PaperRow | None:
        """Return what a row shows, or None when the paper is gone."""
        return self._pages.row(row) if 0 <= row < len(self._pages.ids) else None

    def id_at(self, row: int) -> int | None:
        """Return the paper of a row, or None outside the table."""
        return self._pages.ids[row] if 0 <= row < len(self._pages.ids) else None

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._pages.ids)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's text, alignment or tooltip; the rest is the delegate's."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[COLUMNS[index.column()].number]
        if role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return None
        row = self.paper(index.row())
        if row is None:
            return None
        column = COLUMNS[index.column()]
        return tip(column.tip(row)) if role == Qt.ItemDataRole.ToolTipRole else column.text(row)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a column's heading."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[column.number]
        return None

    def flags(self, _index: Index) -> Qt.ItemFlag:
        """Every row can be chosen and dragged out."""
        return _FLAGS
