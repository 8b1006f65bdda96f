"""Tagging papers, and the tags themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.services import retagging
from db.services.progress import Progress, Report, silent
from db.services.wording import name_of, papers
from db.store import papers as stored
from db.store import tags as store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.domain.records import Tag
    from db.services.changes import Changes
    from db.services.library import Library

DIGITS = range(1, 10)
AT_ONCE = 2_500
"""Papers between two reports."""


def tag(
    library: Library,
    ids: Sequence[int],
    *,
    add: Sequence[str] = (),
    remove: Sequence[str] = (),
    report: Report = silent,
) -> Changes:
    """Add tags, made when new, to papers and take others off; unknown ones to remove are passed over.

    `report` is told how far it is and may cancel, which leaves everything as it was.
    """
    added = {name.casefold(): name for name in (name_of(one, "tag") for one in add)}
    removed = {name.casefold(): name for name in (name_of(one, "tag") for one in remove)}
    label = _label(len(ids), list(added.values()), list(removed.values()))
    steps = _Steps(report, label, len(ids) * (len(added) + len(removed)))
    with library.writing(label) as write:
        session = write.session
        if ids:
            for name in added.values():
                tag_id = store.ensure(session, name)
                for some in steps.cut(ids):
                    store.add(session, tag_id, some)
        for name in removed.values():
            known = store.find(session, name)
            if known is not None:
                for some in steps.cut(ids):
                    store.remove(session, known, some)
    return write.changes


class _Steps:
    """Cuts papers into pieces and reports each."""

    def __init__(self, report: Report, label: str, total: int) -> None:
        self._report, self._label, self._total = report, label, total
        self._done = 0

    def cut(self, ids: Sequence[int]) -> Iterator[Sequence[int]]:
        """Yield the papers piece by piece."""
        for start in range(0, len(ids), AT_ONCE):
            if len(ids) > AT_ONCE:  # a few take no time
                self._report(Progress(self._done, self._total, self._label))
            piece = ids[start : start + AT_ONCE]
            yield piece
            self._done += len(piece)


def toggle(library: Library, ids: Sequence[int], digit: int, report: Report = silent) -> Changes:
    """Give papers the tag of a number key, or take it off when all of them have it.

    Raises LibraryError when no tag has that key.
    """
    with library.reading() as session:
        row = store.with_digit(session, digit)
        if row is None:
            raise LibraryError(
                f"No tag has the key {digit} yet. Choose one in the menu of a tag in the sidebar, under Number key."
            )
        # Asked here, not in the write: writes come one after the other from one thread.
        lacking = store.lacks(session, row.id, ids)
    given = {"add": [row.name]} if lacking else {"remove": [row.name]}
    return tag(library, ids, **given, report=report)


def set_digit(library: Library, tag_id: int, digit: int | None) -> Changes:
    """Let a number key (1 to 9) stand for a tag, and no other; None takes the key away."""
    if digit is not None and digit not in DIGITS:
        raise LibraryError(f"The keys for tags are 1 to 9; {digit} is none of them.")
    name = _name(library, tag_id)
    label = f"Give tag {name} the key {digit}" if digit else f"Take the key from tag {name}"
    with library.writing(label) as write:
        store.get(write.session, tag_id)
        store.set_digit(write.session, tag_id, digit)
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
    """Rename a tag and those inside it; when the new name is another tag's, both become one."""
    return retagging.rename(library, _name(library, tag_id), name)


def merge(library: Library, tag_ids: Sequence[int], into_id: int) -> Changes:
    """Make several tags one; its papers are those of all of them."""
    names = [_name(library, one) for one in dict.fromkeys(tag_ids)]
    return retagging.merge(library, names, _name(library, into_id))


def delete(library: Library, tag_id: int) -> Changes:
    """Delete a tag and those inside it; papers only lose the labels."""
    return retagging.delete(library, [_name(library, tag_id)])


def _name(library: Library, tag_id: int) -> str:
    with library.reading() as session:
        return str(store.get(session, tag_id).name)


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
