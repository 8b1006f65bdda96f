"""What only SQLite does in its own way: triggers, the full-text index, ending a statement, looking for damage."""

from __future__ import annotations

import json
import sqlite3
from array import array
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, func, text
from sqlalchemy.exc import DatabaseError

from db.store.engines.weights import BM25
from db.store.noting import INDEXED, KEYS, KIND, KIND_BY, KNOWN_BY, TEXTS, journalled, key_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine.interfaces import DBAPICursor
    from sqlalchemy.orm import Session
    from sqlalchemy.pool import PoolProxiedConnection

BEGINNING = 4_096
"""Rows of a long answer that come first."""
PIECE = 32_000
"""Characters of a text of ids that are read at once: a few thousand ids, in a third of a millisecond."""
_SEARCHED = "INSERT INTO paper_fts (rowid, title, abstract, notes, authors, key) VALUES (?, ?, ?, ?, ?, ?)"
_HELD = text(
    "SELECT f.rowid, f.title, f.abstract, f.notes, f.authors, f.key FROM dirty d JOIN paper_fts f "
    f"ON f.rowid = d.paper_id WHERE d.paper_id BETWEEN :low AND :high AND d.depth > {KIND}"
)
_WEIGHTS = ", ".join(str(BM25[name]) for name in ("title", "abstract", "notes", "authors", "key"))
_BEST = (
    f"SELECT rowid FROM (SELECT rowid, bm25(paper_fts, {_WEIGHTS}) AS how FROM paper_fts WHERE paper_fts MATCH ? "
    "ORDER BY rowid DESC LIMIT ?) ORDER BY how, rowid DESC"
)
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
    updates = (("known", KNOWN_BY, KEYS), ("update", INDEXED - KNOWN_BY, TEXTS), ("kind", KIND_BY, KIND))
    return [
        f"CREATE TRIGGER dirty_paper_insert AFTER INSERT ON paper BEGIN {_noted('VALUES (NEW.id, {})')}; END",
        *(
            f"CREATE TRIGGER dirty_paper_{name} AFTER UPDATE OF {', '.join(sorted(columns))} ON paper BEGIN "
            f"{_noted('VALUES (NEW.id, {})', depth)}; END"
            for name, columns, depth in updates
        ),
        f"CREATE TRIGGER dirty_paper_delete AFTER DELETE ON paper BEGIN {_noted('VALUES (OLD.id, {})')}; "
        f"{_noted('SELECT OLD.merged_into, {} WHERE OLD.merged_into IS NOT NULL')}; END",
        "CREATE TRIGGER dirty_paper_merge AFTER UPDATE OF merged_into ON paper BEGIN "
        + _noted(
            "SELECT OLD.merged_into, {0} WHERE OLD.merged_into IS NOT NULL "
            "UNION SELECT NEW.merged_into, {0} WHERE NEW.merged_into IS NOT NULL"
        )
        + "; END",
        *_dirty_versions(),
    ]


def _noted(rows: str, depth: int = KEYS) -> str:
    """Return the SQL that notes papers to index anew; of no paper less than was noted before."""
    return (
        f"INSERT INTO dirty (paper_id, depth) {rows.format(depth)} "
        "ON CONFLICT (paper_id) DO UPDATE SET depth = excluded.depth WHERE depth < excluded.depth"
    )


def _dirty_versions() -> list[str]:
    """A paper is found by the titles of its versions as well, where they are not its own."""

    def told(row: str) -> str:
        own = f"(SELECT title FROM paper WHERE id = {row}.paper_id)"
        return f"({row}.title <> '' AND {row}.title IS NOT {own})"

    moved = "(OLD.title, OLD.removed, OLD.paper_id) IS NOT (NEW.title, NEW.removed, NEW.paper_id)"
    return [
        f"CREATE TRIGGER dirty_version_insert AFTER INSERT ON paper_version WHEN {told('NEW')} "
        f"BEGIN {_noted('VALUES (NEW.paper_id, {})')}; END",
        "CREATE TRIGGER dirty_version_update AFTER UPDATE OF title, removed, paper_id ON paper_version "
        f"WHEN {moved} AND ({told('OLD')} OR {told('NEW')}) "
        f"BEGIN {_noted('VALUES (OLD.paper_id, {0}), (NEW.paper_id, {0})')}; END",
        f"CREATE TRIGGER dirty_version_delete AFTER DELETE ON paper_version WHEN {told('OLD')} "
        f"BEGIN {_noted('VALUES (OLD.paper_id, {})')}; END",
    ]


@cache
def triggers() -> tuple[str, ...]:
    """Return all triggers as SQL."""
    return (*(_journal(t, event) for t in journalled() for event in ("INSERT", "UPDATE", "DELETE")), *_dirty())


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


def held(session: Session, low: int, high: int) -> Mapping[int, Any]:
    """Return the rows of the search index, by paper."""
    return {row[0]: tuple(row) for row in session.execute(_HELD, {"low": low, "high": high})}


def as_held(row: tuple[Any, ...]) -> Any:
    """Return the row as it is."""
    return row


def best(_session: Session, words: str, most: int) -> tuple[str, list[Any]]:
    """Return the statement for the papers that fit an FTS5 expression, best first; of more than `most` the newest."""
    return _BEST, [words, most]


def empty_search(session: Session) -> None:
    """Empty the search index, which FTS5 can do row by row only: make it anew."""
    made = session.execute(text("SELECT sql FROM sqlite_master WHERE name = 'paper_fts'")).scalar_one()
    session.execute(text("DROP TABLE paper_fts"))
    session.connection().exec_driver_sql(made)
    session.execute(text("INSERT INTO paper_fts (paper_fts, rank) VALUES ('hashsize', 8388608)"))


def json_text(document: Any, path: str) -> ColumnElement[str]:
    """Return the text at a path of a JSON column."""
    found: ColumnElement[str] = func.json_extract(document, path)
    return found


@contextmanager
def stopping(session: Session) -> Iterator[Callable[[], None]]:
    """Give what ends the statement that a session runs, from any thread."""
    connection = session.connection().connection.dbapi_connection
    assert isinstance(connection, sqlite3.Connection)
    yield connection.interrupt


def ids(
    session: Session, sql: str, values: Iterable[object] = (), *, is_long: bool, begins: bool = False
) -> Generator[array[int]]:
    """Yield the ids that a statement finds, as they stand in one text.

    SQLite gives the interpreter away at each row, and gets it back late while another thread computes: 100,000 ids
    then take 0.3 s as rows, and 0.03 s as a text. Of one that `begins` with few rows, those come by themselves.
    """
    connection, given, rest = session.connection().connection, tuple(values), sql
    if is_long and begins:
        known = 0
        for head in _as_text(connection, f"{sql} LIMIT {BEGINNING}", given):
            yield head
            known += len(head)
        if known < BEGINNING:
            return
        rest = f"{sql} LIMIT -1 OFFSET {BEGINNING}"
    yield from _as_text(connection, rest, given)


def _as_text(connection: PoolProxiedConnection, sql: str, values: tuple[object, ...]) -> Iterator[array[int]]:
    found = connection.cursor()
    try:
        # A subquery of an aggregate keeps its order: SQLite flattens none that is sorted.
        found.execute(f"WITH found(id) AS ({sql}) SELECT json_group_array(id) FROM found", values)
        (text_,) = found.fetchone() or ("[]",)
    finally:
        found.close()
    yield from _read(text_, "q")


def _read(text_: str, kind: str) -> Iterator[array[int]]:
    """Yield the ids that stand in a text, part by part."""
    start, end = 1, len(text_) - 1
    while start < end or start == 1:
        stop = text_.find(",", start + PIECE, end)
        stop = end if stop < 0 else stop
        yield array(kind, json.loads(f"[{text_[start:stop]}]"))
        start = stop + 1


def groups(
    session: Session, sql: str, values: Iterable[object] = (), *, is_long: bool
) -> Iterator[tuple[Hashable, array[int]]]:
    """Yield the values that a statement finds, each with its ids as they stand in one text."""
    found = cursor(session, f"SELECT value, json_group_array(id) FROM ({sql}) GROUP BY value", values, is_long=is_long)
    try:
        while row := found.fetchone():
            value, text_ = row
            ids = array("I")
            for part in _read(text_, "I"):
                ids.extend(part)
            yield value, ids
    finally:
        found.close()


def cursor(session: Session, sql: str, values: Iterable[object] = (), *, is_long: bool) -> DBAPICursor:
    """Run a statement past SQLAlchemy; SQLite makes the rows of every answer as they are fetched."""
    del is_long
    found = session.connection().connection.cursor()
    found.execute(sql, tuple(values))
    return found


def damage(session: Session) -> Iterator[tuple[str, int | None]]:
    """Yield what SQLite's own checks find, with the row."""
    # From SQLite 3.44 on this checks the search index, against what the connection remembers of it: a connection that
    # has not looked into it since another one wrote calls it damaged.
    with suppress(DatabaseError):  # what is really damaged is found below
        session.execute(text("SELECT rowid FROM paper_fts LIMIT 1")).all()
    for (verdict,) in session.execute(text("PRAGMA integrity_check")):
        if verdict != "ok":
            yield f"The file is damaged: {verdict}", None
    for row in session.execute(text("PRAGMA foreign_key_check")):
        yield f"A row of {row[0]} points to a missing row of {row[2]}", row[1]
