"""How the cells of the table are painted: one pass of plain painting, since a page holds 400 of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from db.domain.records import PaperRow, Status
from desktop.models import cell_text as say
from desktop.models.paper_columns import AUTHORS, COLUMNS, DATE, KEY, MARK, TAGS, TITLE
from desktop.views.chips import chip_size, paint_chip, paint_chips, paint_dot
from desktop.views.marked_text import paint_marked

if TYPE_CHECKING:
    from db.services.searching import Marks
    from desktop.context import AppContext
    from desktop.models.paper_table import PaperTableModel

PAD = 8
SEARCHED = {TITLE: "title", AUTHORS: "authors", KEY: "key"}
"""Columns in which what a search found is marked, and their names in the index."""
STAR = 14
BAR = 3  # width of the bar before the current row while the table has the focus
QUIET = frozenset({"authors", "status", "comments", "dumps", "key", "added"})
"""Columns in the muted colour, so that titles stand out."""


class CellDelegate(QStyledItemDelegate):
    """Paints every column; what a cell says comes from the columns table."""

    def __init__(self, context: AppContext, model: PaperTableModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model
        self.marks: Marks | None = None
        self._stars: dict[tuple[bool, float], QPixmap] = {}
        context.theme.changed.connect(self._stars.clear)
        context.icons.loaded.connect(self._stars.clear)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        text = COLUMNS[index.column()].chars
        row = self._model.paper(index.row())
        words = COLUMNS[index.column()].text(row) if row else ""
        metrics: QFontMetrics = option.fontMetrics
        wide = metrics.horizontalAdvance(words) if words else text
        return QSize(wide + 3 * PAD, metrics.height() + PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the selection and what the column shows of the paper."""
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        palette: QPalette = option.palette
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, palette.color(QPalette.ColorRole.Highlight))
        row = self._model.paper(index.row())
        if row is None:
            return
        column = index.column()
        inside = rect.adjusted(PAD, 0, -PAD, 0)
        painter.setFont(option.font)
        if column == MARK:
            self._paint_mark(painter, rect, row)
        elif column == TAGS:
            text = palette.color(QPalette.ColorRole.Text)
            paint_chips(painter, inside, row.tags, self._context.theme.tag_colour, text)
        else:
            if column == TITLE:
                inside = self._paint_chips(painter, inside, row, palette.color(QPalette.ColorRole.Text))
            self._paint_text(painter, inside, row, column)

    def _paint_mark(self, painter: QPainter, rect: QRect, row: PaperRow) -> None:
        theme = self._context.theme
        if row.status is Status.UNREAD:
            middle = QPointF(rect.left() + 13, rect.center().y() + 0.5)
            paint_dot(painter, middle, theme.colour("accent"), 6)
        elif row.seen_again is not None:  # a ring: it stays where the title has no room for words
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("warning"), 1.5))
            painter.drawEllipse(QPointF(rect.left() + 13, rect.center().y() + 0.5), 3.5, 3.5)
            painter.restore()
        if row.starred:
            star = self._star(painter.device().devicePixelRatioF())
            painter.drawPixmap(star_rect(rect), star)

    def _paint_chips(self, painter: QPainter, rect: QRect, row: PaperRow, text: QColor) -> QRect:
        """Mark a paper that came back or has several versions; returns the room that is left for its title."""
        if row.seen_again is not None:
            rect = self._paint_chip(painter, rect, say.tr("Skipped before"), "warning", text)
        if words := say.versions_text(row):
            left = self._paint_chip(painter, rect, words, "accent", text)
            # The number alone still fits where the words do not.
            rect = self._paint_chip(painter, rect, str(row.versions), "accent", text) if left == rect else left
        return rect

    def _paint_chip(self, painter: QPainter, rect: QRect, words: str, tone: str, text: QColor) -> QRect:
        size = chip_size(words, painter.fontMetrics())
        if size.width() > rect.width() // 2:
            return rect
        top = rect.top() + (rect.height() - size.height()) // 2
        chip = QRect(rect.right() - size.width() + 1, top, size.width(), size.height())
        paint_chip(painter, chip, words, self._context.theme.colour(tone), text)
        return rect.adjusted(0, 0, -size.width() - PAD, 0)

    def _star(self, ratio: float) -> QPixmap:
        key = (self._context.theme.dark, ratio)
        if key not in self._stars:
            self._stars[key] = self._context.icons.pixmap("star-fill", STAR, "warning", ratio)
        return self._stars[key]

    def _paint_text(self, painter: QPainter, rect: QRect, row: PaperRow, column: int) -> None:
        shown = COLUMNS[column]
        painter.setPen(self._pen(row, column))
        painter.setFont(self._font(painter.font(), row, column))
        metrics = painter.fontMetrics()
        text = metrics.elidedText(shown.text(row), Qt.TextElideMode.ElideRight, rect.width())
        if spans := self._spans(column, shown.text(row), len(text)):
            paint_marked(painter, rect, text, spans, self._context.theme)
            return
        side = Qt.AlignmentFlag.AlignRight if shown.number else Qt.AlignmentFlag.AlignLeft
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def _spans(self, column: int, text: str, room: int) -> list[tuple[int, int]]:
        """Return what is marked of a text of which so many characters are shown."""
        if self.marks is None or column not in SEARCHED:
            return []
        spans = self.marks.spans(SEARCHED[column], text)
        return [(start, min(end, room)) for start, end in spans if start < room]

    def _pen(self, row: PaperRow, column: int) -> QColor:
        quiet = COLUMNS[column].id in QUIET or (column == DATE and row.date.inferred)
        quiet = quiet or (column == TITLE and not row.title.strip())
        return self._context.theme.colour("muted" if quiet else "text")

    def _font(self, base: QFont, row: PaperRow, column: int) -> QFont:
        if column == KEY:
            return self._context.theme.mono(12)
        if column == TITLE and row.status is Status.UNREAD:
            base.setWeight(QFont.Weight.Medium)
        return base


def star_rect(cell: QRect) -> QRect:
    """Return where the star of a mark cell stands; a click there stars the paper."""
    return QRect(cell.left() + 22, cell.top() + (cell.height() - STAR) // 2, STAR, STAR)
