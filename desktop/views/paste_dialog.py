"""Takes pasted text and says what is recognised in it before it is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from db import services
from db.domain.errors import LibraryError
from db.domain.records import Issue, Record
from desktop.settings import PREVIEW
from desktop.views.plain import Label, button, open_at
from desktop.views.words import counted

if TYPE_CHECKING:
    from db.services.library import Library
    from desktop.context import AppContext

PAUSE_MS = 250
MOST_COUNTED = 2_000_000
"""Characters; a longer text is imported, but not counted beforehand."""


class PasteDialog(QDialog):
    """The text of the clipboard is there already; `text()` is what to import."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import pasted text"))
        self._context = context
        self.area = QPlainTextEdit()
        self.state = Label(tone="muted")
        self.import_button = button("", self.accept, primary=True)
        previewed = context.settings.get(PREVIEW, True)  # which is where to press Import then
        self.import_button.setText(self.tr("C&ontinue...") if previewed else self.tr("&Import"))
        self.cancel_button = button(self.tr("Cancel"), self.reject)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._count)
        self._build()
        self.area.textChanged.connect(self._typed)
        self.area.setPlainText(QGuiApplication.clipboard().text())
        # Enter imports what has been pasted; with a selection in focus it would wipe it out.
        (self.import_button if self.text().strip() else self.area).setFocus()
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.import_button.click)

    def _build(self) -> None:
        self.area.setAccessibleName(self.tr("Text to import"))
        self.area.setPlaceholderText(self.tr("Paste a listing page here, as text"))
        self.area.setTabChangesFocus(True)
        self.import_button.setEnabled(False)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.state, 1)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.import_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.area, 1)
        column.addLayout(foot)
        open_at(self, self.sizeHint())

    def text(self) -> str:
        """Return the text to import."""
        return self.area.toPlainText()

    def sizeHint(self) -> QSize:
        step = self.fontMetrics().lineSpacing()
        return QSize(max(640, 42 * step), max(440, 28 * step))

    def _typed(self) -> None:
        any_text = bool(self.text().strip())
        self.import_button.setEnabled(any_text)
        self.state.setText(self.tr("Reading...") if any_text else "")
        self._pause.start()

    def _count(self) -> None:
        text = self.text()
        if not text.strip() or len(text) > MOST_COUNTED:
            self.state.setText("")
            return

        def count(_library: Library) -> tuple[int, int, str]:
            try:
                items = list(services.parsing.parse_text(text, self.tr("The pasted text")))
            except LibraryError as error:
                return 0, 0, error.message
            records = sum(isinstance(item, Record) for item in items)
            return records, sum(isinstance(item, Issue) for item in items), ""

        self._context.read(count, self._counted, key="paste_count")

    def _counted(self, answer: tuple[int, int, str]) -> None:
        records, issues, why = answer
        if why:
            self.state.setText(why)
            return
        lines = counted("%Ln line(s)", self.area.blockCount())
        words = [counted("%Ln paper(s) recognised", records), lines]
        if issues:
            words.append(counted("%Ln issue(s)", issues))
        self.state.setText(" · ".join(words))
