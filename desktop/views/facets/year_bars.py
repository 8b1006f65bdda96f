"""Papers by year: a bar is clicked, a range is pulled with the mouse or walked with the arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import SMALL, Theme
from desktop.views.facets.year_paint import Bar, YearLook, bars_of, columns, paint_years
from desktop.views.words import papers, tr

if TYPE_CHECKING:
    from db.services.faceting import Years
    from desktop.context import AppContext

HEIGHT = 64
"""Pixels of the bars at their highest, text left out."""
CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class YearBars(QWidget):
    """Says which years are chosen, first (None: any before) and last, with the modifiers; `dropped` asks for all."""

    chosen = Signal(object, object, object)
    dropped = Signal()
    pointed = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.years: Years | None = None
        self.bars: list[Bar] = []
        self._waits = False
        self._current = self._anchor = -1
        self._pressed = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Papers by year"))
        context.theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, HEIGHT + self._line() + 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def _line(self) -> int:
        return QFontMetrics(Theme.font(SMALL)).height()

    def show_years(self, years: Years) -> None:
        """Draw these bars; the year with the keyboard keeps it."""
        before = [bar.high for bar in self.bars]
        here = before[self._current] if 0 <= self._current < len(before) else None
        self.years, self.bars = years, bars_of(years)
        now = [bar.high for bar in self.bars]
        if before != now:
            self._current = self._anchor = now.index(here) if here in now else -1
            self._pressed = False
        self._say()
        self.update()

    def show_waiting(self, waits: bool) -> None:
        """Pale the bars while others are counted."""
        self._waits = waits
        self.update()

    # Painting -----------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.years is None:
            return
        painter = QPainter(self)
        look = YearLook(self._pulled(), self._current, self.hasFocus(), self._waits)
        paint_years(painter, QSizeF(self.size()), self._context.theme.tokens, self.years, look)
        painter.end()

    def _pulled(self) -> tuple[int, int] | None:
        if self._anchor < 0 or self._current < 0 or (self._anchor == self._current and not self._pressed):
            return None
        return min(self._anchor, self._current), max(self._anchor, self._current)

    def bar_at(self, where: QPoint, *, nearest: bool = False) -> int:
        """Return the number of the bar whose column a point is in, -1 for none, or the nearest one."""
        rects = columns(QSizeF(self.size()), len(self.bars), self._line())
        if not rects:
            return -1
        at = int((where.x() - rects[0].left()) // rects[0].width())
        return min(max(at, 0), len(rects) - 1) if nearest or 0 <= at < len(rects) else -1

    # Mouse --------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a range."""
        at = self.bar_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self._pressed, self._anchor, self._current = True, at, at
            self._say()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the range, or say what is under the mouse."""
        at = self.bar_at(event.position().toPoint(), nearest=self._pressed)
        if self._pressed:
            self._current = at
            self._say()
            self.update()
        else:
            self.pointed.emit(self._words(at, at) if at >= 0 else "")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the year, or the years that were pulled over."""
        if self._pressed and event.button() == Qt.MouseButton.LeftButton:
            self._pressed = False
            self._choose(event.modifiers())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self._pressed:
            self._say()

    # Keys ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, with Shift they pull a range, Enter chooses it; Delete asks for all years, Esc lets go."""
        last = len(self.bars) - 1
        moves = {
            Qt.Key.Key_Left: max(self._current - 1, 0),
            Qt.Key.Key_Right: min(self._current + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in moves and last >= 0:
            self._walk(moves[Qt.Key(event.key())], pull=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif event.key() in CHOOSING and self._current >= 0:
            self._choose(event.modifiers())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.dropped.emit()
        elif event.key() == Qt.Key.Key_Escape and self._pulled() is not None:
            self._pressed = False
            self._walk(self._current, pull=False)
        else:
            super().keyPressEvent(event)

    def _walk(self, at: int, *, pull: bool) -> None:
        self._current = at
        if not pull or self._anchor < 0:
            self._anchor = at
        self._say()
        self.update()

    def _choose(self, modifiers: Qt.KeyboardModifier) -> None:
        first, last = sorted((self._anchor, self._current))
        self._anchor = self._current
        self.update()
        if first >= 0 and last < len(self.bars):
            self.chosen.emit(self.bars[first].low, self.bars[last].high, modifiers)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the newest year when none has the keyboard yet."""
        super().focusInEvent(event)
        if self._current < 0 and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._walk(len(self.bars) - 1, pull=False)

    # Words --------------------------------------------------------------------------------------------

    def _words(self, first: int, last: int) -> str:
        if first < 0 or last >= len(self.bars):
            return ""
        name = range_name(self.bars[first].low, self.bars[last].high)
        return tr("{0}: {1}").format(name, papers(sum(bar.papers for bar in self.bars[first : last + 1])))

    def _say(self) -> None:
        pulled = self._pulled()
        at = self._current if self.hasFocus() or self._pressed else -1
        words = self._words(*pulled) if pulled else self._words(at, at)
        self.pointed.emit(words)
        self.setAccessibleDescription(words)


def range_name(low: int | None, high: int | None) -> str:
    """Return "2024", "2021–2023", "until 2020" or "since 2021"."""
    if low is None:
        return tr("until {0}").format(high)
    if high is None:
        return tr("since {0}").format(low)
    return f"{low}" if low == high else f"{low}–{high}"
