"""Inserting papers and sightings by the thousand: what the triggers note row by row is noted batch by batch.

A trigger on a wide row takes longer than the row. So an import takes the insert triggers away and puts them back before
it ends; both are part of its transaction, so that no other connection ever sees the tables without them.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

from db.store import engines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

TABLES = ("paper", "sighting")
"""Tables whose rows an import inserts by their ids."""
_MARK = "bulk_inserts"
# The same rows that the triggers write: see `engines`.
_JOURNAL = (
    "INSERT INTO change (step_id, table_name, row_key, before, after) "
    "SELECT step_id, ?1, '[' || value || ']', NULL, NULL FROM journal_state, json_each(?2) WHERE step_id IS NOT NULL"
)
_DIRTY = "INSERT OR IGNORE INTO dirty (paper_id) SELECT value FROM json_each(?)"


@contextmanager
def inserts(session: Session) -> Iterator[None]:
    """Let `noted` stand for the insert triggers; an exception must roll the whole transaction back."""
    with engines.of(session).inserts_unnoted(session):
        session.info[_MARK] = True
        try:
            yield
        finally:
            del session.info[_MARK]


def noted(session: Session, table: str, ids: Sequence[int]) -> None:
    """Note rows that were just inserted, unless the triggers did."""
    if _MARK not in session.info or not ids:
        return
    if table not in TABLES:
        raise ValueError(table)
    run = session.connection().exec_driver_sql
    numbers = json.dumps(ids)
    run(_JOURNAL, (table, numbers))
    if table == "paper":
        run(_DIRTY, (numbers,))
