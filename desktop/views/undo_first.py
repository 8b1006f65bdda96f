"""Ctrl+Z in a text field takes typing back first; with no typing left, it reaches the library."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget


class UndoFirst(QObject):
    """Watches who gets Ctrl+Z: a field with typing to take back, or the window's Undo."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        if app := QApplication.instance():
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the key from a field that has nothing to undo; its window's shortcut gets it then."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        undo = event.matches(QKeySequence.StandardKey.Undo)
        if not (undo or event.matches(QKeySequence.StandardKey.Redo)):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._window:
            return False
        return not has_typing(watched, undo=undo)


def has_typing(widget: QWidget, *, undo: bool) -> bool:
    """Say whether a text field has something to undo (or redo)."""
    if isinstance(widget, QLineEdit):
        return widget.isUndoAvailable() if undo else widget.isRedoAvailable()
    if isinstance(widget, QPlainTextEdit | QTextEdit) and not widget.isReadOnly():
        document = widget.document()
        return document.isUndoAvailable() if undo else document.isRedoAvailable()
    return False
