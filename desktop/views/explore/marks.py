"""Marks that tell groups apart by shape and pattern as well as by colour."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QIcon, QPainter, QPainterPath, QPixmap, QPolygonF

SHAPES = 8
_TURNS = {1: (4, 45.0), 2: (3, -90.0), 3: (4, 0.0), 4: (3, 90.0), 5: (6, 0.0)}
"""Of the shapes with even sides: corners, and where the first one lies, in degrees."""
PATTERNS = (
    Qt.BrushStyle.NoBrush,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.Dense5Pattern,
    Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.CrossPattern,
    Qt.BrushStyle.DiagCrossPattern,
)


def shape_of(number: int) -> int:
    """Return the shape of a group: with eight colours in turn, 64 groups all look different."""
    return (number + number // SHAPES) % SHAPES


def shape(number: int, centre: QPointF, radius: float) -> QPainterPath:
    """Return a circle, square, triangle, diamond, falling triangle, hexagon, cross or ring around a point."""
    path = QPainterPath()
    kind = number % SHAPES
    if kind in _TURNS:
        corners, first = _TURNS[kind]
        angles = [math.radians(first + 360 * at / corners) for at in range(corners)]
        reach = radius * 1.2
        points = [centre + QPointF(math.cos(one) * reach, math.sin(one) * reach) for one in angles]
        path.addPolygon(QPolygonF([*points, points[0]]))
    elif kind == 6:
        arm = radius * 0.42
        path.addRect(QRectF(centre.x() - radius, centre.y() - arm, 2 * radius, 2 * arm))
        path.addRect(QRectF(centre.x() - arm, centre.y() - radius, 2 * arm, 2 * radius))
        path.setFillRule(Qt.FillRule.WindingFill)
    else:
        path.addEllipse(centre, radius, radius)
        if kind == 7:
            path.addEllipse(centre, radius * 0.45, radius * 0.45)
    return path


def fill(painter: QPainter, rect: QRectF, colour: QColor, ground: QColor, number: int) -> None:
    """Fill a part of a bar with its colour and, in the colour of the ground, its pattern."""
    painter.fillRect(rect, colour)
    pattern = PATTERNS[number % len(PATTERNS)]
    if pattern != Qt.BrushStyle.NoBrush:
        lines = QColor(ground)
        lines.setAlphaF(0.55)
        painter.fillRect(rect, QBrush(lines, pattern))


def shape_icon(number: int, colour: QColor, ratio: float, size: int = 16) -> QIcon:
    """Return the mark of a group as an icon."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(shape(number, QPointF(size / 2, size / 2), size * 0.32), colour)
    painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)  # else the colour changes with the selection
    return icon
