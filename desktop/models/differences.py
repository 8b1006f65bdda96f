"""What reading a dump again would change, as rows: new, gone, and each value that differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from desktop.models.cell_text import cut, tip

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.services.rereading import Difference

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
NUMBERS = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SHOWN = 60
"""Characters of each of two values in one cell."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `tone` is the token of its sign's colour. A changed value has its field, what it was and what it is."""

    what: str
    tone: str
    line: int
    title: str
    field: str = ""
    old: str = ""
    new: str = ""

    @property
    def text(self) -> str:
        """What differs, in short."""
        return f"{self.field}: {_short(self.old)} → {_short(self.new)}" if self.field else ""


def rows(difference: Difference) -> list[Row]:
    """Return the rows in the order of the lines."""
    return sorted(_rows(difference), key=lambda row: row.line)


def _rows(difference: Difference) -> Iterator[Row]:
    for one in difference.added:
        yield Row(_tr("+ New"), "good", one.line, one.title, new=one.title)
    for one in difference.removed:
        yield Row(_tr("− Gone"), "danger", one.line, one.title, old=one.title)
    for record in difference.changed:
        for field, old, new in record.values:
            yield Row(_tr("~ Changed"), "warning", record.line, record.title, field_name(field), old, new)


def field_name(field: str) -> str:
    """Return what a field of a paper is called."""
    names = {
        "title": _tr("Title"), "abstract": _tr("Abstract"), "authors": _tr("Authors"), "date": _tr("Date"),
        "author_count": _tr("Author count"), "organization": _tr("Organisation"), "comments": _tr("Comments"),
        "upvotes": _tr("Upvotes"), "arxiv_id": _tr("arXiv id"), "doi": _tr("DOI"), "venue": _tr("Venue"),
        "urls": _tr("Links"), "entry_type": _tr("Entry type"), "fields": _tr("More fields"),
        "notes": _tr("Notes"), "status": _tr("Status"), "starred": _tr("Star"), "rating": _tr("Rating"),
        "tags": _tr("Tags"), "collections": _tr("Collections"), "files": _tr("Files"),
    }  # fmt: skip
    return names.get(field, field)


def _short(value: str) -> str:
    one_line = " ".join(value.split())
    if not one_line:
        return _tr("(nothing)")
    return one_line if len(one_line) <= SHOWN else one_line[:SHOWN] + "…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Reread", text)


class Differences(QAbstractTableModel):
    """The rows with sign and word, line, title, and what differs."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cut((row.what, str(row.line), row.title, row.text)[index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(row.text if index.column() == 3 and row.text else row.title)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return NUMBERS
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (_tr("What"), _tr("Line"), _tr("Record"), _tr("Before → after"))[section]
        return NUMBERS if role == Qt.ItemDataRole.TextAlignmentRole and section == 1 else None
