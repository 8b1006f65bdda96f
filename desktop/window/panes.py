"""The panes: sidebar, filters, papers, details; each side can be put away and comes back as wide as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent

SIDEBAR, FACETS, DETAIL = "sidebar", "facets", "detail"
WIDTHS = {SIDEBAR: 220, FACETS: 224, DETAIL: 360}
NARROWEST = {SIDEBAR: 150, FACETS: 150, DETAIL: 240}
SHOWN = {SIDEBAR: True, FACETS: False, DETAIL: True}
"""Which sides there are at first."""
LETTERS = 18
"""So many letters of a filter's name and count must fit beside each other, however large they are."""
MIDDLE, LEAST = 248, 120
"""With the sides at their narrowest three panes fit a window of 640 pixels, and all four one of 800. Where not even one
side has a place beside it, as on a small screen with everything twice as large, the middle gets down to the least."""


class Panes(QSplitter):
    """A splitter whose sides are shown, hidden and remembered by name."""

    shown_changed = Signal(str, bool)

    def __init__(self, left: tuple[QWidget, QWidget], middle: QWidget, detail: QWidget, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName("panes")
        self.setHandleWidth(1)
        self.setMinimumWidth(1)  # what has no room gives way, instead of making the window wider
        self.setChildrenCollapsible(False)
        self.stack = QStackedWidget(self)
        self.stack.setMinimumWidth(MIDDLE)
        self.stack.addWidget(middle)
        self._sides = {SIDEBAR: left[0], FACETS: left[1], DETAIL: detail}
        self._widths = dict(WIDTHS)
        self._wanted = dict(SHOWN)
        self._lent = self._squeezed = False
        self._last = ""  # which side was asked for last: it gives way last
        for part in (*left, self.stack, detail):
            self.addWidget(part)
        for at, stretch in enumerate((0, 0, 1, 0)):
            self.setStretchFactor(at, stretch)
        left[1].hide()
        self.splitterMoved.connect(self._remember)

    def is_shown(self, name: str) -> bool:
        """Whether a side is shown, as far as it is up to the person."""
        return self._wanted[name]

    def toggle(self, name: str) -> None:
        """Show a side that is hidden, hide one that is shown; the filters are shown to be used at once."""
        self.set_shown(name, not self.is_shown(name) or name in self._without_room())
        if name == FACETS and self.is_shown(name):
            self._sides[name].setFocus()
        elif name == FACETS:
            self.stack.setFocus()

    def set_shown(self, name: str, shown: bool) -> None:
        """Show or hide a side."""
        self._remember()
        self._wanted[name] = shown
        self._last = name if shown else self._last
        self._lent = False
        self._show_sides()
        self.shown_changed.emit(name, shown)

    def lend_details(self, lent: bool) -> None:
        """Give the room of the details to the middle for a while; what the person chose stays chosen."""
        self._remember()
        self._lent = lent
        self._show_sides()

    def _narrowest(self, name: str) -> int:
        letters = self.fontMetrics().averageCharWidth() * LETTERS if name == FACETS else 0
        return max(NARROWEST[name], letters)

    def _show_sides(self) -> None:
        shown = self._shown()
        self.stack.setMinimumWidth(self._middle(shown))
        for name, side in self._sides.items():
            side.setMinimumWidth(self._narrowest(name))
            side.setVisible(name in shown)
        self._lay_out()

    def _wished(self) -> list[str]:
        return [name for name in self._sides if self._wanted[name] and not (self._lent and name == DETAIL)]

    def _without_room(self) -> set[str]:
        return set(self._wished()) - set(self._shown())

    def _shown(self) -> list[str]:
        """Return which sides are shown now: the details may be lent, and what was asked for last takes the place."""
        names = self._wished()
        giving = (SIDEBAR, DETAIL, FACETS) if FACETS in names else (DETAIL, SIDEBAR)
        for name in sorted(giving, key=lambda one: one == self._last):
            if self.isVisible() and len(names) > 1 and name in names and self._room(names) < MIDDLE:
                names.remove(name)
        return names

    def _room(self, names: list[str]) -> int:
        """Return what sides at their narrowest leave to the middle; a hairline parts each from it."""
        return self.width() - sum(map(self._narrowest, names)) - len(names)

    def _middle(self, names: list[str]) -> int:
        return max(LEAST, min(MIDDLE, self._room(names))) if self.isVisible() else MIDDLE

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
            is_shown = shown.get(name)
            self._wanted[name] = is_shown if isinstance(is_shown, bool) else SHOWN[name]
            self.shown_changed.emit(name, self.is_shown(name))
        self._show_sides()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the widths of the sides; the papers take what is left."""
        super().resizeEvent(event)
        self._show_sides()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out what was restored before there was a window to fit."""
        super().showEvent(event)
        self._show_sides()

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
        sidebar, facets, _middle, detail = self.sizes()
        shown = self._shown() if self.isVisible() else []
        for name, width in ((SIDEBAR, sidebar), (FACETS, facets), (DETAIL, detail)):
            if width > 0 and name in shown:
                self._widths[name] = width

    def _lay_out(self) -> None:
        shown = self._shown()
        wanted = {name: self._widths[name] if name in shown else 0 for name in self._sides}
        hairlines, least = len(shown), self._middle(shown)
        room = self.width() - least - hairlines
        self._squeezed = sum(wanted.values()) > room
        if self._squeezed:  # a small window: the sides give way down to their narrowest
            wanted = {name: self._narrowest(name) if width else 0 for name, width in wanted.items()}
        middle = max(least, self.width() - sum(wanted.values()) - hairlines)
        self.setSizes([wanted[SIDEBAR], wanted[FACETS], middle, wanted[DETAIL]])
