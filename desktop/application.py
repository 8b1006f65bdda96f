"""The one QApplication, which also hears of the files that macOS hands to a program by events instead of arguments."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication


class Application(QApplication):
    """Tells of each file that the system wants opened: a double click, *Open with*, a drop on the icon in the Dock."""

    file_wanted = Signal(str)

    def event(self, event: QEvent) -> bool:
        """Take the event that names a file; it comes at the start and at any time later."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_wanted.emit(event.file())
            return True
        return super().event(event)
