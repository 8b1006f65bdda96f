"""The quiet line at the foot: how many papers, how live .bib files stand, what is running, which library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QSizePolicy, QStatusBar, QWidget

from desktop.models.cell_text import tip
from desktop.views.live_item import LiveItem
from desktop.views.plain import Label
from desktop.views.progress import ProgressView
from desktop.views.words import counted, papers

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from desktop.context import AppContext
    from desktop.models.live_files import LiveFiles


class StatusBar(QStatusBar):
    """Counts at the left, live .bib files, work and library at the right."""

    def __init__(self, context: AppContext, live: LiveFiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self.setContentsMargins(12, 0, 12, 0)
        self.counts = Label(wrap=False)
        self.counts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.counts.setMinimumWidth(64)
        self.live = LiveItem(live, self)
        self.work = ProgressView(context, self)
        self.library = Label(tone="muted", wrap=False)
        self.addWidget(self.counts, 1)
        self.addPermanentWidget(self.live)
        self.addPermanentWidget(self.work)
        self.addPermanentWidget(self.library)
        self._context = context
        context.opened.connect(self._opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what is said of live .bib files have more room or less."""
        super().resizeEvent(event)
        self.live.fit()

    def _opened(self) -> None:
        library = self._context.library
        if library is not None:
            name = library.path.stem
            self.library.setText(self.tr("{0} (read-only)").format(name) if library.read_only else name)
            self.library.setToolTip(tip(library.address))

    def show_counts(self, shown: int, total: int, selected: int, hidden: int = 0) -> None:
        """Say `41 of 363 papers, 2 selected`; chosen papers that a filter hides are told too.

        A negative `shown` says that the papers are still being looked for.
        """
        locale = QLocale()
        if shown < 0:
            parts = [counted("Looking through %Ln paper(s)…", total) if total else self.tr("Looking…")]
        elif shown == total:
            parts = [papers(total)]
        else:
            parts = [counted("{0} of %Ln paper(s)", total).format(locale.toString(shown))]
        if selected:
            parts.append(self.tr("{0} selected").format(locale.toString(selected)))
        if hidden:
            parts.append(self.tr("{0} of the selection hidden").format(locale.toString(hidden)))
        self.counts.setText(", ".join(parts))
