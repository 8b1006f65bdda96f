"""Tagging papers, and the tags themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.services.wording import name_of, papers
from db.store import papers as stored
from db.store import tags as store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Tag
    from db.services.changes import Changes
    from db.services.library import Library


def tag(library: Library, ids: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> Changes:
    """Add tags, made when new, to papers and take others off; unknown ones to remove are passed over."""
    added = {name.casefold(): name for name in (name_of(one, "tag") for one in add)}
    removed = {name.casefold(): name for name in (name_of(one, "tag") for one in remove)}
    with library.writing(_label(len(ids), list(added.values()), list(removed.values()))) as write:
        session = write.session
        if ids:
            for name in added.values():
                store.add(session, store.ensure(session, name), ids)
        for name in removed.values():
            known = store.find(session, name)
            if known is not None:
                store.remove(session, known, ids)
    return write.changes


def _label(number: int, added: list[str], removed: list[str]) -> str:
    if added and removed:
        return f"Change tags of {papers(number)}"
    if removed:
        return f"Take {_list(removed)} off {papers(number)}"
    return f"Tag {papers(number)} with {_list(added)}"


def _list(names: list[str]) -> str:
    return ", ".join(names) if len(names) < 4 else f"{len(names)} tags"


def rename(library: Library, tag_id: int, name: str) -> Changes:
    """Rename a tag; when the new name is another tag's, both become one."""
    name = name_of(name, "tag")
    with library.reading() as session:
        old = store.get(session, tag_id).name
        other = store.find(session, name)
    merging = other is not None and other != tag_id
    label = f"Merge tag {old} into {name}" if merging else f"Rename tag {old} to {name}"
    with library.writing(label) as write:
        store.get(write.session, tag_id)
        target = store.find(write.session, name)
        if target is not None and target != tag_id:
            store.merge(write.session, [tag_id], target)
        else:
            store.rename(write.session, tag_id, name)
    return write.changes


def merge(library: Library, tag_ids: Sequence[int], into_id: int) -> Changes:
    """Make several tags one; its papers are those of all of them."""
    with library.reading() as session:
        into = store.get(session, into_id).name
        losers = [store.get(session, one).name for one in dict.fromkeys(tag_ids) if one != into_id]
    what = f"tag {losers[0]}" if len(losers) == 1 else f"{len(losers)} tags"
    with library.writing(f"Merge {what} into {into}") as write:
        store.get(write.session, into_id)
        if losers:
            store.merge(write.session, list(dict.fromkeys(tag_ids)), into_id)
    return write.changes


def delete(library: Library, tag_id: int) -> Changes:
    """Delete a tag; its papers only lose the label."""
    with library.reading() as session:
        name = store.get(session, tag_id).name
    with library.writing(f"Delete tag {name}") as write:
        store.drop(write.session, tag_id)
    return write.changes


def set_colour(library: Library, tag_id: int, colour: int) -> Changes:
    """Give a tag one of the eight tag colours (0 to 7)."""
    if not 0 <= colour < store.COLOURS:
        raise LibraryError(f"Tag colours are numbered from 0 to {store.COLOURS - 1}; {colour} is none of them.")
    with library.reading() as session:
        name = store.get(session, tag_id).name
    with library.writing(f"Colour tag {name}") as write:
        store.set_colour(write.session, tag_id, colour)
    return write.changes


def tags(library: Library) -> list[Tag]:
    """Return the tags by name, each with its number of live papers."""
    with library.reading() as session:
        return stored.tags(session)
