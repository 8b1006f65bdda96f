"""The sidebar's list: mouse, keys, hover and drops; what a click means is said by signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from desktop.models.line_counts import LineCounts
from desktop.models.sidebar import ENTRY
from desktop.models.sidebar_entry import Kind
from desktop.views.sidebar_cells import ADDING, PAD, STEP, SidebarCells, plus_rect
from desktop.views.sidebar_lines import MARGIN, SidebarLines

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QDragLeaveEvent,
        QDragMoveEvent,
        QDropEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
    )

    from desktop.context import AppContext
    from desktop.models.sidebar import SidebarModel

_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class SidebarTree(SidebarLines):
    """Lines that are chosen with the mouse or Enter; the modifiers say how they join what is asked for."""

    chosen = Signal(object, object)
    add_pressed = Signal(str)
    delete_pressed = Signal(object)
    folded = Signal()

    def __init__(self, context: AppContext, model: SidebarModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model
        self._pressed: QPersistentModelIndex | None = None
        self._pressed_at = QPoint()
        self.counts = LineCounts(context, self)
        self.counts.counted.connect(model.set_count)
        self.setModel(model)
        self.setItemDelegate(SidebarCells(context, self))
        self._set_up()
        context.theme.changed.connect(self.viewport().update)
        context.icons.loaded.connect(self.viewport().update)

    def _set_up(self) -> None:
        self.setObjectName("sidebarTree")
        self.setAccessibleName(self.tr("Library, collections, saved searches, tags and dumps"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.setDragDropOverwriteMode(True)
        self.setDropIndicatorShown(False)
        self.setAutoExpandDelay(700)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    # Mouse --------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the line; it is chosen when the button is let go over it."""
        index = self.indexAt(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = QPersistentModelIndex(index) if left and index.isValid() else None
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold, add or choose what was clicked."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        pressed, self._pressed = self._pressed, None
        super().mouseReleaseEvent(event)
        if pressed is None or pressed != index:
            return
        entry = self._model.entry(index)
        line = self.line_rect(self.visualRect(index))
        if entry is None or entry.kind is Kind.HINT:
            return
        if entry.key in ADDING and plus_rect(line).contains(at):
            self.add_pressed.emit(entry.key)
        elif entry.kind is Kind.SECTION or self._on_chevron(index, at.x()):
            self.fold(index)
        else:
            self.chosen.emit(entry, event.modifiers())

    def _on_chevron(self, index: QModelIndex, x: int) -> bool:
        left = MARGIN + PAD + STEP * self.nesting(index)
        return self._model.rowCount(index) > 0 and left - 12 <= x < left + 4

    def fold(self, index: QModelIndex) -> None:
        """Fold or unfold a section or collection."""
        self.setExpanded(index, not self.isExpanded(index))
        self.folded.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the line under the mouse; drag a collection that is pressed and pulled."""
        at = event.position().toPoint()
        pulled = (at - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if self._pressed is not None and pulled and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(self._pressed)
            self._pressed = None
            return
        self.hover(self.indexAt(at))

    # Drops --------------------------------------------------------------------------------------------

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Mark the line that would take the drop."""
        super().dragMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        takes = self._model.canDropMimeData(event.mimeData(), event.dropAction(), -1, -1, index)
        self.hover(index if takes else QModelIndex())
        if takes:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand the drop to the model; Qt's own way asks for a choice that is not kept here."""
        index = self.indexAt(event.position().toPoint())
        self.hover(QModelIndex())
        self.stopAutoScroll()
        self.setState(QAbstractItemView.State.NoState)
        if self._model.canDropMimeData(event.mimeData(), event.dropAction(), -1, -1, index):
            event.acceptProposedAction()
            self._model.dropMimeData(event.mimeData(), event.dropAction(), -1, -1, index)
        else:
            event.ignore()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        super().dragLeaveEvent(event)
        self.hover(QModelIndex())

    def _drag(self, index: QPersistentModelIndex) -> None:
        here = self._model.index(index.row(), 0, index.parent())
        if self._model.flags(here) & Qt.ItemFlag.ItemIsDragEnabled:
            drag = QDrag(self)
            drag.setMimeData(self._model.mimeData([here]))
            line = self.line_rect(self.visualRect(here))
            drag.setPixmap(self.viewport().grab(line))
            drag.exec(Qt.DropAction.MoveAction)

    # Keys ---------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter or Space, delete with Delete, add with Insert; the rest is the tree's."""
        index = self.currentIndex()
        entry = self._model.entry(index)
        if entry is not None and event.key() in _CHOOSING:
            if entry.kind is Kind.SECTION:
                self.fold(index)
            elif entry.kind is not Kind.HINT:
                self.chosen.emit(entry, event.modifiers())
        elif entry is not None and event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit(entry)
        elif event.key() == Qt.Key.Key_Insert:
            self.add_pressed.emit(self._section(index))
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
                self.folded.emit()

    @staticmethod
    def _section(index: QModelIndex) -> str:
        """Return the key of the section that a line stands in."""
        while index.parent().isValid():
            index = index.parent()
        entry = index.data(ENTRY)
        return entry.key if entry is not None else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Start at the first line when none has the focus yet."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._model.index_of_key("all"))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
