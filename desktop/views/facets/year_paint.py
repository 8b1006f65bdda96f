"""The drawing of papers by year: thin bars, those that are asked for told apart by colour and by a line below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from desktop.theme import SMALL, Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QSizeF

    from db.services.faceting import Years
    from desktop.tokens import Tokens

WIDEST, PAD, LINE = 28.0, 8.0, 3.0
"""Pixels: of a bar at most, beside the bars, of the line below the years that are asked for."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: the years from `low` (None: any earlier) to `high`, and how many papers they have."""

    low: int | None
    high: int
    papers: int


@dataclass(frozen=True, slots=True)
class YearLook:
    """What is marked: bars that are pulled over, the one with the keyboard, focus, and whether counts are old."""

    pulled: tuple[int, int] | None = None
    current: int = -1
    focus: bool = False
    waits: bool = False


def bars_of(years: Years | None) -> list[Bar]:
    """Return the bars from left to right, the earlier years in one."""
    if years is None:
        return []
    bars = [Bar(None, years.first - 1, years.earlier)] if years.earlier else []
    return bars + [Bar(year, year, number) for year, number in enumerate(years.bars, start=years.first)]


def is_in(bar: Bar, ranges: Sequence[tuple[int | None, int | None]]) -> bool:
    """Tell whether a bar stands in one of the ranges of years."""
    return any((low or 0) <= bar.high <= (9999 if high is None else high) for low, high in ranges)


def columns(size: QSizeF, number: int, line: float) -> list[QRectF]:
    """Return the column of each bar in its full height; `line` is the height of a line of text."""
    area = QRectF(PAD, 4, max(1.0, size.width() - 2 * PAD), max(1.0, size.height() - line - LINE - 8))
    step = min(WIDEST, area.width() / max(1, number))
    return [QRectF(area.left() + step * at, area.top(), step, area.height()) for at in range(number)]


def paint_years(painter: QPainter, size: QSizeF, tokens: Tokens, years: Years, look: YearLook) -> None:
    """Draw the bars, the line below those that are asked for, and the first and the last year."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(Theme.font(SMALL))
    line, bars = float(painter.fontMetrics().height()), bars_of(years)
    rects, most = columns(size, len(bars), line), max((bar.papers for bar in bars if bar.low is not None), default=0)
    for at, (bar, rect) in enumerate(zip(bars, rects, strict=True)):
        pulled = look.pulled is not None and look.pulled[0] <= at <= look.pulled[1]
        if pulled or (look.focus and at == look.current):
            painter.fillRect(rect, QColor(tokens.selection))
        _paint_bar(painter, _risen(rect, bar.papers, most), tokens, bar, (years, look.waits))
        if is_in(bar, years.wanted):
            painter.fillRect(QRectF(rect.left(), rect.bottom() + 2, rect.width(), LINE), QColor(tokens.accent))
    _paint_names(painter, rects, tokens, bars)
    if look.focus:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent), 1.5))
        painter.drawRoundedRect(QRectF(1, 1, size.width() - 2, size.height() - 2), 6, 6)


def _risen(column: QRectF, papers: int, most: int) -> QRectF:
    gap = min(2.0, column.width() * 0.2) / 2
    height = min(column.height(), max(2.0, column.height() * papers / most)) if papers else 0.0
    return QRectF(column.left() + gap, column.bottom() - height, column.width() - 2 * gap, height)


def _paint_bar(painter: QPainter, rect: QRectF, tokens: Tokens, bar: Bar, how: tuple[Years, bool]) -> None:
    years, waits = how
    if not bar.papers:
        return
    colour = QColor(tokens.accent if not years.wanted or is_in(bar, years.wanted) else tokens.muted)
    if is_in(bar, years.unwanted):
        painter.setPen(QPen(QColor(tokens.muted), 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    elif bar.low is None:  # many years in one
        painter.fillRect(rect, QBrush(colour, Qt.BrushStyle.Dense4Pattern))
    else:
        painter.fillRect(rect, QColor(tokens.disabled) if waits else colour)


def _paint_names(painter: QPainter, rects: list[QRectF], tokens: Tokens, bars: list[Bar]) -> None:
    if not rects:
        return
    painter.setPen(QColor(tokens.muted))
    metrics, top = painter.fontMetrics(), rects[0].bottom() + LINE + 3
    first, last = f"…{bars[0].high}" if bars[0].low is None else f"{bars[0].high}", f"{bars[-1].high}"
    wide, right = (
        metrics.horizontalAdvance(last),
        max(rects[-1].right(), rects[0].left() + metrics.horizontalAdvance(last)),
    )
    if len(bars) > 1:
        painter.drawText(QPointF(right - wide, top + metrics.ascent()), last)
    if len(bars) == 1 or rects[0].left() + metrics.horizontalAdvance(first) + PAD <= right - wide:
        painter.drawText(QPointF(rects[0].left(), top + metrics.ascent()), first)
