"""The Abstract tab: text to read with links that work, and an editor on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.views.detail.extras import Summary
from desktop.views.detail.field import Field
from desktop.views.detail.files import FilesSection
from desktop.views.detail.values import ABSTRACT
from desktop.views.editors import AreaEditor
from desktop.views.marked_text import mark_format
from desktop.views.page import Page
from desktop.views.plain import Label, link_button, set_tip
from desktop.views.text_view import TextView, reading_width
from desktop.views.words import from_origin, origin_of, tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from db.domain.records import Paper
    from db.services.searching import Marks
    from desktop.context import AppContext


class AbstractTab(Page):
    """Reads; the button, `e` or a double click edits; leaving the editor goes back to reading."""

    stale = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._paper_id: int | None = None
        self._marks: Marks | None = None
        self.view = TextView()
        self.field = Field(context, ABSTRACT, AreaEditor(least=6, airy=True))
        self.note = Label(tone="muted", size=11)
        self.empty = Label(tr("No abstract."), tone="muted")
        self.edit_button = link_button(tr("Edit abstract"), self.edit)
        self.summary = Summary()
        self.files = FilesSection(context)
        self._build()
        self.view.double_clicked.connect(self.edit)
        self.field.editor.commit_asked.connect(self._leave)
        self.field.editor.revert_asked.connect(self._leave)
        self.field.stale.connect(self.stale)
        self.field.refused.connect(self.edit)  # what was not saved must not be out of sight
        context.theme.changed.connect(self.view.restyle)
        context.theme.changed.connect(self._mark)

    def _build(self) -> None:
        self.view.setAccessibleName(tr("Abstract"))
        self.field.setMaximumWidth(reading_width(self.fontMetrics()) + 20)
        self.field.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.edit_button)
        row.addStretch()
        for widget in (self.view, self.empty, self.field, self.note):
            self.column.addWidget(widget)
        self.column.addLayout(row)
        for part in (self.summary, self.files):
            self.column.addWidget(part)
        self.column.addStretch()

    def show_paper(self, paper: Paper) -> None:
        """Show the abstract of a paper."""
        if paper.id != self._paper_id:
            self._paper_id = paper.id
            self.verticalScrollBar().setValue(0)
            self.field.show_paper(paper)
            self._read_mode()
        else:
            self.field.show_paper(paper)
        self.view.show_text(paper.abstract)
        self._mark()
        self._show_parts(bool(paper.abstract))
        self.summary.show_paper(paper)
        self.files.show_paper(paper)
        self.note.say(tr("The source shortened this text.") if paper.abstract_truncated else "")
        set_tip(self.view, from_origin(origin_of(paper, "abstract")) if paper.abstract else "")

    def show_marks(self, marks: Marks) -> None:
        """Mark what a search found, in this paper and those that come."""
        if marks != self._marks:
            self._marks = marks
            self._mark()

    def _mark(self) -> None:
        if self._marks is not None:
            spans = self._marks.spans("abstract", self.view.text())
            self.view.mark(spans, mark_format(self._context.theme))

    def edit(self) -> None:
        """Turn the text into an editor."""
        self.view.hide()
        self.empty.hide()
        self.edit_button.hide()
        self.field.show()
        self.field.setFocus()

    def _show_parts(self, any_text: bool) -> None:
        editing = not self.field.isHidden()
        self.view.setVisible(any_text and not editing)
        self.empty.setVisible(not any_text and not editing)
        self.edit_button.setText(tr("Edit abstract") if any_text else tr("Write an abstract"))
        self.edit_button.setVisible(not editing)

    def _leave(self) -> None:
        if not self.field.isHidden() and self.field.error.isHidden():
            had_focus = self.field.widget.hasFocus()
            self._read_mode()
            if had_focus:
                self.view.setFocus()

    def _read_mode(self) -> None:
        self.field.hide()
        self._show_parts(bool(self.field.editor.value()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "e" and self.field.isHidden():
            self.edit()
        else:
            super().keyPressEvent(event)
