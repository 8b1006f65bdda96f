"""Finding papers by the search language."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from db.domain.query import Query, both, in_head, parse
from db.store import finding, search
from db.store.question import Question

__all__ = ["Asking", "Found", "Question", "find", "find_heads", "suggest_values"]

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.services.library import Library


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of the papers that match, in order, and a hint when a term was not understood."""

    ids: array[int]
    total: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """How a long answer is waited for: what is told the beginning of it, and what may withdraw the question."""

    first: Callable[[array[int]], None] | None = None
    question: Question | None = None


def find(
    library: Library,
    text: str = "",
    *,
    scope: str = "",
    sort: str = "added",
    descending: bool = True,
    asking: Asking = Asking(),
) -> Found:
    """Return the papers that match both `text` and `scope`, sorted by a column.

    Sorts: title, authors, date, tags, status, comments, dumps, key, added, rating, starred, and dump: the order
    of the dump that is asked for, papers never seen before first (without a dump the same as added).
    Raises Cancelled when the question is withdrawn.
    """
    asked, within = parse(text), parse(scope)
    query = Query(both(within.node, asked.node), within.hints + asked.hints)
    with library.reading(asking.question) as session:
        ids = finding.find_ids(session, query, sort, descending=descending, first=asking.first)
    return Found(ids, len(ids), " ".join(query.hints))


def find_heads(library: Library, text: str, limit: int) -> Found:
    """Return the first of the papers that match: those whose title, authors or key do, then the rest, newest first."""
    query = parse(text)
    heads = in_head(query)
    with library.reading() as session:
        ids = finding.find_ids(session, query, "added", descending=True)
        first = finding.find_ids(session, heads, "added", descending=True)[:limit] if heads != query else array("q")
    seen = set(first)
    first.extend(islice((one for one in ids if one not in seen), limit - len(first)))
    return Found(first, len(ids), " ".join(query.hints))


def suggest_values(library: Library, field: str) -> list[str]:
    """Return values that `field:` can be completed to: tags, collections, dumps, years."""
    with library.reading() as session:
        return search.values_of(session, field)
