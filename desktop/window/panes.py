"""The three panes: sidebar, papers, details; each side can be put away and comes back as wide as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

SIDEBAR, DETAIL = "sidebar", "detail"
WIDTHS = {SIDEBAR: 220, DETAIL: 360}
NARROWEST = {SIDEBAR: 150, DETAIL: 240}
MIDDLE = 248
"""With both sides at their narrowest the three fit the smallest window."""


class Panes(QSplitter):
    """A splitter whose sides are shown, hidden and remembered by name."""

    shown_changed = Signal(str, bool)

    def __init__(self, sidebar: QWidget, middle: QWidget, detail: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("panes")
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.stack = QStackedWidget(self)
        self.stack.setMinimumWidth(MIDDLE)
        self.stack.addWidget(middle)
        self._sides = {SIDEBAR: sidebar, DETAIL: detail}
        self._widths = dict(WIDTHS)
        self._wanted = dict.fromkeys(self._sides, True)
        self._lent = self._squeezed = False
        for name, side in self._sides.items():
            side.setMinimumWidth(NARROWEST[name])
        for part in (sidebar, self.stack, detail):
            self.addWidget(part)
        for at, stretch in enumerate((0, 1, 0)):
            self.setStretchFactor(at, stretch)
        self.splitterMoved.connect(self._remember)

    def is_shown(self, name: str) -> bool:
        """Whether a side is shown, as far as it is up to the person."""
        return self._wanted[name]

    def toggle(self, name: str) -> None:
        """Show a side that is hidden, hide one that is shown."""
        self.set_shown(name, not self.is_shown(name))

    def set_shown(self, name: str, shown: bool) -> None:
        """Show or hide the sidebar or the details."""
        self._remember()
        self._wanted[name] = shown
        self._lent = False
        self._show_sides()
        self.shown_changed.emit(name, shown)

    def lend_details(self, lent: bool) -> None:
        """Give the room of the details to the middle for a while; what the person chose stays chosen."""
        self._remember()
        self._lent = lent
        self._show_sides()

    def _show_sides(self) -> None:
        for name in self._sides:
            self._sides[name].setVisible(self._has_room(name))
        self._lay_out()

    def _has_room(self, name: str) -> bool:
        return self._wanted[name] and not (self._lent and name == DETAIL)

    def state(self) -> dict[str, object]:
        """Return widths and what is shown, as JSON values."""
        self._remember()
        return {"widths": dict(self._widths), "shown": {name: self.is_shown(name) for name in self._sides}}

    def restore(self, state: dict[str, object]) -> None:
        """Put back what `state` returned; what is missing or broken is as it comes."""
        widths, shown = state.get("widths"), state.get("shown")
        widths = widths if isinstance(widths, dict) else {}
        shown = shown if isinstance(shown, dict) else {}
        for name in self._sides:
            wanted = widths.get(name)
            self._widths[name] = wanted if isinstance(wanted, int) and wanted > 0 else WIDTHS[name]
            self._wanted[name] = shown.get(name) is not False
            self.shown_changed.emit(name, self.is_shown(name))
        self._show_sides()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the widths of the sides; the papers take what is left."""
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody in a side wanted goes one step back: to the middle."""
        if event.key() == Qt.Key.Key_Escape:
            self.focus_middle()
        else:
            super().keyPressEvent(event)

    def focus_middle(self) -> None:
        """Give the keyboard to what stands in the middle."""
        if (middle := self.stack.currentWidget()) is not None:
            middle.setFocus()

    def _remember(self) -> None:
        if self._squeezed:
            return  # so narrow because the window is, not because the person wants it
        for name, width in zip((SIDEBAR, DETAIL), (self.sizes()[0], self.sizes()[2]), strict=True):
            if width > 0 and self._has_room(name) and self.isVisible():
                self._widths[name] = width

    def _lay_out(self) -> None:
        wanted = {name: self._widths[name] if self._has_room(name) else 0 for name in self._sides}
        room = self.width() - MIDDLE - 2
        self._squeezed = sum(wanted.values()) > room
        if self._squeezed:  # a small window: the sides give way down to their narrowest
            wanted = {name: NARROWEST[name] if width else 0 for name, width in wanted.items()}
        middle = max(MIDDLE, self.width() - sum(wanted.values()) - 2)
        self.setSizes([wanted[SIDEBAR], middle, wanted[DETAIL]])
