"""Where a saved search can stand: at the top, in a collection, in another saved search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop.models.sidebar_entry import Kind
from desktop.models.sidebar_tree import sections

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.services.reading import Sidebar
    from desktop.models.sidebar_entry import Entry


def _tr(text: str) -> str:
    return QCoreApplication.translate("SavedDialog", text)


def places(lists: Sidebar, but: int) -> list[tuple[str, str]]:
    """Return key and text of each place, in the order of the sidebar; not inside the search `but` itself."""
    shelves = next(one.inside for one in sections(lists) if one.key == "collections")
    searches = next(one.inside for one in sections(lists) if one.key == "searches")
    frames = {Kind.COLLECTION: _tr("Collection {0}"), Kind.SEARCH: _tr("Saved search {0}")}
    found = [("", _tr("Nothing: at the top"))]
    for depth, entry in (*_walk(shelves, but), *_walk(searches, but)):
        found.append((entry.key, "    " * depth + frames[entry.kind].format(entry.label)))
    return found


def _walk(entries: Sequence[Entry], but: int, depth: int = 0) -> Iterator[tuple[int, Entry]]:
    for entry in entries:
        if entry.kind is Kind.HINT or (entry.kind is Kind.SEARCH and entry.target == but):
            continue
        yield depth, entry
        yield from _walk(entry.inside, but, depth + 1)
