"""The first papers of a file before it is imported, each with what would become of it; and its issues."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication

from db.services.forecast import Fate
from desktop.models.cell_text import cut, date_text, date_tip, tip, title_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Date, Issue
    from db.services.forecast import Expected

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
TITLE, AUTHORS, DATE, FATE = range(4)


def tr(text: str, count: int = -1) -> str:
    """Translate a text of the preview."""
    return QCoreApplication.translate("ImportPreview", text, None, count)


def fate_text(one: Expected) -> str:
    """Return what would become of a paper."""
    if one.fate is Fate.SAME:
        words = tr("In the trash: {0}") if one.in_trash else tr("Same as {0}")
        return words.format(one.key or title_text(one.twin))
    if one.fate is Fate.MAYBE:
        return tr("Perhaps {0}").format(one.key or title_text(one.twin))
    return tr("Repeated here") if one.fate is Fate.REPEATED else tr("New")


class PreviewRecords(QAbstractTableModel):
    """The papers as rows; `year` stands in for the page's own where a date hangs on it."""

    def __init__(self) -> None:
        super().__init__()
        self.records: Sequence[Expected] = ()
        self.year: int | None = None

    def show(self, records: Sequence[Expected], year: int | None) -> None:
        """Show these papers; those that were shown before keep their rows."""
        same = self.records == records[: len(self.records)] and bool(self.records)
        if same and len(records) > len(self.records):
            self.beginInsertRows(QModelIndex(), len(self.records), len(records) - 1)
            self.records = records
            self.endInsertRows()
        elif not same:
            self.beginResetModel()
            self.records = records
            self.endResetModel()
        if year != self.year:
            self.year = year
            if self.records:
                self.dataChanged.emit(self.index(0, DATE), self.index(len(self.records) - 1, DATE))

    def says(self, column: int) -> bool:
        """Tell whether any of the papers has something in a column."""
        return any(self._text(one, column) for one in self.records)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one, column = self.records[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return cut(self._text(one, column))
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._tip(one, column))
        if role == Qt.ItemDataRole.ForegroundRole and column == TITLE and not one.title.strip():
            return QGuiApplication.palette().placeholderText()
        return None

    def _date(self, one: Expected) -> Date:
        if not one.hangs or self.year is None:
            return one.date
        return replace(one.date, year=self.year, inferred=True, evidence=tr("set here for the whole page"))

    def _text(self, one: Expected, column: int) -> str:
        if column == TITLE:
            return title_text(one.title)
        if column == AUTHORS:
            return one.authors or (tr("%Ln author(s)", one.author_count) if one.author_count else "")
        if column == DATE:
            return date_text(self._date(one)) or one.month_day
        return fate_text(one)

    def _tip(self, one: Expected, column: int) -> str:
        if column == DATE:
            return date_tip(self._date(one)) or self._text(one, column)
        if column == FATE and one.twin:
            return "\n".join((f"{fate_text(one)}: {one.twin}", "; ".join(one.why)))
        return self._text(one, column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (tr("Title"), tr("Authors"), tr("Date"), tr("What will happen"))[section]
        return None


class PreviewIssues(QAbstractTableModel):
    """Lines that need a look, with the reason."""

    def __init__(self) -> None:
        super().__init__()
        self.issues: Sequence[Issue] = ()

    def show(self, issues: Sequence[Issue]) -> None:
        """Show these issues instead."""
        if issues != self.issues:
            self.beginResetModel()
            self.issues = issues
            self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.issues)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.issues[index.row()]
        text = (f"{one.line}", one.why, one.text)[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cut(text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(text)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (tr("Line"), tr("Why"), tr("Text"))[section]
        return None
