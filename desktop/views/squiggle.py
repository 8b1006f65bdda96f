"""The wavy line under what was not understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QPainter, QPen, QPolygonF

if TYPE_CHECKING:
    from PySide6.QtGui import QColor

STEP = 2.0  # pixels from one corner of the wave to the next
HEIGHT = 2.0


def paint_squiggle(painter: QPainter, rect: QRect, colour: QColor) -> None:
    """Paint a wave along the foot of a rectangle."""
    points = []
    x, up = float(rect.left()), False
    while x <= rect.right():
        points.append(QPointF(x, rect.bottom() - (HEIGHT if up else 0.0)))
        x, up = x + STEP, not up
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.3))
    painter.drawPolyline(QPolygonF(points))
    painter.restore()
