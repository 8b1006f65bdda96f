"""What facets count, field by field: the papers of each value, of all papers or of a few by their ids.

The database puts the papers of a value together, without the interpreter: as rows, a million papers take ten times as
long, and no other thread gets on meanwhile.
"""

from __future__ import annotations

import json
from array import array
from heapq import merge
from itertools import groupby
from typing import TYPE_CHECKING, Any

from db.domain.facets import Column
from db.domain.tags import nesting
from db.store import asking, engines
from db.store.ordering import highest, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterator

    from sqlalchemy.orm import Session

    Tick = Callable[[], None]
    Groups = Iterator[tuple[Hashable, array[int]]]

KEPT = "SELECT {} AS value, p.id AS id FROM paper p WHERE p.state IN ('live', 'trash') AND {}"
ALL = "FROM paper p WHERE +p.state IN ('live', 'trash') AND"  # no index has the rest: the rows are read as they lie
ONE_EACH = {
    "year": KEPT.format("p.date_sort / 10000", "p.date_sort > 0"),
    "status": KEPT.format("p.status", "p.status <> ''"),
    "org": f"SELECT p.organization AS value, p.id AS id {ALL} p.organization <> ''",
}
"""Fields of one value at most."""
TAGS = "SELECT pt.tag_id AS value, pt.paper_id AS id FROM paper_tag pt WHERE pt.paper_id > 0"
DUMPS = "SELECT DISTINCT s.source_id AS value, s.paper_id AS id FROM sighting s WHERE s.paper_id > 0"
AUTHORS = (
    "SELECT a.value AS value, p.id AS id FROM paper p, json_each(p.authors) a "
    "WHERE +p.state IN ('live', 'trash') AND p.authors <> '[]'"
)
FLAGS = {
    "has:pdf": (f"SELECT DISTINCT a.paper_id FROM ({asking.PDF}) a WHERE a.paper_id > 0", "a.paper_id"),
    "has:notes": ("SELECT p.id FROM paper p WHERE p.notes != ''", "p.id"),
    "is:starred": ("SELECT p.id FROM paper p WHERE p.state IN ('live', 'trash') AND p.starred = TRUE", "p.id"),
    "has:doi": ("SELECT p.id FROM paper p WHERE p.doi IS NOT NULL", "p.id"),
    "has:arxiv": ("SELECT p.id FROM paper p WHERE p.arxiv_id IS NOT NULL", "p.id"),
    "-has:abstract": ("SELECT p.id FROM paper p WHERE p.abstract = ''", "p.id"),
}
"""What a paper can have or lack, each from the index that the search takes; and what is a paper's id there."""
CODE = f"SELECT p.id {ALL} {asking.HAS['code']}"
PARTS = {
    "year": "paper", "status": "paper", "tag": "paper_tag tag", "dump": "sighting source", "mark": "paper attachment",
    "code": "paper", "org": "paper", "author": "paper",
}  # fmt: skip
"""The fields in the order of how long they take to read, and the tables whose change can be seen in each."""


def groups(session: Session, field: str, ids: Collection[int] | None, tick: Tick) -> Groups:
    """Yield the values of one of PARTS, each once, with the papers that have it: of all, or of these.

    `tick` is called now and then.
    """
    for found in READERS[field](session, ids):
        tick()
        yield found


def column(session: Session, field: str, ids: Collection[int] | None, tick: Tick) -> Column:
    """Return the column of one of PARTS: of all papers, or of these. `tick` is called now and then."""
    end = highest(session) if ids is None else max(ids, default=0)
    return Column(groups(session, field, ids, tick), end)


def tags(session: Session) -> dict[int, tuple[str, str, int]]:
    """Return the small-letter name, the name and the colour of each tag."""
    rows = session.connection().exec_driver_sql("SELECT id, name_key, name, colour FROM tag")
    return {number: (key, name, colour) for number, key, name, colour in rows}


def dumps(session: Session) -> dict[int, str]:
    """Return the name of each dump."""
    rows = session.connection().exec_driver_sql("SELECT id, name FROM source")
    return {int(number): str(name) for number, name in rows}


def _within(sql: str, column: str, ids: Collection[int] | None) -> tuple[str, tuple[str, ...]]:
    if ids is None:
        return sql, ()
    return f"{sql} AND {column} IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)


def _grouped(session: Session, sql: str, column: str, ids: Collection[int] | None) -> Groups:
    asked, values = _within(sql, column, ids)
    return engines.of(session).groups(session, asked, values, is_long=ids is None)


def _one_each(field: str) -> Callable[[Session, Collection[int] | None], Groups]:
    return lambda session, ids: _grouped(session, ONE_EACH[field], "p.id", ids)


def _those(session: Session, sql: str, column: str, ids: Collection[int] | None) -> array[int]:
    asked, values = _within(sql, column, ids)
    return joined(engines.of(session).ids(session, asked, values, is_long=ids is None))


def _marks(session: Session, ids: Collection[int] | None) -> Groups:
    for name, (sql, column) in FLAGS.items():
        yield name, _those(session, sql, column, ids)


def _code(session: Session, ids: Collection[int] | None) -> Groups:
    yield "has:code", _those(session, CODE, "p.id", ids)


def _tags(session: Session, ids: Collection[int] | None) -> Groups:
    """A tag stands for those inside it, so a paper has the names that its tags are inside of, too."""
    known = tags(session)
    names = {outer.casefold() for _key, name, _colour in known.values() for outer in (name, *nesting.parents(name))}
    above = {number: [key, *(one for one in _beginnings(key) if one in names)] for number, (key, *_) in known.items()}
    found = _grouped(session, TAGS, "pt.paper_id", ids)
    yield from _once((name, papers) for tag, papers in found for name in above.get(_number(tag), ()))


def _number(value: Hashable) -> int:
    assert isinstance(value, int)
    return value


def _beginnings(key: str) -> list[str]:
    """Return what a name begins with before each stroke that something follows."""
    return [key[:at] for at, char in enumerate(key[:-1]) if char == "/" and at]


def _dumps(session: Session, ids: Collection[int] | None) -> Groups:
    return _grouped(session, DUMPS, "s.paper_id", ids)


def _authors(session: Session, ids: Collection[int] | None) -> Groups:
    """Two ways to write an author down may be called the same, and one may stand twice in a list."""
    found = _grouped(session, AUTHORS, "p.id", ids)
    yield from _once((asking.called(json.loads(str(person))), array("I", {*papers})) for person, papers in found)


def _once(found: Groups) -> Groups:
    """Yield each value once, with all its papers."""
    whole: dict[Hashable, array[int]] = {}
    for value, papers in found:
        before = whole.get(value)
        whole[value] = papers if before is None else _both(before, papers)
    yield from whole.items()


def _both(one: array[int], other: array[int]) -> array[int]:
    return array("I", (paper for paper, _often in groupby(merge(sorted(one), sorted(other)))))


READERS: dict[str, Callable[[Session, Any], Groups]] = {
    **{field: _one_each(field) for field in ONE_EACH},
    "mark": _marks, "tag": _tags, "dump": _dumps, "code": _code, "author": _authors,
}  # fmt: skip
