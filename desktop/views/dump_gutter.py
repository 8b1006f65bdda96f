"""The margin of a dump's text: marks of the person, line numbers, and a letter for what became of each line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import QWidget

from desktop.views.dump_kinds import KINDS, MARKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent, QTextBlock

    from db.services.sources import Span
    from desktop.context import AppContext

STRIPE = 3
"""Pixels of the coloured stripe between margin and text."""


class Numbered(Protocol):
    """The text that a margin stands beside; lines are numbered from `first`."""

    context: AppContext
    first: int
    marks: Mapping[int, str]

    @property
    def line(self) -> int:
        """The line the cursor is in, whose number stands out."""

    @property
    def last(self) -> int:
        """The last line that is shown."""

    def span_at(self, line: int) -> Span | None:
        """Return what became of a line."""

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, QRect]]:
        """Yield the blocks on the screen with their places."""

    def font(self) -> QFont:
        """Return the font of the text."""

    def fontMetrics(self) -> QFontMetrics:
        """Return the measures of that font."""


class Gutter(QWidget):
    """Letters: T title, A abstract, N names, D date, O other, R record, F furniture, I ignored, ! issue."""

    def __init__(self, text: Numbered, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self.wanted_width(), 0)

    def wanted_width(self) -> int:
        """Return the width in pixels: a mark, the longest number, a letter, and air."""
        digits = max(3, len(str(self._text.last)))
        return self.fontMetrics().horizontalAdvance("0") * digits + 2 * self._letter_width() + 20 + STRIPE

    def paintEvent(self, _event: QPaintEvent) -> None:
        text = self._text
        tokens = text.context.theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window))
        painter.setFont(text.font())
        height, letter = text.fontMetrics().lineSpacing(), self._letter_width()
        end = self.width() - STRIPE
        for block, place in text.visible_blocks():
            line = block.blockNumber() + text.first
            if mark := text.marks.get(line):
                self._paint_mark(painter, QRect(2, place.top(), letter, height), MARKS[mark])
            painter.setPen(QColor(tokens.text if line == text.line else tokens.muted))
            numbers = QRect(letter + 4, place.top(), end - 2 * letter - 12, height)
            painter.drawText(numbers, Qt.AlignmentFlag.AlignRight, str(line))
            span = text.span_at(line)
            if span is None or not KINDS[span.kind].letter:
                continue
            colour = QColor(getattr(tokens, KINDS[span.kind].tone))
            painter.setPen(colour)
            letters = QRect(end - letter - 4, place.top(), letter, height)
            painter.drawText(letters, Qt.AlignmentFlag.AlignHCenter, KINDS[span.kind].letter)
            if KINDS[span.kind].strength:
                painter.fillRect(end, place.top(), STRIPE, place.height(), colour)
        painter.end()

    def _paint_mark(self, painter: QPainter, place: QRect, letter: str) -> None:
        """A person's mark is a letter on a filled ground: it is not what became of the line."""
        tokens = self._text.context.theme.tokens
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(QRectF(place).adjusted(0, 1, 0, -1), 4, 4)
        painter.setPen(QColor(tokens.on_accent))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, letter)

    def _letter_width(self) -> int:
        return self.fontMetrics().horizontalAdvance("N") + 6
