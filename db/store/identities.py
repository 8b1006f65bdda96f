"""Items of other libraries that were imported: each is known by what that library calls it for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db.store import engines
from db.store.schema import SightingRow, SourceRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LIBRARIES = ("zotero",)
"""Formats whose records have an identity."""


def papers(session: Session) -> dict[str, int]:
    """Return the paper that each item became, by its identity; the newest import counts."""
    identity = engines.of(session).json_text(SightingRow.values, "$.identity")
    imported = select(SourceRow.id).where(SourceRow.format.in_(LIBRARIES))
    query = select(identity, SightingRow.paper_id).where(SightingRow.source_id.in_(imported)).order_by(SightingRow.id)
    return {item: paper_id for item, paper_id in session.execute(query) if item}
