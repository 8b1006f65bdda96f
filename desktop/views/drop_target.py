"""The target that covers the window while files or text are dragged over any part of it or of its dialogs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop.models.mime import is_document
from desktop.theme import LARGE, NORMAL, Theme

if TYPE_CHECKING:
    from desktop.context import AppContext

EDITORS = (QLineEdit, QPlainTextEdit, QTextEdit)
ENTERING = (QEvent.Type.DragEnter, QEvent.Type.DragMove)
OF_DRAGS = (*ENTERING, QEvent.Type.DragLeave, QEvent.Type.Drop)


class DropTarget(QWidget):
    """Lies over its parent during a drag from outside; `files_dropped` and `text_dropped` tell what came."""

    files_dropped = Signal(list)
    text_dropped = Signal(str)

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._inside = False
        self.message = self.hint = ""
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Drop target"))
        self.hide()
        if app := QApplication.instance():
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Catch a drag over whatever part of the window it enters first."""
        kind = event.type()  # asked once: every event of the program comes by here
        if kind == QEvent.Type.Show:
            self._follow(watched)
            return False
        if kind not in OF_DRAGS:
            return False
        if not isinstance(watched, QWidget) or watched is self or watched.window() is not self.parentWidget():
            return False
        if isinstance(event, QDragLeaveEvent):
            QTimer.singleShot(0, self, self._hide_unless_inside)
            return False
        if isinstance(event, QDropEvent) and self._wanted(watched, event):
            self._take(event) if kind == QEvent.Type.Drop else self._cover(event)
            return True
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Keep the cover while the drag is inside."""
        self._inside = True
        self._accept(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Promise a copy wherever the drag is."""
        self._accept(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Uncover the window."""
        self._inside = False
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand over what was dropped."""
        self._take(event)

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
        if not isinstance(shown, QDialog) or shown.parentWidget() is not self.parentWidget() or shown.isModal():
            return
        if shown.windowType() != Qt.WindowType.Dialog or shown.findChild(DropTarget):
            return
        shown.setAcceptDrops(True)
        target = DropTarget(self._context, shown)
        target.files_dropped.connect(self.files_dropped)
        target.text_dropped.connect(self.text_dropped)

    def _wanted(self, watched: QWidget, event: QDropEvent) -> bool:
        if event.source() is not None:  # rows of our own table, or text within a field
            return False
        mime = event.mimeData()
        if paths(mime):
            return True
        return mime.hasText() and not any(isinstance(w, EDITORS) for w in (watched, watched.parentWidget()))

    def _cover(self, event: QDropEvent) -> None:
        if parent := self.parentWidget():
            self.setGeometry(parent.rect())
        self.message = self._worded(event.mimeData())
        self.hint = self._hinted(event.mimeData())
        self.setAccessibleDescription(self.message)
        self.show()
        self.raise_()
        self._accept(event)

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
        self._inside = False
        self.hide()
        self._accept(event)
        self.window().activateWindow()  # the keys were those of the program that the drag began in
        mime = event.mimeData()
        if found := paths(mime):
            self.files_dropped.emit(found)
        elif mime.hasText():
            self.text_dropped.emit(mime.text())

    def _hide_unless_inside(self) -> None:
        if not self._inside:
            self.hide()


def paths(mime: QMimeData) -> list[Path]:
    """Return the local files and folders of a drag."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()] if mime.hasUrls() else []
