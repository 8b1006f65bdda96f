"""Makes a citation of the chosen papers: the command, what stands before and behind, and how it will look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QDialog, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from db import services
from db.domain.errors import LibraryError
from desktop import cite_options, editor_options
from desktop.views.cite_command import CiteCommand
from desktop.views.flow import foot
from desktop.views.plain import Label, button, heading, open_as_wide, open_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.changes import Changes
    from db.services.cite_commands import CiteStyle
    from db.services.library import Library
    from desktop.context import AppContext


LONGEST, PREVIEWED = 600, 200
"""Characters of a citation that are shown, and papers that it is made of then; what is copied has all of them."""


class CiteDialog(QDialog):
    """Papers are cited in the order in which they were chosen; copying and pushing freeze their keys."""

    push_wanted = Signal(list, object)

    def __init__(self, context: AppContext, ids: Sequence[int], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Cite"))
        self._context = context
        self._ids = list(ids)
        usual = cite_options.style(context.settings)
        self.command = CiteCommand(usual.form, usual.command)
        self.prenote = QLineEdit()
        self.postnote = QLineEdit()
        self.preview = Label(wrap=True)
        self.error = Label(tone="danger", size=11)
        self.usual = QCheckBox(self.tr("&Use it for copying, dragging and pushing too"))
        self.push_button = button(editor_options.action_text(context.settings), self.push)
        self.copy_button = button(self.tr("&Copy"), self.copy, primary=True)
        self._build()
        self._connect()
        self._show_preview()

    def _build(self) -> None:
        self.prenote.setPlaceholderText(self.tr("see"))
        self.postnote.setPlaceholderText(self.tr("p. 3"))
        self.preview.setFont(self._context.theme.mono())
        self.preview.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.preview.setAccessibleName(self.tr("Preview"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("Co&mmand"), self.command)
        form.addRow(self.tr("&Before the keys"), self.prenote)
        form.addRow(self.tr("Be&hind the keys"), self.postnote)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addLayout(form)
        column.addWidget(heading(self.tr("Preview")))
        for widget in (self.preview, self.error, self.usual):
            column.addWidget(widget)
        column.addStretch()
        column.addLayout(foot((), (button(self.tr("Cancel"), self.reject), self.push_button, self.copy_button)))
        open_as_wide(self, max(460, 60 * self.fontMetrics().averageCharWidth()))

    def _connect(self) -> None:
        self.command.changed.connect(self._show_preview)
        self.prenote.textChanged.connect(lambda _text: self._show_preview())
        self.postnote.textChanged.connect(lambda _text: self._show_preview())

    def style_wanted(self) -> CiteStyle:
        """Return how the papers are to be cited."""
        return services.cite_commands.CiteStyle(*self.command.chosen(), self.prenote.text(), self.postnote.text())

    def _show_preview(self) -> None:
        ids, wanted = self._ids[:PREVIEWED], self.style_wanted()

        def ask(library: Library) -> str | LibraryError:
            try:
                return services.cite_commands.preview(library, ids, wanted)
            except LibraryError as error:
                return error

        self._context.read(ask, self._previewed, key=f"cite {id(self)}")

    def _previewed(self, answer: str | LibraryError) -> None:
        failed = isinstance(answer, LibraryError)
        self.error.say(answer.message if isinstance(answer, LibraryError) else "")
        self.preview.setText("" if isinstance(answer, LibraryError) else self._shortened(answer))
        for made in (self.copy_button, self.push_button):
            made.setEnabled(not failed and bool(answer))
        layout = self.layout()
        if layout is not None and (need := layout.totalHeightForWidth(self.width())) > self.height():
            open_at(self, QSize(self.width(), need))  # else the fields above give way to a long preview

    def _shortened(self, text: str) -> str:
        if len(text) <= LONGEST and len(self._ids) <= PREVIEWED:
            return text
        return f"{text[:LONGEST]}…"

    def copy(self) -> None:
        """Put the citation on the clipboard."""
        ids, wanted = self._ids, self._wanted()
        self._context.run(
            self.tr("Copy cite command"),
            lambda library: services.cite_commands.cite(library, ids, wanted),
            self._copied,
            on_error=lambda error: self.error.say(error.message),
        )

    def push(self) -> None:
        """Push the citation to the editor of the preferences."""
        self.push_wanted.emit(self._ids, self._wanted())
        self.accept()

    def _wanted(self) -> CiteStyle:
        """Return how the papers are to be cited, and remember it if asked."""
        wanted = self.style_wanted()
        if self.usual.isChecked():
            cite_options.remember(self._context.settings, wanted.form, wanted.command)
        return wanted

    def _copied(self, result: tuple[str, Changes]) -> None:
        QGuiApplication.clipboard().setText(result[0])
        shown = result[0] if len(result[0]) <= 60 else f"{result[0][:59]}…"
        self._context.notify(self.tr("Copied {0}").format(shown))
        self.accept()
