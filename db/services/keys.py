"""Citation keys by hand: setting, pinning, freezing. (The pattern that proposes them: see `keypatterns`.)"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.domain.citekeys import valid_key
from db.domain.errors import LibraryError
from db.services.wording import papers
from db.store import addedkeys, edits, frozen, keys
from db.store import heldkeys as store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.changes import Changes
    from db.services.library import Library


def set_key(library: Library, paper_id: int, key: str) -> Changes:
    """Give a paper this key and pin it; a frozen key it had before leads to it for ever."""
    key = key.strip()
    why_not = valid_key(key)
    if why_not:
        raise LibraryError(why_not)
    with library.writing(f"Set citation key {key}") as write:
        session = write.session
        if not edits.versions(session, [paper_id]):
            raise LibraryError("This paper is no longer in the library; nothing was changed.")
        owner = store.owner(session, key, but=paper_id)
        if owner is not None:
            raise LibraryError(_in_use(key, owner[1]))
        store.set_key(session, paper_id, key)
    return write.changes


def add_alias(library: Library, paper_id: int, key: str) -> Changes:
    """Let a key that documents cite lead to a paper beside the key it has.

    Undo takes that back, but for a key that left the library meanwhile: it leads to the paper for ever.
    """
    key = key.strip()
    why_not = valid_key(key)
    if why_not:
        raise LibraryError(why_not)
    with library.writing(f"Add citation key {key}") as write:
        session = write.session
        if not edits.versions(session, [paper_id]):
            raise LibraryError("This paper is no longer in the library; nothing was changed.")
        owner = store.owner(session, key, but=paper_id)
        if owner is not None and owner[0] is not None:
            raise LibraryError(_in_use(key, owner[1]))
        addedkeys.add(session, key, paper_id)
    return write.changes


def _in_use(key: str, title: str) -> str:
    if not title:
        return f"The key {key} was given to a paper that is no longer in the library; choose another one."
    return f"The key {key} belongs to “{title}”; choose another one."


def pin_key(library: Library, ids: Sequence[int]) -> Changes:
    """Pin keys as they are: they no longer follow title, authors and year."""
    with library.writing(f"Pin {_keys(len(ids))}") as write:
        store.pin(write.session, ids, pinned=True)
    return write.changes


def unpin_key(library: Library, ids: Sequence[int]) -> Changes:
    """Let pinned keys follow the paper again; LibraryError when all of them were exported or cited."""
    with library.writing(f"Unpin {_keys(len(ids))}") as write:
        session = write.session
        if ids and store.given(session, ids) == len(set(ids)):
            raise LibraryError(
                "This citation key was exported or cited, so it stays as it is for ever. "
                "You can still set another one by hand: documents that use the old one keep working."
                if len(set(ids)) == 1
                else "These citation keys were exported or cited, so they stay as they are for ever."
            )
        store.pin(session, ids, pinned=False)
    return write.changes


def regenerate_keys(library: Library, ids: Sequence[int]) -> Changes:
    """Propose the keys of papers anew; pinned and exported ones stay."""
    with library.writing(f"Regenerate {_keys(len(ids))}") as write:
        keys.repropose(write.session, ids)
    return write.changes


def _keys(number: int) -> str:
    return "citation key" if number == 1 else f"{number:,} citation keys"


def freeze(library: Library, ids: Sequence[int], label: str = "") -> Changes:
    """Freeze keys for ever, because they leave the library; no undo takes that back."""
    with library.writing(label or f"Freeze keys of {papers(len(ids))}", journalled=False) as write:
        frozen_ids = frozen.freeze(write.session, ids)
    return _frozen(write.changes, frozen_ids)


def _frozen(changes: Changes, ids: list[int]) -> Changes:
    if not ids:
        return changes
    return replace(changes, parts=changes.parts | {"paper"}, ids=frozenset(ids), step=None)
