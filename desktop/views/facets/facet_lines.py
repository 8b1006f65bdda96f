"""The lines of the filter pane as their delegate sees them: what is under the mouse, and whether counts are old."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtWidgets import QTreeView, QWidget


class FacetLines(QTreeView):
    """A tree that answers what painting its lines needs to know."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hovered: QPersistentModelIndex | None = None
        self.waits = False

    def is_hovered(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Return whether the mouse is over a line."""
        return self._hovered is not None and self._hovered == index

    def hover(self, index: QModelIndex) -> None:
        """Mark the line under the mouse; an invalid index marks none."""
        hovered = QPersistentModelIndex(index) if index.isValid() else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()
