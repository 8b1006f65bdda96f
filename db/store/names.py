"""What tags, collections and files are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.store.imports import TABLES, batches

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

NAMED = {"tags": "tag", "collections": "collection"}


def of(session: Session, what: str, ones: Collection[Any]) -> list[str]:
    """Return the names of tags or collections by their ids, in order; files are called by their paths."""
    if what not in NAMED:
        return sorted(str(one) for one in ones)
    table = TABLES[NAMED[what]]
    rows = (select(table.c.name).where(table.c.id.in_(batch)) for batch in batches(ones))
    return sorted((name for row in rows for name in session.scalars(row)), key=str.casefold)
