"""The drawing of papers over time: stacked bars with a scale, patterns beside the colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen

from desktop.theme import SMALL
from desktop.views.explore.marks import fill
from desktop.views.explore.pictures import font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QSizeF

    from db.services.overtime import Bar
    from desktop.tokens import Tokens
    from desktop.views.explore.group_looks import GroupLook

WIDEST, GAP, SWATCH = 72.0, 0.2, 12
"""A bar is at most so wide in pixels; a gap takes that share of it."""


@dataclass(frozen=True, slots=True)
class TimeDrawing:
    """What is drawn: bars without gaps, and how their parts look."""

    bars: tuple[Bar, ...]
    looks: tuple[GroupLook, ...]


def bar_name(bar: Bar) -> str:
    """Return "2024" or "Mar 2024"."""
    month = QLocale().standaloneMonthName(bar.month, QLocale.FormatType.ShortFormat) if bar.month else ""
    return f"{month} {bar.year}".lstrip()


def steps(most: int) -> list[int]:
    """Return round numbers for the scale, from nothing to at least `most`, at most six of them."""
    units = (digit * 10**power for power in range(9) for digit in (1, 2, 5))
    unit = next(one for one in units if most <= 5 * one)
    return [unit * at for at in range(max(1, -(-most // unit)) + 1)]


def frame(size: QSizeF, drawing: TimeDrawing) -> QRectF:
    """Return where the bars stand: between scale, legend and names."""
    metrics = QFontMetrics(font())
    legend = _legend_rows(size.width(), drawing.looks, metrics) * (metrics.height() + 4)
    left = metrics.horizontalAdvance(QLocale().toString(steps(_most(drawing))[-1])) + 14
    top = legend + metrics.height() + 10
    return QRectF(left, top, max(1.0, size.width() - left - 8), max(1.0, size.height() - top - metrics.height() - 10))


def bar_rects(size: QSizeF, drawing: TimeDrawing) -> list[QRectF]:
    """Return the column of each bar, in its full height."""
    area = frame(size, drawing)
    step = min(WIDEST, area.width() / max(1, len(drawing.bars)))
    return [QRectF(area.left() + step * at, area.top(), step, area.height()) for at in range(len(drawing.bars))]


def paint_time(painter: QPainter, size: QSizeF, tokens: Tokens, drawing: TimeDrawing, current: int = -1) -> None:
    """Draw the chart; `current` is the bar that has the keyboard."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font())
    area, scale = frame(size, drawing), steps(_most(drawing))
    _paint_legend(painter, size.width(), tokens, drawing.looks)
    _paint_scale(painter, area, tokens, scale)
    rects = bar_rects(size, drawing)
    for at, (bar, rect) in enumerate(zip(drawing.bars, rects, strict=True)):
        if at == current:
            painter.fillRect(rect, QColor(tokens.selection))
        _paint_bar(painter, rect, tokens, drawing, (bar, scale[-1]))
    _paint_names(painter, area, tokens, drawing.bars, rects)


def _most(drawing: TimeDrawing) -> int:
    return max((max(bar.papers, sum(bar.parts)) for bar in drawing.bars), default=0)


def _paint_scale(painter: QPainter, area: QRectF, tokens: Tokens, scale: Sequence[int]) -> None:
    line = painter.fontMetrics().height()
    for value in scale:
        y = area.bottom() - area.height() * value / scale[-1]
        painter.setPen(QPen(QColor(tokens.hairline), 1))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(QColor(tokens.muted))
        where = QRectF(0, y - line / 2, area.left() - 8, line)
        painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, QLocale().toString(value))


def _paint_bar(painter: QPainter, column: QRectF, tokens: Tokens, drawing: TimeDrawing, what: tuple[Bar, int]) -> None:
    bar, highest = what
    gap = column.width() * GAP / 2
    y = column.bottom()
    for at, (part, look) in enumerate(zip(bar.parts, drawing.looks, strict=True)):
        height = column.height() * part / highest
        rect = QRectF(column.left() + gap, y - height, column.width() - 2 * gap, height)
        if part:
            fill(painter, rect, look.paint_colour(tokens), QColor(tokens.base), at if look.colour >= 0 else 0)
        y -= height
    text = QLocale().toString(bar.papers)
    if bar.papers and painter.fontMetrics().horizontalAdvance(text) <= column.width():
        painter.setPen(QColor(tokens.text))
        line = painter.fontMetrics().height()
        painter.drawText(QRectF(column.left(), y - line - 1, column.width(), line), Qt.AlignmentFlag.AlignHCenter, text)


def _paint_names(painter: QPainter, area: QRectF, tokens: Tokens, bars: Sequence[Bar], rects: Sequence[QRectF]) -> None:
    """Write the years below, each once, and as many as there is room for."""
    painter.setPen(QColor(tokens.muted))
    metrics = painter.fontMetrics()
    free = 0.0
    for bar, rect in zip(bars, rects, strict=True):
        text = bar_name(bar)
        if bar.month and metrics.horizontalAdvance(text) + 8 > rect.width():
            text = str(bar.year) if bar.month == 1 or rect is rects[0] else ""
        width = metrics.horizontalAdvance(text) + 4
        left = max(0.0, rect.center().x() - width / 2)
        if text and left >= free:
            where = QRectF(left, area.bottom() + 6, width, metrics.height())
            painter.drawText(where, Qt.AlignmentFlag.AlignHCenter, text)
            free = where.right() + 8


def _entries(width: float, looks: Sequence[GroupLook], metrics: QFontMetrics) -> list[tuple[int, QPointF, str]]:
    """Return the row, the place in it and the text of each entry of the legend."""
    found, x, row = [], 0.0, 0
    for look in looks:
        text = metrics.elidedText(look.name, Qt.TextElideMode.ElideRight, int(min(220, max(60, width - SWATCH - 24))))
        wide = SWATCH + 6 + metrics.horizontalAdvance(text) + 18
        if x and x + wide > width:
            x, row = 0.0, row + 1
        found.append((row, QPointF(x, row * (metrics.height() + 4)), text))
        x += wide
    return found


def _legend_rows(width: float, looks: Sequence[GroupLook], metrics: QFontMetrics) -> int:
    return max((row + 1 for row, _place, _text in _entries(width, looks, metrics)), default=0)


def _paint_legend(painter: QPainter, width: float, tokens: Tokens, looks: Sequence[GroupLook]) -> None:
    metrics = QFontMetrics(font(SMALL))
    for at, (_row, place, text) in enumerate(_entries(width, looks, metrics)):
        top = place.y() + (metrics.height() - SWATCH) / 2
        look = looks[at]
        rect = QRectF(place.x(), top, SWATCH, SWATCH)
        fill(painter, rect, look.paint_colour(tokens), QColor(tokens.base), at if look.colour >= 0 else 0)
        painter.setPen(QColor(tokens.text))
        painter.drawText(QPointF(place.x() + SWATCH + 6, place.y() + metrics.ascent()), text)
