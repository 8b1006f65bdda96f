"""Collections: a tree of named bundles, and which paper is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from db.domain.errors import LibraryError
from db.store import membership, saved
from db.store.ids import next_id
from db.store.imports import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

COLLECTION, MEMBER = TABLES["collection"], TABLES["paper_collection"]


def get(session: Session, collection_id: int) -> Any:
    """Return the row of a collection; LibraryError when it is gone."""
    row = session.execute(select(COLLECTION).where(COLLECTION.c.id == collection_id)).one_or_none()
    if row is None:
        raise LibraryError("This collection is no longer there; nothing was changed.")
    return row


def has_sibling(session: Session, name: str, parent_id: int | None, but: int | None = None) -> bool:
    """Tell whether a collection of this name, without regard to case, stands in the same place."""
    beside = select(COLLECTION.c.id, COLLECTION.c.name).where(COLLECTION.c.parent_id.is_not_distinct_from(parent_id))
    return any(other != but and its_name.casefold() == name.casefold() for other, its_name in session.execute(beside))


def add_collection(session: Session, name: str, parent_id: int | None) -> int:
    """Insert a collection; return its id."""
    collection_id = next_id(session, "collection")
    values = {"id": collection_id, "name": name, "parent_id": parent_id, "version": 1}
    session.execute(insert(COLLECTION), [values])
    return collection_id


def change(session: Session, collection_id: int, values: dict[str, Any]) -> None:
    """Set the name or the parent of a collection."""
    one = update(COLLECTION).where(COLLECTION.c.id == collection_id)
    session.execute(one.values(version=COLLECTION.c.version + 1, **values))


def under(session: Session, collection_id: int) -> list[int]:
    """Return a collection and all that are inside it, parents before children."""
    children: dict[int | None, list[int]] = {}
    for child, parent in session.execute(select(COLLECTION.c.id, COLLECTION.c.parent_id)):
        children.setdefault(parent, []).append(child)
    found = [collection_id]
    for one in found:
        found += children.get(one, [])
    return found


def drop(session: Session, collection_id: int) -> None:
    """Delete a collection with those and the searches inside it; the papers stay in the library."""
    for one in reversed(under(session, collection_id)):
        saved.drop_in_collection(session, one)
        session.execute(delete(MEMBER).where(MEMBER.c.collection_id == one))
        session.execute(delete(COLLECTION).where(COLLECTION.c.id == one))


def add(session: Session, collection_id: int, ids: Iterable[int]) -> None:
    """Put those of the papers into a collection that are not in it."""
    membership.add(session, MEMBER, collection_id, ids)


def remove(session: Session, collection_id: int, ids: Iterable[int]) -> None:
    """Take papers out of a collection."""
    membership.remove(session, MEMBER, collection_id, ids)
