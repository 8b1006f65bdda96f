"""Ids in the order of a column: what has no value comes last, ties go by age.

Rows are wide, so long lists are read from the index over a column, and the papers of a search are picked out of
that list; only when they are few are they looked up one by one.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING

from db.store import engines, question
from db.store.idset import IdSet
from db.store.papers import NOT_LIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
LIVE = "SELECT id FROM paper WHERE state = 'live' ORDER BY id {way}"
TAGS = "SELECT id FROM tag ORDER BY name_key {way}"
# The papers whose first tag by name this is. Tags are few, so going through them beats grouping all their papers.
FIRST_TAGGED = """
SELECT pt.paper_id FROM paper_tag pt WHERE pt.tag_id = ?
   AND NOT EXISTS (SELECT 1 FROM paper_tag o JOIN tag t ON t.id = o.tag_id WHERE o.paper_id = pt.paper_id
                      AND t.name_key < (SELECT name_key FROM tag WHERE id = pt.tag_id))
 ORDER BY pt.paper_id {way}
"""
# Nearly all papers were seen in one dump: those are read in order, and only the others are sorted.
SEEN_ONCE = (
    "SELECT paper_id FROM sighting WHERE {live} GROUP BY paper_id "
    "HAVING min(source_id) = max(source_id) ORDER BY paper_id {way}"
)
SEEN_OFTEN = (
    "SELECT paper_id FROM (SELECT paper_id, "
    "(SELECT count(DISTINCT source_id) FROM sighting o WHERE o.paper_id = s.paper_id) AS dumps "
    "FROM (SELECT paper_id FROM sighting GROUP BY paper_id HAVING count(*) > 1) s WHERE {live}) often "
    "WHERE dumps > 1 ORDER BY dumps {way}, paper_id {way}"
)
UNSEEN = (
    "SELECT id FROM paper p WHERE state = 'live' AND NOT EXISTS (SELECT 1 FROM sighting WHERE paper_id = p.id) "
    "ORDER BY id {way}"
)
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
SORTS = frozenset({*COLUMNS, "tags", "dumps", "added", "dump"})


def parts_of(
    session: Session, sql: str, values: Iterable[object] = (), *, is_long: bool = True, begins: bool = False
) -> Iterator[array[int]]:
    """Yield the ids that a statement finds, part by part, past SQLAlchemy's rows: there may be a million.

    `begins` asks for a beginning as soon as it can be had, of statements that need not know all rows for it.
    Raises Cancelled when the question that is answered was withdrawn.
    """
    question.check(session)
    # Closed at once: later the connection may be somebody else's.
    with closing(engines.of(session).ids(session, sql, values, is_long=is_long, begins=begins)) as parts:
        for part in parts:
            question.check(session)
            yield part


def joined(parts: Iterable[array[int]]) -> array[int]:
    """Return the ids of all parts."""
    whole = array("q")
    for part in parts:
        whole.extend(part)
    return whole


def ids_of(session: Session, sql: str, values: Iterable[object] = ()) -> array[int]:
    """Return the ids that a statement finds."""
    return joined(parts_of(session, sql, values, is_long=False))


def highest(session: Session) -> int:
    """Return the largest id of a paper."""
    (found,) = ids_of(session, "SELECT coalesce(max(id), 0) FROM paper")
    return found


def every(session: Session, sort: str, *, descending: bool, all_live: bool = True) -> Iterator[array[int]]:
    """Yield all live papers in order, part by part, the first part as soon as SQLite has it.

    By tags and by dumps those that are not live can be among them.
    """
    way = "DESC" if descending else "ASC"
    named = {"way": way, "live": f"paper_id NOT IN ({NOT_LIVE})" if all_live else "paper_id > 0"}
    if sort == "added":
        ids = parts_of(session, LIVE.format(way="ASC"))
        yield from [newest_first(joined(ids), imports(session))] if descending else ids
    elif sort == "tags":
        yield from _by_tags(session, way, IdSet(highest(session), ids_of(session, NOT_LIVE) if all_live else ()))
    elif sort == "dumps":
        for sql in (SEEN_OFTEN, SEEN_ONCE, UNSEEN) if descending else (SEEN_ONCE, SEEN_OFTEN, UNSEEN):
            yield from parts_of(session, sql.format(**named), begins=True)
    else:
        for sql, values in _by_column(sort, way):
            yield from parts_of(session, f"SELECT id FROM paper WHERE state = 'live' {sql}", values, begins=True)


def _by_tags(session: Session, way: str, gone: IdSet) -> Iterator[array[int]]:
    tagged = IdSet(highest(session))
    for tag in ids_of(session, TAGS.format(way=way)):
        for part in parts_of(session, FIRST_TAGGED.format(way=way), (tag,), is_long=False):
            tagged.add(part)
            # Asked of each tag, the database would go through all that are gone twenty thousand times.
            yield array("q", [one for one in part if one not in gone])
    for part in parts_of(session, LIVE.format(way=way)):
        yield array("q", [one for one in part if one not in tagged])


def _by_column(sort: str, way: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return what goes behind a question for all live papers; one after the other they keep to an index."""
    if sort == "status":
        order = reversed(STATUSES) if way == "DESC" else STATUSES
        return [(f"AND status = ? ORDER BY id {way}", (one,)) for one in order]
    columns, present = COLUMNS[sort]
    order_by = ", ".join(f"{column} {way}" for column in (*columns, "id"))
    if not present:
        return [(f"ORDER BY {order_by}", ())]
    # Two questions, as sorting by "has a value" first would not use the index. The plus keeps the second to it, too.
    return [(f"AND {present} ORDER BY {order_by}", ()), (f"AND {present} IS NOT TRUE ORDER BY +id {way}", ())]


def some(session: Session, ids: IdSet, sort: str, *, descending: bool, all_live: bool) -> Iterator[array[int]]:
    """Yield these papers in order, part by part; `all_live` tells that none is in the trash."""
    if sort == "added":
        yield newest_first(ids.ascending(), imports(session)) if descending else ids.ascending()
    elif sort in COLUMNS and (len(ids) <= FEW or not all_live):
        yield _few(session, ids.ascending(), sort, descending=descending)
    else:
        for part in every(session, sort, descending=descending, all_live=all_live):
            yield ids.take(part)
            if not ids:
                return
        yield _rest(ids, descending=descending)


def _few(session: Session, ids: array[int], sort: str, *, descending: bool) -> array[int]:
    columns, present = COLUMNS[sort]
    way = "DESC" if descending else "ASC"
    # The plus keeps SQLite from walking the whole index for a handful of papers.
    order_by = [f"{present} IS TRUE DESC"] if present else []
    order_by += [f"+{column} {way}" for column in columns] + [f"id {way}"]
    sql = f"SELECT id FROM paper WHERE id IN (SELECT value FROM json_each(?)) ORDER BY {', '.join(order_by)}"
    return ids_of(session, sql, (json.dumps(ids.tolist()),))


def by_dump(session: Session, ids: IdSet, dumps: Sequence[tuple[str, list[object]]], *, descending: bool) -> array[int]:
    """Return these papers in the order of dumps (conditions on `source o`): never seen before first.

    Ascending is the same the other way round; papers of no such dump come last.
    """
    condition = " OR ".join(f"({sql})" for sql, _values in dumps)
    values = [value for _sql, some in dumps for value in some]
    if len(ids) <= SOME:
        condition = f"({condition}) AND s.paper_id IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(ids.ascending().tolist()))
    in_order = ids_of(session, BY_DUMP.format(condition), values)
    return ids.take(in_order if descending else in_order[::-1]) + _rest(ids, descending=descending)


def _rest(ids: IdSet, *, descending: bool) -> array[int]:
    rest = ids.ascending()
    return rest[::-1] if descending else rest


def imports(session: Session) -> array[int]:
    """Return the first paper of each import, the oldest first."""
    return array("q", sorted(ids_of(session, FIRST_ADDED)))


def newest_first(ids: array[int], starts: array[int]) -> array[int]:
    """Order ascending ids: the newest import first, but papers that came together in the order of their page."""
    cuts = sorted({0, len(ids), *(bisect_left(ids, first) for first in starts)})
    return joined(ids[start:end] for start, end in reversed(list(pairwise(cuts))))
