"""Finding papers by the search language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.query import Query, both, parse
from db.store import finding, ranking, search
from db.store.question import Question

__all__ = ["COUNTED", "Asking", "Found", "Question", "find", "find_best", "suggest_values"]

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from db.services.library import Library


COUNTED = 400
"""Hits of a ranked search are counted up to this: nobody reads on so far, and a count looks at every hit."""


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


def find_best(library: Library, text: str, limit: int) -> Found:
    """Return the best of the papers that match, at most so many: see `store.ranking`.

    The total is counted up to COUNTED; one more stands for more than that.
    """
    query = parse(text)
    with library.reading() as session:
        best, known = ranking.best(session, query, limit)
        is_counted = len(best) < limit or known > COUNTED
        total = min(known, COUNTED + 1) if is_counted else finding.count(session, query, COUNTED)
    return Found(best, total, " ".join(query.hints))


def suggest_values(library: Library, field: str) -> list[str]:
    """Return values that `field:` can be completed to: tags, collections, dumps, years."""
    with library.reading() as session:
        return search.values_of(session, field)
