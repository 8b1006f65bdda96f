"""The two editors of fields: a line and an area, both quiet until they are used."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontInfo,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextBlockFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QTextEdit, QWidget

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
EMPTY = "–"
"""Stands in an empty field that is not in use; its hint appears with the cursor."""
LONGEST = 10_000_000
"""Characters of a line: Qt would cut a list of 2,000 authors, and leaving the field would save what is left."""
LINE_HEIGHT = 1.45
"""Of the size of the type, for texts that are read."""


class Editor(Protocol):
    """What a field needs of its editor."""

    commit_asked: SignalInstance
    revert_asked: SignalInstance
    entered: SignalInstance

    def value(self) -> str: ...

    def put(self, text: str) -> None: ...


def undoes_nothing(event: QEvent, undoable: bool) -> bool:
    """Whether this is Ctrl+Z with no typing left to undo, which then belongs to the library."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and not undoable
        and event.matches(QKeySequence.StandardKey.Undo)
    )


def is_leaving(event: QFocusEvent) -> bool:
    """Whether the focus really leaves, and not only for the editor's own menu."""
    return event.reason() != Qt.FocusReason.PopupFocusReason


class LineEditor(QLineEdit):
    """One line: Enter or leaving asks to save, Esc asks to revert; `entered` says that it was Enter."""

    commit_asked = Signal()
    revert_asked = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("quiet", True)
        self.setMaxLength(LONGEST)
        self.hint = ""

    def value(self) -> str:
        """Return the text as typed."""
        return self.text()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setPlaceholderText(self.hint)

    def put(self, text: str) -> None:
        """Show a text from its beginning."""
        if text != self.text():
            self.setText(text)
            self.setCursorPosition(0)

    def event(self, event: QEvent) -> bool:
        if undoes_nothing(event, self.isUndoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.commit_asked.emit()
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.revert_asked.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if is_leaving(event):
            self.setPlaceholderText(EMPTY if self.hint else "")
            self.commit_asked.emit()


class AreaEditor(QTextEdit):
    """A plain text of several lines that is as high as its text; Ctrl+Enter or leaving asks to save.

    With `one_paragraph`, Enter saves too, which `entered` tells, and pasted line ends become blanks. `least` and
    `most` bound its height in lines; beyond `most` it scrolls.
    """

    commit_asked = Signal()
    revert_asked = Signal()
    entered = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        one_paragraph: bool = False,
        least: int = 1,
        most: int = 0,
        airy: bool = False,
    ) -> None:
        super().__init__(parent)
        self._one, self._least, self._most, self._airy = one_paragraph, least, most, airy
        self.hint, self.empty = "", EMPTY
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setProperty("quiet", True)
        self.document().setDocumentMargin(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if not most:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())

    def say_empty(self, text: str) -> None:
        """Set what stands in the field while it is empty and not in use."""
        self.empty = text
        self.setPlaceholderText(text)

    def value(self) -> str:
        """Return the text as typed; of one paragraph, without line ends."""
        text = self.toPlainText()
        return text.replace("\n", " ") if self._one else text

    def put(self, text: str) -> None:
        """Show a text from its beginning and forget the typing before it."""
        if text == self.toPlainText():
            return
        self.setPlainText(text)
        if self._airy:
            self._set_line_height()
        self.document().setModified(False)
        self._fit()

    def _set_line_height(self) -> None:
        self.setUndoRedoEnabled(False)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(airy_format(self.font()))
        self.setUndoRedoEnabled(True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.setPlaceholderText(self.hint)

    def setFont(self, font: QFont | str) -> None:  # type: ignore[override]
        super().setFont(font)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._wanted())

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self._wanted())

    def _wanted(self) -> int:
        frame = self.height() - self.viewport().height()
        if not 0 <= frame <= 40:  # before the first layout
            frame = 10
        line = self.fontMetrics().lineSpacing()
        wanted = max(self.document().size().height(), self._least * line)
        return int(min(wanted, self._most * line) if self._most else wanted) + frame

    def _fit(self) -> None:
        wanted = self._wanted()
        if wanted != self.minimumHeight() or wanted != self.maximumHeight():
            self.setFixedHeight(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        if undoes_nothing(event, self.document().isUndoAvailable()):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in ENTER and (self._one or held):
            self.commit_asked.emit()
            if self._one:
                self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.document().isModified():
            self.revert_asked.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if is_leaving(event):
            if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
                self._select_nothing()
            self.setPlaceholderText(self.empty if self.hint else "")
            self.commit_asked.emit()

    def _select_nothing(self) -> None:
        """Text that stays marked after the focus went would look as if it were still being edited."""
        cursor = self.textCursor()
        if cursor.hasSelection():
            cursor.clearSelection()
            self.setTextCursor(cursor)


def airy_format(font: QFont) -> QTextBlockFormat:
    """Return the block format of texts that are read; a font that needs higher lines gets them."""
    made = QTextBlockFormat()
    pixels = QFontInfo(font).pixelSize()
    made.setLineHeight(LINE_HEIGHT * pixels, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
    return made
