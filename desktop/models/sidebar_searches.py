"""The sidebar's lines of saved searches: in one another, in collections, at the top; and what each says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.scope import numbered
from desktop.models.sidebar_entry import Entry, Kind

if TYPE_CHECKING:
    from db.domain.records import SavedSearch
    from db.services.reading import Sidebar

ICONS = {"any": "stack", "all": "intersect"}


def _tr(text: str) -> str:
    return QCoreApplication.translate("Sidebar", text)


class SearchLines:
    """The saved searches of the library by the place in which they stand."""

    def __init__(self, data: Sidebar | None) -> None:
        self._texts = {one.id: text for one, text in data.searches} if data else {}
        self._searches = [one for one, _text in data.searches] if data else []
        self._names = {one.id: one.name for one in self._searches}
        self._shelves = {one.id for one in data.collections} if data else set()

    def at_top(self) -> list[Entry]:
        """Return the lines that stand in nothing."""
        return [
            self._line(one, "")
            for one in self._searches
            if one.parent_id not in self._names and one.collection_id not in self._shelves
        ]

    def in_collection(self, collection_id: int, name: str) -> list[Entry]:
        """Return the lines that narrow a collection."""
        within = _tr("Within the collection “{0}”").format(name)
        return [self._line(one, within) for one in self._searches if one.collection_id == collection_id]

    def _line(self, one: SavedSearch, within: str) -> Entry:
        is_search = one.kind == "search"
        inner = _tr("Narrows “{0}”").format(one.name) if is_search else within
        below = [self._line(part, inner) for part in self._searches if part.parent_id == one.id]
        return Entry(
            Kind.SEARCH,
            f"saved/{one.id}",
            one.name,
            numbered("in", one.id),
            target=one.id,
            tip="\n".join(part for part in (one.name, self._says(one), within, self._stands_for(one)) if part),
            icon=ICONS.get(one.kind, ""),
            counted_later=True,
            inside=below,
        )

    def _says(self, one: SavedSearch) -> str:
        """Return in words what a group gathers."""
        members = _tr(", ").join(part.name for part in self._searches if part.parent_id == one.id)
        if one.kind == "search":
            return ""
        if not members:
            return _tr("An empty group: drag saved searches onto it.")
        frames = {"any": _tr("Papers that any of these finds: {0}"), "all": _tr("Papers that all of these find: {0}")}
        return frames[one.kind].format(members)

    def _stands_for(self, one: SavedSearch) -> str:
        text = self._texts[one.id]
        return _tr("Searches for: {0}").format(text) if text else ""
