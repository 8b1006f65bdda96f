"""What only PostgreSQL does in its own way: triggers, the full-text index, ending a statement."""

from __future__ import annotations

import hashlib
import threading
from array import array
from contextlib import contextmanager, suppress
from itertools import chain, count, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, text

from db.store.engines import functions, heads, ranked, searched
from db.store.engines.spoken import spoken
from db.store.idset import PART
from db.store.noting import INDEXED, KEYS, KIND, KIND_BY, KNOWN_BY, TEXTS, journalled, key_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Hashable, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine.interfaces import DBAPICursor
    from sqlalchemy.orm import Session

COLUMNS = ("title", "abstract", "notes", "authors", "key")
_SEARCHED = (
    "INSERT INTO paper_fts (rowid, words, length, made_of) SELECT rowid, CAST(words AS tsvector), length, made_of "
    "FROM unnest(CAST(? AS bigint[]), CAST(? AS text[]), CAST(? AS integer[]), CAST(? AS bytea[])) "
    "AS made(rowid, words, length, made_of)"
)
_HELD = text(
    "SELECT f.rowid, f.made_of FROM dirty d JOIN paper_fts f "
    f"ON f.rowid = d.paper_id WHERE d.paper_id BETWEEN :low AND :high AND d.depth > {KIND}"
)
CANCEL_SECONDS = 5
_NUMBERS = count(1)
_OF_VERSIONS = "title, removed, paper_id"
_UNNOTED = "sheaf.unnoted"
"""Set inside a transaction while inserted papers and sightings are noted in bulk."""
_TRIGGERS = (
    "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace "
    "AND (t.tgname ^@ 'journal_' OR t.tgname ^@ 'dirty_' OR t.tgname ^@ 'words_')"
)


def image(_table: Table, row: str) -> str:
    """Return the SQL expression of a whole row as JSON text."""
    return f"to_json({row})::text"


def triggers() -> list[str]:
    """Return the triggers that keep the journal and the list of papers to index anew, as SQL."""
    unnoted = f"WHEN (current_setting('{_UNNOTED}', true) IS DISTINCT FROM 'on')"
    made = [*functions.FUNCTIONS, *functions.OF_TRIGGERS, *heads.MADE]  # a newer version may have others
    for table in journalled():
        keys = ", ".join(f"'{name}'" for name in key_columns(table))
        for event in ("insert", "update", "delete"):
            when = unnoted if event == "insert" and table.name in ("paper", "sighting") else ""
            made.append(
                f'CREATE TRIGGER journal_{table.name}_{event} AFTER {event} ON "{table.name}" '
                f"FOR EACH ROW {when} EXECUTE FUNCTION note_change({keys})"
            )
    return made + [
        f"CREATE TRIGGER dirty_{name} AFTER {on} FOR EACH ROW {when} EXECUTE FUNCTION {function}"
        for name, on, when, function in (
            ("paper_insert", "INSERT ON paper", unnoted, f"note_paper('{KEYS}')"),
            ("paper_known", f"UPDATE OF {_listed(KNOWN_BY)} ON paper", "", f"note_paper('{KEYS}')"),
            ("paper_update", f"UPDATE OF {_listed(INDEXED - KNOWN_BY)} ON paper", "", f"note_paper('{TEXTS}')"),
            ("paper_kind", f"UPDATE OF {_listed(KIND_BY)} ON paper", "", f"note_paper('{KIND}')"),
            ("paper_delete", "DELETE ON paper", "", "note_paper()"),
            ("paper_merge", "UPDATE OF merged_into ON paper", "", "note_merge()"),
            ("version", f"INSERT OR DELETE OR UPDATE OF {_OF_VERSIONS} ON paper_version", "", "note_version()"),
        )
    ]


def _listed(names: Collection[str]) -> str:
    return ", ".join(sorted(names))


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
    made = [(row[0], *searched.vector(list(zip(COLUMNS, row[1:], strict=True))), as_held(row)) for row in rows]
    if made:
        session.connection().exec_driver_sql(_SEARCHED, tuple(map(list, zip(*made, strict=True))))


def held(session: Session, low: int, high: int) -> Mapping[int, bytes]:
    """Return the hashes of what the search index was made of, by paper."""
    return {number: bytes(made_of) for number, made_of in session.execute(_HELD, {"low": low, "high": high})}


def as_held(row: tuple[Any, ...]) -> bytes:
    """Return the hash of a row."""
    return hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=12).digest()


def best(session: Session, words: str, most: int) -> tuple[str, list[Any]]:
    """Return the statement for the papers that fit an FTS5 expression, best first; of more than `most` the newest."""
    return ranked.best(session, searched.asked(words), most)


def empty_search(session: Session) -> None:
    """Empty the search index."""
    session.execute(text("DELETE FROM paper_fts"))


def json_text(document: Any, path: str) -> ColumnElement[str]:
    """Return the text at a path of a JSON column."""
    found: ColumnElement[str] = func.json_text(document, path)
    return found


@contextmanager
def stopping(session: Session) -> Iterator[Callable[[], None]]:
    """Give what ends the statement that a session runs, from any thread: another connection asks the server to."""
    connection: Any = session.connection().connection.driver_connection
    asking: list[threading.Thread] = []

    def ask() -> None:
        with suppress(Exception):  # of a server that is gone, the statement itself tells
            connection.cancel_safe(timeout=CANCEL_SECONDS)

    def stop() -> None:
        asking.append(threading.Thread(target=ask, daemon=True))
        asking[-1].start()

    try:
        yield stop
    finally:
        for one in asking:  # or it would end what the connection is used for next
            one.join()


def ids(
    session: Session, sql: str, values: Iterable[object] = (), *, is_long: bool, begins: bool = False
) -> Generator[array[int]]:
    """Yield the ids that a statement finds as they come."""
    del begins
    found = cursor(session, sql, values, is_long=is_long)
    try:
        while rows := found.fetchmany(PART):
            yield array("q", [one for (one,) in rows])
    finally:
        found.close()


def groups(
    session: Session, sql: str, values: Iterable[object] = (), *, is_long: bool
) -> Iterator[tuple[Hashable, array[int]]]:
    """Yield the values that a statement finds, each with its ids as they come."""
    found = cursor(session, f"{sql} ORDER BY 1", values, is_long=is_long)
    try:
        rows = chain.from_iterable(iter(lambda: found.fetchmany(PART), []))
        for value, some in groupby(rows, itemgetter(0)):
            yield value, array("I", [one for _value, one in some])
    finally:
        found.close()


def cursor(session: Session, sql: str, values: Iterable[object] = (), *, is_long: bool) -> DBAPICursor:
    """Run a statement past SQLAlchemy; a long answer stays on the server, which makes its rows as they are fetched."""
    said = spoken(sql, compiled=False)
    connection: Any = session.connection().connection.driver_connection
    found: DBAPICursor = connection.cursor(f"long_{next(_NUMBERS)}") if is_long else connection.cursor()
    try:
        found.execute(said.sql, said.values(tuple(values)))
    except BaseException:
        found.close()
        raise
    return found


def damage(_session: Session) -> Iterator[tuple[str, int | None]]:
    """Yield nothing: the server sees to its files, and its foreign keys hold."""
    yield from ()
