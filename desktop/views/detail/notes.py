"""The Notes tab: Markdown, read or written, saved by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.views.detail.field import Field
from desktop.views.detail.values import NOTES
from desktop.views.editors import AreaEditor
from desktop.views.markdown import MarkdownView
from desktop.views.page import Page
from desktop.views.plain import Label, link_button
from desktop.views.text_view import reading_width
from desktop.views.words import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from db.domain.records import Paper
    from desktop.context import AppContext

PAUSE_MS = 1_500


class NotesTab(Page):
    """Shows the notes; `Edit notes` or a double click writes them, leaving or a pause saves."""

    stale = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._paper_id: int | None = None
        self.view = MarkdownView()
        self.field = Field(context, NOTES, AreaEditor(least=10), keeps=True)
        self.empty = Label(tr("No notes yet. What you write here is searched too."), tone="muted")
        self.edit_button = link_button(tr("Edit notes"), self.edit)
        self.preview_button = link_button(tr("Preview"), self.preview)
        self.hint = Label(
            tr("Markdown: **bold**, *italic*, # heading, - list. Saved by itself."), tone="muted", size=11
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._build()
        self._connect(context)

    def _build(self) -> None:
        self.view.setAccessibleName(tr("Notes"))
        self.field.setMaximumWidth(reading_width(self.fontMetrics()) + 20)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        for one in (self.edit_button, self.preview_button):
            row.addWidget(one)
        row.addStretch()
        for widget in (self.view, self.empty, self.field, self.hint):
            self.column.addWidget(widget)
        self.column.addLayout(row)
        self.column.addStretch()
        self._writing(False)

    def _connect(self, context: AppContext) -> None:
        editor = self.field.widget
        assert isinstance(editor, AreaEditor)
        editor.textChanged.connect(self._typed)
        editor.revert_asked.connect(self.preview)
        self._pause.timeout.connect(self.field.commit)
        self.view.double_clicked.connect(self.edit)
        self.field.stale.connect(self.stale)
        self.field.refused.connect(self.edit)  # what was not saved must not be out of sight
        context.theme.changed.connect(self.view.restyle)

    def show_paper(self, paper: Paper) -> None:
        """Show the notes of a paper."""
        if paper.id != self._paper_id:
            self._paper_id = paper.id
            self._pause.stop()
            self.field.hide()
        self.field.show_paper(paper)
        self.view.show_text(paper.notes)
        self._writing(not self.field.isHidden())

    def edit(self) -> None:
        """Write the notes."""
        self._writing(True)
        self.field.setFocus()

    def preview(self) -> None:
        """Save and show the notes as they read."""
        had_focus = self.field.widget.hasFocus()
        self.field.commit()
        self.view.show_text(self.field.editor.value())
        self._writing(False)
        if had_focus:
            self.edit_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends the writing; what was written is saved."""
        if event.key() == Qt.Key.Key_Escape and not self.field.isHidden():
            self.preview()
        else:
            super().keyPressEvent(event)

    def _typed(self) -> None:
        if self.field.dirty:
            self._pause.start()

    def _writing(self, on: bool) -> None:
        text = bool(self.field.editor.value().strip())
        self.field.setVisible(on)
        self.hint.setVisible(on)
        self.preview_button.setVisible(on)
        self.view.setVisible(not on and text)
        self.empty.setVisible(not on and not text)
        self.edit_button.setVisible(not on)
        self.edit_button.setText(tr("Edit notes") if text else tr("Write a note"))
