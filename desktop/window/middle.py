"""What stands in the middle of the window: the table, or the review queue in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.context import AppContext
    from desktop.views.review import ReviewView
    from desktop.views.toast import Toast
    from desktop.window.panes import Panes


class Middle(QObject):
    """Makes the review queue when it is first wanted, and lends it the room of the details; `left` says it is done."""

    left = Signal()

    def __init__(self, context: AppContext, panes: Panes, table: QWidget, toast: Toast) -> None:
        super().__init__(panes)
        self._context = context
        self._panes = panes
        self._table = table
        self._toast = toast
        self.review: ReviewView | None = None

    def show_table(self) -> None:
        """Put the table back in the place of the review queue."""
        self._panes.stack.setCurrentWidget(self._table)
        self._panes.lend_details(False)

    def show_review(self) -> None:
        """Show the review queue in the place of the table."""
        if self.review is None:
            from desktop.views.review import ReviewView

            self.review = ReviewView(self._context, self._panes.window())
            self.review.closed.connect(self.left)
            self._panes.stack.addWidget(self.review)
            self._toast.spare(self.review.foot)
        self.review.load()
        self._panes.stack.setCurrentWidget(self.review)
        self._panes.lend_details(True)
        self.review.setFocus()
