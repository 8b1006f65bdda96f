"""Plain text to read, with working links; no markup is ever looked for in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPalette, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from desktop.views.editors import airy_format
from desktop.views.links import find_links
from desktop.views.marked_text import in_units
from desktop.views.safe_browser import SafeBrowser

if TYPE_CHECKING:
    from collections.abc import Sequence

_SAMPLE = "the quick brown fox jumps over the lazy dog and runs on "
MOST_CHARACTERS = 75


def reading_width(metrics: QFontMetrics) -> int:
    """Return the width in pixels in which a line holds at most 75 characters of prose."""
    # Some lines hold more narrow letters than the sample: 0.87 keeps them within 75 too (396 abstracts).
    return int(metrics.horizontalAdvance(_SAMPLE) / len(_SAMPLE) * MOST_CHARACTERS * 0.87)


class ProseBrowser(SafeBrowser):
    """A text browser as high as its text."""

    double_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("prose", True)
        self.document().setDocumentMargin(0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), int(self.document().size().height()) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.sizeHint().height())

    def _fit(self) -> None:
        wanted = max(int(self.document().size().height()) + 2, self.fontMetrics().height())
        if wanted != self.maximumHeight() or wanted != self.minimumHeight():
            self.setFixedHeight(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.double_clicked.emit()


class TextView(ProseBrowser):
    """Prose of at most 75 characters a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setMaximumWidth(reading_width(self.fontMetrics()))

    def show_text(self, text: str) -> None:
        """Show a text; addresses in it become links."""
        self._text = text
        self.setMaximumWidth(reading_width(self.fontMetrics()))
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.setBlockFormat(airy_format(self.font()))
        cursor.setCharFormat(QTextCharFormat())
        at = 0
        for link in find_links(text):
            cursor.insertText(text[at : link.start], QTextCharFormat())
            cursor.insertText(text[link.start : link.end], self._link_format(link.url))
            at = link.end
        cursor.insertText(text[at:], QTextCharFormat())
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._fit()

    def text(self) -> str:
        """Return the text that is shown."""
        return self._text

    def mark(self, spans: Sequence[tuple[int, int]], how: QTextCharFormat) -> None:
        """Let these runs of characters look so, and no others."""
        selections = []
        for start, end in in_units(self._text, spans):
            one = QTextEdit.ExtraSelection()
            one.cursor = QTextCursor(self.document())
            one.cursor.setPosition(start)
            one.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            one.format = how
            selections.append(one)
        self.setExtraSelections(selections)

    def restyle(self) -> None:
        """Take the colours of the theme in force."""
        self.show_text(self._text)

    def _link_format(self, url: str) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setAnchor(True)
        made.setAnchorHref(url)
        made.setFontUnderline(True)
        made.setForeground(self.palette().color(QPalette.ColorRole.Link))
        made.setToolTip("")
        return made
