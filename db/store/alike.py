"""Which papers have a word in title or abstract: asked of the search index, never for more than a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.store.ordering import ids_of

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

COUNT = "SELECT count(*) FROM (SELECT 1 FROM paper_fts WHERE paper_fts MATCH ? LIMIT ?) found"
HAVING = "SELECT rowid FROM paper_fts WHERE paper_fts MATCH ? LIMIT ?"


def frequency(session: Session, forms: Iterable[str], most: int) -> int:
    """Return how many papers have a word in one of its spellings, `most` when they are more."""
    return int(session.connection().exec_driver_sql(COUNT, (_expression(forms), most)).scalar_one())


def having(session: Session, forms: Iterable[str], most: int) -> array[int]:
    """Return up to `most` papers that have a word in one of its spellings, the oldest ones."""
    return ids_of(session, HAVING, (_expression(forms), most))


def total(session: Session) -> int:
    """Return how many papers the search index is likely to hold."""
    return int(session.connection().exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM paper_fts").scalar_one())


def _expression(forms: Iterable[str]) -> str:
    # Words are letters and digits alone, yet OR and NEAR are words, too: FTS5 wants them quoted.
    return "{title abstract} : (" + " OR ".join(f'"{form}"' for form in sorted(forms)) + ")"
