"""Papers over time: stacked bars by tag or by dump; what has no date is said, not hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db import services
from desktop.theme import SMALL
from desktop.views.explore.chart_foot import ChartFoot, Numbers
from desktop.views.explore.group_looks import looks_of_groups
from desktop.views.explore.time_paint import TimeDrawing, bar_name, bar_rects, paint_time
from desktop.views.plain import Label, link_button
from desktop.views.words import counted, papers, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.overtime import Bar, TimeLine
    from desktop.context import AppContext
    from desktop.tokens import Tokens

FEW_YEARS = 3
"""Up to so many years the months are shown first."""


class TimeChart(QWidget):
    """Draws bars; one of them can be pointed at or walked to, and opened."""

    pointed = Signal(int)
    opened = Signal(int)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.drawing = TimeDrawing((), ())
        self.current = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("Papers over time"))
        context.theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(640, 320)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 160)

    def show_drawing(self, drawing: TimeDrawing) -> None:
        """Draw these bars."""
        self.drawing, self.current = drawing, -1
        self.pointed.emit(-1)
        self.update()

    def paint(self, painter: QPainter, size: QSizeF, tokens: Tokens) -> None:
        """Draw the chart for a picture, without what only the screen has."""
        paint_time(painter, size, tokens, self.drawing)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_time(painter, QSizeF(self.size()), self._context.theme.tokens, self.drawing, self.current)
        if self.hasFocus():
            painter.setPen(self._context.theme.colour("accent"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        painter.end()

    def bar_at(self, where: QPoint) -> int:
        """Return the number of the bar in whose column a point lies, -1 for none."""
        rects = bar_rects(QSizeF(self.size()), self.drawing)
        return next((at for at, rect in enumerate(rects) if rect.left() <= where.x() < rect.right()), -1)

    def point(self, number: int) -> None:
        """Make a bar the current one."""
        if number != self.current:
            self.current = number
            self.pointed.emit(number)
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.point(self.bar_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self.point(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the bar."""
        at = self.bar_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self.opened.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right walk along the bars, Home and End to the ends, Return opens one."""
        last = len(self.drawing.bars) - 1
        moves = {
            Qt.Key.Key_Left: max(self.current - 1, 0),
            Qt.Key.Key_Right: min(self.current + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if event.key() in moves and last >= 0:
            self.point(moves[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self.opened.emit(self.current)
        else:
            super().keyPressEvent(event)


class OverTimeTab(QWidget):
    """The chart with its choices, and in words what it cannot show."""

    search_wanted = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._ids: Sequence[int] = ()
        self._line: TimeLine | None = None
        self.kind = _box(tr("Stack by"), (("tag", tr("by tag")), ("dump", tr("by dump"))))
        self.step = _box(tr("One bar for each"), (("year", tr("years")), ("month", tr("months"))))
        self.chart = TimeChart(context)
        self.said = Label(tone="muted", size=SMALL)
        self.left_out = Label()
        self.show_undated = link_button(tr("Show those &without a date"), lambda: self.search_wanted.emit("-has:date"))
        self.foot = ChartFoot(context, self.numbers)
        self.foot.offer_picture(self.chart.paint, self.chart.size, tr("papers over time"))
        self._build()
        self.kind.activated.connect(lambda _row: self.load(self._ids))
        self.step.activated.connect(lambda _row: self._draw())
        self.chart.pointed.connect(self._say)
        self.chart.opened.connect(self._open)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for one in (self.step, self.kind):
            head.addWidget(one)
        head.addStretch()
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing())
        self.said.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.chart, 1)
        column.addWidget(self.said)
        column.addWidget(self.left_out)
        column.addWidget(self.show_undated, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.foot)

    def load(self, ids: Sequence[int]) -> None:
        """Count these papers."""
        self._ids = ids
        kind = self.kind.currentData()
        self._context.read(
            lambda library: services.overtime.over_time(library, ids, kind), self._show, key="explore over time"
        )

    def _show(self, line: TimeLine) -> None:
        first = self._line is None
        self._line = line
        if first and line.groups and line.groups[0].number == services.kinds.NONE and self.kind.currentIndex() == 0:
            self.kind.setCurrentIndex(1)  # nothing is tagged yet
            self.load(self._ids)
        if first and 1 <= len(line.years) <= FEW_YEARS and line.months:
            self.step.setCurrentIndex(1)
        self._draw()

    def _draw(self) -> None:
        line = self._line
        if line is None:
            return
        looks = looks_of_groups(line.groups, self.kind.currentData())
        self.chart.show_drawing(TimeDrawing(self._bars(), looks))
        self.left_out.say(self._left_out(line))
        self.show_undated.setVisible(line.undated > 0)

    def _bars(self) -> tuple[Bar, ...]:
        if self._line is None:
            return ()
        return self._line.months if self.step.currentData() == "month" else self._line.years

    def _left_out(self, line: TimeLine) -> str:
        said = []
        if line.undated:
            words = counted("%Ln of {0} paper(s) without a date", line.undated)
            said.append(words.replace("{0}", self.locale().toString(line.papers)))
        if line.monthless and self.step.currentData() == "month":
            said.append(counted("%Ln with a year alone, in no month", line.monthless))
        if line.far:
            said.append(counted("%Ln too long ago to be drawn", line.far))
        if line.inferred:
            said.append(counted("%Ln with an inferred year", line.inferred))
        if line.several:
            both = self.kind.currentData() == "tag"
            text = "%Ln with several tags, counted in each" if both else "%Ln in several dumps, counted in each"
            said.append(counted(text, line.several))
        return " · ".join(said)

    def _say(self, number: int) -> None:
        bars, hint = self._bars(), tr("Point at a bar, or walk with the arrow keys; a click or Enter shows the year.")
        text = hint if bars else tr("No paper here has a date.")
        if 0 <= number < len(bars):
            bar = bars[number]
            parts = [
                f"{look.name} {self.locale().toString(part)}"
                for look, part in zip(self.chart.drawing.looks, bar.parts, strict=True)
                if part
            ]
            text = f"{bar_name(bar)}: {papers(bar.papers)}" + (" — " + ", ".join(parts) if parts else "")
        self.said.setText(text)
        self.chart.setAccessibleDescription(text)

    def _open(self, number: int) -> None:
        self.search_wanted.emit(f"year:{self._bars()[number].year:04d}")

    def numbers(self) -> Numbers:
        """Return the bars as a table: when, papers, and those of each group."""
        bars, looks = self._bars(), self.chart.drawing.looks
        rows: list[Sequence[str | int]] = [
            (f"{bar.year:04d}" + (f"-{bar.month:02d}" if bar.month else ""), bar.papers, *bar.parts) for bar in bars
        ]
        if self._line is not None:
            rows.append((tr("without a date"), self._line.undated))
        return (tr("date"), tr("papers"), *(look.name for look in looks)), rows


def _box(name: str, entries: Sequence[tuple[str, str]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for value, text in entries:
        made.addItem(text, value)
    return made
