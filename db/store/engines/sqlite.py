"""What only SQLite does in its own way: triggers, the full-text index, and looking for damage."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, text

from db.store.noting import INDEXED, journalled, key_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

_SEARCHED = "INSERT INTO paper_fts (rowid, title, abstract, notes, authors, key) VALUES (?, ?, ?, ?, ?, ?)"
_TRIGGERS = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND (name LIKE 'journal_%' OR name LIKE 'dirty_%')"
_OF_INSERTS = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name IN "
    "('journal_paper_insert', 'journal_sighting_insert', 'dirty_paper_insert')"
)


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
    mark = "INSERT OR IGNORE INTO dirty (paper_id) "
    columns = ", ".join(sorted(INDEXED))
    return [
        f"CREATE TRIGGER dirty_paper_insert AFTER INSERT ON paper BEGIN {mark} VALUES (NEW.id); END",
        f"CREATE TRIGGER dirty_paper_update AFTER UPDATE OF {columns} ON paper BEGIN {mark} VALUES (NEW.id); END",
        f"CREATE TRIGGER dirty_paper_delete AFTER DELETE ON paper BEGIN {mark} VALUES (OLD.id); END",
    ]


def triggers() -> list[str]:
    """Return all triggers as SQL."""
    journals = [_journal(t, event) for t in journalled() for event in ("INSERT", "UPDATE", "DELETE")]
    return journals + _dirty()


def drop_triggers(session: Session) -> None:
    """Drop the triggers that this or another version made."""
    for name in session.execute(text(_TRIGGERS)).scalars().all():
        session.execute(text(f'DROP TRIGGER "{name}"'))


@contextmanager
def inserts_unnoted(session: Session) -> Iterator[None]:
    """Take the triggers on inserted papers and sightings away inside."""
    run = session.connection().exec_driver_sql
    found = list(run(_OF_INSERTS))
    for name, _sql in found:
        run(f'DROP TRIGGER "{name}"')
    yield
    session.flush()
    for _name, sql in found:
        session.connection().exec_driver_sql(sql)


def defer_foreign_keys(session: Session) -> None:
    """Check foreign keys at the end of the transaction only."""
    session.execute(text("PRAGMA defer_foreign_keys = ON"))


def search_among(session: Session, rows: Sequence[tuple[Any, ...]]) -> None:
    """Put papers, (id, title, abstract, notes, authors, key), into the search index."""
    session.connection().exec_driver_sql(_SEARCHED, list(rows))


def empty_search(session: Session) -> None:
    """Empty the search index, which FTS5 can do row by row only: make it anew."""
    made = session.execute(text("SELECT sql FROM sqlite_master WHERE name = 'paper_fts'")).scalar_one()
    session.execute(text("DROP TABLE paper_fts"))
    session.connection().exec_driver_sql(made)
    session.execute(text("INSERT INTO paper_fts (paper_fts, rank) VALUES ('hashsize', 8388608)"))


def damage(session: Session) -> Iterator[tuple[str, int | None]]:
    """Yield what SQLite's own checks find, with the row."""
    for (verdict,) in session.execute(text("PRAGMA integrity_check")):
        if verdict != "ok":
            yield f"The file is damaged: {verdict}", None
    for row in session.execute(text("PRAGMA foreign_key_check")):
        yield f"A row of {row[0]} points to a missing row of {row[2]}", row[1]
