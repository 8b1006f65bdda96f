"""What a paper is known by beside its own row: the titles of its versions, and the papers that went into it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.domain.duplicates import blocking_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

INSIDE = (
    "WITH RECURSIVE inside (heir, id) AS (SELECT p.merged_into, p.id FROM json_each(?) j CROSS JOIN paper p "
    "ON p.merged_into = j.value UNION SELECT i.heir, p.id FROM inside i CROSS JOIN paper p ON p.merged_into = i.id) "
    "SELECT i.heir, {} FROM inside i CROSS JOIN paper p ON p.id = i.id"
)
"""Columns of the papers that went into papers, by whatever way."""
_TEXTS = INSIDE.format("p.title, p.abstract")
_TITLES = (
    "SELECT v.paper_id, v.title, '' FROM json_each(?) j CROSS JOIN paper_version v ON v.paper_id = j.value "
    "WHERE v.title <> '' AND NOT v.removed"
)


def keys(session: Session, ids: Iterable[int]) -> list[tuple[int, int]]:
    """Return the blocking keys that papers have beside those of their own texts: (key, paper)."""
    asked = (json.dumps(list(ids)),)
    run = session.connection().exec_driver_sql
    return [
        (key, paper_id)
        for statement in (_TITLES, _TEXTS)
        for paper_id, title, abstract in run(statement, asked)
        for key in blocking_keys(title, abstract)
    ]


def heirs(session: Session) -> Mapping[int, int]:
    """Return the paper in which each merged paper is by now."""
    rows = session.connection().exec_driver_sql("SELECT id, merged_into FROM paper WHERE merged_into IS NOT NULL")
    into = {row[0]: row[1] for row in rows}
    for paper_id, heir in into.items():
        while heir in into:
            heir = into[heir]
        into[paper_id] = heir
    return into
