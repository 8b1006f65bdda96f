"""The BibTeX tab: what an export would write, and the citation key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout

from db import services
from desktop import export_options
from desktop.views.detail.field import Field
from desktop.views.detail.on_screen import OnScreen
from desktop.views.detail.values import KEY
from desktop.views.editors import AreaEditor
from desktop.views.flow import FlowLayout
from desktop.views.page import Page
from desktop.views.plain import Label, button, heading
from desktop.views.words import tr

if TYPE_CHECKING:
    from db.domain.records import Paper
    from db.services.changes import Changes
    from desktop.context import AppContext


class BibtexTab(OnScreen, Page):
    """A preview in the fixed-width font; the key is edited and pinned here."""

    stale = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.key = Field(context, KEY)
        self.state = Label(tone="muted", size=11)
        self.pin_button = button(tr("Pin the key"), self.pin)
        self.copy_button = button(tr("Copy BibTeX"), self.copy, primary=False)
        self.preview = AreaEditor()
        self._build()
        self.key.stale.connect(self.stale)

    def _build(self) -> None:
        self.preview.setReadOnly(True)
        self.preview.setFont(self._context.theme.mono(11))
        self.preview.setAccessibleName(tr("BibTeX"))
        self.preview.setProperty("quiet", False)
        self.state.setContentsMargins(0, 0, 0, 0)
        flow = FlowLayout(gap=8)
        flow.addWidget(self.pin_button)
        flow.addWidget(self.copy_button)
        holder = QHBoxLayout()
        holder.addLayout(flow)
        self.key.widget.setProperty("quiet", False)
        self.column.addWidget(heading(tr("Citation key")))
        self.column.addWidget(self.key)
        self.column.addWidget(self.state)
        self.column.addLayout(holder)
        self.column.addWidget(self.preview)
        self.column.addStretch()

    def show_paper(self, paper: Paper) -> None:
        """Show the key of a paper and, when the tab is on the screen, its entry."""
        self.key.show_paper(paper)
        frozen = paper.key_frozen
        state = tr("Pinned: it stays as it is.") if frozen else tr("Proposed: it freezes at the first export.")
        if paper.key_aliases:
            state += " " + tr("Other keys: {0}").format(", ".join(paper.key_aliases))
        self.state.say(state)
        self.pin_button.setText(tr("Unpin the key") if frozen else tr("Pin the key"))
        super().show_paper(paper)

    def _read(self) -> None:
        if self._paper is not None:
            paper_id, options = self._paper.id, export_options.options(self._context.settings)
            self._context.read(
                lambda library: services.exporting.preview_bibtex(library, paper_id, options),
                self.preview.put,
                key="bibtex_preview",
            )

    def pin(self) -> None:
        """Pin the key, or set it free."""
        if (paper := self._paper) is None:
            return
        pinning = services.editing.unpin_key if paper.key_frozen else services.editing.pin_key
        label = tr("Unpin key") if paper.key_frozen else tr("Pin key")
        self._context.run(label, lambda library: pinning(library, [paper.id]))

    def copy(self) -> None:
        """Put the entry on the clipboard; its key freezes, for it is in use from now on."""
        if (paper := self._paper) is None:
            return
        options = export_options.options(self._context.settings)
        self._context.run(
            tr("Copy BibTeX"), lambda library: services.exporting.bibtex(library, [paper.id], options), self._copied
        )

    def _copied(self, result: tuple[str, Changes]) -> None:
        QGuiApplication.clipboard().setText(result[0])
        self._context.notify(tr("BibTeX copied."))
