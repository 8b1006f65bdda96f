"""The list under the search field: arrows choose, Tab or Return takes, and Return without a choice just searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.models.search_offers import CHOICE, Choice, SearchOffers
from desktop.theme import SMALL, Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.context import AppContext

PAD = 8
ROWS = 10


class OfferDelegate(QStyledItemDelegate):
    """Paints what is offered, and after it, quieter, what it finds; all of it plain text."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, option.fontMetrics.height() + PAD)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one line."""
        tokens = self._context.theme.tokens
        choice: Choice = index.data(CHOICE)
        rect: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(tokens.selection))
        inside = rect.adjusted(PAD, 0, -PAD, 0)
        used = self._write(painter, inside, choice.text, tokens.muted if choice.clears or choice.saves else tokens.text)
        painter.setFont(Theme.font(SMALL))
        self._write(painter, inside.adjusted(used + 2 * PAD, 0, 0, 0), choice.finds, tokens.muted)
        painter.restore()

    @staticmethod
    def _write(painter: QPainter, rect: QRect, text: str, colour: str) -> int:
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, rect.width()))
        painter.setPen(QColor(colour))
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        return metrics.horizontalAdvance(shown)


class SearchPopup(QCompleter):
    """Shows choices under a line; the line keeps the keyboard."""

    taken = Signal(object)

    def __init__(self, context: AppContext, line: QLineEdit) -> None:
        self.offers = SearchOffers()
        super().__init__(self.offers, line)
        self.offers.setParent(self)
        self.setWidget(line)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(ROWS)
        self.list = QListView()
        self.list.setObjectName("searchOffers")
        self.setPopup(self.list)
        self.list.setItemDelegate(OfferDelegate(context, self.list))
        self.list.setAccessibleName(self.tr("What can be typed here"))
        self.activated.connect(self._activated)
        # While the list is there, Qt keeps it from the line that it lost the keyboard.
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._hide_when_left)

    def offer(self, choices: Sequence[Choice]) -> None:
        """Show choices; without any the list goes."""
        if not choices:
            self.hide()
            return
        self.list.setCurrentIndex(QModelIndex())
        self.offers.show(choices)
        self.complete()
        self.list.setCurrentIndex(QModelIndex())

    def is_shown(self) -> bool:
        """Tell whether the list is on the screen."""
        return self.list.isVisible()

    def hide(self) -> None:
        """Take the list away."""
        self.list.hide()

    def _hide_when_left(self, _before: QWidget | None, now: QWidget | None) -> None:
        line = self.widget()
        if self.is_shown() and now is not None and now not in (line, self.list):
            self.hide()
            QApplication.sendEvent(line, QFocusEvent(QEvent.Type.FocusOut))

    def has_choice(self) -> bool:
        """Tell whether a line is chosen by the arrows."""
        return self.list.currentIndex().isValid()

    def take_first(self) -> None:
        """Take the line that is chosen, or the first one."""
        index = self.list.currentIndex()
        choice = index.data(CHOICE) if index.isValid() else self.offers.choices()[0]
        self.hide()
        self.taken.emit(choice)

    def _activated(self, text: str) -> None:
        chosen = next((one for one in self.offers.choices() if one.text == text), None)
        if chosen is not None:
            self.taken.emit(chosen)
