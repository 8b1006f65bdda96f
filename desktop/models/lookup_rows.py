"""What a look-up found, as rows with a tick each: what is sure is ticked, what may be another work is not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.models.cell_text import cut, printed, tip, title_text
from desktop.models.differences import field_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.services.enriching import Finding

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
PAPER, GETS, SOURCE = range(3)
_Role = Qt.ItemDataRole


class LookupRows(QAbstractTableModel):
    """Holds the findings and the ticks; `ticked` comes when what is chosen has changed."""

    ticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.findings: list[Finding] = []
        self._ticks = bytearray()
        self._chosen: Counter[int] = Counter()
        self._found: set[int] = set()
        self._certain: set[int] = set()
        self.unsure = 0
        """How many rows may be another work."""

    # What is known ------------------------------------------------------------------------------------

    def restart(self) -> None:
        """Forget everything: another look-up begins."""
        self.beginResetModel()
        self.findings, self._ticks = [], bytearray()
        self._chosen, self._found, self._certain, self.unsure = Counter(), set(), set(), 0
        self.endResetModel()
        self.ticked.emit()

    def add(self, more: Sequence[Finding]) -> None:
        """Put further findings behind the others."""
        if not more:
            return
        first = len(self.findings)
        self.beginInsertRows(QModelIndex(), first, first + len(more) - 1)
        self.findings.extend(more)
        self._ticks.extend(one.sure for one in more)
        self.endInsertRows()
        self._found.update(one.paper_id for one in more)
        sure = [one.paper_id for one in more if one.sure]
        self._certain.update(sure)
        self._chosen.update(sure)
        self.unsure += len(more) - len(sure)
        self.ticked.emit()

    def papers_found(self) -> int:
        """Return for how many papers something was found."""
        return len(self._found)

    def papers_certain(self) -> int:
        """Return for how many papers something certain was found."""
        return len(self._certain)

    def without_certain(self, ids: Iterable[int]) -> list[int]:
        """Return those papers for which nothing certain was found."""
        return [one for one in ids if one not in self._certain]

    # What is chosen -----------------------------------------------------------------------------------

    def is_ticked(self, row: int) -> bool:
        """Say whether a finding is to be taken over."""
        return bool(self._ticks[row])

    def tick(self, rows: Sequence[int], on: bool) -> None:
        """Take these findings over, or do not."""
        changed = [row for row in rows if self._ticks[row] != on]
        for row in changed:
            self._ticks[row] = on
            paper = self.findings[row].paper_id
            self._chosen[paper] += 1 if on else -1
            if not self._chosen[paper]:
                del self._chosen[paper]
        if changed:
            self.dataChanged.emit(self.index(min(changed), PAPER), self.index(max(changed), PAPER))
            self.ticked.emit()

    def chosen(self) -> list[Finding]:
        """Return the findings that are to be taken over."""
        return [one for one, on in zip(self.findings, self._ticks, strict=True) if on]

    def papers_chosen(self) -> int:
        """Return how many papers they are of: several services may know something of one."""
        return len(self._chosen)

    # The table ----------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.findings)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == PAPER else flags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:
        one, column = self.findings[index.row()], index.column()
        if role == _Role.DisplayRole:
            return (title_text(one.title), cut(gets_text(one)), cut(one.source))[column]
        if role == _Role.CheckStateRole and column == PAPER:
            return Qt.CheckState.Checked if self._ticks[index.row()] else Qt.CheckState.Unchecked
        if role == _Role.ToolTipRole:
            return tip((printed(one.title), gets_text(one), one.source)[column])
        return None

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:
        if role != _Role.CheckStateRole or index.column() != PAPER:
            return False
        self.tick([index.row()], Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role == _Role.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (tr("Paper"), tr("Gets"), tr("From"))[section]
        return None


def gets_text(one: Finding) -> str:
    """Return the names of the fields that get a value, behind a word of doubt where there is some."""
    fields = ", ".join(field_name(change.field) for change in one.changes)
    return fields if one.sure else tr("May be another work: {0}").format(fields)


def tr(text: str) -> str:
    """Translate a text of the look-up."""
    return QCoreApplication.translate("Lookup", text)
