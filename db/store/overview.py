"""What charts count: dates, tags and dumps of all papers, each from an index alone, for rows are wide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.store import engines
from db.store.idset import PART
from db.store.ordering import ids_of

if TYPE_CHECKING:
    from array import array
    from collections.abc import Collection, Iterator

    from sqlalchemy.orm import Session

KEPT = "state IN ('live', 'trash')"
DATES = f"SELECT id, date_sort FROM paper WHERE {KEPT}"
INFERRED = f"SELECT id FROM paper WHERE {KEPT} AND year_inferred = TRUE"
GIVEN = {
    "tag": ("SELECT paper_id, tag_id FROM paper_tag", "SELECT id, name, colour FROM tag"),
    "dump": ("SELECT DISTINCT paper_id, source_id FROM sighting", "SELECT id, name, id FROM source"),
}
"""Which papers have which tag or dump; number, name and colour of each."""


def dates(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Return the date of each of these papers as yyyymmdd, 0 where the year is unknown."""
    wanted = frozenset(ids)
    return {one: date for one, date in _pairs(session, DATES) if one in wanted}


def inferred(session: Session) -> array[int]:
    """Return the papers whose year is inferred."""
    return ids_of(session, INFERRED)


def given(session: Session, kind: str, ids: Collection[int]) -> dict[int, list[int]]:
    """Return the tags or dumps (`kind`) of these papers, ascending; papers without any are left out."""
    wanted = frozenset(ids)
    found: dict[int, list[int]] = {}
    for paper_id, number in _pairs(session, GIVEN[kind][0]):
        if paper_id in wanted:
            found.setdefault(paper_id, []).append(number)
    return {paper_id: sorted(numbers) for paper_id, numbers in found.items()}


def named(session: Session, kind: str) -> dict[int, tuple[str, int]]:
    """Return name and colour of all tags or dumps."""
    rows = session.connection().exec_driver_sql(GIVEN[kind][1])
    return {number: (name, colour) for number, name, colour in rows}


def _pairs(session: Session, sql: str) -> Iterator[tuple[int, int]]:
    cursor = engines.of(session).cursor(session, sql, is_long=True)
    try:
        while rows := cursor.fetchmany(PART):
            yield from rows
    finally:
        cursor.close()
