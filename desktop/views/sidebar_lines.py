"""The lines of the sidebar as their delegate sees them: where they stand and what is under the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect

from desktop.models.scope import Scope
from desktop.views.side_lines import SideLines

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop.models.line_counts import LineCounts

MARGIN = 6
Index = QModelIndex | QPersistentModelIndex


class SidebarLines(SideLines):
    """A tree that answers what painting its lines needs to know."""

    counts: LineCounts

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scope = Scope()

    def set_scope(self, scope: Scope) -> None:
        """Mark what is asked for."""
        self.scope = scope
        self.viewport().update()

    def line_rect(self, rect: QRect) -> QRect:
        """Return the whole line that a cell stands in."""
        return QRect(MARGIN, rect.top(), self.viewport().width() - 2 * MARGIN, rect.height())

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
