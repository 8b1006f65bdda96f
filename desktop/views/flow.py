"""A layout that sets its widgets in lines, as words in a paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class FlowLayout(QLayout):
    """Places widgets side by side and starts a new line where the width ends.

    `before` is the share of a line's free room that stands before it: a half centres the line, 1 leads it to the right.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 4, before: float = 0.0) -> None:
        super().__init__(parent)
        self._before = before
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._smallest: QSize | None = None
        self.setContentsMargins(QMargins())
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        """Forget the sizes that were worked out; Qt asks for each of them many times."""
        self._heights.clear()
        self._smallest = None
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), moving=False)
        return self._heights[width]

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, moving=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        if self._smallest is None:
            self._smallest = QSize()
            for item in self._items:
                self._smallest = self._smallest.expandedTo(item.minimumSize())
        return self._smallest

    def _place(self, rect: QRect, *, moving: bool) -> int:
        top = rect.y()
        for number, line in enumerate(self._lines(rect.width())):
            top += self.spacing() if number else 0
            height = max(size.height() for _item, size in line)
            if moving:
                self._move(line, rect.x() + self._indent(line, rect.width()), top, height)
            top += height
        return top - rect.y()

    def _indent(self, line: list[tuple[QLayoutItem, QSize]], width: int) -> int:
        used = sum(size.width() for _item, size in line) + self.spacing() * (len(line) - 1)
        return max(0, round((width - used) * self._before))

    def _move(self, line: list[tuple[QLayoutItem, QSize]], left: int, top: int, height: int) -> None:
        for item, size in line:
            item.setGeometry(QRect(QPoint(left, top + (height - size.height()) // 2), size))
            left += size.width() + self.spacing()

    def _lines(self, width: int) -> Iterator[list[tuple[QLayoutItem, QSize]]]:
        """Yield the lines that the visible items make in this width, each with the sizes they get."""
        line: list[tuple[QLayoutItem, QSize]] = []
        used = 0
        for item in self._items:
            if (widget := item.widget()) is not None and widget.isHidden():
                continue
            size = item.sizeHint()
            size.setWidth(min(size.width(), max(width, item.minimumSize().width())))
            if line and used + size.width() > width:
                yield line
                line, used = [], 0
            line.append((item, size))
            used += size.width() + self.spacing()
        if line:
            yield line


def foot(left: Sequence[QWidget], right: Sequence[QWidget]) -> QHBoxLayout:
    """Return the buttons at the foot of a window, which stand in two lines where it is narrow."""
    row = QHBoxLayout()
    row.setSpacing(8)
    for before, widgets in ((0, left), (1, right)):
        flow = FlowLayout(gap=8, before=before)
        for one in widgets:
            flow.addWidget(one)
        row.addLayout(flow, sum(one.sizeHint().width() for one in widgets))
    return row
