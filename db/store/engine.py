"""Connections to a library file: one writer, any number of readers that can change nothing.

The rules come from measured failures: a write starts with BEGIN IMMEDIATE (a later upgrade to a write lock
fails at once, whatever the timeout), synchronous=FULL loses nothing at a power cut, and readers are
opened `mode=ro`, so that no connection but the writer's ever checkpoints.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import threading
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool

from db.domain.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

BUSY_SECONDS = 10.0
READERS = 4


def file_uri(path: Path, **options: str) -> str:
    """Return the SQLite URI of a file, safe for names with `?`, `#` and `%`."""
    query = "&".join(f"{name}={value}" for name, value in options.items())
    return f"file:{quote(os.fsencode(path.absolute()))}?{query}"


class _Writer(sqlite3.Connection):
    """A connection whose close leaves the write-ahead log beside the file.

    SQLite takes the log away with the last connection, and tells by file locks whether it is the last. A process loses
    those when anything in it opens the file and closes it again, as a dialog does that looks what kind of file it
    is. Then the log would go while another Sheaf writes into it, and what that writes be lost.
    """

    def close(self) -> None:
        with suppress(sqlite3.Error), closing(sqlite3.connect(self._reading(), uri=True)) as other:
            other.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on, ours is not the last one
            super().close()
        super().close()

    def _reading(self) -> str:
        (_number, _name, path), *_more = self.execute("PRAGMA database_list").fetchall()
        return file_uri(Path(path), mode="ro")


def _connect(uri: str, *pragmas: str, kind: type[sqlite3.Connection] = sqlite3.Connection) -> sqlite3.Connection:
    """Open a connection that leaves transactions to SQLAlchemy's events and may move between threads."""
    found = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, factory=kind
    )
    try:
        for pragma in pragmas:
            found.execute(f"PRAGMA {pragma}")
        found.create_function("version_kind", 5, _version_kind, deterministic=True)
        found.create_function("folded", 1, _folded, deterministic=True)
    except BaseException:
        found.close()
        raise
    return found


def _folded(value: str | None) -> str:
    """Return a text in small letters without accents; for searches alone."""
    return fold(value) if value else ""


def _version_kind(
    entry_type: str, venue: str | None, doi: str | None, arxiv_id: str | None, abstract: int
) -> str | None:
    """Answer what kind of version a paper is, for the migration that fills the column of it."""
    from db.domain.versions import Told, kind  # first when it is asked: opening a library does not need it

    found = kind(Told(entry_type, venue, doi, arxiv_id, bool(abstract)))
    return found.value if found else None


def writer_engine(path: Path) -> Engine:
    """Return the engine with the one connection that writes; the file is made when missing."""

    def connect() -> sqlite3.Connection:
        return _connect(
            file_uri(path, mode="rwc"),
            "foreign_keys = ON",
            # Else a row that INSERT OR REPLACE removes would be missing from the journal.
            "recursive_triggers = ON",
            "journal_mode = WAL",
            "synchronous = FULL",
            "cache_size = -65536",  # KiB
            kind=_Writer,
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    event.listen(engine, "begin", _begin("BEGIN IMMEDIATE"))
    return engine


def rows_written(writer: Engine) -> int:
    """Return how many rows a connection has written since it was opened, those of triggers, too."""
    with closing(writer.raw_connection()) as raw:
        assert isinstance(raw.driver_connection, sqlite3.Connection)
        return raw.driver_connection.total_changes


def empty_cache(writer: Engine) -> None:
    """Give back the memory in which a connection keeps pages of the file."""
    with closing(writer.raw_connection()) as raw:
        assert isinstance(raw.driver_connection, sqlite3.Connection)
        raw.driver_connection.execute("PRAGMA shrink_memory")
    if sys.platform == "linux":
        import ctypes

        # What is freed in threads stays with the C library else: 70 MB after 100,000 papers were tagged.
        with suppress(AttributeError):  # it is not glibc
            ctypes.CDLL(None).malloc_trim(0)


def fold_log(writer: Engine) -> None:
    """Bring what the write-ahead log holds into the file and empty it, as far as nobody reads from it."""
    raw = writer.raw_connection()
    try:
        with suppress(sqlite3.Error):  # what stays in the log is as safe there
            connection = raw.driver_connection
            assert isinstance(connection, sqlite3.Connection)
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        raw.close()


def reader_engine(path: Path) -> Engine:
    """Return the engine whose pooled connections only read; usable from any thread."""
    uri = _reading_uri(path)

    def connect() -> sqlite3.Connection:
        return _connect(uri, "query_only = ON", "cache_size = -2048")  # KiB

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=READERS, max_overflow=READERS)
    event.listen(engine, "begin", _begin("BEGIN"))
    return engine


class Watcher:
    """A connection of its own that notices what other processes wrote."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        self._own = 0  # how far the library's own writes have moved the number
        self._told = 0
        self._writes = 0

    def data_version(self) -> int:
        """Return a number that differs once another process has changed the file."""
        with self._lock:
            if not self._writes:  # in the middle of a write, nobody else's can be told from it
                self._told = self._read() - self._own
            return self._told

    @contextmanager
    def own_write(self) -> Iterator[None]:
        """Leave what is committed inside out of the count; nobody else may write meanwhile."""
        with self._lock:
            watched = self._connection is not None
            before = self._read() if watched else 0
            self._writes += 1
        try:
            yield
        finally:
            with self._lock:
                self._writes -= 1
                if watched and self._connection is not None:
                    self._own += self._read() - before

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def _read(self) -> int:
        if self._connection is None:
            self._connection = sqlite3.connect(_reading_uri(self._path), uri=True, check_same_thread=False)
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        return int(version)


def _reading_uri(path: Path) -> str:
    return file_uri(path, mode="ro", **({"immutable": "1"} if is_at_rest(path) else {}))


def is_at_rest(path: Path) -> bool:
    """Tell whether a file lies where nothing can be written and has no open write-ahead log.

    A WAL library cannot be read in a read-only folder, as its shared memory cannot be made there, unless
    SQLite is told that the file does not change.
    """
    probe = path.parent / f".{path.name}.probe"
    try:
        probe.touch()
        probe.unlink()
    except OSError:
        return not has_log(path)
    return False


def has_log(path: Path) -> bool:
    """Tell whether the write-ahead log of a library holds anything."""
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _begin(statement: str) -> Any:
    def begin(connection: Any) -> None:
        connection.exec_driver_sql(statement)

    return begin
