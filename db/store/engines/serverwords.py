"""PostgreSQL's errors in the person's words: what happened, what is safe, what to do next."""

from __future__ import annotations

import importlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError

from db.domain.errors import LibraryError
from db.store import failures

if TYPE_CHECKING:
    from collections.abc import Iterator

# By SQLSTATE, or the class that its first two characters name; without one when nobody answers.
WORDS = {
    "55P03": failures.BUSY,
    "3D000": "There is no database {name} on the server. Nothing was changed. Make it with: createdb {name}",
    "28": "The server does not let you in. Check user and password in {address} (passwords can stand in ~/.pgpass).",
    "42501": "You may not do this in {name}, so nothing was changed. Ask whoever runs the server for the right to.",
    "25006": "{name} is read-only, so nothing was changed. You can read, search and export.",
    "53": "The server of {name} has no room or memory left, so nothing was changed. Everything saved before is safe.",
    "40": "Somebody else changed the same rows of {name} at the same moment, so this change was not made. Try again.",
    "57": "The server of {name} ended the connection, so the change was not made. Everything saved before is safe.",
    "": "The server of {name} does not answer. What was saved is safe. Check {address}, and that the server runs.",
}


def worded(error: BaseException | None, name: str, address: str) -> LibraryError | None:
    """Return an error of the driver in words, or None when it is a bug rather than a failure."""
    state = getattr(error, "sqlstate", None) or ""
    words = WORDS.get(state) or WORDS.get(state[:2]) if state else None
    if not state and isinstance(error, _driver().OperationalError):
        # Before there is a connection, no state comes with the refusal.
        words = next((WORDS[known] for mark, known in _REFUSED if mark in str(error)), WORDS[""])
    return None if words is None else LibraryError(words.format(name=name, address=address), details=str(error))


def _driver() -> Any:
    return importlib.import_module("psycopg")  # not everywhere installed


_REFUSED = (("does not exist", "3D000"), ("authentication", "28"), ("no pg_hba.conf entry", "28"), ("password", "28"))


@contextmanager
def in_words(name: str, address: str) -> Iterator[None]:
    """Turn the errors that can be expected into LibraryError."""
    try:
        with failures.not_stale():
            yield
    except (DBAPIError, _driver().Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        if (expected := worded(cause, name, address)) is None:
            raise
        raise expected from error
