"""The lines of the sidebar as their delegate sees them: where they stand and what is under the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtWidgets import QTreeView, QWidget

from desktop.models.scope import Scope

if TYPE_CHECKING:
    from desktop.models.saved_counts import SavedCounts

MARGIN = 6
Index = QModelIndex | QPersistentModelIndex


class SidebarLines(QTreeView):
    """A tree that answers what painting its lines needs to know."""

    counts: SavedCounts

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scope = Scope()
        self._hovered: QPersistentModelIndex | None = None

    def set_scope(self, scope: Scope) -> None:
        """Mark what is asked for."""
        self.scope = scope
        self.viewport().update()

    def line_rect(self, rect: QRect) -> QRect:
        """Return the whole line that a cell stands in."""
        return QRect(MARGIN, rect.top(), self.viewport().width() - 2 * MARGIN, rect.height())

    def is_hovered(self, index: Index) -> bool:
        """Return whether the mouse, or a drag that can be dropped, is over a line."""
        return self._hovered is not None and self._hovered == index

    def hover(self, index: QModelIndex) -> None:
        """Mark the line under the mouse; an invalid index marks none."""
        hovered = QPersistentModelIndex(index) if index.isValid() else None
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()

    @staticmethod
    def nesting(index: Index) -> int:
        """Return how deep a line is nested within its section."""
        deep, above = 0, index.parent().parent()
        while above.isValid():
            deep, above = deep + 1, above.parent()
        return deep

    def is_open(self, index: Index) -> bool:
        """Return whether a line shows what is inside it."""
        return self.isExpanded(self.model().index(index.row(), 0, index.parent()))
