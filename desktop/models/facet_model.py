"""The facets as a tree of two levels: fields, and their values with counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from desktop.models.cell_text import tip

if TYPE_CHECKING:
    from db.services.faceting import Facet, Value

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
LINE = Qt.ItemDataRole.UserRole
SECTION, VALUE, MORE, FEWER, HINT = "section", "value", "more", "fewer", "hint"
FIELDS = ("tag", "status", "mark", "dump", "org", "author")
"""The fields in the order in which they are shown."""


def _tr(text: str, number: int = -1) -> str:
    return QCoreApplication.translate("Facets", text, None, number)


def field_name(field: str) -> str:
    """Return what a field is called."""
    return {
        "tag": _tr("Tags"),
        "status": _tr("Status"),
        "mark": _tr("Properties"),
        "dump": _tr("Dumps"),
        "org": _tr("Organizations"),
        "author": _tr("Authors"),
    }[field]


def value_name(value: Value) -> str:
    """Return what a value is called; states and properties in the person's language."""
    return (
        {
            "unread": _tr("Unread"),
            "reading": _tr("Reading"),
            "read": _tr("Read"),
            "skipped": _tr("Skipped"),
            "has:code": _tr("Code"),
            "has:pdf": _tr("PDF"),
            "is:starred": _tr("Starred"),
            "has:notes": _tr("Notes"),
            "has:arxiv": _tr("arXiv id"),
            "has:doi": _tr("DOI"),
            "-has:abstract": _tr("No abstract"),
            "-has:date": _tr("No date"),
        }.get(value.label, value.label)
        if value.field in ("status", "mark")
        else value.label
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a field, a value of it, or a word about them; `most` is the highest count beside it."""

    kind: str
    field: str
    label: str
    value: Value | None = None
    most: int = 0

    @property
    def spoken(self) -> str:
        """The line as a screen reader says it."""
        value = self.value
        if value is None:
            return self.label
        parts = [self.label, "" if value.count is None else _tr("%Ln paper(s)", value.count)]
        said = {"wanted": _tr("chosen"), "within": _tr("chosen in the sidebar"), "unwanted": _tr("left out")}
        return ", ".join(part for part in (*parts, said.get(value.state, "")) if part)


class FacetModel(QAbstractItemModel):
    """Fields and the lines in them; another answer changes lines in place, so that nothing folds or scrolls."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sections = [Line(SECTION, field, field_name(field)) for field in FIELDS]
        self._lines: list[list[Line]] = [[] for _ in FIELDS]

    def show(self, facet: Facet, first: int) -> None:
        """Show the values of a field; `first` is how many there are without more being asked for."""
        if facet.field not in FIELDS:
            return
        at = FIELDS.index(facet.field)
        before, lines = self._lines[at], _lines_of(facet, first)
        parent, common = self.index(at, 0), min(len(before), len(lines))
        if len(lines) > common:
            self.beginInsertRows(parent, common, len(lines) - 1)
            self._lines[at] = [*before, *lines[common:]]
            self.endInsertRows()
        elif len(before) > common:
            self.beginRemoveRows(parent, common, len(before) - 1)
            self._lines[at] = before[:common]
            self.endRemoveRows()
        self._lines[at] = lines
        if common:
            self.dataChanged.emit(self.index(0, 0, parent), self.index(common - 1, 0, parent))

    def line(self, index: Index) -> Line | None:
        """Return what a line says."""
        if not index.isValid():
            return None
        return (
            self._sections[index.row()] if index.internalId() == 0 else self._lines[index.internalId() - 1][index.row()]
        )

    def lines(self, field: str) -> list[Line]:
        """Return the lines of a field."""
        return self._lines[FIELDS.index(field)]

    def index_of(self, line: Line | None) -> QModelIndex:
        """Return where a line stands now, also when its count is another; invalid when it is gone."""
        if line is None:
            return QModelIndex()
        parent = self.index(FIELDS.index(line.field), 0)
        if line.kind == SECTION:
            return parent
        wanted = (line.kind, line.value.term if line.value else "")
        rows = [(one.kind, one.value.term if one.value else "") for one in self.lines(line.field)]
        return self.index(rows.index(wanted), 0, parent) if wanted in rows else QModelIndex()

    # Qt's questions -----------------------------------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        if column or not 0 <= row < self.rowCount(parent):
            return QModelIndex()
        return self.createIndex(row, 0, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        inside = index.internalId() if index.isValid() else 0
        return self.createIndex(inside - 1, 0, 0) if inside else QModelIndex()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        if not parent.isValid():
            return len(FIELDS)
        return len(self._lines[parent.row()]) if parent.internalId() == 0 else 0

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a line's text, or the line itself for the delegate."""
        line = self.line(index)
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return line.label
        if role == LINE:
            return line
        if role == Qt.ItemDataRole.ToolTipRole and line.value is not None:
            return tip(f"{line.label}\n{line.value.term}")
        return line.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Say that every line but a hint can have the keyboard."""
        line = self.line(index)
        if line is None or line.kind == HINT:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


def _lines_of(facet: Facet, first: int) -> list[Line]:
    most = max((value.count or 0 for value in facet.values), default=0)
    lines = [Line(VALUE, facet.field, value_name(value), value, most) for value in facet.values]
    if facet.is_coming:
        lines.append(Line(HINT, facet.field, _tr("Counting…")))
    elif facet.total > len(lines):
        more = QLocale().toString(facet.total - len(lines))
        lines.append(Line(MORE, facet.field, _tr("{0} more…").format(more)))
    elif len(lines) > first and facet.field not in ("status", "mark"):
        lines.append(Line(FEWER, facet.field, _tr("Fewer")))
    return lines
