"""All rows of a library, whatever its engine, to tell whether two states are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

COUNTED = "written"
"""How often a library on a server was written to."""


def names(session: Session) -> list[str]:
    """Return the tables of a library, without those of the search index."""
    found = inspect(session.connection()).get_table_names()
    return [name for name in found if name != COUNTED and not name.startswith(("sqlite_", "paper_fts"))]


def columns(session: Session, table: str) -> list[str]:
    """Return the columns of a table."""
    return [column["name"] for column in inspect(session.connection()).get_columns(table)]
