"""Finding papers by the search language."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from db.domain.query import LONGEST_SCOPE, Marks, Problem, Query, both, marks_of, without
from db.services.understanding import understood
from db.store import finding, ranking
from db.store.question import Question

__all__ = ["COUNTED", "Asking", "Found", "Marks", "Problem", "Question", "count", "count_beyond", "find", "find_best"]

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from db.services.library import Library


COUNTED = 400
"""Hits of a ranked search are counted up to this: nobody reads on so far, and a count looks at every hit."""


@dataclass(frozen=True, slots=True)
class Found:
    """Ids of the papers that match, in order, a hint when a term was not understood, and what texts show of it.

    `problems` say where in the text that was; `marks` know which characters of a paper's texts match.
    """

    ids: array[int]
    total: int
    message: str = ""
    problems: tuple[Problem, ...] = ()
    marks: Marks = field(default_factory=Marks)


@dataclass(frozen=True, slots=True)
class Asking:
    """How a long answer is waited for: what is told the beginning of it, with the marks, and what may withdraw it."""

    first: Callable[[array[int], Marks], None] | None = None
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
    of the dump that is asked for, papers never seen before first (without a dump the same as added); and relevance:
    what fits the words best first, those in titles before others (without words the same as dump).
    Raises Cancelled when the question is withdrawn.
    """
    with library.reading(asking.question) as session:
        asked, within = understood(session, text), understood(session, scope, LONGEST_SCOPE)
        query, marks = Query(both(within.node, asked.node), within.problems + asked.problems), marks_of(asked)
        first = None if asking.first is None else partial(_told, asking.first, marks)
        ids = finding.find_ids(session, query, sort, descending=descending, first=first)
    return Found(ids, len(ids), " ".join(query.hints), asked.problems, marks)


def _told(first: Callable[[array[int], Marks], None], marks: Marks, ids: array[int]) -> None:
    first(ids, marks)


def count(library: Library, text: str, question: Question | None = None) -> int:
    """Return how many papers match a text as long as a scope. Raises Cancelled when the question is withdrawn."""
    with library.reading(question) as session:
        return finding.count(session, understood(session, text, LONGEST_SCOPE))


def count_beyond(library: Library, text: str, scope: str) -> int:
    """Return how many papers match the text outside the scope."""
    with library.reading() as session:
        beyond = Query(without(understood(session, text).node, understood(session, scope, LONGEST_SCOPE).node))
        return finding.count(session, beyond)


def find_best(library: Library, text: str, limit: int) -> Found:
    """Return the best of the papers that match, at most so many: see `store.ranking`.

    The total is counted up to COUNTED; one more stands for more than that.
    """
    with library.reading() as session:
        query = understood(session, text)
        best, known = ranking.best(session, query, limit)
        is_counted = len(best) < limit or known > COUNTED
        total = min(known, COUNTED + 1) if is_counted else finding.count(session, query, COUNTED)
    return Found(best, total, " ".join(query.hints))
