"""The Cite tab: the paper as a citation style prints it, in the list and in the text."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from db import services
from db.domain.errors import LibraryError
from desktop.views import references
from desktop.views.detail.on_screen import OnScreen
from desktop.views.flow import FlowLayout
from desktop.views.page import Page
from desktop.views.plain import Label, button, heading
from desktop.views.text_view import TextView
from desktop.views.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from db.services.citing import Formatted
    from db.services.library import Library
    from desktop.context import AppContext


class CiteTab(OnScreen, Page):
    """A choice of style and two texts to read, select and copy; worked out off the UI thread while it is shown."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._made: Formatted | None = None
        self.style_box = references.StyleBox(context)
        self.error = Label(tone="danger")
        self.reference = TextView()
        self.citation = TextView()
        self.copy_button = button(tr("Copy reference"), self.copy)
        self.copy_as = button(tr("Copy as"), lambda: None)
        self.copy_citation_button = button(tr("Copy citation"), self.copy_citation)
        self.copy_citation_as = button(tr("Copy as"), lambda: None)
        self._build()
        self.style_box.chosen.connect(lambda _style: self._read())
        for view in (self.reference, self.citation):
            context.theme.changed.connect(view.restyle)

    def _build(self) -> None:
        self.reference.setAccessibleName(tr("Reference"))
        self.citation.setAccessibleName(tr("Citation"))
        for chooser, copy in ((self.copy_as, self.copy), (self.copy_citation_as, self.copy_citation)):
            menu = QMenu(chooser)
            for output, name in references.outputs().items():
                menu.addAction(name, partial(copy, output))
            chooser.setMenu(menu)
        self.copy_as.setAccessibleName(tr("Copy the reference as"))
        self.copy_citation_as.setAccessibleName(tr("Copy the citation as"))
        self.error.hide()
        self.column.addWidget(heading(tr("Citation style")))
        self.column.addWidget(self.style_box)
        self.column.addWidget(self.error)
        self.column.addSpacing(8)
        self.column.addWidget(heading(tr("Reference")))
        self.column.addWidget(self.reference)
        self.column.addLayout(_line(self.copy_button, self.copy_as))
        self.column.addSpacing(8)
        self.column.addWidget(heading(tr("Citation")))
        self.column.addWidget(self.citation)
        self.column.addLayout(_line(self.copy_citation_button, self.copy_citation_as))
        self.column.addStretch()
        self._enable()

    def showEvent(self, event: QShowEvent) -> None:
        self.style_box.load()
        super().showEvent(event)

    def _read(self) -> None:
        if self._paper is None:
            return
        paper_id, style = self._paper.id, self.style_box.style_id()

        def ask(library: Library) -> Formatted | LibraryError:
            try:
                return services.citing.format_papers(library, [paper_id], style)
            except LibraryError as error:
                return error

        self._context.read(ask, self._show, key="cite_preview")

    def _show(self, answer: Formatted | LibraryError) -> None:
        self._made = None if isinstance(answer, LibraryError) else answer
        self.error.say(answer.message if isinstance(answer, LibraryError) else "")
        self.reference.show_text(self._made.listed("text").rstrip("\n") if self._made else "")
        self.citation.show_text(self._made.citation("text") if self._made else "")
        self._enable()

    def _enable(self) -> None:
        for one in (self.copy_button, self.copy_as, self.copy_citation_button, self.copy_citation_as):
            one.setEnabled(self._made is not None)

    def copy(self, output: str = references.RICH) -> None:
        """Put the reference on the clipboard."""
        if self._made is not None:
            references.copy_list(self._made, output)
            self._context.notify(tr("Reference copied."))

    def copy_citation(self, output: str = references.RICH) -> None:
        """Put the citation on the clipboard."""
        if self._made is not None:
            references.copy_citation(self._made, output)
            self._context.notify(tr("Citation copied."))


def _line(*buttons: QWidget) -> QHBoxLayout:
    flow = FlowLayout(gap=8)
    for one in buttons:
        flow.addWidget(one)
    holder = QHBoxLayout()
    holder.addLayout(flow)
    return holder
