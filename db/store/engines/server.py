"""Connections to a library on a PostgreSQL server: one writer at a time, readers that can change nothing.

A writer holds an advisory lock from the first statement of its transaction to the commit, so that writes of several
people follow each other as they do in a file. Readers see one moment of the library a transaction.
"""

from __future__ import annotations

import importlib
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from db.domain.errors import LibraryError
from db.store.engines.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

DRIVER = "postgresql+psycopg"
READERS = 4
LOCK_SECONDS = 10
LOCK = 7_355_608
"""Any number, the same in every Sheaf: advisory locks hold within one database."""
PLANS = " ".join(
    f"-c {one}"
    for one in (
        "client_min_messages=warning",
        "jit=off",
        # Rows are wide, and a look at the words of a paper costs more than the server thinks: indexes answer here.
        "enable_seqscan=off",
        "cpu_operator_cost=0.025",
        "random_page_cost=1.1",
        "cursor_tuple_fraction=1.0",  # all of a long answer is wanted, not its beginning alone
        "work_mem=64MB",  # a million ids
        "max_parallel_workers_per_gather=0",  # they read the same three times: answers came later, not sooner
    )
)
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
BEGUN = f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'; SELECT pg_advisory_xact_lock({LOCK}); SET LOCAL lock_timeout = 0"


def address(text: str) -> URL:
    """Return the address of a library on a server. Raises LibraryError for another, and without the driver."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise LibraryError(f"{text} is not the address of a library. {EXAMPLE}") from error
    if url.drivername not in (DRIVER, "postgresql") or not url.database:
        raise LibraryError(f"{url.render_as_string()} is not the address of a library. {EXAMPLE}")
    try:
        importlib.import_module("psycopg")  # here, where the answer can be said in words
    except ImportError as error:
        raise LibraryError(
            "Libraries on a server need the package psycopg, which is not installed. Nothing was changed. "
            "Install it with: pip install 'sheaf[postgres]'"
        ) from error
    return url.set(drivername=DRIVER)


EXAMPLE = f"Give the path of a file, or {DRIVER}://USER@HOST/DATABASE."


def writer_engine(url: URL) -> Engine:
    """Return the engine with the one connection that writes."""
    engine = _engine(url, "", size=1, more=0)
    event.listen(engine, "begin", _begin)
    return engine


def reader_engine(url: URL) -> Engine:
    """Return the engine whose pooled connections only read; usable from any thread."""
    options = r"-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\ read"
    return _engine(url, options, size=READERS, more=READERS)


def revision(connection: Connection) -> str | None:
    """Return the schema revision of a database, None for an empty one.

    Raises LibraryError when the database holds something else, or cannot hold every text.
    """
    if (encoding := connection.exec_driver_sql("SHOW server_encoding").scalar()) != "UTF8":
        raise LibraryError(
            f"This database keeps its texts in {encoding}, which has no place for many characters. "
            "Nothing was changed. Make one with: createdb --encoding=UTF8 --template=template0 NAME"
        )
    tables = set(connection.exec_driver_sql(_TABLES).scalars())
    if not tables:
        return None
    if "alembic_version" not in tables or "paper" not in tables:
        raise LibraryError(
            "This database holds tables of another program, and no Sheaf library. Nothing was changed. "
            "Make a database for the library alone: createdb NAME"
        )
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    return None if found is None else str(found)


def _engine(url: URL, options: str, *, size: int, more: int) -> Engine:
    engine = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=more,
        pool_pre_ping=True,  # the server may have been started anew
        connect_args={"options": f"{options} {PLANS}".strip(), "connect_timeout": 10},
    )
    # A cursor on the server that is left halfway, as by a cancel, would outlive its transaction here.
    engine.dialect.supports_server_side_cursors = False
    event.listen(engine, "before_cursor_execute", _speak, retval=True)
    return engine


def _speak(_connection: Connection, _cursor: Any, statement: str, parameters: Any, context: Any, _many: bool) -> Any:
    said = spoken(statement, compiled=context.compiled is not None)
    return said.sql, list(map(said.values, parameters)) if isinstance(parameters, list) else said.values(parameters)


def _begin(connection: Any) -> None:
    for statement in BEGUN.split("; "):
        connection.exec_driver_sql(statement)
    if connection.exec_driver_sql("SELECT to_regclass('written')").scalar() is not None:
        connection.exec_driver_sql("UPDATE written SET times = times + 1")


class Watcher:
    """Notices what other processes wrote: each write counts itself, and the own ones are left out."""

    def __init__(self, readers: Engine) -> None:
        self._readers = readers
        self._lock = threading.Lock()
        self._own = 0
        self._told = 0
        self._writes = 0

    def data_version(self) -> int:
        """Return a number that differs once another process has changed the library."""
        with self._lock:
            if not self._writes:  # in the middle of a write, nobody else's can be told from it
                with self._readers.connect() as connection:
                    times = connection.exec_driver_sql("SELECT times FROM written").scalar_one()
                self._told = int(times) - self._own
            return self._told

    @contextmanager
    def own_write(self) -> Iterator[None]:
        """Leave the one write that is committed inside out of the count."""
        with self._lock:
            self._writes += 1
        written = 0
        try:
            yield
            written = 1
        finally:
            with self._lock:
                self._writes -= 1
                self._own += written

    def close(self) -> None:
        """Hold nothing: the connections are those of the readers."""
