"""A dump's text with line numbers and, beside each line, what became of it and what it is marked as."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from desktop.views.dump_gutter import Gutter
from desktop.views.dump_kinds import KINDS, background
from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QPaintEvent, QResizeEvent, QTextBlock

    from db.services.sources import Span, Stretch
    from desktop.context import AppContext

Range = tuple[int, int]
"""First and last line, from 1."""


class DumpText(QPlainTextEdit):
    """Read-only; only the lines on the screen are painted. Lines are numbered as in the dump, from 1."""

    line_chosen = Signal(int)
    line_opened = Signal(int)
    menu_wanted = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.first = 1
        self.lines: Sequence[str] = ()
        self.marks: Mapping[int, str] = {}
        self.reasons: Mapping[int, str] = {}
        self.ranges: Sequence[Range] = ()
        self._spans: Sequence[Span] = ()
        self._starts: list[int] = []
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setAccessibleName(tr("Text of the dump"))
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setStyleSheet("QPlainTextEdit { border: none; border-radius: 0; padding: 0; }")
        self.gutter = Gutter(self, self)
        self.updateRequest.connect(self._scrolled)
        self.cursorPositionChanged.connect(lambda: self.line_chosen.emit(self.line))
        self.cursorPositionChanged.connect(self.gutter.update)
        context.theme.changed.connect(self.viewport().update)

    @property
    def line(self) -> int:
        """The line the cursor is in."""
        return self.textCursor().blockNumber() + self.first

    @property
    def last(self) -> int:
        """The last line that is shown."""
        return self.first + len(self.lines) - 1

    def show_stretch(self, stretch: Stretch) -> None:
        """Show lines and what became of them; the same lines stay where they are."""
        self._spans = stretch.spans
        self._starts = [span.line_start for span in stretch.spans]
        self.marks, self.reasons = stretch.marks, stretch.reasons
        if stretch.line_start != self.first or stretch.lines != self.lines:
            self.first, self.lines = stretch.line_start, stretch.lines
            self.blockSignals(True)  # the cursor comes to the first line, which nobody chose
            self.setPlainText("\n".join(stretch.lines))
            self.blockSignals(False)
        self._widen()
        self.viewport().update()
        self.gutter.update()

    def span_at(self, line: int) -> Span | None:
        """Return what became of a line."""
        at = bisect_right(self._starts, line) - 1
        return self._spans[at] if at >= 0 and line <= self._spans[at].line_end else None

    def reason_at(self, line: int) -> str:
        """Return why a line is an issue, empty when it is none."""
        span = self.span_at(line)
        if span is None or span.kind != "issue":
            return ""
        begins = (one for one in range(line, span.line_start - 1, -1) if one in self.reasons)
        return self.reasons.get(next(begins, 0), "")

    def lines_of_paper(self, paper_id: int) -> list[Range]:
        """Return the lines that belong to a paper, blank ones within a record included."""
        found: list[Range] = []
        end = 0  # of the last line of the paper and the blank ones after it
        for span in self._spans:
            if span.paper_id == paper_id:
                first = found.pop()[0] if end and end + 1 == span.line_start else span.line_start
                found.append((first, span.line_end))
                end = span.line_end
            elif span.kind == "blank" and end + 1 == span.line_start:
                end = span.line_end
        return found

    def chosen_lines(self) -> Range:
        """Return the first and the last line of the selection, or the line of the cursor twice."""
        cursor, document = self.textCursor(), self.document()
        first = document.findBlock(cursor.selectionStart()).blockNumber()
        end = document.findBlock(cursor.selectionEnd())
        # A selection up to the beginning of a line does not mean that line.
        before = cursor.hasSelection() and cursor.selectionEnd() == end.position() and end.blockNumber() > first
        return first + self.first, end.blockNumber() - before + self.first

    def go_to(self, line: int) -> None:
        """Bring a line to the screen and put the cursor there."""
        number = max(0, min(line - self.first, self.blockCount() - 1))
        self.setTextCursor(QTextCursor(self.document().findBlockByNumber(number)))
        self.centerCursor()

    def mark_ranges(self, ranges: Sequence[Range]) -> None:
        """Lay the colour of the selection behind these lines."""
        if list(ranges) != list(self.ranges):
            self.ranges = list(ranges)
            self.viewport().update()

    def visible_blocks(self) -> Iterator[tuple[QTextBlock, QRect]]:
        """Yield the blocks on the screen with their places in the viewport."""
        block = self.firstVisibleBlock()
        while block.isValid():
            place = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if place.top() > self.viewport().height():
                return
            yield block, place.toAlignedRect()
            block = block.next()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        tokens = self.context.theme.tokens
        for block, place in self.visible_blocks():
            line = block.blockNumber() + self.first
            row = QRect(0, place.top(), self.viewport().width(), place.height())
            if any(first <= line <= last for first, last in self.ranges):
                painter.fillRect(row, QColor(tokens.selection))
            elif (span := self.span_at(line)) is not None and KINDS[span.kind].strength:
                painter.fillRect(row, QColor(background(tokens, span.kind)))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_gutter()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        self.line_opened.emit(self.line)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        first, last = self.chosen_lines()
        at = self.cursorForPosition(event.pos())
        if not first <= at.blockNumber() + self.first <= last and event.reason() == event.Reason.Mouse:
            self.setTextCursor(at)
        self.menu_wanted.emit(event.globalPos())

    def _widen(self) -> None:
        self.setViewportMargins(self.gutter.wanted_width(), 0, 0, 0)
        self._place_gutter()

    def _place_gutter(self) -> None:
        inside = self.contentsRect()
        self.gutter.setGeometry(inside.left(), inside.top(), self.gutter.wanted_width(), inside.height())

    def _scrolled(self, area: QRect, moved: int) -> None:
        if moved:
            self.gutter.scroll(0, moved)
        else:
            self.gutter.update(0, area.y(), self.gutter.width(), area.height())
