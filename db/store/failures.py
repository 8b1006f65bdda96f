"""SQLite's errors in the person's words: what happened, what is safe, what to do next."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from db.domain.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WORDS = (
    (
        ("database or disk is full",),
        "The disk is full, so the change was not made. Everything saved before is safe. Free some space and try again.",
    ),
    (
        ("readonly database", "read-only"),
        "{name} or its folder is read-only, so nothing was changed. You can read, search and export; to change "
        "papers, make the file and its folder writable or copy the library elsewhere.",
    ),
    (
        ("database is locked", "database table is locked"),
        "Another program is using {name}, so the change was not made. Close it and try again.",
    ),
    (
        ("file is not a database", "file is encrypted"),
        "{name} is not a Sheaf library. Nothing was changed. Choose another file.",
    ),
    (
        ("malformed", "disk image", "corrupt"),
        "{name} is damaged. Nothing was written to it. Restore a backup (`sheaf restore FILE`)"
        "; `sheaf check` shows what can still be read.",
    ),
    (
        ("unable to open database", "disk i/o error", "permission denied"),
        "{name} could not be opened. Check that its folder {folder} exists and that you may read and write there.",
    ),
)


def worded(error: BaseException, path: Path) -> LibraryError | None:
    """Return a database error in words, or None when it is a bug rather than a failure."""
    cause: BaseException | None = error
    while cause is not None:
        text = str(cause).lower()
        for marks, words in WORDS:
            if any(mark in text for mark in marks):
                return LibraryError(words.format(name=path.name, folder=path.parent), details=str(cause))
        # A full disk ends the whole transaction, and then going back to a savepoint fails in its turn.
        cause = cause.__context__ if isinstance(cause.__context__, sqlite3.Error | DBAPIError) else None
    return None


BUSY = (
    "Another Sheaf has been writing to {name} for 10 seconds, so nothing was changed. Wait for it to finish "
    "and try again."
)


def busy(name: str) -> str:
    """Return what is said when others write for too long."""
    return BUSY.format(name=name)


@contextmanager
def not_stale() -> Iterator[None]:
    """Say in words that a row was changed by somebody else."""
    try:
        yield
    except StaleDataError as error:
        raise LibraryError(
            "The paper was changed elsewhere in the meantime, so this change was not made. Look at it again."
        ) from error


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn the database errors that can be expected into LibraryError."""
    try:
        with not_stale():
            yield
    except (sqlite3.Error, DBAPIError) as error:
        if (expected := worded(error, path)) is None:
            raise
        raise expected from error
