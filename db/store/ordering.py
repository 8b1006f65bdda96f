"""Ids in the order of a column: what has no value comes last, ties go by age.

Rows are wide, so long lists are read from the index over a column, and the papers of a search are picked out of
that list; only when they are few are they looked up one by one.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from itertools import chain, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

FEW = 1_000
SOME = 20_000

STATUSES = ("unread", "reading", "read", "skipped")
STATUS = "CASE status WHEN 'unread' THEN 0 WHEN 'reading' THEN 1 WHEN 'read' THEN 2 ELSE 3 END"

# Columns to sort by, and the condition under which a paper has the value (empty: always).
COLUMNS = {
    "title": (("title_sort",), ""),
    "authors": (("authors_sort", "author_count"), "(authors_sort <> '' OR author_count IS NOT NULL)"),
    "date": (("date_sort",), "date_sort > 0"),
    "status": ((STATUS,), ""),
    "comments": (("comments",), "comments IS NOT NULL"),
    "key": (("citation_key",), ""),
    "rating": (("rating",), "rating > 0"),
    "starred": (("starred",), ""),
}
# Sorts by what lies in other tables: the papers that have a value, in order.
JOINED = {
    "tags": (
        "SELECT pt.paper_id FROM paper_tag pt JOIN tag t ON t.id = pt.tag_id "
        "GROUP BY pt.paper_id ORDER BY min(t.name_key) {way}, pt.paper_id {way}"
    ),
    "dumps": (
        "SELECT paper_id FROM sighting GROUP BY paper_id ORDER BY count(DISTINCT source_id) {way}, paper_id {way}"
    ),
}
# The first paper of each import: papers that came together have consecutive ids and one `added_at`. Each step is one
# look into the index, so a million papers of ten imports take ten looks.
FIRST_ADDED = """
WITH RECURSIVE first(id, added_at) AS (
    SELECT * FROM (SELECT id, added_at FROM paper ORDER BY added_at, id LIMIT 1) oldest
    UNION ALL
    SELECT (SELECT id FROM paper WHERE added_at > first.added_at ORDER BY added_at, id LIMIT 1),
           (SELECT min(added_at) FROM paper WHERE added_at > first.added_at)
      FROM first WHERE first.added_at IS NOT NULL)
SELECT id FROM first WHERE id IS NOT NULL
"""
# The papers of dumps: those never seen before first, then those that earlier sources had shown, in the page's order.
BY_DUMP = """
SELECT x.paper_id FROM (
    SELECT s.paper_id, min(s.source_id) AS source_id, min(s.position) AS position
      FROM sighting s JOIN source o ON o.id = s.source_id WHERE {} GROUP BY s.paper_id) x
 ORDER BY EXISTS (SELECT 1 FROM sighting e WHERE e.paper_id = x.paper_id AND e.source_id < x.source_id),
          x.source_id DESC, x.position, x.paper_id
"""
SORTS = frozenset({*COLUMNS, *JOINED, "added", "dump"})


def ids_of(session: Session, sql: str, values: Iterable[object] = ()) -> array[int]:
    """Return the ids that a statement finds, past SQLAlchemy's rows: there may be a million."""
    cursor = session.connection().exec_driver_sql(sql, tuple(values)).cursor
    try:
        return array("q", chain.from_iterable(cursor.fetchall()))
    finally:
        cursor.close()


def every(session: Session, sort: str, *, descending: bool) -> array[int]:
    """Return all live papers in order."""
    way = "DESC" if descending else "ASC"
    if sort in JOINED:
        return _joined(session, sort, descending=descending)
    live = "SELECT id FROM paper WHERE state = 'live'"
    if sort == "status":
        order = reversed(STATUSES) if descending else STATUSES
        parts = (ids_of(session, f"{live} AND status = ? ORDER BY id {way}", (one,)) for one in order)
        return array("q", chain.from_iterable(parts))
    if sort == "added":
        return _by_adding(session, ids_of(session, f"{live} ORDER BY id"), descending=descending)
    columns, present = COLUMNS[sort]
    order_by = ", ".join(f"{column} {way}" for column in (*columns, "id"))
    if not present:
        return ids_of(session, f"{live} ORDER BY {order_by}")
    # Two questions, as sorting by "has a value" first would not use the index.
    first = ids_of(session, f"{live} AND {present} ORDER BY {order_by}")
    return first + ids_of(session, f"{live} AND {present} IS NOT TRUE ORDER BY id {way}")


def some(session: Session, ids: array[int], sort: str, *, descending: bool, live: bool) -> array[int]:
    """Return these papers in order; `live` tells that all of them are."""
    if len(ids) < 2:
        return ids
    if sort == "added":
        return _by_adding(session, array("q", sorted(ids)), descending=descending)
    if sort in JOINED:
        return _picked(ids, ids_of(session, JOINED[sort].format(way="DESC" if descending else "ASC")), descending)
    if live and len(ids) > FEW:
        wanted = set(ids)
        return array("q", filter(wanted.__contains__, every(session, sort, descending=descending)))
    columns, present = COLUMNS[sort]
    way = "DESC" if descending else "ASC"
    # The plus keeps SQLite from walking the whole index for a handful of papers.
    order_by = [f"{present} IS TRUE DESC"] if present else []
    order_by += [f"+{column} {way}" for column in columns] + [f"id {way}"]
    sql = f"SELECT id FROM paper WHERE id IN (SELECT value FROM json_each(?)) ORDER BY {', '.join(order_by)}"
    return ids_of(session, sql, (json.dumps(ids.tolist()),))


def by_dump(
    session: Session, ids: array[int], dumps: Sequence[tuple[str, list[object]]], *, descending: bool
) -> array[int]:
    """Return these papers in the order of dumps (conditions on `source o`): never seen before first.

    Ascending is the same the other way round; papers of no such dump come last.
    """
    condition = " OR ".join(f"({sql})" for sql, _values in dumps)
    values = [value for _sql, some in dumps for value in some]
    if len(ids) <= SOME:
        condition = f"({condition}) AND s.paper_id IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(ids.tolist()))
    in_order = ids_of(session, BY_DUMP.format(condition), values)
    return _picked(ids, in_order if descending else in_order[::-1], descending)


def _by_adding(session: Session, ids: array[int], *, descending: bool) -> array[int]:
    """Order ascending ids: newest first, but papers that came together in the order of their page."""
    if not descending:
        return ids
    cuts = sorted({0, len(ids), *(bisect_left(ids, first) for first in ids_of(session, FIRST_ADDED))})
    newest_first = [ids[start:end] for start, end in pairwise(cuts)][::-1]
    return array("q", chain.from_iterable(newest_first))


def _joined(session: Session, sort: str, *, descending: bool) -> array[int]:
    way = "DESC" if descending else "ASC"
    ids = ids_of(session, "SELECT id FROM paper WHERE state = 'live'")
    return _picked(ids, ids_of(session, JOINED[sort].format(way=way)), descending)


def _picked(ids: array[int], in_order: array[int], descending: bool) -> array[int]:
    wanted = set(ids)
    first = array("q", filter(wanted.__contains__, in_order))
    wanted.difference_update(first)
    return first + array("q", sorted(wanted, reverse=descending))
