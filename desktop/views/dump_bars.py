"""Two dumps drawn as two bars over one scale: where they lie over each other they show the same papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import SMALL

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from desktop.context import AppContext

LETTER = 18  # room for the letter before each bar
BAR, GAP = 24, 12
COLOURS = (5, 1)
"""The tag colours of A and B; letters and places tell them apart, too."""


class DumpBars(QWidget):
    """Draws how far two dumps share their papers; the numbers stand in the bars where they fit."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._parts = (0, 0, 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.theme.changed.connect(self.update)

    def show_parts(self, only_a: int, both: int, only_b: int) -> None:
        """Draw these numbers of papers."""
        self._parts = (only_a, both, only_b)
        words = self.tr("{0} papers only in A, {1} in both, {2} only in B")
        self.setAccessibleName(words.format(only_a, both, only_b))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, 2 * BAR + GAP + 16)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def edges(self) -> tuple[float, float, float, float]:
        """Return where only A, both and only B begin and where the last one ends, in pixels."""
        total = max(1, sum(self._parts))
        scale = (self.width() - LETTER - 1) / total
        edges = [float(LETTER)]
        for part in self._parts:
            edges.append(edges[-1] + part * scale)
        return edges[0], edges[1], edges[2], edges[3]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both bars, and behind them the stretch that they share."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        only_a, both, only_b = self._parts
        start, shared, alone, end = self.edges()
        top_a, top_b = 8.0, 8.0 + BAR + GAP
        if both:
            self._paint_shared(painter, QRectF(shared, 1, alone - shared, self.height() - 2))
        self._paint_bar(painter, 0, QRectF(start, top_a, alone - start, BAR))
        self._paint_bar(painter, 1, QRectF(shared, top_b, end - shared, BAR))
        self._paint_number(painter, only_a, QRectF(start, top_a, shared - start, BAR))
        self._paint_number(painter, both, QRectF(shared, top_a, alone - shared, BAR))
        self._paint_number(painter, both, QRectF(shared, top_b, alone - shared, BAR))
        self._paint_number(painter, only_b, QRectF(alone, top_b, end - alone, BAR))
        painter.end()

    def _paint_shared(self, painter: QPainter, rect: QRectF) -> None:
        pen = QPen(self._context.theme.colour("muted"))
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(self._context.theme.colour("hover"))
        painter.drawRect(rect)

    def _paint_bar(self, painter: QPainter, which: int, rect: QRectF) -> None:
        theme = self._context.theme
        painter.setFont(theme.font(SMALL, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("text"))
        letter = QRectF(0, rect.top(), LETTER, rect.height())
        painter.drawText(letter, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "AB"[which])
        colour = theme.tag_colour(COLOURS[which])
        painter.setPen(QPen(colour, 1))
        fill = QColor(colour)
        fill.setAlphaF(0.22)
        painter.setBrush(fill)
        if rect.width() > 0:
            painter.drawRoundedRect(rect, min(4.0, rect.width() / 2), 4)

    def _paint_number(self, painter: QPainter, number: int, rect: QRectF) -> None:
        painter.setFont(self._context.theme.font(SMALL))
        painter.setPen(self._context.theme.colour("text"))
        text = self.locale().toString(number)
        if number and painter.fontMetrics().horizontalAdvance(text) + 8 <= rect.width():
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
