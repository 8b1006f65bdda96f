"""Words whose capitals stay in titles, and short names of venues: the person's own, for every export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from db import services
from desktop.views.plain import Label, button, heading, open_at

if TYPE_CHECKING:
    from db.domain.errors import LibraryError
    from db.services.changes import Changes
    from db.services.library import Library
    from desktop.context import AppContext

FEWEST = 2
"""Lines of a list on a small screen."""


class LatexWords(QDialog):
    """One word or phrase a line, and one `long name = short name` a line."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Words and venues for LaTeX"))
        self._context = context
        self.words, self.venues = QPlainTextEdit(), QPlainTextEdit()
        self.error = Label(tone="danger", size=11)
        self.save_button = button(self.tr("&Save"), self.save, primary=True)
        self._build()
        self._enable(False)  # until the lists are there: saving before would empty them
        context.read(self._stored, self._show)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        parts = (
            (self.words, self.tr("Capitals that stay"), self.tr("One word or phrase a line, such as Monte Carlo.")),
            (
                self.venues,
                self.tr("Short names of venues"),
                self.tr("One a line: long name = short name. They go before those that Sheaf knows."),
            ),
        )
        for field, title, hint in parts:
            field.setAccessibleName(title)
            field.setTabChangesFocus(True)
            field.setMinimumHeight(FEWEST * field.fontMetrics().lineSpacing())
            column.addWidget(heading(title))
            column.addWidget(Label(hint, tone="muted", size=11))
            column.addWidget(field, 1)
        self.error.hide()
        column.addWidget(self.error)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch()
        foot.addWidget(button(self.tr("Cancel"), self.reject))
        foot.addWidget(self.save_button)
        column.addLayout(foot)
        open_at(self, QSize(60 * self.words.fontMetrics().averageCharWidth(), self.sizeHint().height()))

    @staticmethod
    def _stored(library: Library) -> tuple[str, str]:
        words, own = services.ownwords.own_words(library), services.venues.own_abbreviations(library)
        return "\n".join(words), "\n".join(f"{name} = {short}" for name, short in own.items())

    def _show(self, stored: tuple[str, str]) -> None:
        for field, text in zip((self.words, self.venues), stored, strict=True):
            field.setPlainText(text)
        self._enable(True)
        self.words.setFocus()

    def _enable(self, on: bool) -> None:
        for one in (self.words, self.venues, self.save_button):
            one.setEnabled(on)

    def save(self) -> None:
        """Keep both lists; a line without a short name is said and nothing is changed."""
        words = self.words.toPlainText().splitlines()
        lines = [line for line in self.venues.toPlainText().splitlines() if line.strip()]
        shorter = {name.strip(): short.strip() for name, _, short in (line.partition("=") for line in lines)}

        def keep(library: Library) -> Changes:
            return services.exportchoices.change(library, words, shorter)

        self.save_button.setEnabled(False)
        self._context.run(self.tr("Change words and venues"), keep, lambda _c: self.accept(), on_error=self._refused)

    def _refused(self, error: LibraryError) -> None:
        self.save_button.setEnabled(True)
        self.error.say(error.message)
