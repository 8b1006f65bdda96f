"""The target that covers the window while files or text are dragged over any part of it or of its dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QChildEvent, QEvent, QMimeData, QObject, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop.models.mime import is_document
from desktop.theme import LARGE, NORMAL, Theme

if TYPE_CHECKING:
    from desktop.context import AppContext

EDITORS = (QLineEdit, QPlainTextEdit, QTextEdit)


class DropTarget(QWidget):
    """Lies over its parent during a drag from outside; `files_dropped` and `text_dropped` tell what came.

    It watches the window's native surface, where every drag comes by first, and the window itself for dialogs: a
    filter of the whole application would be Python that each event of each widget waits for.
    """

    files_dropped = Signal(list)
    text_dropped = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.message = self.hint = ""
        self.setAccessibleName(self.tr("Drop target"))
        self.hide()
        parent.installEventFilter(self)
        self._watch_surface()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Catch a drag over whatever part of the window it is, and see dialogs come."""
        if isinstance(event, QDragLeaveEvent):
            self.hide()
        elif isinstance(event, QDropEvent):
            return self._dragged(event)
        elif event.type() == QEvent.Type.WinIdChange:
            self._watch_surface()
        elif isinstance(event, QChildEvent) and event.type() == QEvent.Type.ChildPolished:
            self._follow(event.child())
        return False

    def _watch_surface(self) -> None:
        if (parent := self.parentWidget()) and (surface := parent.windowHandle()):
            surface.installEventFilter(self)

    def _dragged(self, event: QDropEvent) -> bool:
        """Take a drag that is for the window; False leaves it to the widget below."""
        if not (self.isVisible() or self._wanted(event)):
            return False
        if event.type() == QEvent.Type.Drop:
            self._take(event)
        elif not self.isVisible() or event.type() == QEvent.Type.DragEnter:
            self._cover(event)
        self._accept(event)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a veil with a dashed frame and what will happen."""
        tokens = self._context.theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(tokens.window)
        veil.setAlphaF(0.97)
        painter.fillRect(self.rect(), veil)
        frame = QRectF(self.rect()).adjusted(24, 24, -24, -24)
        painter.setPen(QPen(QColor(tokens.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, 12, 12)
        icon = self._context.icons.pixmap("download-simple", 48, "accent", self.devicePixelRatioF())
        middle = frame.center()
        painter.drawPixmap(int(middle.x()) - 24, int(middle.y()) - 72, icon)
        self._write(painter, frame.adjusted(0, 24, 0, 0), self.message, LARGE, tokens.text)
        self._write(painter, frame.adjusted(0, 84, 0, 0), self.hint, NORMAL, tokens.muted)

    def _write(self, painter: QPainter, box: QRectF, text: str, size: int, colour: str) -> None:
        painter.setFont(Theme.font(size))
        painter.setPen(QColor(colour))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), text)

    def _follow(self, shown: QObject) -> None:
        """Give a dialog beside the window a target of its own; one that blocks the window takes nothing."""
        if not isinstance(shown, QDialog) or shown.isModal() or shown.windowType() != Qt.WindowType.Dialog:
            return
        if shown.findChild(DropTarget):
            return
        shown.setAcceptDrops(True)
        target = DropTarget(self._context, shown)
        target.files_dropped.connect(self.files_dropped)
        target.text_dropped.connect(self.text_dropped)

    def _wanted(self, event: QDropEvent) -> bool:
        if event.source() is not None:  # rows of our own table, or text within a field
            return False
        mime = event.mimeData()
        if paths(mime):
            return True
        parent = self.parentWidget()
        below = parent and parent.childAt(event.position().toPoint())
        return mime.hasText() and not (below and any(isinstance(w, EDITORS) for w in (below, below.parentWidget())))

    def _cover(self, event: QDropEvent) -> None:
        if parent := self.parentWidget():
            self.setGeometry(parent.rect())
        self.message = self._worded(event.mimeData())
        self.hint = self._hinted(event.mimeData())
        self.setAccessibleDescription(self.message)
        self.show()
        self.raise_()

    def _worded(self, mime: QMimeData) -> str:
        found = paths(mime)
        if not found:
            return self.tr("Drop the text here to import it")
        if all(map(is_document, found)):
            return self.tr("Drop to see what {0} cites").format(found[0].name)
        if len(found) == 1:
            return self.tr("Drop to import {0}").format(found[0].name or str(found[0]))
        return self.tr("Drop to import {0} files").format(len(found))

    def _hinted(self, mime: QMimeData) -> str:
        found = paths(mime)
        if found and all(map(is_document, found)):
            return self.tr("The document is only read: nothing of it is imported")
        return self.tr("Nothing is read twice: the same file again changes nothing")

    def _accept(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _take(self, event: QDropEvent) -> None:
        self.hide()
        self.window().activateWindow()  # the keys were those of the program that the drag began in
        mime = event.mimeData()
        if found := paths(mime):
            self.files_dropped.emit(found)
        elif mime.hasText():
            self.text_dropped.emit(mime.text())


def paths(mime: QMimeData) -> list[Path]:
    """Return the local files and folders of a drag."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()] if mime.hasUrls() else []
