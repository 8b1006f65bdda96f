"""What the commands need of the window, so that they stand below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from db.domain.records import Source
    from desktop.context import AppContext
    from desktop.models.editors import EditorAccess
    from desktop.models.live_files import LiveFiles
    from desktop.registry import Registry
    from desktop.views.detail.pane import DetailPane
    from desktop.views.paper_table import PaperTable
    from desktop.views.search_bar import SearchBar
    from desktop.views.sidebar import Sidebar
    from desktop.views.toast import Toast
    from desktop.views.welcome import Welcome


class Marks(Protocol):
    """What the menus mark as chosen."""

    def show(self) -> None:
        """Mark it."""


class Desk(Protocol):
    """The window as the commands see it: what is chosen, and what can be shown."""

    context: AppContext
    registry: Registry
    table: PaperTable
    detail: DetailPane
    search: SearchBar
    sidebar: Sidebar
    welcome: Welcome
    toast: Toast
    live: LiveFiles
    editors: EditorAccess
    scope: str

    @property
    def choices(self) -> Marks:
        """Return what marks the choices in the menus."""

    def window(self) -> QWidget:
        """Return the parent of dialogs."""

    def close(self) -> bool:
        """Close the window, unless the person says no."""

    def import_paths(self, paths: Sequence[Path]) -> None:
        """Import files and folders."""

    def import_text(self, text: str) -> None:
        """Import text."""

    def show_papers(self, ids: Sequence[int], scope: str = "") -> None:
        """Choose papers in the table, narrowed to a scope if one is given."""

    def show_table(self) -> None:
        """Show the table in the middle."""

    def show_review(self) -> None:
        """Show the review queue in the middle."""

    def show_issues(self, source_id: int) -> None:
        """List the issues of a dump."""

    def preview(self) -> None:
        """Show the details, or scroll them on."""

    def edit_field(self, name: str) -> None:
        """Put the keyboard into a field of the details."""

    def clear_search(self, *, scope: bool = False) -> None:
        """Clear the search, and the sidebar's choice if asked."""

    def chosen_source(self) -> Source | None:
        """Return the dump that is chosen in the sidebar."""

    def toggle_pane(self, name: str) -> None:
        """Show or hide a side pane."""

    def reset_layout(self) -> None:
        """Put panes, columns and window back to how they come."""
