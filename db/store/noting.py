"""Which changes the triggers note, in the journal and for the search index, whatever the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Table

UNJOURNALLED = frozenset(
    {"step", "change", "journal_state", "block", "source_chunk", "frozen_key", "last_id", "live_file", "live_entry"}
)
"""Tables without row images: the journal itself, what is made anew from papers, and what no undo may move."""

KNOWN_BY = frozenset({"title", "abstract", "state"})
"""Columns of a paper that its blocking keys are made from: making them is most of the work."""
INDEXED = KNOWN_BY.union("authors author_count organization notes citation_key arxiv_id doi year month day".split())
"""Columns of a paper that the search index, blocking keys or sort columns are made from."""
KIND_BY = frozenset({"entry_type", "venue"})
"""Columns of a paper that nothing is made from but its kind of version."""
KIND, TEXTS, KEYS = range(3)
"""How deep a change goes: the kind of version alone may be another, what is searched and sorted by too, all of it."""


def journalled() -> list[Table]:
    """Return the tables whose changes can be undone."""
    from db.store.schema import Base  # mapping all tables takes a tenth of a start, and the first rows need none

    return [table for table in Base.metadata.sorted_tables if table.name not in UNJOURNALLED]


def key_columns(table: Table) -> list[str]:
    """Return the names of a table's primary key columns."""
    return [column.name for column in table.primary_key.columns]
