"""The field above the sidebar that narrows its lists, offered once they are long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

MANY = 20
"""From so many lines on there is a field to find one."""


class SidebarFilter(QLineEdit):
    """Says what is typed; `left` asks for the list, with the first line that was found."""

    narrowed = Signal(str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(self.tr("Find a tag or list"))
        self.setAccessibleName(self.tr("Find a tag or list in the sidebar"))
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self.narrowed)
        self.hide()

    def offer(self, lines: int) -> None:
        """Show the field when there are many lines, or something is typed in it."""
        self.setVisible(lines >= MANY or bool(self.text()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down into the list; Escape clears the field, and then leaves it."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
