"""The drawing of the map: a mark for each paper, the names of the topics over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from desktop.views.explore.group_looks import QUIET, topic_name
from desktop.views.explore.marks import shape, shape_of
from desktop.views.explore.pictures import font

if TYPE_CHECKING:
    from collections.abc import Collection

    from desktop.tokens import Tokens
    from desktop.views.explore.points import Points

MARGIN = 14.0
SHAPED = 6_000
"""Up to so many papers get a shape each; more are drawn as dots, which no eye would tell the shapes of."""
BIG, SMALL_MARK = 5.0, 2.5
ROOMY, FULL = 150, 3_000
"""Papers from which on marks shrink, and at which they are smallest."""
DRAWN, RINGED = 20_000, 1_500
"""Of more papers in sight, or chosen, some are drawn, or get a dot in place of a ring."""
MOVES = (0.0, -1.0, 1.0, -2.0, 2.0)


@dataclass(frozen=True, slots=True)
class Sight:
    """What part of the map is seen: how many times enlarged, and the place (0 to 1) in the middle."""

    zoom: float = 1.0
    x: float = 0.5
    y: float = 0.5

    def to_screen(self, x: float, y: float, size: QSizeF) -> QPointF:
        """Return where a place of the map stands in a picture of a size."""
        return QPointF(
            size.width() / 2 + (x - self.x) * self.zoom * (size.width() - 2 * MARGIN),
            size.height() / 2 + (y - self.y) * self.zoom * (size.height() - 2 * MARGIN),
        )

    def to_map(self, point: QPointF, size: QSizeF) -> QPointF:
        """Return which place of the map stands at a point."""
        wide, high = max(1.0, size.width() - 2 * MARGIN), max(1.0, size.height() - 2 * MARGIN)
        return QPointF(
            self.x + (point.x() - size.width() / 2) / (self.zoom * wide),
            self.y + (point.y() - size.height() / 2) / (self.zoom * high),
        )


def radius(papers: int, zoom: float) -> float:
    """Return the size of a mark, half its width in pixels."""
    crowd = min(1.0, max(0.0, (papers - ROOMY) / (FULL - ROOMY)))
    return float(min(2 * BIG, (BIG + (SMALL_MARK - BIG) * crowd) * zoom**0.4))


def paint_map(painter: QPainter, size: QSizeF, tokens: Tokens, points: Points, sight: Sight) -> None:
    """Draw all marks and the names that have room."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    half = radius(len(points), sight.zoom)
    groups: dict[int, list[QPointF]] = {}
    corner = QPointF(size.width(), size.height())
    for at in _some(points.in_sight(sight.to_map(QPointF(), size), sight.to_map(corner, size))):
        groups.setdefault(points.group[at], []).append(sight.to_screen(points.x[at], points.y[at], size))
    quiet_first = sorted(groups, key=lambda one: (one >= 0 and points.looks[one].colour != QUIET, one))
    for number in quiet_first:
        _paint_group(painter, tokens, points, number, (groups[number], half))
    paint_names(painter, size, tokens, points, sight)


def _some(places: list[int]) -> list[int]:
    """Return so many points as can be told apart, evenly taken: 100,000 dots would only lie upon each other."""
    return places[:: max(1, len(places) // DRAWN)]


def _paint_group(
    painter: QPainter, tokens: Tokens, points: Points, number: int, what: tuple[list[QPointF], float]
) -> None:
    places, half = what
    colour = points.looks[number].paint_colour(tokens) if number >= 0 else QColor(tokens.disabled)
    if len(points) > SHAPED:
        colour.setAlphaF(0.7)
        painter.setPen(QPen(colour, 2 * half, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.drawPoints(QPolygonF(places))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        return
    mark = shape(shape_of(max(number, 0)), QPointF(), half)
    colour.setAlphaF(0.85)
    painter.setPen(QPen(QColor(tokens.base), 0.7))
    painter.setBrush(colour)
    for where in places:
        painter.drawPath(mark.translated(where))


def paint_chosen(
    painter: QPainter, size: QSizeF, tokens: Tokens, points: Points, what: tuple[Sight, Collection[int]]
) -> None:
    """Draw a ring around each chosen paper."""
    sight, chosen = what
    half = radius(len(points), sight.zoom)
    if len(chosen) > RINGED:
        dots = [sight.to_screen(points.x[at], points.y[at], size) for at in _some(list(chosen))]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(QColor(tokens.text), max(2.0, half)))
        painter.drawPoints(QPolygonF(dots))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        return
    rings = QPainterPath()
    for at in chosen:
        rings.addEllipse(sight.to_screen(points.x[at], points.y[at], size), half + 1.5, half + 1.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.text), 1.1))
    painter.drawPath(rings)


def paint_names(painter: QPainter, size: QSizeF, tokens: Tokens, points: Points, sight: Sight) -> None:
    """Write the names of the topics, the largest first; what finds no room stands in the list alone."""
    painter.setFont(font(bold=True))
    metrics = painter.fontMetrics()
    taken: list[QRectF] = []
    for topic in points.topics:
        middle = sight.to_screen(topic.x, topic.y, size)
        if not QRectF(QPointF(), size).contains(middle):
            continue
        text = metrics.elidedText(topic_name(topic, 2), Qt.TextElideMode.ElideRight, int(size.width() / 3))
        wide, high = metrics.horizontalAdvance(text) + 12.0, metrics.height() + 4.0
        left = min(max(2.0, middle.x() - wide / 2), size.width() - wide - 2)
        for move in MOVES:
            where = QRectF(left, middle.y() - high / 2 + move * high, wide, high)
            if where.top() > 0 and where.bottom() < size.height() and not any(one.intersects(where) for one in taken):
                taken.append(where)
                _paint_name(painter, where, text, tokens)
                break


def _paint_name(painter: QPainter, where: QRectF, text: str, tokens: Tokens) -> None:
    ground = QColor(tokens.base)
    ground.setAlphaF(0.86)
    painter.setPen(QPen(QColor(tokens.hairline), 1))
    painter.setBrush(ground)
    painter.drawRoundedRect(where, 4, 4)
    painter.setPen(QColor(tokens.text))
    painter.drawText(where, Qt.AlignmentFlag.AlignCenter, text)
