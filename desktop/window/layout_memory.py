"""Remembers how the window was left: its place, panes, columns, search and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

from desktop.views.paper_place import LEFT
from desktop.views.sidebar import FOLDED

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from desktop.context import AppContext
    from desktop.views.paper_table import PaperTable
    from desktop.window.panes import Panes

GEOMETRY, PANES, TABLE = "layout/geometry", "layout/panes", "layout/table"
SEARCH, SCOPE = "session/search", "session/scope"
SIZE, FRAME = QSize(1280, 800), QSize(8, 36)
"""The first size, and what a window manager may put around a window."""


def lay_out_like(context: AppContext, other: AppContext) -> None:
    """Let a window that is about to be made have the layout of another one; not its search, nor its place."""
    settings = context.settings
    settings.forget(context.place("session"))
    for key in (GEOMETRY, PANES, TABLE, FOLDED):
        settings.set(context.place(key), settings.get(other.place(key)))
    table = settings.get(other.place(TABLE), {})
    settings.set(context.place(TABLE), {key: value for key, value in table.items() if key not in LEFT})


class LayoutMemory:
    """Saves and restores the state of one window; each has settings of its own."""

    def __init__(self, window: QMainWindow, context: AppContext, panes: Panes, table: PaperTable) -> None:
        self._window = window
        self._settings = context.settings
        self._place = context.place
        self._panes = panes
        self._table = table

    def restore(self) -> None:
        """Put the window back as it was left, or as it comes."""
        settings = self._settings
        geometry = settings.get_bytes(self._place(GEOMETRY))
        if geometry.isEmpty() or not self._window.restoreGeometry(geometry):
            self._first_size()
        self._panes.restore(settings.get(self._place(PANES), {}))
        self._table.restore_state(settings.get(self._place(TABLE), {}))

    def session(self) -> tuple[str, str]:
        """Return what was searched, and within which scope."""
        return self._settings.get(self._place(SEARCH), ""), self._settings.get(self._place(SCOPE), "")

    def save(self, search: str, scope: str) -> None:
        """Remember the window as it is."""
        settings = self._settings
        settings.set_bytes(self._place(GEOMETRY), self._window.saveGeometry())
        settings.set(self._place(PANES), self._panes.state())
        settings.set(self._place(TABLE), self._table.save_state())
        settings.set(self._place(SEARCH), search)
        settings.set(self._place(SCOPE), scope)
        settings.save()

    def reset(self) -> None:
        """Forget the layout; the search and the paper stay."""
        self._settings.forget(self._place("layout"))
        self._window.showNormal()
        self._first_size()
        self._panes.restore({})
        self._table.reset_layout()

    def _first_size(self) -> None:
        screen = self._window.screen() or QGuiApplication.primaryScreen()
        self._window.resize(SIZE.boundedTo(screen.availableSize() - FRAME))
