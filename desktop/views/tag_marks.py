"""The sign of a tag: a colour and a shape that go together, so that nobody needs to tell colours apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor

    from desktop.context import AppContext

COLOURS = ("Red", "Orange", "Olive", "Green", "Teal", "Blue", "Violet", "Pink")
SHAPES = ("circle", "triangle", "square", "diamond", "pointing down", "ring", "cross", "bar")
"""The shape of each colour, in the order of the eight colours."""


def sign_name(number: int) -> str:
    """Return what the sign of a tag colour is called, such as "Red, circle"."""
    at = number % len(COLOURS)
    return f"{_tr(COLOURS[at])}, {_tr(SHAPES[at])}"


def paint_sign(painter: QPainter, centre: QPointF, number: int, colour: QColor, size: float = 8) -> None:
    """Paint the sign of a tag colour around a point; `size` is the width of its circle in pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    painter.scale(size / 2, size / 2)
    at = number % len(SHAPES)
    if SHAPES[at] == "ring":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 0.5))
        painter.drawEllipse(QRectF(-0.8, -0.8, 1.6, 1.6))
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPath(_PATHS[SHAPES[at]]())
    painter.restore()


def sign_icon(context: AppContext, number: int, ratio: float = 2.0) -> QIcon:
    """Return the sign of a tag colour as an icon."""
    picture = QPixmap(round(16 * ratio), round(16 * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_sign(painter, QPointF(8, 8), number, context.theme.tag_colour(number), 10)
    painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)  # Qt would tint it, and a tinted sign is another colour
    return icon


def _polygon(*points: tuple[float, float]) -> Callable[[], QPainterPath]:
    def make() -> QPainterPath:
        path = QPainterPath()
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        path.closeSubpath()
        return path

    return make


def _circle() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(-1, -1, 2, 2))
    return path


def _cross() -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRect(QRectF(-1.1, -0.4, 2.2, 0.8))
    path.addRect(QRectF(-0.4, -1.1, 0.8, 2.2))
    return path


def _bar() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(-1.2, -0.5, 2.4, 1.0), 0.3, 0.3)
    return path


_PATHS: dict[str, Callable[[], QPainterPath]] = {
    "circle": _circle,
    "triangle": _polygon((-1.1, 0.85), (1.1, 0.85), (0, -1.1)),
    "square": _polygon((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": _polygon((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
    "pointing down": _polygon((-1.1, -0.85), (1.1, -0.85), (0, 1.1)),
    "cross": _cross,
    "bar": _bar,
}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sidebar", text)
