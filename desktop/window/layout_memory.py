"""Remembers how the window was left: its place, panes, columns, search and paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from desktop.settings import Settings
    from desktop.views.paper_table import PaperTable
    from desktop.window.panes import Panes

GEOMETRY, PANES, TABLE = "layout/geometry", "layout/panes", "layout/table"
SEARCH, SCOPE = "session/search", "session/scope"
SIZE = QSize(1280, 800)


class LayoutMemory:
    """Saves and restores the state of one window."""

    def __init__(self, window: QMainWindow, settings: Settings, panes: Panes, table: PaperTable) -> None:
        self._window = window
        self._settings = settings
        self._panes = panes
        self._table = table

    def restore(self) -> None:
        """Put the window back as it was left, or as it comes."""
        settings = self._settings
        geometry = settings.get_bytes(GEOMETRY)
        if geometry.isEmpty() or not self._window.restoreGeometry(geometry):
            self._first_size()
        self._panes.restore(settings.get(PANES, {}))
        self._table.restore_state(settings.get(TABLE, {}))

    def session(self) -> tuple[str, str]:
        """Return what was searched, and within which scope."""
        return self._settings.get(SEARCH, ""), self._settings.get(SCOPE, "")

    def save(self, search: str, scope: str) -> None:
        """Remember the window as it is."""
        settings = self._settings
        settings.set_bytes(GEOMETRY, self._window.saveGeometry())
        settings.set(PANES, self._panes.state())
        settings.set(TABLE, self._table.save_state())
        settings.set(SEARCH, search)
        settings.set(SCOPE, scope)
        settings.save()

    def reset(self) -> None:
        """Forget the layout; the search and the paper stay."""
        self._settings.forget("layout")
        self._window.showNormal()
        self._first_size()
        self._panes.restore({})
        self._table.reset_layout()

    def _first_size(self) -> None:
        screen = self._window.screen() or QGuiApplication.primaryScreen()
        self._window.resize(SIZE.boundedTo(screen.availableSize()))
