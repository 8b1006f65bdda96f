"""A list of names with counts and bars, walked by keyboard; one line can be opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem

from desktop.models.cell_text import cut, tip
from desktop.views.plain import plain_tree
from desktop.views.words import papers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext

SHARE = Qt.ItemDataRole.UserRole
NAME, COUNT, BAR = range(3)


@dataclass(frozen=True, slots=True)
class Line:
    """A name, its count, how long its bar is (0 to 1), the search text behind it, and what else to say."""

    name: str
    count: int
    share: float
    text: str
    said: str = ""


class _Bars(QStyledItemDelegate):
    """Draws the share of a line as a bar."""

    def __init__(self, context: AppContext, parent: QTreeWidget) -> None:
        super().__init__(parent)
        self._context = context

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        rect = QRectF(option.rect).adjusted(4, 0, -8, 0)
        high = 8.0
        bar = QRectF(rect.left(), rect.center().y() - high / 2, rect.width() * float(index.data(SHARE) or 0), high)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._context.theme.colour("accent"))
        painter.drawRoundedRect(bar, 2, 2)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index).expandedTo(QSize(60, 0))


class CountedList(QTreeWidget):
    """Lists lines; `opened` gives the search text of one."""

    opened = Signal(str)

    def __init__(self, context: AppContext, name: str, headings: Sequence[str]) -> None:
        super().__init__()
        self.lines: Sequence[Line] = ()
        self.setColumnCount(3)
        plain_tree(self, name, headings)
        self.setItemDelegateForColumn(BAR, _Bars(context, self))
        header = self.header()
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(COUNT, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(BAR, QHeaderView.ResizeMode.Stretch)
        self.itemClicked.connect(self._open)
        context.theme.changed.connect(self.viewport().update)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """List these lines; the first is current, so that the keyboard has a place to start."""
        self.lines = lines
        self.clear()
        items = []
        for at, line in enumerate(lines):
            item = QTreeWidgetItem([cut(line.name), self.locale().toString(line.count)])
            item.setData(NAME, Qt.ItemDataRole.UserRole, at)
            item.setData(BAR, SHARE, line.share)
            item.setTextAlignment(COUNT, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setToolTip(NAME, tip("\n".join(filter(None, (line.name, line.said)))))
            said = ", ".join(filter(None, (line.name, papers(line.count), line.said)))
            item.setData(NAME, Qt.ItemDataRole.AccessibleTextRole, said)
            items.append(item)
        self.addTopLevelItems(items)
        if items:
            self.setCurrentItem(items[0])

    def _open(self, item: QTreeWidgetItem | None) -> None:
        if item is not None:
            self.opened.emit(self.lines[item.data(NAME, Qt.ItemDataRole.UserRole)].text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens the current line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentItem())
        else:
            super().keyPressEvent(event)
