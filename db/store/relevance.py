"""Words as FTS5 expressions, and the papers that fit them best first: title before abstract, each by bm25.

bm25 looks at every match, seconds at a million of them: of very many only those in titles are ranked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.domain.query import All, Node, Query, Some, Words
from db.store import engines
from db.store.ordering import ids_of

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

    from db.store.idset import IdSet

MOST = 20_000
"""Papers that are ranked; what stands behind them comes in the order it had."""
TITLES = 4_000
"""Papers whose titles are ranked, the newest; at each key that is typed, a thousand cost 2.5 ms."""


def matching(words: Iterable[Words]) -> str:
    """Return what the search index is asked for: all of the words, each quoted."""
    tokens = []
    for one in words:
        parts = [one.text] if one.phrase else one.text.split()
        quoted = ['"' + part.replace('"', '""') + '"' for part in parts if any(char.isalnum() for char in part)]
        column = f"{one.column} : " if one.column else ""
        tokens += [f"{column}{token}{'*' if one.prefix else ''}" for token in quoted]
    return " AND ".join(tokens)


def expression(node: Node) -> str:
    """Return what of a search can be ranked by: its words as they are joined, "" when there are none."""
    if isinstance(node, Words):
        found = matching([node])
        return f"({found})" if found else ""
    if not isinstance(node, All | Some):
        return ""
    parts = [part for one in node.nodes if (part := expression(one))]
    joined = (" AND " if isinstance(node, All) else " OR ").join(parts)
    return f"({joined})" if len(parts) > 1 else joined


def beside(query: Query) -> Query:
    """Return what is left to be asked of papers whose titles have the words: those are not looked up again."""
    node = query.node
    if query.asks_for_trash():
        return query  # what is left might not name it any more
    nodes = node.nodes if isinstance(node, All) else (node,)
    return replace(query, node=All(tuple(one for one in nodes if not _is_met(one))))


def _is_met(node: Node) -> bool:
    """Tell whether a part of a search holds for every paper whose title has the words."""
    parts = node.nodes if isinstance(node, Some) else (node,)
    worded = [one for one in parts if expression(one)]
    return bool(worded) and all(isinstance(one, Words) for one in worded)


def titled(session: Session, words: str) -> array[int]:
    """Return the papers whose titles have the words, the best first, whatever else is asked of them."""
    return _best(session, f"{{title}} : {words}", TITLES)


def ranked(session: Session, ids: array[int], wanted: IdSet, words: str, best: array[int]) -> array[int]:
    """Return these papers, which are those `wanted`: that fit the words best first, then the others as they come.

    `best` are the `titled`.
    """
    order = dict.fromkeys(one for one in best if one in wanted)
    if len(ids) <= MOST:
        rest = _best(session, words, MOST)
        order.update(dict.fromkeys(one for one in rest if one in wanted and one not in order))
    first = type(ids)("q", order)
    first.extend(one for one in ids if one not in order)
    return first


def _best(session: Session, words: str, most: int) -> array[int]:
    return ids_of(session, *engines.of(session).best(session, words, most))
