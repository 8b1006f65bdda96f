"""The ids that a search finds, in order, and the beginning of them as soon as it is known."""

from __future__ import annotations

from array import array
from functools import partial
from typing import TYPE_CHECKING

from db.domain.query import All, Query
from db.store import firstpage, ordering, relevance
from db.store.idset import IdSet
from db.store.papers import NOT_LIVE
from db.store.search import BESIDE, MATCH, condition, has_words, index_only, which, with_tags

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.store.search import Condition

    Span = tuple[int, int]

EVERY = 2**62
WEIGHED = 1_000
"""The best titles that are looked at for the beginning of a ranked answer."""


def find_ids(
    session: Session, query: Query, sort: str, *, descending: bool, first: firstpage.First | None = None
) -> array[int]:
    """Return the ids of all papers that match, in the order of a column; ties by age.

    `first` is told beginnings of them, each longer than the one before, as soon as they are known.
    """
    query = with_tags(session, query)
    ranked = relevance.expression(query.node) if sort == "relevance" else ""
    sort = "dump" if sort == "relevance" and not ranked else sort  # what has nothing to rank comes as papers come
    dumps = [which(one) for one in query.dumps()] if sort == "dump" else []
    if sort not in ordering.SORTS or (sort == "dump" and not dumps):
        sort = "added"
    every = ordering.every(session, sort, descending=descending) if sort != "dump" else iter(())
    best = relevance.titled(session, ranked) if ranked else array("q")
    if first is not None and best and (begun := _among(session, relevance.beside(query), best[:WEIGHED])):
        first(begun)
    if first is not None and not ranked and _begin(session, query, sort, descending, first):
        first = None
    if query.node == All(()):
        return firstpage.collect(every, first)
    ids = IdSet(ordering.highest(session))
    for part in ordering.parts_of(session, *_statement(query)):
        ids.add(part)
    if dumps:
        return ordering.by_dump(session, ids, dumps, descending=descending)
    live = not query.asks_for_trash()
    if ranked:
        newest = ordering.some(session, ids, "added", descending=True, all_live=live)
        return relevance.ranked(session, ordering.joined(newest), ids, ranked, best)
    return firstpage.collect(ordering.some(session, ids, sort, descending=descending, all_live=live), first)


def unordered(session: Session, query: Query) -> array[int]:
    """Return the ids of all papers that match, in any order."""
    return ordering.ids_of(session, *_statement(with_tags(session, query)))


def newest(session: Session, query: Query, number: int) -> array[int]:
    """Return so many of the papers that match, the newest ones."""
    query = with_tags(session, query)
    if not has_words(query.node):
        found = firstpage.newest(session, partial(_statement, query), descending=True)
        return (found if len(found) >= number else find_ids(session, query, "added", descending=True))[:number]
    # One look into the search index, as each one merges the hits of all words with this beginning.
    sql, values = _statement(query)
    ids = ordering.ids_of(session, f"{sql} ORDER BY 1 DESC LIMIT {number:d}", values)
    return ordering.newest_first(ids[::-1], ordering.imports(session))


def count(session: Session, query: Query, most: int = EVERY) -> int:
    """Return how many papers match; of more than `most` it is `most` and one."""
    sql, values = _statement(with_tags(session, query))
    (number,) = ordering.ids_of(session, f"SELECT count(*) FROM ({sql} LIMIT {most + 1:d}) found", values)
    return number


def _begin(session: Session, query: Query, sort: str, descending: bool, first: firstpage.First) -> bool:
    """Tell the beginning of an answer when it can be had without the rest of it; return whether it was told."""
    if sort == "added":
        found = firstpage.newest(session, partial(_statement, query), descending=descending)
    elif sort == "dump" or query.node == All(()) or has_words(query.node) or query.asks_for_trash():
        return False  # in order already, or known only as a whole
    else:
        every = ordering.every(session, sort, descending=descending)
        found = firstpage.tried(every, partial(_among, session, query))
    if found:
        first(found)
    return bool(found)


def _statement(query: Query, span: Span | None = None) -> Condition:
    """Return the statement for the ids that match, perhaps only for those from the first to the last of a span."""
    within = "" if span is None else f"BETWEEN {span[0]:d} AND {span[1]:d}"
    asked, match = index_only(query.node)
    if match:
        # Words alone are answered from the search index, without a look at the papers.
        return f"{asked}{f' AND rowid {within}' if within else ''} AND rowid NOT IN ({NOT_LIVE})", [match]
    where, values = condition(query)
    if span is None:
        return f"SELECT p.id FROM paper p WHERE {where}", values
    return f"SELECT p.id FROM paper p WHERE {_narrowed(where, within, within)} AND p.id {within}", values


def _narrowed(where: str, within: str, span: str) -> str:
    """Let what a condition asks outside the papers look at some, too; else it would look at everything first.

    The search index looks at a span: it would merge all hits once for each id of a list.
    """
    where = where.replace(MATCH, f"{MATCH} AND rowid {span}")
    for place, number in BESIDE.items():
        where = where.replace(place, f"{place} {number} {within} AND")
    return where


def _among(session: Session, query: Query, ids: array[int]) -> array[int]:
    """Return those of a few papers that match, in their order."""
    if not ids:
        return ids
    where, values = condition(query)
    within = f"IN ({', '.join(map(str, ids))})"
    span = f"BETWEEN {min(ids):d} AND {max(ids):d}"
    sql = f"SELECT p.id FROM paper p WHERE p.id {within} AND {_narrowed(where, within, span)}"
    matching = set(ordering.ids_of(session, sql, values))
    return array("q", [one for one in ids if one in matching])
