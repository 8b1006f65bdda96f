"""Ids that never come twice: what a search, a live file, a selection or the history names by number is no other later.

Rows get their ids here, also those that go in in bulk, so both engines count alike. The end of each write notes the
highest ids there are; no undo takes that back.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import text

from db.store.engine import file_uri

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy.orm import Session

NAMED = ("paper", "source", "tag", "collection", "saved_search")
"""Tables whose rows are named by number outside of their relations."""
_HIGHER = "ON CONFLICT (table_name) DO UPDATE SET id = excluded.id WHERE last_id.id < excluded.id"
_HIGHEST = ", ".join(f"('{name}', (SELECT coalesce(max(id), 0) FROM {name}))" for name in NAMED)
_NOTE = text(f"INSERT INTO last_id (table_name, id) VALUES {_HIGHEST} {_HIGHER}")
_KEEP = f"INSERT INTO last_id (table_name, id) VALUES (?, ?) {_HIGHER}"


def next_id(session: Session, table: str) -> int:
    """Return an id that no row of the table has; of a table in NAMED, one that none ever had. Later ones follow it."""
    there = session.scalar(text(f'SELECT max(id) FROM "{table}"'))
    ever = session.scalar(text("SELECT id FROM last_id WHERE table_name = :name"), {"name": table})
    return max(there or 0, ever or 0) + 1


def note(session: Session) -> None:
    """Remember the highest ids that there are; called before a write ends."""
    session.execute(_NOTE)


def of(path: Path) -> dict[str, int]:
    """Return the highest ids that a library file ever had, as far as it tells."""
    try:
        with closing(sqlite3.connect(file_uri(path, mode="ro"), uri=True)) as connection:
            return dict(connection.execute("SELECT table_name, id FROM last_id"))
    except sqlite3.Error:
        return {}  # damaged, perhaps, or of an earlier version


def keep(session: Session, used: Mapping[str, int]) -> None:
    """Let ids that another file of the same library ever had not come here either."""
    if used:
        session.connection().exec_driver_sql(_KEEP, list(used.items()))
