"""Triggers that keep the journal and the list of papers to index anew, generated from the metadata."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import Integer, Table, text

from db.store.schema import Base

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

UNJOURNALLED = frozenset(
    {"step", "change", "journal_state", "block", "source_chunk", "frozen_key", "live_file", "live_entry"}
)
"""Tables without row images: the journal itself, what is made anew from papers, and what no undo may move."""

KNOWN_BY = frozenset({"title", "abstract", "state"})
"""Columns of a paper that its blocking keys are made from: making them is most of the work."""
INDEXED = KNOWN_BY.union(
    "authors author_count organization entry_type venue notes citation_key arxiv_id doi year month day".split()
)
"""Columns of a paper that the search index, blocking keys, sort columns or the kind of version are made from."""

SIGNATURE = "trigger_signature"


def journalled() -> list[Table]:
    """Return the tables whose changes can be undone."""
    return [table for table in Base.metadata.sorted_tables if table.name not in UNJOURNALLED]


def key_columns(table: Table) -> list[str]:
    """Return the names of a table's primary key columns."""
    return [column.name for column in table.primary_key.columns]


def image(table: Table, row: str) -> str:
    """Return the SQL expression of a whole row as JSON; `row` is OLD, NEW or a table name."""
    # A JSON column is text in SQLite and stays text here, so that it comes back to the letter.
    pairs = ", ".join(f"'{column.name}', {row}.\"{column.name}\"" for column in table.columns)
    return f"json_object({pairs})"


def _changed(table: Table, row: str) -> str:
    selects = " UNION ALL ".join(
        f"SELECT '{column.name}' AS name, {row}.\"{column.name}\" AS value "
        f'WHERE OLD."{column.name}" IS NOT NEW."{column.name}"'
        for column in table.columns
    )
    return f"(SELECT json_group_object(name, value) FROM ({selects}))"


def _row_key(table: Table, row: str) -> str:
    columns = table.primary_key.columns
    if all(isinstance(column.type, Integer) for column in columns):
        # The same text as json_array makes, and faster: an import fires these triggers eight times a paper.
        return "'[' || {} || ']'".format(" || ',' || ".join(f'{row}."{column.name}"' for column in columns))
    return "json_array({})".format(", ".join(f'{row}."{name}"' for name in key_columns(table)))


def _journal(table: Table, event: str) -> str:
    row = "OLD" if event == "DELETE" else "NEW"
    before, after = {
        "INSERT": ("NULL", "NULL"),
        "UPDATE": (_changed(table, "OLD"), _changed(table, "NEW")),
        "DELETE": (image(table, "OLD"), "NULL"),
    }[event]
    if event == "INSERT":
        return (
            f'CREATE TRIGGER journal_{table.name}_insert AFTER INSERT ON "{table.name}" BEGIN '
            "INSERT INTO change (step_id, table_name, row_key, before, after) "
            f"SELECT step_id, '{table.name}', {_row_key(table, row)}, {before}, {after} FROM journal_state "
            "WHERE step_id IS NOT NULL; END"
        )
    when = "(SELECT step_id FROM journal_state) IS NOT NULL"
    if event == "UPDATE":
        differs = " OR ".join(f'OLD."{c.name}" IS NOT NEW."{c.name}"' for c in table.columns)
        when += f" AND ({differs})"
    return (
        f'CREATE TRIGGER journal_{table.name}_{event.lower()} AFTER {event} ON "{table.name}" WHEN {when} BEGIN '
        "INSERT INTO change (step_id, table_name, row_key, before, after) "
        f"SELECT step_id, '{table.name}', {_row_key(table, row)}, {before}, {after} FROM journal_state; END"
    )


def _dirty() -> list[str]:
    return [
        f"CREATE TRIGGER dirty_paper_insert AFTER INSERT ON paper BEGIN {_known('VALUES (NEW.id, 1)')}; END",
        f"CREATE TRIGGER dirty_paper_update AFTER UPDATE OF {', '.join(sorted(INDEXED - KNOWN_BY))} ON paper BEGIN "
        "INSERT OR IGNORE INTO dirty (paper_id, known) VALUES (NEW.id, 0); END",
        f"CREATE TRIGGER dirty_paper_known AFTER UPDATE OF {', '.join(sorted(KNOWN_BY))} ON paper BEGIN "
        f"{_known('VALUES (NEW.id, 1)')}; END",
        f"CREATE TRIGGER dirty_paper_delete AFTER DELETE ON paper BEGIN {_known('VALUES (OLD.id, 1)')}; "
        f"{_known('SELECT OLD.merged_into, 1 WHERE OLD.merged_into IS NOT NULL')}; END",
        "CREATE TRIGGER dirty_paper_merge AFTER UPDATE OF merged_into ON paper BEGIN "
        + _known(
            "SELECT OLD.merged_into, 1 WHERE OLD.merged_into IS NOT NULL "
            "UNION SELECT NEW.merged_into, 1 WHERE NEW.merged_into IS NOT NULL"
        )
        + "; END",
        *_dirty_versions(),
    ]


def _known(rows: str) -> str:
    """Return the SQL that notes papers whose blocking keys may be others now."""
    return f"INSERT INTO dirty (paper_id, known) {rows} ON CONFLICT (paper_id) DO UPDATE SET known = 1"


def _dirty_versions() -> list[str]:
    """A paper is found by the titles of its versions as well, where they are not its own."""

    def told(row: str) -> str:
        own = f"(SELECT title FROM paper WHERE id = {row}.paper_id)"
        return f"({row}.title <> '' AND {row}.title IS NOT {own})"

    moved = "(OLD.title, OLD.removed, OLD.paper_id) IS NOT (NEW.title, NEW.removed, NEW.paper_id)"
    return [
        f"CREATE TRIGGER dirty_version_insert AFTER INSERT ON paper_version WHEN {told('NEW')} "
        f"BEGIN {_known('VALUES (NEW.paper_id, 1)')}; END",
        "CREATE TRIGGER dirty_version_update AFTER UPDATE OF title, removed, paper_id ON paper_version "
        f"WHEN {moved} AND ({told('OLD')} OR {told('NEW')}) "
        f"BEGIN {_known('VALUES (OLD.paper_id, 1), (NEW.paper_id, 1)')}; END",
        f"CREATE TRIGGER dirty_version_delete AFTER DELETE ON paper_version WHEN {told('OLD')} "
        f"BEGIN {_known('VALUES (OLD.paper_id, 1)')}; END",
    ]


_KNOWN_OTHERWISE = (
    "INSERT OR IGNORE INTO dirty (paper_id) SELECT v.paper_id FROM paper_version v JOIN paper p ON p.id = v.paper_id "
    "WHERE v.title <> '' AND v.title <> p.title "
    "UNION SELECT merged_into FROM paper WHERE merged_into IS NOT NULL"
)
"""Papers with keys that are not of their own texts: a library from before these triggers lacks them."""


def statements() -> list[str]:
    """Return all triggers as SQL."""
    journals = [_journal(t, event) for t in journalled() for event in ("INSERT", "UPDATE", "DELETE")]
    return journals + _dirty()


def _signature() -> str:
    return hashlib.sha256("\n".join(statements()).encode()).hexdigest()


def is_installed(session: Session) -> bool:
    """Tell whether the library has the triggers that this version generates."""
    found = session.execute(text("SELECT value FROM setting WHERE name = :n"), {"n": SIGNATURE}).scalar()
    return bool(found == _signature())


def install(session: Session) -> None:
    """Make the triggers, or make them anew when this version generates others than the library has."""
    if is_installed(session):
        return
    names = session.execute(
        text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND (name LIKE 'journal_%' OR name LIKE 'dirty_%')")
    )
    for name in names.scalars().all():
        session.execute(text(f'DROP TRIGGER "{name}"'))
    session.execute(text("UPDATE journal_state SET step_id = NULL"))
    for statement in statements():
        session.connection().exec_driver_sql(statement)
    session.execute(text(_KNOWN_OTHERWISE))
    session.execute(
        text("INSERT OR REPLACE INTO setting (name, value) VALUES (:n, :v)"), {"n": SIGNATURE, "v": _signature()}
    )
