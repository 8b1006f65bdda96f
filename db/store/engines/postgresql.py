"""What only PostgreSQL does in its own way: functions under SQLite's names, triggers, the full-text index."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKeyConstraint, Integer, text

from db.store.engines import searched
from db.store.noting import INDEXED, journalled, key_columns
from db.store.schema import Base

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Table
    from sqlalchemy.orm import Session

COLUMNS = ("title", "abstract", "notes", "authors", "key")
_SEARCHED = "INSERT INTO paper_fts (rowid, words) VALUES (?, CAST(? AS tsvector))"
_UNNOTED = "sheaf.unnoted"
"""Set inside a transaction while inserted papers and sightings are noted in bulk."""
_BY_NUMBER = frozenset({"change"})
"""Tables whose rows are numbered by a sequence; others use the ids of the last rows again, as SQLite does."""

FUNCTIONS = (
    # The ids and flags that the store reads out of JSON: a flag is 1 or 0, as in SQLite.
    """CREATE OR REPLACE FUNCTION json_extract(document text, path text) RETURNS bigint IMMUTABLE STRICT LANGUAGE sql AS
    $$ SELECT CASE jsonb_typeof(found) WHEN 'number' THEN found::bigint WHEN 'boolean' THEN found::boolean::int END
    FROM (SELECT jsonb_path_query_first(document::jsonb, path::jsonpath) AS found) asked $$""",
    """CREATE OR REPLACE FUNCTION json_valid(document text) RETURNS boolean IMMUTABLE STRICT LANGUAGE plpgsql AS
    $$ BEGIN PERFORM document::json; RETURN true; EXCEPTION WHEN others THEN RETURN false; END $$""",
    # RFC 7396 for one level, which is all that is asked of it; the order of the names stays.
    """CREATE OR REPLACE FUNCTION json_patch(document text, patch text) RETURNS text IMMUTABLE STRICT LANGUAGE sql AS
    $$ SELECT coalesce(json_object_agg(name, value ORDER BY at), '{}')::text FROM (
        SELECT o.key AS name, coalesce(n.value, o.value) AS value, o.at
          FROM pg_catalog.json_each(document::json) WITH ORDINALITY o(key, value, at)
          LEFT JOIN pg_catalog.json_each(patch::json) n ON n.key = o.key
        UNION ALL SELECT n.key, n.value, 1000000 + n.at
          FROM pg_catalog.json_each(patch::json) WITH ORDINALITY n(key, value, at)
         WHERE NOT EXISTS (SELECT 1 FROM pg_catalog.json_each(document::json) o WHERE o.key = n.key)
    ) merged WHERE json_typeof(value) <> 'null' $$""",
    """CREATE OR REPLACE FUNCTION next_row_id(name text) RETURNS bigint VOLATILE LANGUAGE plpgsql AS
    $$ DECLARE found bigint; BEGIN
        EXECUTE format('SELECT coalesce(max(id), 0) + 1 FROM %I', name) INTO found; RETURN found; END $$""",
)
# One function for all tables; its arguments are the columns of the primary key. See `sqlite` for what it writes.
NOTE_CHANGE = """CREATE OR REPLACE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    step bigint := (SELECT step_id FROM journal_state);
    whole json;
    before text;
    after text;
BEGIN
    IF step IS NULL THEN RETURN NULL; END IF;
    IF TG_OP = 'DELETE' THEN
        whole := to_json(OLD);
        before := whole::text;
    ELSE
        whole := to_json(NEW);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        SELECT json_object_agg(o.key, o.value ORDER BY o.at)::text, json_object_agg(o.key, n.value ORDER BY o.at)::text
          INTO before, after
          FROM pg_catalog.json_each(to_json(OLD)) WITH ORDINALITY o(key, value, at)
          JOIN pg_catalog.json_each(whole) n ON n.key = o.key WHERE n.value::text IS DISTINCT FROM o.value::text;
        IF before IS NULL THEN RETURN NULL; END IF;
    END IF;
    INSERT INTO change (step_id, table_name, row_key, before, after)
    SELECT step, TG_TABLE_NAME, '[' || string_agg((whole -> name)::text, ',' ORDER BY at) || ']', before, after
      FROM unnest(TG_ARGV) WITH ORDINALITY k(name, at);
    RETURN NULL;
END $$"""
NOTE_PAPER = """CREATE OR REPLACE FUNCTION note_paper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO dirty (paper_id) VALUES (CASE TG_OP WHEN 'DELETE' THEN OLD.id ELSE NEW.id END) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$"""
_TRIGGERS = (
    "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace "
    "AND (t.tgname ^@ 'journal_' OR t.tgname ^@ 'dirty_')"
)


def make(connection: Connection) -> None:
    """Make all that a library consists of in an empty schema, but for the triggers."""
    run = connection.exec_driver_sql
    for function in FUNCTIONS:
        run(function)
    Base.metadata.create_all(connection)
    for table in Base.metadata.sorted_tables:
        for constraint in table.constraints:
            if isinstance(constraint, ForeignKeyConstraint):
                run(f'ALTER TABLE "{table.name}" ALTER CONSTRAINT "{constraint.name}" DEFERRABLE')
        if "id" in table.c and isinstance(table.c.id.type, Integer) and table.name not in _BY_NUMBER:
            run(f"""ALTER TABLE "{table.name}" ALTER COLUMN id SET DEFAULT next_row_id('{table.name}')""")
            run(f'DROP SEQUENCE IF EXISTS "{table.name}_id_seq"')
    run("INSERT INTO journal_state (id, step_id) VALUES (1, NULL)")
    run("CREATE TABLE dirty (paper_id bigint PRIMARY KEY)")
    run("CREATE TABLE paper_fts (rowid bigint PRIMARY KEY, words tsvector NOT NULL)")
    run("CREATE INDEX ix_paper_fts_words ON paper_fts USING gin (words)")
    run("ALTER TABLE live_entry ADD COLUMN rowid bigserial")  # entries are listed in the order in which they came
    run("CREATE TABLE written (times bigint NOT NULL)")
    run("INSERT INTO written (times) VALUES (0)")


def image(_table: Table, row: str) -> str:
    """Return the SQL expression of a whole row as JSON text."""
    return f"to_json({row})::text"


def triggers() -> list[str]:
    """Return the triggers that keep the journal and the list of papers to index anew, as SQL."""
    unnoted = f"WHEN (current_setting('{_UNNOTED}', true) IS DISTINCT FROM 'on')"
    made = [NOTE_CHANGE, NOTE_PAPER]
    for table in journalled():
        keys = ", ".join(f"'{name}'" for name in key_columns(table))
        for event in ("insert", "update", "delete"):
            when = unnoted if event == "insert" and table.name in ("paper", "sighting") else ""
            made.append(
                f'CREATE TRIGGER journal_{table.name}_{event} AFTER {event} ON "{table.name}" '
                f"FOR EACH ROW {when} EXECUTE FUNCTION note_change({keys})"
            )
    update = "update OF " + ", ".join(sorted(INDEXED))
    for event, on, when in (("insert", "insert", unnoted), ("update", update, ""), ("delete", "delete", "")):
        made.append(
            f"CREATE TRIGGER dirty_paper_{event} AFTER {on} ON paper FOR EACH ROW {when} EXECUTE FUNCTION note_paper()"
        )
    return made


def drop_triggers(session: Session) -> None:
    """Drop the triggers that this or another version made."""
    for name, table in session.execute(text(_TRIGGERS)).all():
        session.execute(text(f'DROP TRIGGER "{name}" ON "{table}"'))


@contextmanager
def inserts_unnoted(session: Session) -> Iterator[None]:
    """Let the triggers on inserted papers and sightings note nothing inside."""
    session.execute(text(f"SET LOCAL {_UNNOTED} = 'on'"))
    yield
    session.flush()
    session.execute(text(f"SET LOCAL {_UNNOTED} = 'off'"))


def defer_foreign_keys(session: Session) -> None:
    """Check foreign keys at the end of the transaction only."""
    session.execute(text("SET CONSTRAINTS ALL DEFERRED"))


def search_among(session: Session, rows: Sequence[tuple[Any, ...]]) -> None:
    """Put papers, (id, title, abstract, notes, authors, key), into the search index."""
    made = [(row[0], searched.vector(list(zip(COLUMNS, row[1:], strict=True)))) for row in rows]
    if made:
        session.connection().exec_driver_sql(_SEARCHED, made)


def empty_search(session: Session) -> None:
    """Empty the search index."""
    session.execute(text("DELETE FROM paper_fts"))


def damage(_session: Session) -> Iterator[tuple[str, int | None]]:
    """Yield nothing: the server sees to its files, and its foreign keys hold."""
    yield from ()
