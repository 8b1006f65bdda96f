"""The pattern of the citation keys that Sheaf proposes, with a live preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from db import services
from db.domain.errors import LibraryError
from desktop.views.plain import Label, button, clear_layout, heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.library import Library
    from desktop.context import AppContext

PAUSE_MS = 150
EXAMPLES = 5


class KeyDialog(QDialog):
    """Pinned and exported keys stay as they are; a wrong pattern is said below the line."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Citation key pattern"))
        self._context = context
        self.line = QLineEdit()
        self.error = Label(tone="danger", size=11)
        self.note = Label(
            self.tr("Keys that are pinned or were exported once stay as they are."), tone="muted", size=11
        )
        self.examples = QGridLayout()
        self.save_button = button(self.tr("&Save"), self.save, primary=True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._build()
        self._pause.timeout.connect(self._preview)
        self.line.textChanged.connect(lambda _text: self._pause.start())
        context.read(services.editing.key_pattern, self.line.setText)

    def _build(self) -> None:
        self.line.setFont(self._context.theme.mono())
        self.line.setAccessibleName(self.tr("Pattern"))
        self.line.setMinimumWidth(48 * self.fontMetrics().averageCharWidth())
        self.examples.setHorizontalSpacing(16)
        self.examples.setVerticalSpacing(4)
        self.examples.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        foot.addWidget(button(self.tr("Cancel"), self.reject))
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for widget in (heading(self.tr("Pattern")), self.line, self.error, self.note):
            column.addWidget(widget)
        self.error.hide()
        column.addSpacing(8)
        column.addWidget(heading(self.tr("For example")))
        column.addLayout(self.examples)
        column.addStretch()
        column.addLayout(foot)

    def _preview(self) -> None:
        pattern = self.line.text().strip()

        def read(library: Library) -> list[tuple[str, str]] | LibraryError:
            try:
                return services.editing.preview_pattern(library, pattern, EXAMPLES)
            except LibraryError as error:
                return error

        self._context.read(read, self._show, key="key_pattern")

    def _show(self, answer: Sequence[tuple[str, str]] | LibraryError) -> None:
        if isinstance(answer, LibraryError):
            self.save_button.setEnabled(False)
            self.error.say(answer.message)
            return
        self.save_button.setEnabled(True)
        self.error.say("")
        clear_layout(self.examples)
        for row, (title, key) in enumerate(answer):
            shown = Label(key, wrap=False)
            shown.setFont(self._context.theme.mono(11))
            self.examples.addWidget(shown, row, 0)
            words = title if len(title) <= 56 else f"{title[:55]}…"
            self.examples.addWidget(Label(words, tone="muted", size=11, wrap=False), row, 1)
        if not answer:
            words = self.tr("The library is empty: examples come with the first papers.")
            self.examples.addWidget(Label(words, tone="muted"), 0, 0, 1, 2)

    def save(self) -> None:
        """Save the pattern; proposed keys follow it."""
        pattern = self.line.text().strip()
        self.save_button.setEnabled(False)
        self._context.run(
            self.tr("Change the key pattern"),
            lambda library: services.editing.set_key_pattern(library, pattern),
            lambda _changes: self.accept(),
            on_error=self._refused,
        )

    def _refused(self, error: LibraryError) -> None:
        self.error.say(error.message)
        self.line.setFocus()
