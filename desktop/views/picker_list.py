"""The list of the picker: two lines a paper, the title over authors, date and key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.models.cell_text import title_text
from desktop.models.picker_hits import PAPER, TAKEN, PickerHits, about
from desktop.theme import SMALL, Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from db.domain.records import PaperRow
    from desktop.context import AppContext

PAD, GAP, TICK = 12, 2, 20
LEAST_ROWS = 1


class HitDelegate(QStyledItemDelegate):
    """Paints plain text, whatever markup a title looks like."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of two lines in the sizes that the platform's text scale gives."""
        return QSize(0, _line(Theme.font()) + _lower() + GAP + PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one paper."""
        tokens = self._context.theme.tokens
        rect: QRect = option.rect
        row: PaperRow = index.data(PAPER)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.selection))
        box = rect.adjusted(PAD, PAD // 2, -PAD, -PAD // 2)
        if index.data(TAKEN):
            tick = self._context.icons.pixmap("check", 16, "accent", painter.device().devicePixelRatioF())
            painter.drawPixmap(box.right() - 16, rect.center().y() - 8, tick)
            box.setRight(box.right() - TICK)
        upper = QRect(box.left(), box.top(), box.width(), _line(Theme.font()))
        _draw(painter, upper, title_text(row.title), Theme.font(), tokens.text)
        lower = QRect(box.left(), upper.bottom() + 1 + GAP, box.width(), _lower())
        self._paint_about(painter, lower, row)
        painter.restore()

    def _paint_about(self, painter: QPainter, rect: QRect, row: PaperRow) -> None:
        """Paint the key at the right, whole if need be, and the rest in the room that is left."""
        tokens = self._context.theme.tokens
        mono = Theme.mono(SMALL)
        wide = min(QFontMetrics(mono).horizontalAdvance(row.citation_key), rect.width() * 2 // 3)
        key = QRect(rect.right() - wide, rect.top(), wide + 1, rect.height())
        _draw(painter, key, row.citation_key, mono, tokens.muted)
        words = " · ".join(part for part in about(row) if part)
        room = rect.adjusted(0, 0, -wide - PAD, 0)
        _draw(painter, room, words, Theme.font(SMALL), tokens.muted)


def _line(font: QFont) -> int:
    return QFontMetrics(font).height()


def _lower() -> int:
    """Return the height of the second line, in which two fonts meet."""
    return max(_line(Theme.font(SMALL)), _line(Theme.mono(SMALL)))


def _draw(painter: QPainter, rect: QRect, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class HitList(QListView):
    """Moves by the keys of the search line, and by the mouse."""

    def __init__(self, context: AppContext, model: PickerHits, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(HitDelegate(context, self))
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        line = self.itemDelegate().sizeHint(QStyleOptionViewItem(), QModelIndex()).height()
        self.setMinimumHeight(LEAST_ROWS * line)

    def paper(self) -> PaperRow | None:
        """Return the paper under the bar."""
        found: PaperRow | None = self.currentIndex().data(PAPER) if self.currentIndex().isValid() else None
        return found
