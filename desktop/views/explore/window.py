"""Explore: the papers of the table, looked at in four ways. What a click finds appears in the table behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QTabWidget, QVBoxLayout, QWidget

from db import services
from desktop.views.explore.frequent_terms import FrequentTermsTab
from desktop.views.explore.map_missing import MapMissing
from desktop.views.explore.over_time import OverTimeTab
from desktop.views.explore.tags_together import TagsTogetherTab
from desktop.views.explore.topic_map import TopicMapTab
from desktop.views.flow import FlowLayout
from desktop.views.page import Page
from desktop.views.plain import Label, button, open_at, set_tip

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from db.domain.errors import LibraryError
    from db.services.changes import Changes
    from db.services.exploring import Survey
    from db.services.progress import Progress, Report
    from desktop.context import AppContext
    from desktop.tasks import Task

_EITHER = re.compile(r"\bOR\b")
PARTS = frozenset({"paper", "paper_tag", "tag", "sighting", "source"})
"""Parts of a library whose change can alter a count."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The papers that are looked at, the search and scope that found them, and what to call them."""

    ids: array[int]
    text: str
    scope: str
    words: str


class ExploreWindow(QDialog):
    """Not modal. `searched` gives a search text and a scope, `papers_wanted` papers, for the table to show."""

    searched = Signal(str, str)
    papers_wanted = Signal(object)
    table_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(False)
        self.setWindowTitle(self.tr("Explore"))
        self._context = context
        self._task: Task | None = None
        self.asked: Asked | None = None
        self.survey: Survey | None = None
        self.title = Label(bold=True)
        self.take_button = button(self.tr("&Look at what the table shows now"), self.table_wanted.emit)
        self.at_work = Label(tone="muted", wrap=False)
        self.bar = QProgressBar()
        self.cancel_button = button(self.tr("Cancel"), self._cancel)
        self.map = TopicMapTab(context)
        self.time = OverTimeTab(context)
        self.terms = FrequentTermsTab(context)
        self.together = TagsTogetherTab(context)
        self.tabs = QTabWidget()
        self._build()
        self._connect()
        self.tabs.tabBar().setFocus()

    def _build(self) -> None:
        self.tabs.setDocumentMode(True)
        first = self.map if services.exploring.has_map() else MapMissing(self._context)
        for tab, name in (
            (first, self.tr("&Topics")),
            (self.time, self.tr("&Over time")),
            (self.terms, self.tr("Frequent t&erms")),
            (self.together, self.tr("Tags to&gether")),
        ):
            page = Page(margin=0)  # scrolls where the screen is small
            page.column.setContentsMargins(0, 0, 0, 0)
            page.column.addWidget(tab)
            self.tabs.addTab(page, name)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(self.tr("Progress"))
        set_tip(self.cancel_button, self.tr("Stop reading; what is shown already stays"))
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 4)
        head.setSpacing(8)
        head.addWidget(self.title, 1)
        work = FlowLayout(gap=8, before=1)
        for one in (self.at_work, self.bar, self.cancel_button, self.take_button):
            work.addWidget(one)
        head.addLayout(work, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.tabs, 1)
        self._rest()
        step = self.fontMetrics().lineSpacing()
        open_at(self, QSize(max(960, 60 * step), max(640, 38 * step)))

    def _connect(self) -> None:
        for tab in (self.time, self.terms, self.together):
            tab.search_wanted.connect(self._search)
        self.map.papers_wanted.connect(self.papers_wanted)
        self._context.changed.connect(self._changed)

    def take(self, asked: Asked) -> None:
        """Look at these papers; an answer about others that is under way is dropped."""
        self._stop()
        self.asked, self.survey = asked, None
        self.title.setText(asked.words)
        self.map.show_survey(None)
        self.terms.show_survey(None)
        self._count()
        self.at_work.setText(self.tr("Reading..."))
        self.bar.setRange(0, 0)
        for one in (self.at_work, self.bar, self.cancel_button):
            one.show()
        ids = asked.ids
        self._task = self._context.look(
            lambda library, report, part: services.exploring.survey(library, ids, _both(report, part)),
            on_part=self._at,
            on_done=self._show,
            on_error=self._failed,
        )

    def _count(self) -> None:
        if self.asked is not None:
            self.time.load(self.asked.ids)
            self.together.load(self.asked.ids)

    def _at(self, progress: Progress) -> None:
        self.at_work.setText(self.tr(progress.label))
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)

    def _show(self, survey: Survey) -> None:
        self._task, self.survey = None, survey
        self._rest()
        self.map.show_survey(survey)
        self.terms.show_survey(survey)

    def _failed(self, error: LibraryError) -> None:
        self._task = None
        self._rest()
        self._context.fail(error)

    def _cancel(self) -> None:
        self._stop()
        self._rest()
        self.at_work.setText(self.tr("Stopped."))
        self.at_work.show()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _rest(self) -> None:
        for one in (self.at_work, self.bar, self.cancel_button):
            one.hide()

    def _search(self, text: str) -> None:
        if self.asked is not None:
            self.searched.emit(of_both(self.asked.text, text), self.asked.scope)

    def _changed(self, changes: Changes) -> None:
        if changes.parts & PARTS:
            self._count()
            self.map.refresh_colours()

    def done(self, result: int) -> None:
        """Stop what is under way and close, however that is asked for."""
        self._stop()
        super().done(result)


def of_both(search: str, more: str) -> str:
    """Return the search for what a search finds and another term says, too."""
    if search.count('"') % 2:
        search += '"'  # it was left open, which the end of the text closed
    return f"({search}) {more}" if _EITHER.search(search) else f"{search} {more}".strip()


def _both(report: Report, part: Callable[[Progress], None]) -> Report:
    """Return a report that may cancel and is shown here, for looks have no place in the status bar."""

    def told(progress: Progress) -> None:
        report(progress)
        part(progress)

    return told
