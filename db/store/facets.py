"""What facets count, field by field: of all papers from indexes where there are any, of a few by their ids."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from db.domain.facets import Column, Flags, Several, Single
from db.domain.tags import nesting
from db.store import asking, engines
from db.store.ordering import highest

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from sqlalchemy.orm import Session

    Tick = Callable[[], None]
    Rows = Iterator[tuple[Any, ...]]

AT_ONCE = 2_048
KEPT = "SELECT p.id, {} FROM paper p WHERE p.state IN ('live', 'trash'){{within}}"
YEAR, STATUS = KEPT.format("p.date_sort / 10000"), KEPT.format("p.status")
# Rows are wide, so all that only they tell is read in one go.
TOLD = KEPT.format(f"p.organization, p.authors, CASE WHEN {asking.HAS['code']} THEN 1 ELSE 0 END") + " ORDER BY p.id"
TAGS = "SELECT pt.paper_id, pt.tag_id FROM paper_tag pt WHERE pt.paper_id > 0{within} ORDER BY 1, 2"
DUMPS = "SELECT DISTINCT s.paper_id, s.source_id FROM sighting s WHERE s.paper_id > 0{within} ORDER BY 1, 2"
FLAGS = {
    "has:pdf": (f"SELECT a.paper_id FROM ({asking.PDF}) a WHERE a.paper_id > 0{{within}}", "a.paper_id"),
    "has:notes": ("SELECT p.id FROM paper p WHERE p.notes != ''{within}", "p.id"),
    "is:starred": ("SELECT p.id FROM paper p WHERE p.state IN ('live', 'trash') AND p.starred = TRUE{within}", "p.id"),
    "has:doi": ("SELECT p.id FROM paper p WHERE p.doi IS NOT NULL{within}", "p.id"),
    "has:arxiv": ("SELECT p.id FROM paper p WHERE p.arxiv_id IS NOT NULL{within}", "p.id"),
    "-has:abstract": ("SELECT p.id FROM paper p WHERE p.abstract = ''{within}", "p.id"),
}
"""What a paper can have or lack, each from the index that the search takes; and what is a paper's id there."""
PARTS = {
    "year": "paper", "status": "paper", "mark": "paper attachment", "tag": "paper_tag tag", "dump": "sighting source",
    "told": "paper",
}  # fmt: skip
"""What is read together, in the order of what it takes, and the tables whose change it can be seen in."""
FIELDS = {"told": ("org", "author", "code")}
"""The fields of what is read together, where they are several."""


def read(session: Session, what: str, ids: Sequence[int] | None, tick: Tick) -> dict[str, Column]:
    """Return the columns of one of PARTS: of all papers, or of these. `tick` is called now and then."""
    return READERS[what](session, ids, tick)


def tags(session: Session) -> dict[int, tuple[str, str, int]]:
    """Return the small-letter name, the name and the colour of each tag."""
    rows = session.connection().exec_driver_sql("SELECT id, name_key, name, colour FROM tag")
    return {number: (key, name, colour) for number, key, name, colour in rows}


def dumps(session: Session) -> dict[int, str]:
    """Return the name of each dump."""
    rows = session.connection().exec_driver_sql("SELECT id, name FROM source")
    return {int(number): str(name) for number, name in rows}


def _rows(session: Session, sql: str, column: str, ids: Sequence[int] | None, tick: Tick) -> Rows:
    """Yield rows past SQLAlchemy's own, of which there may be a million."""
    within = "" if ids is None else f" AND {column} IN (SELECT value FROM json_each(?))"
    values = () if ids is None else (json.dumps(list(ids)),)
    cursor = engines.of(session).cursor(session, sql.format(within=within), values, is_long=ids is None)
    try:
        while rows := cursor.fetchmany(AT_ONCE):
            tick()
            yield from rows
    finally:
        cursor.close()


def _end(session: Session, ids: Sequence[int] | None) -> int:
    return highest(session) if ids is None else max(ids, default=0)


def _single(session: Session, sql: str, ids: Sequence[int] | None, tick: Tick) -> Single:
    column = Single(_end(session, ids))
    for paper_id, value in _rows(session, sql, "p.id", ids, tick):
        column.put(paper_id, value or None)
    return column


def _year(session: Session, ids: Sequence[int] | None, tick: Tick) -> dict[str, Column]:
    return {"year": _single(session, YEAR, ids, tick)}


def _status(session: Session, ids: Sequence[int] | None, tick: Tick) -> dict[str, Column]:
    return {"status": _single(session, STATUS, ids, tick)}


def _marks(session: Session, ids: Sequence[int] | None, tick: Tick) -> dict[str, Column]:
    column = Flags(_end(session, ids))
    for flag, (sql, name) in enumerate(FLAGS.values()):
        for (paper_id,) in _rows(session, sql, name, ids, tick):
            column.put(paper_id, flag)
    return {"mark": column}


def _tags(session: Session, ids: Sequence[int] | None, tick: Tick) -> dict[str, Column]:
    """A tag stands for those inside it, so a paper has the names that its tags are inside of, too."""
    known = tags(session)
    names = {outer.casefold() for _key, name, _colour in known.values() for outer in (name, *nesting.parents(name))}
    above = {number: [key, *(one for one in _beginnings(key) if one in names)] for number, (key, *_) in known.items()}
    return {"tag": _several(_rows(session, TAGS, "pt.paper_id", ids, tick), above)}


def _beginnings(key: str) -> list[str]:
    """Return what a name begins with before each stroke that something follows."""
    return [key[:at] for at, char in enumerate(key[:-1]) if char == "/" and at]


def _dumps(session: Session, ids: Sequence[int] | None, tick: Tick) -> dict[str, Column]:
    return {"dump": _several(_rows(session, DUMPS, "s.paper_id", ids, tick), None)}


def _several(rows: Rows, values: dict[int, list[str]] | None) -> Several:
    column = Several()
    held: list[Hashable] = []
    before = 0
    for paper_id, number in rows:
        if paper_id != before and held:
            column.put(before, held)
            held = []
        before = paper_id
        held.extend([number] if values is None else values.get(number, ()))
    if held:
        column.put(before, held)
    return column


def _told(session: Session, ids: Sequence[int] | None, tick: Tick) -> dict[str, Column]:
    orgs, authors, code = Single(_end(session, ids)), Several(), Flags(_end(session, ids))
    for paper_id, organization, people, has_code in _rows(session, TOLD, "p.id", ids, tick):
        orgs.put(paper_id, organization or None)
        if people and people != "[]":
            authors.put(paper_id, map(asking.called, json.loads(people)))
        if has_code:
            code.put(paper_id, 0)
    return {"org": orgs, "author": authors, "code": code}


READERS = {"year": _year, "status": _status, "mark": _marks, "tag": _tags, "dump": _dumps, "told": _told}
