"""The map on the screen: hover names a paper, a drawn line chooses papers, the wheel comes closer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.views.explore.map_paint import Sight, paint_chosen, paint_map, radius
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext
    from desktop.tokens import Tokens
    from desktop.views.explore.points import Points

CLOSEST, STEP = 40.0, 1.25
NOTCH = 120
"""What Qt tells of one notch of a wheel."""
REACH = 8
"""Pixels around the pointer in which a paper is pointed at."""


class TopicCanvas(QWidget):
    """Draws points once and keeps the picture; what is chosen and pointed at is drawn over it."""

    chosen = Signal(object)
    pointed = Signal(int)
    opened = Signal(int)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.points: Points | None = None
        self.sight = Sight()
        self.picked: Sequence[int] = ()
        self.hovered = -1
        self._line: list[QPointF] = []
        self._grip: QPointF | None = None
        self._picture: QPixmap | None = None
        self._marked: QPixmap | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Map of topics"))
        context.theme.changed.connect(self._redraw)

    def sizeHint(self) -> QSize:
        return QSize(620, 440)

    def minimumSizeHint(self) -> QSize:
        return QSize(170, 120)

    def show_points(self, points: Points | None, *, keep_sight: bool = False) -> None:
        """Draw these papers; nothing is chosen any more unless only the colours change."""
        self.points = points
        if not keep_sight:
            self.sight, self.picked, self.hovered = Sight(), (), -1
        self._redraw()

    def pick(self, places: Sequence[int]) -> None:
        """Mark these papers as chosen."""
        self.picked = places
        self._marked = None
        self.update()

    def paint(self, painter: QPainter, size: QSizeF, tokens: Tokens) -> None:
        """Draw the map for a picture: what is seen of it."""
        if self.points is not None:
            paint_map(painter, size, tokens, self.points, self.sight)

    def _redraw(self) -> None:
        self._picture = self._marked = None
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._redraw()

    def _drawn(self) -> QPixmap:
        """Return the map with what is chosen, drawn anew only when something has changed."""
        tokens, size = self._context.theme.tokens, QSizeF(self.size())
        if self._picture is None:
            ratio = self.devicePixelRatioF()
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(tokens.base)
            painter = QPainter(self._picture)
            self.paint(painter, size, tokens)
            painter.end()
        if self._marked is None:
            self._marked = QPixmap(self._picture)
            painter = QPainter(self._marked)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.points is not None:
                paint_chosen(painter, size, tokens, self.points, (self.sight, self.picked))
            painter.end()
        return self._marked

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens, size = self._context.theme.tokens, QSizeF(self.size())
        drawn = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.points is not None and self.hovered >= 0:
            paint_chosen(painter, size, tokens, self.points, (self.sight, (self.hovered,)))
        colour = self._context.theme.colour("accent")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        painter.drawPolygon(QPolygonF(self._line))
        painter.setPen(colour if self.hasFocus() else self._context.theme.colour("hairline"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    # Mouse --------------------------------------------------------------------------------------------

    def point_at(self, where: QPointF) -> int:
        """Return the paper under the pointer, -1 for none."""
        if self.points is None:
            return -1
        size = QSizeF(self.size())
        here = self.sight.to_map(where, size)
        reach = (
            self.sight.to_map(where + QPointF(REACH + radius(len(self.points), self.sight.zoom), 0), size).x()
            - here.x()
        )
        return self.points.nearest(here.x(), here.y(), reach)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._line = [event.position()]
        else:
            self._grip = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where = event.position()
        if self._line:
            self._line.append(where)
            self.update()
        elif self._grip is not None:
            size = QSizeF(self.size())
            before, now = self.sight.to_map(self._grip, size), self.sight.to_map(where, size)
            self._grip = where
            self.look_at(self.sight.zoom, self.sight.x + before.x() - now.x(), self.sight.y + before.y() - now.y())
        else:
            self._hover(self.point_at(where))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a line: what lies inside is chosen; a click chooses the paper under it, or nothing."""
        line, self._line, self._grip = self._line, [], None
        line += [event.position()] if line else []
        if not line or self.points is None:
            return
        size = QSizeF(self.size())
        drawn = QPolygonF(line).boundingRect()
        if max(drawn.width(), drawn.height()) < REACH:
            at = self.point_at(event.position())
            found = [at] if at >= 0 else []
        else:
            found = self.points.within(QPolygonF([self.sight.to_map(one, size) for one in line]))
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier):
            found = sorted({*self.picked, *found})
        self.pick(found)
        self.chosen.emit(found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the paper under the pointer, or show the whole map again."""
        at = self.point_at(event.position())
        if at >= 0:
            self.opened.emit(at)
        else:
            self.look_at(1.0, 0.5, 0.5)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Come closer to what is under the pointer, or go away."""
        # A touchpad tells many small turns, and turns to the side, which come no closer.
        self.zoom_by(STEP ** (event.angleDelta().y() / NOTCH), event.position())
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, at: int) -> None:
        if at != self.hovered:
            self.hovered = at
            self.pointed.emit(at)
            self.update()

    # Sight --------------------------------------------------------------------------------------------

    def zoom_by(self, step: float, around: QPointF | None = None) -> None:
        """Enlarge the map around a point, which stays where it is."""
        size = QSizeF(self.size())
        middle = around or QPointF(size.width() / 2, size.height() / 2)
        zoom = min(CLOSEST, max(1.0, self.sight.zoom * step))
        before = self.sight.to_map(middle, size)
        after = Sight(zoom, self.sight.x, self.sight.y).to_map(middle, size)
        self.look_at(zoom, self.sight.x + before.x() - after.x(), self.sight.y + before.y() - after.y())

    def look_at(self, zoom: float, x: float, y: float) -> None:
        """Show a part of the map; the whole of it stays in the middle."""
        slack = 0.5 - 0.5 / zoom
        self.sight = Sight(zoom, min(0.5 + slack, max(0.5 - slack, x)), min(0.5 + slack, max(0.5 - slack, y)))
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus enlarge, the arrows move, 0 shows all."""
        move = 0.1 / self.sight.zoom
        moves = {
            Qt.Key.Key_Left: (-move, 0.0),
            Qt.Key.Key_Right: (move, 0.0),
            Qt.Key.Key_Up: (0.0, -move),
            Qt.Key.Key_Down: (0.0, move),
        }
        if event.text() in ("+", "="):
            self.zoom_by(STEP)
        elif event.text() == "-":
            self.zoom_by(1 / STEP)
        elif event.text() == "0":
            self.look_at(1.0, 0.5, 0.5)
        elif event.key() in moves:
            x, y = moves[Qt.Key(event.key())]
            self.look_at(self.sight.zoom, self.sight.x + x, self.sight.y + y)
        else:
            super().keyPressEvent(event)
