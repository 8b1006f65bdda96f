"""What a change of a live .bib file would do to it: how many entries, and the first lines that would differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from db import services
from desktop.views.plain import Label

if TYPE_CHECKING:
    from db.services.exporting import ExportOptions
    from db.services.livefiles import Follow, LiveFile
    from db.services.liveforeseeing import Foreseen
    from desktop.context import AppContext

WAIT_MS = 250
"""After the last click: a change of several boxes is looked at once."""
LINES = 8


class LivePreview(QWidget):
    """A sentence, and the difference below it; asked for off the UI thread, and only the newest answer is shown."""

    def __init__(self, context: AppContext, file: LiveFile, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._file = context, file
        self._wanted: tuple[Follow, ExportOptions] | None = None
        self.said = Label()
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setTabChangesFocus(True)
        self.lines.setFont(context.theme.mono())
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setAccessibleName(self.tr("Lines that would change"))
        self.lines.setFixedHeight(LINES * self.lines.fontMetrics().lineSpacing() + 16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.said)
        column.addWidget(self.lines)
        self.lines.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._ask)

    def clear(self, said: str = "") -> None:
        """Show nothing but a sentence, since not enough is chosen yet or it cannot be done."""
        self._wanted = None
        self._say(said, ())

    def foresee(self, follow: Follow, options: ExportOptions) -> None:
        """Show what this would change, a moment later."""
        self._wanted = (follow, options)
        self.said.setText(self.tr("Looking…"))
        self._timer.start()

    def _ask(self) -> None:
        wanted, number = self._wanted, self._file.id
        if wanted is not None:
            self._context.read(
                lambda library: (wanted, services.liveforeseeing.foresee(library, number, *wanted)),
                self._show,
                key="live_preview",
            )

    def _show(self, answer: tuple[tuple[Follow, ExportOptions], Foreseen]) -> None:
        wanted, found = answer
        if wanted != self._wanted:
            return  # something else was chosen meanwhile
        self._say(self._sentence(found), (*found.lines, *(("…",) if found.has_more else ())))

    def _say(self, said: str, lines: tuple[str, ...]) -> None:
        self.said.setText(said)
        self.lines.setPlainText("\n".join(lines))
        self.lines.setVisible(bool(lines))

    def _sentence(self, found: Foreseen) -> str:
        if found.trouble:
            return self.tr("It would fail: {0}.").format(found.trouble.rstrip("."))
        parts = [
            self.tr("%Ln entr(y|ies) written anew", "", found.changed) if found.changed else "",
            self.tr("%Ln entr(y|ies) added", "", found.added) if found.added else "",
            self.tr("%Ln entr(y|ies) taken out", "", found.removed) if found.removed else "",
            self.tr("%Ln question(s) about entries that are yours", "", found.questions) if found.questions else "",
        ]
        said = ", ".join(part for part in parts if part)
        return (
            self.tr("{0}; everything else in the file stays.").format(said) if said else self.tr("Nothing in the file.")
        )
