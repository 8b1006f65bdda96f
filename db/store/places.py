"""Where a library is: a file, or a database of a PostgreSQL server. What opening one needs to know of either."""

from __future__ import annotations

import os
from contextlib import contextmanager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from db.domain.errors import LibraryError
from db.store import engine, failures, upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from filelock import FileLock
    from sqlalchemy import Connection, Engine

LOCK_SECONDS = 10.0
MUCH = 10_000
"""Rows after which a write has taken memory that is worth giving back."""


class Watching(Protocol):
    """Notices what other processes wrote."""

    def data_version(self) -> int:
        """Return a number that differs once another process has changed the library."""

    def own_write(self) -> AbstractContextManager[None]:
        """Leave what is committed inside out of the count."""

    def close(self) -> None:
        """Close the connection."""


class Place(Protocol):
    """A library that can be opened. `path` is that of the file, or the name of the database.

    `address` is for people, without a password; `whole_address` is what opens the library once more.
    """

    path: Path
    address: str
    whole_address: str

    def ready(self, *, create: bool) -> None:
        """See that there is something to open. Raises LibraryError."""

    def revision(self) -> str | None:
        """Return the schema revision, None for an empty place. Raises LibraryError for what is no library."""

    def is_read_only(self) -> bool:
        """Tell whether nothing can be written here."""

    def engines(self, *, read_only: bool) -> tuple[Engine, Engine | None, Watching]:
        """Return the engine that reads, the one that writes, and what notices the writes of others."""

    def locked(self, seconds: float = LOCK_SECONDS) -> AbstractContextManager[None]:
        """Let nobody else write inside. Raises LibraryError when somebody does for too long."""

    def in_words(self) -> AbstractContextManager[None]:
        """Turn the errors that can be expected into LibraryError."""

    def before_upgrade(self, found: str) -> None:
        """Keep what an upgrade could spoil."""

    def after_write(self, writer: Engine) -> None:
        """Give back the memory that a change took, if it was a big one."""

    def has_log(self) -> bool:
        """Tell whether anything lies beside the library, perhaps of a program that was killed."""

    def at_rest(self, writer: Engine) -> None:
        """Leave what was written where another program that copies the library finds all of it."""

    def make(self, connection: Connection, found: str | None) -> None:
        """Bring the schema from the revision `found` to this version's."""


class FilePlace:
    """A library file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.address = self.whole_address = str(path)
        self._written = 0

    @cached_property
    def _lock(self) -> FileLock:
        from filelock import FileLock  # only a change takes the lock, and the first rows need not wait for this

        return FileLock(f"{self.path}.lock", timeout=LOCK_SECONDS, thread_local=False)

    def ready(self, *, create: bool) -> None:
        """Make an empty file when there is none. Raises LibraryError."""
        file = self.path
        if file.is_dir():
            raise LibraryError(f"{file} is a folder, not a library file.")
        if file.exists():
            return
        if not create:
            raise LibraryError(
                f"There is no library at {file}. If it is on a disk that is not connected, connect that and try again."
            )
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.touch()
        except OSError as error:
            raise LibraryError(
                f"A library cannot be made at {file}: {error.strerror}. Choose another place."
            ) from error

    def revision(self) -> str | None:
        """Return the schema revision of the file, None for an empty one."""
        return upgrade.stored_revision(self.path)

    def is_read_only(self) -> bool:
        """Tell whether the file or its folder is read-only."""
        return engine.is_at_rest(self.path) or not os.access(self.path, os.W_OK)

    def engines(self, *, read_only: bool) -> tuple[Engine, Engine | None, Watching]:
        """Return the engines of the file."""
        writer = None if read_only else engine.writer_engine(self.path)
        return engine.reader_engine(self.path), writer, engine.Watcher(self.path)

    @contextmanager
    def locked(self, seconds: float = LOCK_SECONDS) -> Iterator[None]:
        """Hold the lock beside the file, across processes."""
        from filelock import Timeout

        try:
            self._lock.acquire(timeout=seconds)
        except Timeout as error:
            raise LibraryError(failures.busy(self.path.name)) from error
        try:
            yield
        finally:
            self._lock.release()

    def in_words(self) -> AbstractContextManager[None]:
        """Turn SQLite's errors into words."""
        return failures.in_words(self.path)

    def before_upgrade(self, found: str) -> None:
        """Copy the file beside itself."""
        upgrade.back_up_before(self.path, found)

    def after_write(self, writer: Engine) -> None:
        """Empty the writer's cache after many rows, whoever wrote them: a first change forgets what was undone."""
        written, before = engine.rows_written(writer), self._written
        self._written = written
        if written - before > MUCH:
            engine.empty_cache(writer)

    def has_log(self) -> bool:
        """Tell whether the write-ahead log holds anything."""
        return engine.has_log(self.path)

    def at_rest(self, writer: Engine) -> None:
        """Bring all of the write-ahead log into the file."""
        engine.fold_log(writer)

    def make(self, connection: Connection, _found: str | None) -> None:
        """Make the schema of this version at once, or run the missing migrations."""
        upgrade.make_file(connection)


class ServerPlace:
    """A database of a PostgreSQL server."""

    def __init__(self, address: str) -> None:
        from db.store.engines import server

        self._url = server.address(address)
        self.path = Path(str(self._url.database))
        self.address = self._url.render_as_string()
        self.whole_address = self._url.render_as_string(hide_password=False)

    def ready(self, *, create: bool) -> None:
        """Leave it to the first connection: the database has to be there."""

    def revision(self) -> str | None:
        """Return the schema revision of the database, None for an empty one."""
        from db.store.engines import server

        readers = server.reader_engine(self._url)
        try:
            with readers.connect() as connection:
                return server.revision(connection)
        finally:
            readers.dispose()

    def is_read_only(self) -> bool:
        """Say that it can be written to: of tables that may not be, the first write tells."""
        return False

    def engines(self, *, read_only: bool) -> tuple[Engine, Engine | None, Watching]:
        """Return the engines of the database."""
        from db.store.engines import server

        readers = server.reader_engine(self._url)
        return readers, None if read_only else server.writer_engine(self._url), server.Watcher(readers)

    def locked(self, _seconds: float = LOCK_SECONDS) -> AbstractContextManager[None]:
        """Leave it to the transaction, which takes a lock of the server at its beginning."""
        return nullcontext()

    def in_words(self) -> AbstractContextManager[None]:
        """Turn the server's errors into words."""
        from db.store.engines import serverwords

        return serverwords.in_words(self.path.name, self.address)

    def before_upgrade(self, _found: str) -> None:
        """Keep nothing: an upgrade that fails is rolled back whole, and backups are the server's (pg_dump)."""

    def after_write(self, _writer: Engine) -> None:
        """Leave it to the server."""

    def has_log(self) -> bool:
        """Leave it to the server."""
        return False

    def at_rest(self, _writer: Engine) -> None:
        """Leave it to the server."""

    def make(self, connection: Connection, found: str | None) -> None:
        """Make the schema of this version at once, or run the missing migrations."""
        from db.store.engines import making

        if found is not None:
            upgrade.upgrade(connection)
            making.fit(connection)
        # Another Sheaf may have been first.
        elif connection.exec_driver_sql("SELECT to_regclass('alembic_version')").scalar() is None:
            making.make(connection)
            upgrade.stamp(connection)


def place(address: Path | str) -> Place:
    """Return the place of a path or of a server's address. Raises LibraryError."""
    return ServerPlace(str(address)) if "://" in str(address) else FilePlace(Path(address).expanduser())
