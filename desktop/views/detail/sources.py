"""The Sources tab: every sighting with its raw text, and where each value came from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from db import services
from desktop.models.cell_text import date_tip
from desktop.views.detail.on_screen import OnScreen
from desktop.views.detail.values import ABSTRACT, FORM, NOTES, TITLE
from desktop.views.editors import AreaEditor
from desktop.views.flow import FlowLayout
from desktop.views.page import Page
from desktop.views.plain import Label, clear_layout, heading, link_button, set_tip
from desktop.views.summary_words import encoding_guess
from desktop.views.words import lines, origin_of, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Paper
    from db.services.changes import Changes
    from desktop.context import AppContext

MOST_RAW = 4_000
"""Characters of a sighting's raw text that are shown; the dump shows all of it."""


class SourcesTab(OnScreen, Page):
    """Filled when it is on the screen."""

    open_dump = Signal(int, int)

    def __init__(self, context: AppContext) -> None:
        super().__init__(gap=8)
        self._context = context
        self._shown: tuple[object, ...] | None = None
        self._sightings = QVBoxLayout()
        self._sightings.setSpacing(16)
        self._origins = QFormLayout()
        self._origins.setHorizontalSpacing(16)
        self._origins.setVerticalSpacing(4)
        self._origins.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.column.addWidget(heading(tr("Seen in")))
        self.column.addLayout(self._sightings)
        self.column.addSpacing(8)
        self.column.addWidget(heading(tr("Where each value came from")))
        self.column.addLayout(self._origins)
        self.column.addStretch()

    def _read(self) -> None:
        paper = self._paper
        # One more sighting of a paper that it told nothing new leaves the version as it was.
        if paper is None or self._shown == (paper.id, paper.version, paper.sightings):
            return
        self._shown = (paper.id, paper.version, paper.sightings)
        self._show_origins(paper)
        self._context.read(
            lambda library: services.sources.sightings(library, paper.id),
            self._show_sightings,
            key="detail_sightings",
        )

    def _show_sightings(self, found: Sequence[Any]) -> None:
        clear_layout(self._sightings)
        for detail in found:
            self._sightings.addWidget(self._card(detail, alone=len(found) == 1))
        if not found:
            words = tr("No source: this paper was added by hand.")
            self._sightings.addWidget(Label(words, tone="muted"))

    def _card(self, detail: Any, *, alone: bool) -> QWidget:
        sighting = detail.sighting
        card = QWidget()
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(Label(sighting.source_name, bold=True))
        place = tr("Record {0}, {1}").format(sighting.index, lines(sighting.line_start, sighting.line_end))
        column.addWidget(Label(place, tone="muted", size=11))
        if guess := encoding_guess(detail.encoding):
            column.addWidget(Label(guess, tone="warning", size=11))
        raw = AreaEditor(most=9)
        raw.setReadOnly(True)
        raw.setProperty("quiet", False)
        raw.setFont(self._context.theme.font(11))
        raw.setAccessibleName(tr("Raw text of {0}").format(sighting.source_name))
        raw.put(detail.raw[:MOST_RAW] + ("…" if len(detail.raw) > MOST_RAW else ""))
        column.addWidget(raw)
        flow = FlowLayout()
        show = link_button(
            tr("Show in dump"),
            lambda: self.open_dump.emit(sighting.source_id, sighting.line_start),
        )
        flow.addWidget(show)
        if not alone:
            split = link_button(tr("This is another paper"), lambda: self._split(sighting.id))
            set_tip(split, tr("Make this record a paper of its own, and remember that the two are different works."))
            flow.addWidget(split)
        holder = QHBoxLayout()
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addLayout(flow)
        column.addLayout(holder)
        return card

    def _split(self, sighting_id: int) -> None:
        self.setFocus()  # the link goes with its record, and the keyboard must stay here
        self._context.run_long(
            tr("Make a record its own paper"),
            lambda library, report: services.splitting.another_paper(library, sighting_id, report),
            self._said_split,
        )

    def _said_split(self, _made: tuple[int, Changes]) -> None:
        self._context.notify(tr("The record is a paper of its own now."), undo=True)

    def _show_origins(self, paper: Paper) -> None:
        while self._origins.rowCount():
            self._origins.removeRow(0)
        for spec in (TITLE, ABSTRACT, *FORM, NOTES):
            if not spec.text(paper) or (spec.name == "entry_type" and spec.name not in paper.origins):
                continue
            if spec.name == "citation_key" and spec.name not in paper.origins:
                origin = tr("made from title and year") if not paper.key_frozen else tr("pinned")
            else:
                origin = origin_of(paper, spec.name)
            value = Label(origin)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(f"{spec.label()}: {origin}")
            self._origins.addRow(Label(spec.label(), tone="muted", wrap=False), value)
            if spec.name == "date" and paper.date.inferred:
                self._origins.addRow("", Label(date_tip(paper.date), tone="muted", size=11))
