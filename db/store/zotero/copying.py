"""A copy of a database that another program may be writing to."""

from __future__ import annotations

import errno
import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAGIC = b"SQLite format 3\0"
TABLES = frozenset({"collections", "creators", "itemAttachments", "itemData", "itemDataValues", "itemNotes", "items"})
"""What only Zotero has."""
BESIDE = ("-journal", "-wal")
"""Files that belong to a database that is being written to."""
TRIES, PAUSE_SECONDS = 5, 0.4
BLOCK = 1_048_576
STEPS = 100_000
"""Instructions of SQLite between two looks whether the person wants to go on."""
LOCKED = "{0} cannot be read: {1}. If Zotero is running, close it and try again."
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_ROOM = (
    "There is no room for a copy of {0} in {1}, where Sheaf reads it. Make room, or let the variable TMPDIR name "
    "another folder."
)
BUSY = "Zotero is writing to {0} all the time. Wait until it is done, or close it, and try again."
DAMAGED = (
    "{0} is damaged, or a copy that was made while Zotero was writing. Nothing of it was kept. Close Zotero and try "
    "again, or choose one of the backups beside it (zotero.sqlite.bak)."
)


def is_zotero(path: Path) -> bool:
    """Tell whether a file is Zotero's database. Raises LibraryError for one by its name that is damaged.

    Zotero does not notice that its file is looked into.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                return False
        with closing(glance(path)) as connection:
            found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            return {str(name) for (name,) in found} >= TABLES
    except OSError:
        return False  # reading it as a text will say why
    except sqlite3.Error as error:
        if path.name.startswith("zotero"):
            raise LibraryError(DAMAGED.format(path.name)) from error
        return False


def glance(path: Path) -> sqlite3.Connection:
    """Open a database without a lock and as if it never changed: what is read may be half written."""
    return connected(f"{path.absolute().as_uri()}?mode=ro&immutable=1")


def connected(address: str) -> sqlite3.Connection:
    """Open a database, given as a URI, that anybody may have made: what its schema calls does no harm."""
    connection = sqlite3.connect(address, uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def copied(path: Path, folder: Path, tick: Callable[[], None]) -> Path:
    """Copy a database into `folder` with all that belongs to it, and return the copy; `tick` may raise Cancelled.

    A copy in the middle of which the original changed is made again. Raises LibraryError when that does not end, and
    when it cannot be read.
    """
    target = folder / "copy.sqlite"
    try:
        for _try in range(TRIES):
            before = _state(path)
            _copy(path, target, tick)
            if _state(path) == before:
                return target
            time.sleep(PAUSE_SECONDS)
    except OSError as error:
        if error.errno in FULL:
            raise LibraryError(NO_ROOM.format(path.name, folder)) from error
        why = (error.strerror or str(error)).lower()
        raise LibraryError(LOCKED.format(path.name, why)) from error
    raise LibraryError(BUSY.format(path.name))


def _copy(path: Path, target: Path, tick: Callable[[], None]) -> None:
    for ending in ("", *BESIDE):
        source, copy = path.with_name(path.name + ending), target.with_name(target.name + ending)
        copy.unlink(missing_ok=True)
        if not ending or source.exists():
            with source.open("rb") as file, copy.open("wb") as out:
                while block := file.read(BLOCK):
                    out.write(block)
                    tick()


def _state(path: Path) -> list[tuple[int, int]]:
    found = []
    for ending in ("", *BESIDE):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            status = beside.stat()
            found.append((status.st_size, status.st_mtime_ns))
    return found


def opened(copy: Path, name: str, tick: Callable[[], None]) -> sqlite3.Connection:
    """Open a copy, which rolls back what was half written; LibraryError, about `name`, when it is damaged.

    `tick` is called while the copy is looked through and may raise Cancelled.
    """
    connection = connected(copy.absolute().as_uri())
    connection.text_factory = lambda data: data.decode("utf-8", "replace")
    stopped: list[BaseException] = []

    def going_on() -> int:
        try:
            tick()
        except BaseException as error:  # which SQLite would swallow
            stopped.append(error)
        return len(stopped)

    connection.set_progress_handler(going_on, STEPS)
    try:
        sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.Error:
        sound = False
    connection.set_progress_handler(None, 0)
    if stopped or not sound:
        connection.close()
        raise stopped[0] if stopped else LibraryError(DAMAGED.format(name))
    return connection
