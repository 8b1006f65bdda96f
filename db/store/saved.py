"""Saved searches: a tree of named searches, some of it inside collections."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from db.domain.errors import LibraryError
from db.domain.records import SavedSearch
from db.store.ids import next_id

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

COLUMNS = ("id", "name", "kind", "text", "parent_id", "collection_id")
_ALL = text(f"SELECT {', '.join(COLUMNS)} FROM saved_search")
_ONE = text(f"{_ALL} WHERE id = :id")
_COLLECTIONS = text("SELECT id, name FROM collection")
_ADD = text(
    f"INSERT INTO saved_search ({', '.join(COLUMNS)}, version) VALUES ({', '.join(f':{name}' for name in COLUMNS)}, 1)"
)
_DROP = text("DELETE FROM saved_search WHERE id = :id")
_INSIDE = text("SELECT id FROM saved_search WHERE collection_id = :id")


def searches(session: Session) -> list[SavedSearch]:
    """Return the saved searches by name."""
    found = [SavedSearch(*row) for row in session.execute(_ALL)]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def collection_names(session: Session) -> dict[int, str]:
    """Return the collections that searches can stand in."""
    return {row.id: row.name for row in session.execute(_COLLECTIONS)}


def get(session: Session, search_id: int) -> SavedSearch:
    """Return a saved search; LibraryError when it is gone."""
    row = session.execute(_ONE, {"id": search_id}).one_or_none()
    if row is None:
        raise LibraryError("This saved search is no longer there; nothing was changed.")
    return SavedSearch(*row)


def add(session: Session, search: SavedSearch) -> int:
    """Insert a saved search under an id of its own; return that."""
    search_id = next_id(session, "saved_search")
    session.execute(_ADD, {**asdict(search), "id": search_id})
    return search_id


def change(session: Session, search_id: int, values: dict[str, Any]) -> None:
    """Set some columns of a saved search."""
    kept = ", ".join(f"{name} = :{name}" for name in COLUMNS if name in values)
    changed = text(f"UPDATE saved_search SET version = version + 1, {kept} WHERE id = :id")
    session.execute(changed, values | {"id": search_id})


def under(session: Session, search_id: int) -> list[int]:
    """Return a saved search and all that are inside it, parents before children."""
    parents = {one.id: one.parent_id for one in searches(session)}
    found = [search_id]
    for above in found:
        found += [one for one, parent in parents.items() if parent == above]
    return found


def drop(session: Session, search_id: int) -> None:
    """Delete a saved search with those inside it."""
    for one in reversed(under(session, search_id)):
        session.execute(_DROP, {"id": one})


def drop_in_collection(session: Session, collection_id: int) -> None:
    """Delete the saved searches that stand in a collection."""
    for one in list(session.scalars(_INSIDE, {"id": collection_id})):
        drop(session, one)
