"""The best of what matches. However many that are, only some are weighed: the newest of those that are named so.

FTS5's bm25 visits every hit of every word before it can give the first one. What a person means by a few words is
nearly always in title, authors or key, so those decide, and the rest follows as it came.
"""

from __future__ import annotations

from array import array
from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, text

from db.domain.names import words as words_of
from db.domain.query import All, Node, Query, Some, Words, in_head
from db.store import finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

WEIGHED = 500
"""Candidates: with more of them a person types one more word."""
WHOLE, BEGUN, IN_A_ROW, AT_FIRST, ALL_OF_IT = 4.0, 2.0, 4.0, 2.0, 3.0
NAMES = text("SELECT id, title, authors_sort, citation_key FROM paper WHERE id IN :ids").bindparams(
    bindparam("ids", expanding=True)
)


def best(session: Session, query: Query, limit: int) -> tuple[array[int], int]:
    """Return the first of the papers that match, and how many are known to match, without a count of all.

    Those whose title, authors or key do stand first, the best of them on top, and what is equally good newest first.
    """
    heads = in_head(query)
    if heads == query:
        found = finding.newest(session, query, limit)
        return found, len(found)
    weighed = _weighed(session, query, finding.newest(session, heads, WEIGHED))
    found = weighed[:limit]
    if len(found) < limit:
        seen = set(found)
        others = finding.newest(session, query, limit + len(found))
        found.extend(islice((one for one in others if one not in seen), limit - len(found)))
    return found, max(len(weighed), len(found))


def _weighed(session: Session, query: Query, ids: array[int]) -> array[int]:
    wanted = [word for one in _words(query.node) for word in words_of(one.text)]
    points: dict[int, float] = {}
    for start in range(0, len(ids), 500):
        for row in session.execute(NAMES, {"ids": ids[start : start + 500].tolist()}):
            names = [*words_of(row.authors_sort), *words_of(row.citation_key), row.citation_key.casefold()]
            points[row.id] = score(wanted, words_of(row.title), names)
    return array("q", sorted(ids, key=lambda one: -points.get(one, 0.0)))  # ties stay as they were


def _words(node: Node) -> Iterator[Words]:
    """Yield the words that a paper must or may have."""
    if isinstance(node, Words):
        yield node
    elif isinstance(node, All | Some):
        for one in node.nodes:
            yield from _words(one)


def score(wanted: Sequence[str], title: Sequence[str], names: Sequence[str]) -> float:
    """Return how well words fit a paper: whole words before beginnings, in a row, at the start, most of the title."""
    if not wanted:
        return 0.0
    points = 0.0
    for word in wanted:
        points += max(_fit(word, title), _fit(word, names))
    row, whole = " ".join(wanted), " ".join(title)
    if len(wanted) > 1 and row in whole:
        points += IN_A_ROW
    if whole.startswith(row):
        points += AT_FIRST
    shared = sum(1 for one in title if any(one.startswith(word) for word in wanted))
    return points + ALL_OF_IT * shared / max(1, len(title))


def _fit(word: str, among: Sequence[str]) -> float:
    if word in among:
        return WHOLE
    return BEGUN if any(one.startswith(word) for one in among) else 0.0
