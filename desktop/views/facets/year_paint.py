"""The drawing of papers by year: thin bars, those that are asked for told apart by colour and by a line below."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.theme import SMALL, Theme

if TYPE_CHECKING:
    from PySide6.QtCore import QSizeF

    from db.services.faceting import Years
    from desktop.tokens import Tokens

WIDEST, PAD, LINE = 28.0, 8.0, 3.0
"""Pixels: of a bar at most, beside the bars, of the line below the years that are asked for."""


@dataclass(slots=True)
class YearLook:
    """What is marked in the drawing: years that are pulled over, the one with the keyboard, and focus."""

    pulled: tuple[int, int] | None = None
    current: int = -1
    focus: bool = False
    waits: bool = False
    names: tuple[str, str] = field(default=("", ""))


def holds(years: Years, year: int) -> bool:
    """Tell whether a year is asked for, as all are when none is."""
    return not years.wanted or any((low or 0) <= year <= (high or 9999) for low, high in years.wanted)


def is_left_out(years: Years, year: int) -> bool:
    """Tell whether a year must not be."""
    return any((low or 0) <= year <= (high or 9999) for low, high in years.unwanted)


def columns(size: QSizeF, number: int, line: float) -> list[QRectF]:
    """Return the column of each bar in its full height; `line` is the height of a line of text."""
    area = QRectF(PAD, 4, max(1.0, size.width() - 2 * PAD), max(1.0, size.height() - line - LINE - 8))
    step = min(WIDEST, area.width() / max(1, number))
    return [QRectF(area.left() + step * at, area.top(), step, area.height()) for at in range(number)]


def paint_years(painter: QPainter, size: QSizeF, tokens: Tokens, years: Years, look: YearLook) -> None:
    """Draw the bars, the line below those that are asked for, and the first and the last year."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(Theme.font(SMALL))
    line = float(painter.fontMetrics().height())
    rects, most = columns(size, len(years.bars), line), max(years.bars, default=0)
    for at, rect in enumerate(rects):
        year = years.first + at
        pulled = look.pulled is not None and look.pulled[0] <= at <= look.pulled[1]
        if pulled or (look.focus and at == look.current):
            painter.fillRect(rect, QColor(tokens.selection))
        _paint_bar(painter, rect, tokens, (years, at, most), waits=look.waits)
        if years.wanted and holds(years, year):
            painter.fillRect(QRectF(rect.left(), rect.bottom() + 2, rect.width(), LINE), QColor(tokens.accent))
    _paint_names(painter, rects, tokens, years, line)
    if look.focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent), 1.5))
        painter.drawRoundedRect(QRectF(1, 1, size.width() - 2, size.height() - 2), 6, 6)


def _paint_bar(painter: QPainter, column: QRectF, tokens: Tokens, what: tuple[Years, int, int], *, waits: bool) -> None:
    years, at, most = what
    number, year = years.bars[at], years.first + at
    if not number:
        return
    gap = min(2.0, column.width() * 0.2) / 2
    height = max(2.0, column.height() * number / most)
    bar = QRectF(column.left() + gap, column.bottom() - height, column.width() - 2 * gap, height)
    if is_left_out(years, year):
        painter.setPen(QPen(QColor(tokens.muted), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
        return
    colour = "disabled" if waits else "accent" if holds(years, year) else "muted"
    painter.fillRect(bar, QColor(getattr(tokens, colour)))


def _paint_names(painter: QPainter, rects: list[QRectF], tokens: Tokens, years: Years, line: float) -> None:
    if not rects:
        return
    painter.setPen(QColor(tokens.muted))
    top = rects[0].bottom() + LINE + 3
    first, last = f"{years.first}", f"{years.first + len(years.bars) - 1}"
    painter.drawText(QPointF(rects[0].left(), top + painter.fontMetrics().ascent()), first)
    wide = painter.fontMetrics().horizontalAdvance(last)
    left = max(rects[0].left() + painter.fontMetrics().horizontalAdvance(first) + PAD, rects[-1].right() - wide)
    if len(rects) > 1:
        painter.drawText(QRectF(left, top, wide + 1, line), Qt.AlignmentFlag.AlignLeft, last)
