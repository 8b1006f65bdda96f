"""Tag chips: small rounded labels with the sign of the tag, painted in cells or used as widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.tag_marks import paint_sign

if TYPE_CHECKING:
    from db.domain.records import Tag

GAP = 4
INSET = 8
DOT = 7
LONGEST = 160  # pixels; a longer name is elided

Colours = Callable[[int], QColor]
"""The colour of a tag's dot, by its number (`Theme.tag_colour`)."""


def chip_size(name: str, metrics: QFontMetrics) -> QSize:
    """Return the size of a chip with this name, in pixels."""
    text = min(metrics.horizontalAdvance(name[:60]), LONGEST)
    return QSize(INSET + DOT + GAP + text + INSET, metrics.height() + 2)


def paint_dot(painter: QPainter, centre: QPointF, colour: QColor, size: int = DOT) -> None:
    """Paint a tag's dot around a point."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(centre, size / 2, size / 2)
    painter.restore()


def paint_chip(
    painter: QPainter, rect: QRect, name: str, colour: QColor, text: QColor, *, sign: int | None = None
) -> None:
    """Paint one chip that fills the rectangle; `sign` is the number of a tag colour, whose shape stands for the dot."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill = QColor(text)
    fill.setAlphaF(0.07)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    radius = rect.height() / 2
    painter.drawRoundedRect(QRectF(rect), radius, radius)
    middle = QPointF(rect.left() + INSET + DOT / 2, rect.center().y() + 0.5)
    if sign is None:
        paint_dot(painter, middle, colour)
    else:
        paint_sign(painter, middle, sign, colour)
    inside = rect.adjusted(INSET + DOT + GAP, 0, -INSET + 2, 0)
    painter.setPen(text)
    # Of a tag inside others the last part tells most.
    side = Qt.TextElideMode.ElideLeft if sign is not None and "/" in name else Qt.TextElideMode.ElideRight
    shown = painter.fontMetrics().elidedText(name, side, inside.width())
    painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


def paint_chips(painter: QPainter, rect: QRect, tags: Sequence[Tag], colours: Colours, text: QColor) -> None:
    """Paint as many chips as fit from the left, then how many more there are."""
    metrics = painter.fontMetrics()
    left = rect.left()
    for number, tag in enumerate(tags):
        size = chip_size(tag.name, metrics)
        rest = len(tags) - number - 1
        spare = metrics.horizontalAdvance(f"+{rest}") + GAP if rest else 0
        room = rect.right() - left - spare
        if size.width() > room and number:
            more = QRect(left + GAP, rect.top(), rect.right() - left, rect.height())
            painter.setPen(text)
            painter.drawText(more, Qt.AlignmentFlag.AlignVCenter, f"+{rest + 1}")
            return
        width = min(size.width(), max(room, INSET + DOT + INSET))
        top = rect.top() + (rect.height() - size.height()) // 2
        chip = QRect(left, top, width, size.height())
        paint_chip(painter, chip, tag.name, colours(tag.colour), text, sign=tag.colour)
        left += width + GAP


class Chip(QWidget):
    """One tag as a small widget, for panes and dialogs."""

    def __init__(self, tag: Tag, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tag = tag
        self._colours = colours
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tag.name)

    def sizeHint(self) -> QSize:
        return chip_size(self._tag.name, QFontMetrics(self.chip_font()))

    def chip_font(self) -> QFont:
        """Return the font the chip is painted in."""
        return self.font()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.chip_font())
        text = self.palette().color(QPalette.ColorRole.Text)
        colour = self._tag.colour
        paint_chip(painter, self.rect(), self._tag.name, self._colours(colour), text, sign=colour)
        painter.end()
