"""Five stars that take the mouse and the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from desktop.theme import LARGE, Theme
from desktop.views.words import counted, tr

STARS = 5


class Rating(QSlider):
    """A rating of one to five, 0 for none; a slider, so that screen readers and arrow keys know it."""

    rated = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(0, STARS)
        self.setPageStep(1)
        self.setFont(Theme.font(LARGE))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Rating"))
        self.setToolTip(tr("Rating: click a star, click it again to take the rating away"))
        self.show_rating(0)

    def show_rating(self, rating: int) -> None:
        """Show a rating without announcing it."""
        self.setValue(rating)
        said = counted("%Ln star(s)", rating) if rating else tr("Not rated")
        self.setAccessibleDescription(said)
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(STARS * self._step() + 8, metrics.height() + 8)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _step(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance("★") + 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        for star in range(STARS):
            full = star < self.value()
            role = QPalette.ColorRole.Accent if full else QPalette.ColorRole.PlaceholderText
            painter.setPen(self.palette().color(role))
            left = 4 + star * self._step()
            painter.drawText(left, 0, self._step(), self.height(), 0x84, "★" if full else "☆")
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Accent))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        star = int((event.position().x() - 4) // self._step()) + 1
        self._rate(0 if star == self.value() else max(1, min(star, STARS)))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        before = self.value()
        if Qt.Key.Key_0 <= event.key() <= Qt.Key.Key_5:
            self._rate(event.key() - Qt.Key.Key_0)
            return
        super().keyPressEvent(event)
        if self.value() != before:
            self._rate(self.value())

    def _rate(self, rating: int) -> None:
        self.show_rating(rating)
        self.rated.emit(rating)
