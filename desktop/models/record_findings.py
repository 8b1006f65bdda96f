"""The findings of a check as rows, of one kind or of all; rows of papers that were mended go, the others stay."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from desktop.models.cell_text import cut, printed, tip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.services.recordchecks import Kind, RecordFinding

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
PAPER, KIND, WHAT, FIX = range(4)


class RecordFindings(QAbstractTableModel):
    """Rows of findings; `kind` None shows all."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[RecordFinding] = []
        self.shown: list[RecordFinding] = []
        self.kind: str | None = None
        self._counts: Counter[str] = Counter()
        self._fixes: Counter[str] = Counter()

    def restart(self) -> None:
        """Forget everything: a new check begins."""
        self.beginResetModel()
        self._all, self.shown = [], []
        self._counts.clear()
        self._fixes.clear()
        self.endResetModel()

    def add(self, more: Sequence[RecordFinding]) -> None:
        """Put further findings behind the others."""
        self._all.extend(more)
        self._count(more, 1)
        fitting = [one for one in more if self._fits(one)]
        if fitting:
            self.beginInsertRows(QModelIndex(), len(self.shown), len(self.shown) + len(fitting) - 1)
            self.shown.extend(fitting)
            self.endInsertRows()

    def replace(self, papers: Iterable[int], findings: Sequence[RecordFinding]) -> None:
        """Show other findings of some papers, in the order of the papers."""
        changed = set(papers)
        self._count([one for one in self._all if one.paper_id in changed], -1)
        self._count(findings, 1)
        kept = [one for one in self._all if one.paper_id not in changed]
        self._all = sorted([*kept, *findings], key=lambda one: one.paper_id)
        self._rebuild()

    def show_kind(self, kind: str | None) -> None:
        """Show the findings of one kind only, None for all."""
        self.kind = kind
        self._rebuild()

    def counts(self) -> Counter[str]:
        """Return how many findings there are of each kind."""
        return self._counts

    def can_fix(self, kind: str) -> bool:
        """Say whether any finding of a kind has a fix."""
        return self._fixes[kind] > 0

    def _count(self, findings: Iterable[RecordFinding], step: int) -> None:
        """Count on: a million findings come in thousands of parts, and counting all for each would take minutes."""
        for one in findings:
            self._counts[one.kind] += step
            if one.fix:
                self._fixes[one.kind] += step

    def _fits(self, one: RecordFinding) -> bool:
        return self.kind is None or one.kind == self.kind

    def _rebuild(self) -> None:
        self.beginResetModel()
        self.shown = [one for one in self._all if self._fits(one)] if self.kind else list(self._all)
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 4

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        one = self.shown[index.row()]
        text = (printed(one.title) or one.citation_key, kind_name(one.kind), one.finding, one.fix or _tr("By hand"))[
            index.column()
        ]
        return cut(text) if role == Qt.ItemDataRole.DisplayRole else tip(text)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return (_tr("Paper"), _tr("Kind"), _tr("What"), _tr("Fix"))[section]
        return None


def kind_name(kind: Kind) -> str:
    """Return a kind of finding in words."""
    return kind_names()[kind.value]


def kind_names() -> dict[str, str]:
    """Return every kind of finding in words, in the order in which they are offered."""
    return {
        "missing": _tr("Missing fields"),
        "key": _tr("Citation keys"),
        "title-case": _tr("Titles in capitals"),
        "markup": _tr("Markup of web pages"),
        "braces": _tr("Braces"),
        "misplaced": _tr("Values in the wrong field"),
        "pages": _tr("Page ranges"),
        "duplicated": _tr("Fields that stand twice"),
        "date": _tr("Wrong dates"),
        "future": _tr("Dates in the future"),
        "file": _tr("Lost files"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("RecordFindings", text)
