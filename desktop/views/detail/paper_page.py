"""The pane for one paper: its head and the tabs below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTabWidget, QWidget

from desktop.views.detail.abstract import AbstractTab
from desktop.views.detail.bibtex import BibtexTab
from desktop.views.detail.cite import CiteTab
from desktop.views.detail.details import DetailsTab
from desktop.views.detail.header import Header
from desktop.views.detail.notes import NotesTab
from desktop.views.detail.sources import SourcesTab
from desktop.views.page import Page
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.records import Paper
    from desktop.context import AppContext
    from desktop.views.detail.field import Field


class PaperPage(Page):
    """Head and tabs; scrolls as a whole only where the window is too low for both."""

    stale = Signal()
    open_dump = Signal(int, int)
    look_up = Signal(list)

    def __init__(self, context: AppContext) -> None:
        super().__init__(margin=0, gap=0)
        self._context = context
        self.header = Header(context)
        self.tabs = QTabWidget()
        self.column.setContentsMargins(0, 0, 0, 0)
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setExpanding(False)
        self.tabs.tabBar().setElideMode(Qt.TextElideMode.ElideNone)
        self.tabs.setUsesScrollButtons(True)
        self.tabs.setAccessibleName(tr("Parts of the paper"))
        self.tabs.setMinimumHeight(8 * self.fontMetrics().lineSpacing())
        self.column.addWidget(self.header)
        self.column.addWidget(self.tabs, 1)

    def add_tabs(self) -> Iterator[None]:
        """Make the tabs, one at each step, so that the window can have its turn in between; run it to its end."""
        context = self._context
        self.abstract = AbstractTab(context)
        self.tabs.addTab(self.abstract, tr("Abstract"))
        yield
        self.notes = NotesTab(context)
        self.tabs.addTab(self.notes, tr("Notes"))
        yield
        self.bibtex = BibtexTab(context)
        self.tabs.addTab(self.bibtex, tr("BibTeX"))
        yield
        self.cite = CiteTab(context)
        self.tabs.addTab(self.cite, tr("Cite"))
        yield
        self.details = DetailsTab(context)
        self.tabs.addTab(self.details, tr("Details"))
        self.details.look_up.connect(self.look_up)
        yield
        self.sources = SourcesTab(context)
        self.tabs.addTab(self.sources, tr("Sources"))
        self.sources.open_dump.connect(self.open_dump)
        for part in (self.header.title, self.abstract, self.notes, self.bibtex, self.details):
            part.stale.connect(self.stale)

    def show_paper(self, paper: Paper) -> None:
        """Show one paper in every part."""
        self.header.show_paper(paper)
        self.abstract.show_paper(paper)
        self.notes.show_paper(paper)
        self.bibtex.show_paper(paper)
        self.cite.show_paper(paper)
        self.details.show_paper(paper)
        self.sources.show_paper(paper)

    def fields(self) -> list[Field]:
        """Return every field that may hold half-typed text."""
        return [
            self.header.title,
            self.abstract.field,
            self.notes.field,
            self.bibtex.key,
            *self.details.fields.values(),
        ]

    def save(self) -> None:
        """Save what was typed and not saved."""
        for field in self.fields():
            field.commit()

    def focus_field(self, name: str) -> None:
        """Bring a field to the screen and put the cursor in it."""
        if name in ("title", "status", "rating"):
            one = {"title": self.header.title, "status": self.header.status, "rating": self.header.rating}
            one[name].setFocus()
            if name == "title":
                self.header.title.select_all()
        elif name == "tags":
            self.header.tags.open_picker()
        elif name == "abstract":
            self.tabs.setCurrentWidget(self.abstract)
            self.abstract.edit()
        elif name == "notes":
            self.tabs.setCurrentWidget(self.notes)
            self.notes.edit()
        elif name in self.details.fields:
            self.tabs.setCurrentWidget(self.details)
            self.details.fields[name].setFocus()
        elif name == "versions":
            self.tabs.setCurrentWidget(self.details)
            self.details.show_versions()
        else:
            self.show_tab(name)

    def show_tab(self, name: str) -> None:
        """Show a tab by the name of its part: abstract, notes, bibtex, cite, details, sources."""
        page = getattr(self, name, None)
        if isinstance(page, QWidget) and self.tabs.indexOf(page) >= 0:
            self.tabs.setCurrentWidget(page)
            self.tabs.tabBar().setFocus()
