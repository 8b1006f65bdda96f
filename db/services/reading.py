"""Papers and lists as the window shows them; safe in any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.query import parse
from db.store import cited, finding
from db.store import papers as store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Collection, Paper, PaperRow, Source, Tag
    from db.services.library import Library
    from db.store.sessions import Session


@dataclass(frozen=True, slots=True)
class Sidebar:
    """What the sidebar lists, with the number of live papers of each entry."""

    all: int
    unread: int
    starred: int
    review: int
    trash: int
    inferred: int
    tags: tuple[Tag, ...]
    collections: tuple[Collection, ...]
    sources: tuple[Source, ...]


def rows(library: Library, ids: Sequence[int]) -> list[PaperRow]:
    """Return what the table paints, in the order of `ids`; missing ids are left out."""
    with library.reading() as session:
        return store.rows(session, ids)


def paper(library: Library, paper_id: int) -> Paper | None:
    """Return one paper with all that is known of it."""
    found = papers(library, [paper_id])
    return found[0] if found else None


def papers(library: Library, ids: Sequence[int]) -> list[Paper]:
    """Return whole papers in the order of `ids`; missing ids are left out."""
    with library.reading() as session:
        return store.whole(session, ids)


def with_key(library: Library, key: str) -> int | None:
    """Return the paper that a citation key leads to, one in the trash too; None when there is none."""
    with library.reading() as session:
        held = cited.holders(session, [key]).get(key)
    return held.paper_id if held else None


def sidebar(library: Library) -> Sidebar:
    """Return the sidebar's lists and counts."""
    with library.reading() as session:
        return Sidebar(
            **store.counts(session),
            review=_waiting_sets(session),
            tags=tuple(store.tags(session)),
            collections=tuple(store.collections(session)),
            sources=tuple(store.sources(session)),
        )


def live(library: Library) -> int:
    """Return how many papers there are outside the trash."""
    with library.reading() as session:
        return store.live(session)


def _waiting_sets(session: Session) -> int:
    if not finding.count(session, parse("is:review")):
        return 0
    from db.services import merging  # rapidfuzz, which a library without doubts need not load

    return merging.count_sets(session)
