"""Ctrl+Z in a text field takes typing back first; with no typing left, it reaches the library."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget


class UndoFirst(QObject):
    """Decides who gets Ctrl+Z: a field with typing to take back, or the window's Undo.

    Only what has the keys is watched: a filter of the whole application would be Python that each event of each
    widget waits for.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._watch)

    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None and now.window() is self._window:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the key from a field that has nothing to undo; its window's shortcut gets it then."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        undo = event.matches(QKeySequence.StandardKey.Undo)
        if not (undo or event.matches(QKeySequence.StandardKey.Redo)):
            return False
        return isinstance(watched, QWidget) and not has_typing(watched, undo=undo)


def has_typing(widget: QWidget, *, undo: bool) -> bool:
    """Say whether a text field has something to undo (or redo)."""
    if isinstance(widget, QLineEdit):
        return widget.isUndoAvailable() if undo else widget.isRedoAvailable()
    if isinstance(widget, QPlainTextEdit | QTextEdit) and not widget.isReadOnly():
        document = widget.document()
        return document.isUndoAvailable() if undo else document.isRedoAvailable()
    return False
