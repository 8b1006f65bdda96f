"""How the lines of the filter pane are painted: a sign, a name, a count, and how much of the most frequent it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.models.facet_model import HINT, LINE, SECTION, VALUE, Line
from desktop.theme import SMALL, Theme
from desktop.views.sidebar_cells import PAD, SYMBOL, heading_font, tabular
from desktop.views.tag_marks import paint_sign

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.views.facets.facet_lines import FacetLines

Index = QModelIndex | QPersistentModelIndex
SIGNS = {"unwanted": ("minus-circle", "muted"), "": ("tag", "muted")}
ROW, ABOVE = 24, 8
"""Pixels of a line at least, and above a heading."""


class FacetCells(QStyledItemDelegate):
    """Paints headings and values; what is chosen has a check mark, what is left out is struck through."""

    def __init__(self, context: AppContext, tree: FacetLines) -> None:
        super().__init__(tree)
        self._context = context
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        height = max(ROW, option.fontMetrics.height() + 6)
        return QSize(80, height if index.parent().isValid() else height + ABOVE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        line: Line | None = index.data(LINE)
        if line is None:
            return
        rect = QRect(6, option.rect.top(), self._tree.viewport().width() - 12, option.rect.height())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.kind == SECTION:
            rect.setTop(rect.top() + ABOVE)
            self._paint_heading(painter, rect, line, index)
        elif line.kind == VALUE:
            self._paint_value(painter, rect, line, index)
        else:
            self._paint_word(painter, rect, line, index)
        if self._tree.hasFocus() and self._tree.currentIndex() == index:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._context.theme.colour("accent"), 1.5))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, line: Line, index: Index) -> None:
        painter.setFont(heading_font())
        painter.setPen(self._context.theme.colour("muted"))
        inside = rect.adjusted(PAD, 0, -PAD, 0)
        name = painter.fontMetrics().elidedText(line.label, Qt.TextElideMode.ElideRight, inside.width() - SYMBOL)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, name)
        x, y = inside.right() - 5.0, inside.center().y() + 0.5
        path = QPainterPath()
        if self._tree.isExpanded(self._tree.model().index(index.row(), 0)):
            path.addPolygon([QPointF(x - 3.5, y - 1.5), QPointF(x, y + 2), QPointF(x + 3.5, y - 1.5)])
        else:
            path.addPolygon([QPointF(x - 1.5, y - 3.5), QPointF(x + 2, y), QPointF(x - 1.5, y + 3.5)])
        painter.setPen(QPen(painter.pen().color(), 1.4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPath(path)

    def _paint_value(self, painter: QPainter, rect: QRect, line: Line, index: Index) -> None:
        theme, value = self._context.theme, line.value
        if value is None:
            return
        chosen, left_out = value.state in ("wanted", "within"), value.state == "unwanted"
        if chosen or self._tree.is_hovered(index):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if chosen else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        inside = rect.adjusted(PAD, 0, -PAD, 0)
        if value.count and not chosen:
            self._paint_share(painter, inside, value.count / max(line.most, 1))
        right = self._paint_count(painter, inside, line)
        self._paint_sign(painter, inside, line)
        font = QFont(self._tree.font())
        font.setStrikeOut(left_out)
        font.setWeight(QFont.Weight.Medium if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(theme.colour("muted" if left_out or self._tree.waits else "text"))
        name = inside.adjusted(SYMBOL + 6, 0, 0, 0)
        name.setRight(right - PAD)
        # The end of a file's name tells dumps apart; of other names the beginning says more.
        side = Qt.TextElideMode.ElideMiddle if line.field == "dump" else Qt.TextElideMode.ElideRight
        painter.drawText(
            name, Qt.AlignmentFlag.AlignVCenter, painter.fontMetrics().elidedText(line.label, side, name.width())
        )

    def _paint_share(self, painter: QPainter, inside: QRect, share: float) -> None:
        """Paint behind a name how many papers it has, as a share of the most frequent one."""
        left = inside.left() + SYMBOL + 2
        bar = QRectF(left, inside.top() + 3, max(2.0, (inside.right() - left) * share), inside.height() - 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._context.theme.colour("hover"))
        painter.drawRoundedRect(bar, 3, 3)

    def _paint_sign(self, painter: QPainter, inside: QRect, line: Line) -> None:
        theme, value = self._context.theme, line.value
        middle = QPointF(inside.left() + SYMBOL / 2, inside.center().y() + 0.5)
        if value is None:
            return
        if not value.state and value.colour is not None:
            paint_sign(painter, middle, value.colour, theme.tag_colour(value.colour), 9)
        elif value.state or value.field == "tag":
            name, token = SIGNS.get(value.state, ("check", "accent"))
            picture = self._context.icons.pixmap(name, SYMBOL, token, painter.device().devicePixelRatioF())
            painter.drawPixmap(inside.left(), inside.center().y() - SYMBOL // 2 + 1, picture)

    def _paint_count(self, painter: QPainter, inside: QRect, line: Line) -> int:
        """Paint the count; return how far the name may reach."""
        value = line.value
        if value is None or value.count is None:
            return inside.right()
        theme = self._context.theme
        painter.setFont(tabular(Theme.font(12)))
        painter.setPen(theme.colour("disabled" if self._tree.waits else "muted"))
        text = self._tree.locale().toString(value.count)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
        return inside.right() - painter.fontMetrics().horizontalAdvance(text)

    def _paint_word(self, painter: QPainter, rect: QRect, line: Line, index: Index) -> None:
        painter.setFont(Theme.font(SMALL if line.kind == HINT else 12))
        hovered = self._tree.is_hovered(index) and line.kind != HINT
        painter.setPen(self._context.theme.colour("muted" if line.kind == HINT else "accent"))
        if hovered:
            font = painter.font()
            font.setUnderline(True)
            painter.setFont(font)
        inside = rect.adjusted(PAD + SYMBOL + 6, 0, -PAD, 0)
        text = painter.fontMetrics().elidedText(line.label, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, text)
