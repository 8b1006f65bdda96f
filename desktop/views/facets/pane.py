"""The filter pane: papers by year above, values with counts below; made when it is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.models.facet_counts import FacetCounts

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

    from desktop.context import AppContext
    from desktop.views.facets.content import FacetContent


class FacetPane(QWidget):
    """Says which value or years were chosen and how (only, and, or, not); knows nothing of where they are put.

    `made` comes once, with the widgets that take the keyboard, in their order.
    """

    value_chosen = Signal(object, str)
    years_chosen = Signal(object, object, str)
    years_dropped = Signal()
    cleared = Signal()
    made = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.counts = FacetCounts(context, self)
        self.content: FacetContent | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Count from now on."""
        super().showEvent(event)
        if self.content is None:
            from desktop.views.facets.content import FacetContent

            made = self.content = FacetContent(self._context, self.counts)
            made.value_chosen.connect(lambda value, keys: self.value_chosen.emit(value, how(keys)))
            made.years_chosen.connect(lambda low, high, keys: self.years_chosen.emit(low, high, how(keys)))
            made.years_dropped.connect(self.years_dropped)
            made.cleared.connect(self.cleared)
            self._column.addWidget(made)
            made.begins.connect(self.setFocusProxy)
            self.setFocusProxy(made.bars)
            self.made.emit((made.clear, made.bars, made.years, made.field, made.tree))
        self.counts.want(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop counting: nobody looks."""
        super().hideEvent(event)
        self.counts.want(False)


def how(modifiers: Qt.KeyboardModifier) -> str:
    """Return what the modifiers of a click mean, as in the sidebar."""
    if modifiers & Qt.KeyboardModifier.AltModifier:
        return "not"
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        return "and"
    return "or" if modifiers & Qt.KeyboardModifier.ShiftModifier else "only"
