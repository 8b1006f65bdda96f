"""A dump's text with line numbers and, beside each line, what became of it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPalette, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent, QTextBlock

    from db.services.sources import Span
    from desktop.context import AppContext

MARKS = {"record": "R", "furniture": "F", "blank": "", "issue": "!"}
TONES = {"record": "good", "furniture": "muted", "blank": "muted", "issue": "danger"}


def kind_name(kind: str) -> str:
    """Return what a kind of line is called."""
    return {
        "record": tr("Record"),
        "furniture": tr("Page furniture"),
        "blank": tr("Blank"),
        "issue": tr("Issue"),
    }[kind]


class DumpText(QPlainTextEdit):
    """Read-only; only the lines on the screen are painted."""

    line_chosen = Signal(int)
    line_opened = Signal(int)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._spans: Sequence[Span] = ()
        self._starts: list[int] = []
        self.range = (0, 0)
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(tr("Text of the dump"))
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setStyleSheet("QPlainTextEdit { border: none; border-radius: 0; padding: 0; }")
        self._gutter = Gutter(self)
        self.blockCountChanged.connect(lambda _count: self._widen())
        self.updateRequest.connect(self._scrolled)
        self.cursorPositionChanged.connect(lambda: self.line_chosen.emit(self.line))
        context.theme.changed.connect(self.viewport().update)

    @property
    def line(self) -> int:
        """The line the cursor is in, from 1."""
        return self.textCursor().blockNumber() + 1

    def show_lines(self, lines: Sequence[str], spans: Sequence[Span]) -> None:
        """Show a text; the spans say what became of its lines."""
        self._spans = spans
        self._starts = [span.line_start for span in spans]
        self.setPlainText("\n".join(lines))
        self._widen()

    def span_at(self, line: int) -> Span | None:
        """Return what became of a line."""
        at = bisect_right(self._starts, line) - 1
        return self._spans[at] if at >= 0 and line <= self._spans[at].line_end else None

    def go_to(self, line: int, end: int = 0) -> None:
        """Bring a line to the screen and mark it, up to `end` when that is given."""
        self.range = (line, max(line, end))
        block = self.document().findBlockByNumber(min(line, self.blockCount()) - 1)
        self.setTextCursor(QTextCursor(block))
        self.centerCursor()
        self.viewport().update()

    def gutter_width(self) -> int:
        """Return the width of the gutter in pixels: the longest number, a mark, and air."""
        digits = max(3, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("0") * (digits + 2) + 24

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, QRect]]:
        """Yield the blocks on the screen with their places in the viewport."""
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > self.viewport().height():
                return
            yield block, place.toAlignedRect()
            block = block.next()

    def tint(self, kind: str) -> QColor:
        """Return the quiet background of a kind of line."""
        made = self._context.theme.colour(TONES[kind])
        made.setAlphaF({"record": 0.07, "issue": 0.16}.get(kind, 0.0))
        return made

    def tone(self, kind: str) -> QColor:
        """Return the colour of a kind's mark."""
        return self._context.theme.colour(TONES[kind])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        selection = self._context.theme.colour("selection")
        for block, place in self.visible_blocks():
            span = self.span_at(block.blockNumber() + 1)
            row = QRect(0, place.top(), self.viewport().width(), place.height())
            if self.range[0] <= block.blockNumber() + 1 <= self.range[1]:
                painter.fillRect(row, selection)
            elif span is not None:
                painter.fillRect(row, self.tint(span.kind))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._gutter.setGeometry(inside.left(), inside.top(), self.gutter_width(), inside.height())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.line_opened.emit(self.line)

    def _widen(self) -> None:
        self.setViewportMargins(self.gutter_width(), 0, 0, 0)

    def _scrolled(self, area: QRect, moved: int) -> None:
        if moved:
            self._gutter.scroll(0, moved)
        else:
            self._gutter.update(0, area.y(), self._gutter.width(), area.height())


class Gutter(QWidget):
    """Line numbers and marks: R record, F page furniture, ! issue."""

    def __init__(self, text: DumpText) -> None:
        super().__init__(text)
        self._text = text

    def sizeHint(self) -> QSize:
        return QSize(self._text.gutter_width(), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._text.palette().color(QPalette.ColorRole.Window))
        painter.setFont(self._text.font())
        height = self._text.fontMetrics().lineSpacing()
        muted = self._text.palette().color(QPalette.ColorRole.PlaceholderText)
        mark_width = self._text.fontMetrics().horizontalAdvance("R") + 12
        for block, place in self._text.visible_blocks():
            number = block.blockNumber() + 1
            span = self._text.span_at(number)
            numbers = QRect(0, place.top(), self.width() - mark_width - 4, height)
            painter.setPen(muted)
            painter.drawText(numbers, Qt.AlignmentFlag.AlignRight, str(number))
            if span is not None and MARKS[span.kind]:
                painter.setPen(self._text.tone(span.kind))
                marks = QRect(self.width() - mark_width, place.top(), mark_width, height)
                painter.drawText(marks, Qt.AlignmentFlag.AlignHCenter, MARKS[span.kind])
        painter.end()
