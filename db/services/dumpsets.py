"""Dumps as sets: what two share, what is new since the last one of the same search, and the counts of a review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.services.same_search import is_same
from db.services.wording import storable
from db.store import dumpsets as store
from db.store import sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.changes import Changes
    from db.services.library import Library
    from db.store.sessions import Session

GONE = "This dump is no longer in the library."
LONGEST = 200  # characters of a search; what is longer is no search


@dataclass(frozen=True, slots=True)
class Dump:
    """A source by its name; `imported_at` is ISO 8601 in UTC."""

    id: int
    name: str
    search: str
    imported_at: str


@dataclass(frozen=True, slots=True)
class Held:
    """What a dump holds: `records` with duplicates, `papers` without; `repeats` show a paper that it showed before.

    records = repeats + papers + trashed; `trashed` papers are in the trash and count nowhere else.
    """

    dump: Dump
    records: int
    repeats: int
    papers: int
    trashed: int


@dataclass(frozen=True, slots=True)
class DumpComparison:
    """Two dumps as sets of papers."""

    a: Held
    b: Held
    only_a: int
    both: int
    only_b: int


@dataclass(frozen=True, slots=True)
class SinceLast:
    """A dump against the last one of the same search; `text` finds the papers that are new."""

    dump: Dump
    last: Dump
    text: str
    new: int
    both: int
    gone: int
    never_seen: int


def compare(library: Library, a: int, b: int) -> DumpComparison:
    """Return how many papers are only in one, in both, only in the other dump."""
    with library.reading() as session:
        left, right = held(session, [a, b])
        both = store.shared(session, a, b)
    return DumpComparison(left, right, left.papers - both, both, right.papers - both)


def held(session: Session, source_ids: Sequence[int]) -> list[Held]:
    """Return what each of these dumps holds, in their order."""
    known = {row["id"]: Dump(row["id"], row["name"], row["search"], row["imported_at"]) for row in store.names(session)}
    rows = {row["id"]: row for row in store.held(session, source_ids)}
    if not set(source_ids) <= set(rows):
        raise LibraryError(GONE)
    return [
        Held(
            known[one],
            rows[one]["records"],
            rows[one]["records"] - rows[one]["works"],
            rows[one]["papers"],
            rows[one]["works"] - rows[one]["papers"],
        )
        for one in source_ids
    ]


def last_of_same_search(library: Library, source_id: int) -> Dump | None:
    """Return the newest dump that was imported before this one and shows the same search, if there is one."""
    with library.reading() as session:
        return _last(session, source_id)


def _last(session: Session, source_id: int) -> Dump | None:
    rows = store.names(session)
    here = next((row for row in rows if row["id"] == source_id), None)
    if here is None:
        raise LibraryError(GONE)
    for row in reversed(rows):
        if row["id"] < source_id and is_same(here, row):
            return Dump(row["id"], row["name"], row["search"], row["imported_at"])
    return None


def since_last(library: Library, source_id: int) -> SinceLast | None:
    """Return what a dump shows that the last one of the same search did not; None when there was none before."""
    with library.reading() as session:
        last = _last(session, source_id)
        if last is None:
            return None
        here, before = held(session, [source_id, last.id])
        both = store.shared(session, source_id, last.id)
        first = store.never_seen(session, source_id)
    text = f"dump:#{source_id} -dump:#{last.id}"
    return SinceLast(here.dump, last, text, here.papers - both, both, before.papers - both, first)


def set_search(library: Library, source_id: int, search: str) -> Changes:
    """Say what a dump's page was searched for; an empty text says that it is not known."""
    words = " ".join(storable(search).split())[:LONGEST]
    with library.reading() as session:
        here = sources.source(session, source_id)
    if here is None:
        raise LibraryError(GONE)
    with library.writing(f"Set the search of {here['name']}") as write:
        if words != here["search"]:
            sources.set_source(write.session, source_id, {"search": words})
    return write.changes
