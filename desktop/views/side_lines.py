"""A tree at the side of the window, whose lines a delegate paints whole: sidebar and filters look and hover alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter


class SideLines(QTreeView):
    """Knows what is under the mouse; nothing of the tree's own look is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered: QPersistentModelIndex | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setIndentation(0)
        self.setRootIsDecorated(False)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setStyleSheet("QTreeView { background: palette(window); }")

    def is_hovered(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Return whether the mouse, or a drag that can be dropped, is over a line."""
        return self._hovered is not None and self._hovered == index

    def hover(self, index: QModelIndex) -> None:
        """Mark the line under the mouse; an invalid index marks none."""
        hovered = QPersistentModelIndex(index) if index.isValid() else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hover(QModelIndex())

    def drawBranches(self, _painter: QPainter, _rect: QRect, _index: QModelIndex | QPersistentModelIndex) -> None:
        """Paint nothing: the delegate paints the chevrons."""
