"""Collections: making, nesting and filling them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.services.wording import name_of, papers
from db.store import collections as store
from db.store import papers as stored

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Collection
    from db.services.changes import Changes
    from db.services.library import Library


def create(library: Library, name: str, parent_id: int | None = None) -> tuple[int, Changes]:
    """Make a collection, inside another one when `parent_id` is given; return its id and the change."""
    name = name_of(name, "collection")
    with library.writing(f"Create collection {name}") as write:
        session = write.session
        if parent_id is not None:
            store.get(session, parent_id)
        if store.has_sibling(session, name, parent_id):
            raise _twice(name)
        collection_id = store.add_collection(session, name, parent_id)
    return collection_id, write.changes


def _twice(name: str) -> LibraryError:
    return LibraryError(f"There is a collection called {name} in this place already. Choose another name.")


def rename(library: Library, collection_id: int, name: str) -> Changes:
    """Rename a collection."""
    name = name_of(name, "collection")
    with library.reading() as session:
        old = store.get(session, collection_id).name
    with library.writing(f"Rename collection {old} to {name}") as write:
        row = store.get(write.session, collection_id)
        if store.has_sibling(write.session, name, row.parent_id, collection_id):
            raise _twice(name)
        if row.name != name:
            store.change(write.session, collection_id, {"name": name})
    return write.changes


def move(library: Library, collection_id: int, parent_id: int | None) -> Changes:
    """Move a collection into another one, or to the top (None); never into itself."""
    with library.reading() as session:
        name = store.get(session, collection_id).name
        parent = "" if parent_id is None else store.get(session, parent_id).name
    where = f"into {parent}" if parent_id is not None else "to the top"
    with library.writing(f"Move collection {name} {where}") as write:
        session = write.session
        row = store.get(session, collection_id)
        if parent_id is not None and parent_id in store.under(session, collection_id):
            raise LibraryError(f"{name} cannot be moved into itself or into a collection inside it.")
        if store.has_sibling(session, row.name, parent_id, collection_id):
            raise _twice(row.name)
        if row.parent_id != parent_id:
            store.change(session, collection_id, {"parent_id": parent_id})
    return write.changes


def delete(library: Library, collection_id: int) -> Changes:
    """Delete a collection and those inside it; the papers stay in the library."""
    with library.reading() as session:
        name = store.get(session, collection_id).name
    with library.writing(f"Delete collection {name}") as write:
        store.drop(write.session, collection_id)
    return write.changes


def add(library: Library, collection_id: int, ids: Sequence[int]) -> Changes:
    """Put papers into a collection; those that are in it stay."""
    with library.reading() as session:
        name = store.get(session, collection_id).name
    with library.writing(f"Add {papers(len(ids))} to {name}") as write:
        store.get(write.session, collection_id)
        store.add(write.session, collection_id, ids)
    return write.changes


def remove(library: Library, collection_id: int, ids: Sequence[int]) -> Changes:
    """Take papers out of a collection; they stay in the library."""
    with library.reading() as session:
        name = store.get(session, collection_id).name
    with library.writing(f"Remove {papers(len(ids))} from {name}") as write:
        store.remove(write.session, collection_id, ids)
    return write.changes


def collections(library: Library) -> list[Collection]:
    """Return the collections by name, each with the number of live papers directly in it."""
    with library.reading() as session:
        return stored.collections(session)
