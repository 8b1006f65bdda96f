"""Saved searches: keeping what is searched for, and changing what was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from db.domain.records import SavedSearch
from desktop.models.scope import number_of, read_scope
from desktop.models.sidebar_entry import Kind

if TYPE_CHECKING:
    from desktop.commands.desk import Desk
    from desktop.models.sidebar_entry import Entry

LONGEST_NAME = 40
"""Characters of a search that become its name until the person gives a better one."""


class SavingCommands:
    """Opens the dialog of a saved search, filled with what the window shows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._context = desk.context
        menus = desk.sidebar.menus
        menus.new_search.connect(self.new)
        menus.edit_search.connect(self.edit)
        menus.show_search_text.connect(self.show_text)
        desk.search.save_wanted.connect(self.save)

    def save(self) -> None:
        """Keep what is searched for, with what is chosen in the sidebar."""
        self._open(self._shown())

    def new(self, kind: str, within: Entry | None) -> None:
        """Make a search or a group: at the top from what is shown, else inside a line of the sidebar."""
        if within is None:
            self._open(self._shown() if kind == "search" else SavedSearch(0, "", kind))
            return
        parent = within.target if within.kind is Kind.SEARCH else None
        shelf = within.target if within.kind is Kind.COLLECTION else None
        self._open(SavedSearch(0, "", kind, "", parent, shelf))

    def edit(self, search_id: int) -> None:
        """Change a saved search."""
        lists = self._desk.sidebar.lists
        for one, _text in lists.searches if lists is not None else ():
            if one.id == search_id:
                self._open(one)

    def show_text(self, search_id: int) -> None:
        """Put the search text that a saved search stands for into the search field, to go on from there."""
        lists = self._desk.sidebar.lists
        text = next((text for one, text in lists.searches if one.id == search_id), "") if lists is not None else ""
        self._desk.show_table()
        self._desk.sidebar.set_scope("")
        self._desk.search.setText(text)
        self._desk.search.flush()
        self._desk.search.setFocus()

    def _shown(self) -> SavedSearch:
        """Return what the window shows as a search; within one collection or saved search it stands there."""
        text, scope = self._desk.search.text().strip(), self._desk.scope
        chosen = read_scope(scope)
        alone = next(iter(chosen.terms())) if len(chosen.terms()) == 1 and not chosen.without else ""
        parent = number_of(alone) if alone.startswith("in:") else None
        shelf = self._shelf(alone) if alone.startswith("collection:") else None
        if parent is None and shelf is None:
            # Beside an `or`, the scope must hold for all of the text.
            text = f"{scope} ({text})" if scope and text else scope or text
        return SavedSearch(0, text[:LONGEST_NAME].strip(), "search", text, parent, shelf)

    def _shelf(self, term: str) -> int | None:
        """Return the collection that is chosen, if its name is the only one of its kind."""
        lists = self._desk.sidebar.lists
        entries = (entry for _index, entry in self._desk.sidebar.model.entries() if entry.term == term)
        found = [entry.target for entry in entries] if lists is not None else []
        return found[0] if len(found) == 1 else None

    def _open(self, search: SavedSearch) -> None:
        from desktop.views.saved_dialog import SavedDialog

        lists = self._desk.sidebar.lists
        if lists is None:
            return
        dialog = SavedDialog(self._context, search, lists, self._desk.window())
        if not search.id:
            dialog.saved.connect(self._saved)
        dialog.open()

    def _saved(self, search_id: int, name: str) -> None:
        """Say that it is in the sidebar, and show the line there."""
        self._context.notify(_tr("Saved in the sidebar as “{0}”.").format(name), undo=True)
        self._desk.sidebar.reveal(f"saved/{search_id}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("SavingCommands", text)
