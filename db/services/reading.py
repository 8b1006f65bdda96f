"""Papers and lists as the window shows them; safe in any thread."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.domain.tags import nesting
from db.services.understanding import saved_searches
from db.store import papers as store
from db.store import saved

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.domain.records import Collection, Paper, PaperRow, SavedSearch, Source, Tag, TagBranch
    from db.services.library import Library
    from db.store.sessions import Session


COUNTED_FROM = {
    "review": frozenset({"twin", "paper"}),
    "tags": frozenset({"tag", "paper_tag"}),
    "tree": frozenset({"tag", "paper_tag"}),
    "collections": frozenset({"collection", "paper_collection"}),
    "searches": frozenset({"saved_search", "collection"}),
    "sources": frozenset({"source", "sighting", "issue"}),
}
"""What the lists are counted from, beside which papers are live."""


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
    gone: tuple[int, int] = (0, 0)
    """How many papers are in the trash or merged, and the sum of their ids: tells when others are."""
    tree: tuple[TagBranch, ...] = ()
    searches: tuple[tuple[SavedSearch, str], ...] = ()
    """The saved searches by name, each with the search text that it stands for; counting them takes long."""


def rows(library: Library, ids: Sequence[int]) -> list[PaperRow]:
    """Return what the table paints, in the order of `ids`; missing ids are left out."""
    with library.reading() as session:
        return store.rows(session, ids)


def get_ready() -> None:
    """Load what whole papers need, which maps all tables; best when the first rows are shown."""
    importlib.import_module("db.store.versions")


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
    from db.store import cited

    with library.reading() as session:
        held = cited.holders(session, [key]).get(key)
    return held.paper_id if held else None


def sidebar(library: Library, before: Sidebar | None = None, parts: frozenset[str] = frozenset()) -> Sidebar:
    """Return the sidebar's lists and counts.

    With those of `before`, and the parts of the library that changed since, only what may differ is counted anew.
    """
    with library.reading() as session:
        gone = store.gone(session)
        known = before if before is not None and before.gone == gone else None

        def kept(name: str, read: Callable[[Session], Any]) -> Any:
            unchanged = known is not None and parts.isdisjoint(COUNTED_FROM[name])
            return getattr(known, name) if unchanged else read(session)

        tags = kept("tags", lambda of: tuple(store.tags(of)))
        return Sidebar(
            **store.counts(session),
            gone=gone,
            review=kept("review", _waiting_sets),
            tags=tags,
            tree=kept("tree", lambda of: _tree(of, tags)),
            collections=kept("collections", lambda of: tuple(store.collections(of))),
            searches=kept("searches", _searches),
            sources=kept("sources", lambda of: tuple(store.sources(of))),
        )


def _tree(session: Session, tags: Sequence[Tag]) -> tuple[TagBranch, ...]:
    held = nesting.holders({tag.id: tag.name for tag in tags})
    return nesting.tree(tags, store.tagged_below(session, held))


def _searches(session: Session) -> tuple[tuple[SavedSearch, str], ...]:
    known = saved_searches(session)
    return tuple((one, known.text(one.id)) for one in saved.searches(session))


def live(library: Library) -> int:
    """Return how many papers there are outside the trash."""
    with library.reading() as session:
        return store.live(session)


def _waiting_sets(session: Session) -> int:
    waiting = store.waiting_pairs(session)
    ids = [paper_id for pair in waiting for paper_id in pair]
    if len(set(ids)) == len(ids):  # pairs that share no paper are sets as they are
        return len(waiting)
    from db.services import merging  # which is heavy; only others need a look at the papers themselves

    return len(merging.waiting_sets(session))
