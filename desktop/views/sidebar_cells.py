"""How the lines of the sidebar are painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.models.sidebar import ENTRY
from desktop.models.sidebar_entry import Entry, Kind
from desktop.theme import ROW_HEIGHT, Theme
from desktop.views.tag_marks import paint_sign

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from desktop.context import AppContext
    from desktop.views.sidebar_lines import SidebarLines

Index = QModelIndex | QPersistentModelIndex
PAD = 8
SYMBOL = 16
STEP = 16  # indentation of a nested collection
ICONS = {
    "all": "books",
    "unread": "tray",
    "starred": "star",
    "review": "git-merge",
    "published": "newspaper",
    "preprint": "article",
    "trash": "trash",
    Kind.COLLECTION: "folder-simple",
    Kind.SEARCH: "magnifying-glass",
    Kind.TAG: "tag",
    Kind.DUMP: "file-text",
}


ADDING = frozenset({"collections", "searches"})
"""Sections with a + in their heading."""
COMING = "…"


def tabular(font: QFont) -> QFont:
    """Return the font with figures of one width, so that counts stand in a column."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures


class SidebarCells(QStyledItemDelegate):
    """Paints headings, symbols, names and counts; marks what is asked for."""

    def __init__(self, context: AppContext, tree: SidebarLines) -> None:
        super().__init__(tree)
        self._context = context
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = max(ROW_HEIGHT, option.fontMetrics.height() + 10)
        parent = index.parent()
        if parent.isValid():
            return QSize(80, height)
        return QSize(80, height + (12 if index.row() > 0 else 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        entry: Entry | None = index.data(ENTRY)
        if entry is None:
            return
        rect = self._tree.line_rect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if entry.kind is Kind.SECTION:
            self._paint_heading(painter, rect, entry, index)
        elif entry.kind is Kind.HINT:
            self._paint_hint(painter, rect, entry)
        else:
            self._paint_entry(painter, rect, entry, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, entry: Entry, index: Index) -> None:
        line = rect.adjusted(PAD, rect.height() - ROW_HEIGHT, -PAD, 0)
        painter.setFont(heading_font())
        painter.setPen(self._context.theme.colour("muted"))
        room = line.width() - (24 if entry.key in ADDING else 0)
        name = painter.fontMetrics().elidedText(entry.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        self._paint_focus(painter, rect.adjusted(0, rect.height() - ROW_HEIGHT, 0, 0), index)
        right = line.right()
        if entry.key in ADDING:
            self._paint_plus(painter, plus_rect(rect))
            right -= 24
        if not self._tree.is_open(index) or self._tree.is_hovered(index):
            self._paint_chevron(painter, QPointF(right - 5, line.center().y() + 0.5), index)

    def _paint_hint(self, painter: QPainter, rect: QRect, entry: Entry) -> None:
        painter.setFont(Theme.font(12))
        painter.setPen(self._context.theme.colour("muted"))
        line = rect.adjusted(PAD, 0, -PAD, 0)
        text = painter.fontMetrics().elidedText(entry.label, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_entry(self, painter: QPainter, rect: QRect, entry: Entry, index: Index) -> None:
        theme, scope = self._context.theme, self._tree.scope
        active = entry.term in scope.marked() if entry.term else not scope.groups and not scope.without
        excluded = bool(entry.term) and entry.term in scope.without
        if active or self._tree.is_hovered(index):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if active else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        self._paint_focus(painter, rect, index)
        depth = self._tree.nesting(index)
        line = rect.adjusted(PAD + STEP * depth, 0, -PAD, 0)
        if index.model().rowCount(index):
            self._paint_chevron(painter, QPointF(line.left() - 4, line.center().y() + 0.5), index)
        self._paint_symbol(painter, line.adjusted(4, 0, 0, 0), entry, excluded)
        right = self._paint_count(painter, line, entry)
        font = QFont(self._tree.font())
        font.setStrikeOut(excluded)
        font.setWeight(QFont.Weight.Medium if active else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.colour("muted" if excluded else "text"))
        self._paint_name(painter, QRect(line.topLeft() + text_offset(), line.bottomRight()), entry, right)

    def _paint_name(self, painter: QPainter, line: QRect, entry: Entry, right: int) -> None:
        metrics = painter.fontMetrics()
        line.setRight(right - PAD)
        # The end of a file's name tells dumps apart; of other names the beginning says more.
        side = Qt.TextElideMode.ElideMiddle if entry.kind is Kind.DUMP else Qt.TextElideMode.ElideRight
        name = metrics.elidedText(entry.label, side, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        used = metrics.horizontalAdvance(name) + PAD
        if entry.detail and used + metrics.horizontalAdvance(entry.detail) <= line.width():
            painter.setPen(self._context.theme.colour("muted"))
            painter.drawText(line.adjusted(used, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, entry.detail)

    def _paint_count(self, painter: QPainter, line: QRect, entry: Entry) -> int:
        """Paint the count, and before it the number key of a tag; return how far the name may reach."""
        painter.setFont(tabular(Theme.font(12)))
        painter.setPen(self._context.theme.colour("muted"))
        text = self._tree.locale().toString(entry.count) if entry.count else ""
        if entry.counted_later:
            self._tree.counts.ask(entry.term)  # only those that are seen are counted
            text = COMING if entry.count is None else text
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        metrics = painter.fontMetrics()
        right = line.right() - metrics.horizontalAdvance(text)
        if entry.digit is None:
            return right
        wide, high = metrics.horizontalAdvance("0") + 8, min(metrics.height() + 2, line.height() - 4)
        cap = QRect(right - wide - (6 if text else 0), line.center().y() - high // 2 + 1, wide, high)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._context.theme.colour("border"))
        painter.drawRoundedRect(cap, 3, 3)
        painter.setPen(self._context.theme.colour("muted"))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, str(entry.digit))
        return cap.left()

    def _paint_symbol(self, painter: QPainter, line: QRect, entry: Entry, excluded: bool) -> None:
        theme = self._context.theme
        if entry.colour is not None:
            middle = QPointF(line.left() + SYMBOL / 2, line.center().y() + 0.5)
            paint_sign(painter, middle, entry.colour, theme.tag_colour(entry.colour), 9)
            return
        token = "muted"
        name = "minus-circle" if excluded else entry.icon or ICONS.get(entry.key) or ICONS.get(entry.kind, "")
        ratio = painter.device().devicePixelRatioF()
        picture = self._context.icons.pixmap(name, SYMBOL, token, ratio)
        painter.drawPixmap(line.left(), line.center().y() - SYMBOL // 2 + 1, picture)

    def _paint_focus(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if self._tree.hasFocus() and self._tree.currentIndex() == index:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._context.theme.colour("accent"), 1.5))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
            painter.setPen(self._context.theme.colour("muted"))

    def _paint_chevron(self, painter: QPainter, middle: QPointF, index: Index) -> None:
        x, y = middle.x(), middle.y()
        path = QPainterPath()
        if self._tree.is_open(index):
            path.moveTo(x - 3.5, y - 1.5)
            path.lineTo(x, y + 2)
            path.lineTo(x + 3.5, y - 1.5)
        else:
            path.moveTo(x - 1.5, y - 3.5)
            path.lineTo(x + 2, y)
            path.lineTo(x - 1.5, y + 3.5)
        self._stroke(painter, path)

    def _paint_plus(self, painter: QPainter, rect: QRect) -> None:
        middle = rect.center()
        path = QPainterPath(QPointF(middle.x() - 4.5, middle.y() + 0.5))
        path.lineTo(middle.x() + 5.5, middle.y() + 0.5)
        path.moveTo(middle.x() + 0.5, middle.y() - 4.5)
        path.lineTo(middle.x() + 0.5, middle.y() + 5.5)
        self._stroke(painter, path)

    def _stroke(self, painter: QPainter, path: QPainterPath) -> None:
        colour: QColor = self._context.theme.colour("muted")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(path)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Edit a name in place."""
        editor = QLineEdit(parent)
        editor.setAccessibleName(self._tree.tr("New name"))
        editor.setStyleSheet("padding: 0 4px;")
        del option, index
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = self._tree.line_rect(option.rect)
        left = PAD + STEP * self._tree.nesting(index) + text_offset().x() - 6
        editor.setGeometry(rect.adjusted(left, 1, -4, -1))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())


def heading_font() -> QFont:
    """Return the font of section headings: small, in capitals, a little spaced."""
    font = Theme.font(11, QFont.Weight.DemiBold)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 106)
    return font


def plus_rect(rect: QRect) -> QRect:
    """Return where the + of a section heading stands."""
    return QRect(rect.right() - PAD - 18, rect.bottom() - ROW_HEIGHT + 5, 20, 20)


def text_offset() -> QPoint:
    """Return how far a name stands from the left of its line."""
    return QPoint(4 + SYMBOL + PAD, 0)
