"""Zotero's libraries and collections: where an item stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.domain.names import with_outer

if TYPE_CHECKING:
    from collections.abc import Callable

    Ask = Callable[..., list[Any]]
    """Asks the database: (SQL, values...)."""

Path = tuple[str, ...]
DEEPEST = 50
NAMED = 10


class Shelves:
    """Knows the paths of all collections; those of a group begin with its name. What is deleted is not there."""

    def __init__(self, ask: Ask, tables: frozenset[str]) -> None:
        self._ask = ask
        self.groups: dict[int, tuple[int, str]] = {
            library: (group, str(name)) for group, library, name in ask("SELECT groupID, libraryID, name FROM groups")
        }
        gone = set()
        if "deletedCollections" in tables:
            gone = {one for (one,) in ask("SELECT collectionID FROM deletedCollections")}
        rows = ask("SELECT collectionID, collectionName, parentCollectionID, libraryID FROM collections")
        self._rows = {one: (str(name), parent, library) for one, name, parent, library in rows}
        self._paths = {one: path for one in self._rows if (path := self._path(one, gone))}

    def _path(self, collection: int, gone: set[int]) -> Path:
        names: list[str] = []
        at: int | None = collection
        library = self._rows[collection][2]
        while at is not None and at in self._rows and len(names) < DEEPEST:
            if at in gone:
                return ()
            name, at, _library = self._rows[at]
            names.append(name)
        return (*self.of_library(library), *reversed(names))

    def of_library(self, library: int) -> Path:
        """Return what all collections of a library stand in: the name of its group, nothing for the person's own."""
        return (self.groups[library][1],) if library in self.groups else ()

    def name(self, library: int) -> str:
        """Return what tells a library from others on any computer."""
        return f"group {self.groups[library][0]}" if library in self.groups else "own"

    def of(self, item: int, library: int) -> list[Path]:
        """Return the paths of the collections that an item is in; an item of a group is in the group at least."""
        rows = self._ask("SELECT collectionID FROM collectionItems WHERE itemID = ? ORDER BY collectionID", item)
        found = [self._paths[one] for (one,) in rows if one in self._paths]
        whole = self.of_library(library)
        return found or ([whole] if whole else [])

    def empty(self) -> str:
        """Return the names of collections that hold nothing, nor does any inside them; "" when there is none."""
        held = "SELECT DISTINCT collectionID FROM collectionItems WHERE itemID NOT IN (SELECT itemID FROM deletedItems)"
        full = {self._paths[one] for (one,) in self._ask(held) if one in self._paths}
        return some(["/".join(path) for path in sorted(set(self._paths.values()) - with_outer(full))])


def some(names: list[str]) -> str:
    """Return the first of some names, and how many more there are; "" when there is none."""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more
