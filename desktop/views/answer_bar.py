"""A line above the table on the answer to a search: what was not understood, and what lies outside the chosen place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db import services
from desktop.views.plain import Label, hairline, link_button
from desktop.views.words import counted

if TYPE_CHECKING:
    from db.services.searching import Found
    from desktop.context import AppContext


class AnswerBar(QWidget):
    """Takes no room while there is nothing to say."""

    widened = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._asked = ("", "")
        self.setObjectName("scopeBar")
        self.label = Label(tone="warning")
        self.more = link_button("", self.widened.emit)
        self.more.hide()  # or it would have the focus before there is anything to press
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(8)
        row.addWidget(self.label, 1)
        row.addWidget(self.more)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(hairline())
        self.hide()

    def show_answer(self, text: str, scope: str, found: Found) -> None:
        """Say what of a text was not understood, and ask what else it finds outside the scope."""
        self.label.setText(found.message)
        self.label.setVisible(bool(found.message))
        if (text, scope) != self._asked:
            self._asked = (text, scope)
            self.more.hide()
        self._fit()
        if text and scope:
            self._context.read(
                lambda library: services.searching.count_beyond(library, text, scope),
                partial(self._show_beyond, (text, scope)),
                key="hits beyond",
            )

    def words(self) -> str:
        """Return what is said and offered."""
        parts = (self.label.text(), self.more.text() if not self.more.isHidden() else "")
        return " ".join(part for part in parts if part)

    def _show_beyond(self, asked: tuple[str, str], number: int) -> None:
        if asked == self._asked:
            self.more.setText(counted("%Ln more in the whole library", number))
            self.more.setVisible(number > 0)
            self._fit()

    def _fit(self) -> None:
        self.setVisible(not self.label.isHidden() or not self.more.isHidden())
