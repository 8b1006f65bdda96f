"""A library's tables on a PostgreSQL server: made at once from the models, or fitted after a migration.

Migrations are written for both engines in SQLAlchemy's plain types. What a server needs beside them is the same for
every table, so `fit` does it by itself: wide numbers, texts that sort byte by byte, foreign keys that can wait for
the end of a transaction, ids that are given again as in SQLite, indexes in which nothing comes before anything.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import Integer
from sqlalchemy.exc import DBAPIError

from db.store.engines import functions
from db.store.schema import Base

if TYPE_CHECKING:
    from sqlalchemy import Connection

PARTS = {
    "organization": "folded(organization)",
    "organization_slug": "folded(organization_slug)",
    "venue": "folded(venue)",
    "citation_key": "citation_key",
}
"""Columns of a paper of which parts are searched for, and beginnings without regard to capitals."""
_HAS_TRIGRAMS = "SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'"
_OWN = (
    "CREATE TABLE dirty (paper_id bigint PRIMARY KEY, depth integer NOT NULL DEFAULT 2)",
    "CREATE TABLE paper_fts (rowid bigint PRIMARY KEY, words tsvector NOT NULL, length integer NOT NULL, "
    "made_of bytea NOT NULL)",
    # Words apart from the rows, which are then read in no time: most questions are answered by the index alone.
    "ALTER TABLE paper_fts ALTER COLUMN words SET STORAGE EXTERNAL",
    "ALTER TABLE paper_fts SET (toast_tuple_target = 128)",
    "CREATE INDEX ix_paper_fts_words ON paper_fts USING gin (words)",
    "ALTER TABLE live_entry ADD COLUMN rowid bigserial",  # entries are listed in the order in which they came
    "CREATE TABLE written (times bigint NOT NULL)",
    "INSERT INTO written (times) VALUES (0)",
    "INSERT INTO journal_state (id, step_id) VALUES (1, NULL)",
)
_BY_NUMBER = frozenset({"change"})
"""Tables whose rows are numbered by a sequence; others use the ids of the last rows again, as SQLite does."""
_LISTED = frozenset(("state", "added_at", "arxiv_id", "doi", "step_id"))
"""The first columns of indexes that lists are read from in order: in a file indexes hold the ids, so here, too."""
_TYPES = (
    "SELECT table_name, column_name, CASE data_type WHEN 'integer' THEN 'bigint' ELSE 'varchar COLLATE \"C\"' END "
    "FROM information_schema.columns WHERE table_schema = current_schema() AND (data_type IN ('integer', 'json') "
    "OR (data_type IN ('character varying', 'text') AND collation_name IS DISTINCT FROM 'C'))"
)
_IMPATIENT = (
    "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f' AND NOT condeferrable "
    "AND connamespace = current_schema()::regnamespace"
)
_NUMBERED = (
    "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'id' "
    "AND coalesce(column_default, '') NOT LIKE 'next_row_id(%'"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"


def make(connection: Connection) -> None:
    """Make all that a library consists of in an empty schema, but for the triggers."""
    for function in functions.FUNCTIONS:
        connection.exec_driver_sql(function)
    _narrow()
    Base.metadata.create_all(connection)
    for statement in _OWN:
        connection.exec_driver_sql(statement)
    fit(connection)
    _make_parts(connection)


def _narrow() -> None:
    """Let indexes hold the rows that they hold in a file; said in the models, each start would load this dialect."""
    for table in Base.metadata.tables.values():
        for index in table.indexes:
            index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]


def fit(connection: Connection) -> None:
    """Let the tables of the models be what a library on a server needs, whatever made them."""
    run = connection.exec_driver_sql
    for table, column, kind in run(_TYPES).all():
        if table in Base.metadata.tables:
            run(f'ALTER TABLE "{table}" ALTER COLUMN "{column}" TYPE {kind}')
    for table, name in run(_IMPATIENT).all():
        run(f'ALTER TABLE {table} ALTER CONSTRAINT "{name}" DEFERRABLE')
    numbered = set(run(_NUMBERED).scalars())
    for table in Base.metadata.tables.values():
        if table.name in numbered - _BY_NUMBER and isinstance(table.c.id.type, Integer):
            run(f"""ALTER TABLE "{table.name}" ALTER COLUMN id SET DEFAULT next_row_id('{table.name}')""")
            run(f'DROP SEQUENCE IF EXISTS "{table.name}_id_seq"')
    _sort(connection)


def _sort(connection: Connection) -> None:
    """Let indexes answer lists of ids alone, in the order of sorts: nothing before anything, then by id.

    Those of changes, too: an undo reads a step part by part, and should not sort the whole of it each time.
    """
    run = connection.exec_driver_sql
    made = {str(name): str(definition) for name, definition in run(_INDEXES)}
    for index in Base.metadata.tables["paper"].indexes | Base.metadata.tables["change"].indexes:
        names = [f"{column.name}{' NULLS FIRST' if column.nullable else ''}" for column in index.columns]
        wanted, definition = f"({', '.join([*names, 'id'])})", made[str(index.name)]
        # As the models have it, or as an earlier version made it.
        if index.columns[0].name in _LISTED and wanted not in definition:
            run(f'DROP INDEX "{index.name}"')
            run(_BRACKETS.sub(wanted, definition, count=1))


def _make_parts(connection: Connection) -> None:
    """Make what finds parts of words, where the server has it; without it such searches look through all papers."""
    if connection.exec_driver_sql(_HAS_TRIGRAMS).first() is None:
        return
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DBAPIError:
        return  # who may make a database may not everywhere make this
    for name, said in PARTS.items():
        connection.exec_driver_sql(f"CREATE INDEX ix_paper_{name}_parts ON paper USING gin ({said} gin_trgm_ops)")
