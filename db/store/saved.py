"""Saved searches: a tree of named searches, some of it inside collections."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from db.domain.errors import LibraryError
from db.domain.records import SavedSearch
from db.store.ids import next_id
from db.store.imports import TABLES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SAVED, COLLECTION = TABLES["saved_search"], TABLES["collection"]
COLUMNS = [SAVED.c[name] for name in ("id", "name", "kind", "text", "parent_id", "collection_id")]


def searches(session: Session) -> list[SavedSearch]:
    """Return the saved searches by name."""
    found = [SavedSearch(*row) for row in session.execute(select(*COLUMNS))]
    return sorted(found, key=lambda one: (one.name.casefold(), one.id))


def collection_names(session: Session) -> dict[int, str]:
    """Return the collections that searches can stand in."""
    return {row.id: row.name for row in session.execute(select(COLLECTION.c.id, COLLECTION.c.name))}


def get(session: Session, search_id: int) -> SavedSearch:
    """Return a saved search; LibraryError when it is gone."""
    row = session.execute(select(*COLUMNS).where(SAVED.c.id == search_id)).one_or_none()
    if row is None:
        raise LibraryError("This saved search is no longer there; nothing was changed.")
    return SavedSearch(*row)


def add(session: Session, search: SavedSearch) -> int:
    """Insert a saved search under an id of its own; return that."""
    search_id = next_id(session, "saved_search")
    session.execute(insert(SAVED), [{**asdict(search), "id": search_id, "version": 1}])
    return search_id


def change(session: Session, search_id: int, values: dict[str, Any]) -> None:
    """Set some columns of a saved search."""
    session.execute(update(SAVED).where(SAVED.c.id == search_id).values(version=SAVED.c.version + 1, **values))


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
        session.execute(delete(SAVED).where(SAVED.c.id == one))


def drop_in_collection(session: Session, collection_id: int) -> None:
    """Delete the saved searches that stand in a collection."""
    for one in list(session.scalars(select(SAVED.c.id).where(SAVED.c.collection_id == collection_id))):
        drop(session, one)
