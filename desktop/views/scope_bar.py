"""A line above the table that says in words what the sidebar's choice asks for, with a way out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.models.cell_text import tip
from desktop.views.plain import Label, hairline, icon_button, link_button

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent

    from desktop.context import AppContext


class ScopeBar(QWidget):
    """Takes no room while there is nothing to say."""

    cleared = Signal()
    compare_wanted = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self.setObjectName("scopeBar")
        self.label = Label(wrap=False)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.compare_button = link_button(self.tr("Compare these dumps"), self.compare_wanted.emit)
        self.close_button = icon_button(context, "x", self.tr("Show all papers"), self.cleared.emit)
        self.close_button.setAutoRaise(True)
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        row.addWidget(self.compare_button)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(hairline())
        self.hide()

    def say(self, words: str, *, comparable: bool = False) -> None:
        """Show what is asked for; without words the line goes. `comparable` offers to compare the dumps in it."""
        self._words = words
        self.compare_button.setVisible(comparable)
        self.label.setToolTip(tip(words))
        self.label.setAccessibleName(words)
        self._fit()
        self.setVisible(bool(words))

    def words(self) -> str:
        """Return what is said in full."""
        return self._words

    def _fit(self) -> None:
        room = max(40, self.label.width())
        self.label.setText(self.label.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideMiddle, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the words to the room there is."""
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()
