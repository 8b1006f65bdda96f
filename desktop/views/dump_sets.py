"""Dumps as sets, in a window of their own: two compared, and the counts of a review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from desktop.views.dump_compare import DumpCompare
from desktop.views.dump_counts import DumpCounts
from desktop.views.plain import button, open_at

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from db.domain.records import Source
    from db.services.changes import Changes
    from desktop.context import AppContext

PARTS = frozenset({"paper", "sighting", "source", "paper_tag", "tag", "twin"})
"""Parts of a library whose change can alter a count."""


class DumpSets(QDialog):
    """Not modal: what a button shows appears in the table behind it."""

    scope_wanted = Signal(str)

    def __init__(self, context: AppContext, sources: Sequence[Source], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setObjectName("dumpSets")
        self.setWindowTitle(self.tr("Dumps as sets"))
        self._offered: list[tuple[int, str, str]] = []
        self.compare = DumpCompare(context)
        self.counts = DumpCounts(context)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.compare, self.tr("Com&pare"))
        self.tabs.addTab(self.counts, self.tr("Counts for a re&view"))
        self.close_button = button(self.tr("Close"), self.close, primary=True)
        self._build()
        self.compare.scope_wanted.connect(self.scope_wanted)
        context.changed.connect(self._changed)
        self.show_sources(sources)

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 0, 16, 12)
        foot.addStretch()
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)
        step = self.fontMetrics().lineSpacing()
        open_at(self, QSize(max(640, 46 * step), max(480, 32 * step)))

    def show_sources(self, sources: Sequence[Source]) -> None:
        """Offer these dumps in both tabs."""
        offered = [(one.id, one.name, one.imported_at) for one in sources]
        if offered != self._offered:
            self._offered = offered
            self.compare.show_sources(sources)
            self.counts.show_sources(sources)

    def start_comparing(self, a: int, b: int | None) -> None:
        """Show A against B, or against the first other dump."""
        self.tabs.setCurrentWidget(self.compare)
        self.compare.choose(a, b)

    def start_counting(self, sources: Sequence[Source], ticked: Collection[int]) -> None:
        """Show the counts of these dumps."""
        self.tabs.setCurrentWidget(self.counts)
        self.counts.show_sources(sources, ticked)

    def _changed(self, changes: Changes) -> None:
        if changes.parts & PARTS:
            self.compare.load()
            self.counts.load()
