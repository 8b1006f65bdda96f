"""The open library: one writer at a time across processes, readers in any thread."""

from __future__ import annotations

import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from db.domain.errors import LibraryError
from db.services.changes import Changes
from db.services.progress import Report, silent
from db.store import sessions, upgrade
from db.store.places import LOCK_SECONDS
from db.store.places import place as where

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.store.places import Place
    from db.store.question import Question
    from db.store.sessions import Session

CLOSING_SECONDS = 1.0


@dataclass(slots=True)
class Write:
    """One transaction under way; `changes` is filled in when it has been committed."""

    session: Session
    label: str
    step: int | None = None
    changes: Changes = field(default_factory=lambda: Changes(""))


class Library:
    """A library that is open. Close it when done; reading works in any thread, writing in one at a time."""

    def __init__(self, place: Place, *, read_only: bool = False) -> None:
        self.path = place.path
        self.address = place.address
        self.whole_address = place.whole_address
        self.read_only = read_only
        self._place = place
        self._thread_lock = threading.RLock()
        self._readers, self._writer, self._watcher = place.engines(read_only=read_only)
        self.writes = 0
        """How often this one has begun to write."""

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True) -> Self:
        """Open a library file or, by its address, one on a PostgreSQL server; make or upgrade it when needed.

        Raises LibraryError for a missing file with `create` False, a file or database that is no library, is damaged,
        or was written by a newer Sheaf, and for a server that does not answer.
        """
        place = where(path)
        place.ready(create=create)
        with place.in_words():
            read_only = place.is_read_only()
            found = place.revision()
            upgrade.refuse_newer(found)
            if read_only and found != upgrade.HEAD:
                raise LibraryError(
                    f"{place.path.name} needs an upgrade, but is in a read-only place. Copy it elsewhere."
                )
            library = cls(place, read_only=read_only)
            try:
                if not read_only:
                    library._prepare(found)
            except BaseException:
                library.close()
                raise
        return library

    @classmethod
    def beside(cls, whole_address: str) -> Self:
        """Open a library that is open, once more and to read only, as another process does that works for it."""
        return cls(where(whole_address), read_only=True)

    def close(self) -> None:
        """Close all connections, with all that was written in the file itself if nobody else uses it."""
        self._watcher.close()
        self._readers.dispose()
        if self._writer is not None:
            if self.writes or self._place.has_log():
                # Whoever holds the lock has the file open too, and will do it.
                with suppress(LibraryError), self._locked(CLOSING_SECONDS):
                    self._place.at_rest(self._writer)
            self._writer.dispose()
            self._writer = None

    @contextmanager
    def reading(self, question: Question | None = None) -> Iterator[Session]:
        """Give a session that sees one moment of the library and can change nothing.

        Raises Cancelled when `question`, if any, is withdrawn.
        """
        with self._place.in_words(), sessions.reading(self._readers, question) as session:
            yield session

    @contextmanager
    def writing(self, label: str, *, journalled: bool = True, report: Report = silent) -> Iterator[Write]:
        """Give a session in a transaction of its own, which is one step of the history named `label`.

        `report` is told how far the search index is while it is brought up to date at the end, and may cancel.
        Any exception rolls all of it back. Raises LibraryError when the library is read-only or busy for long.
        """
        if self._writer is None:
            raise LibraryError(
                f"{self.path.name} is open for reading only, so nothing was changed. Make the file and its folder "
                "writable, or copy the library elsewhere."
            )
        with self._locked(), self._place.in_words(), self._watcher.own_write():
            from db.services import steps  # with it all tables are mapped, and only a write needs them

            with sessions.writing(self._writer) as session:
                self.writes += 1
                write = Write(session, label)
                if journalled:
                    write.step = steps.begin(session, label)
                yield write
                write.changes, write.step = steps.finish(session, label, write.step, report)
            self._place.after_write(self._writer)

    def data_version(self) -> int:
        """Return a number that differs once another process has changed the library."""
        with self._place.in_words():
            return self._watcher.data_version()

    @contextmanager
    def _locked(self, seconds: float | None = None) -> Iterator[None]:
        with self._thread_lock, self._place.locked(LOCK_SECONDS if seconds is None else seconds):
            yield

    def _prepare(self, found: str | None) -> None:
        """Upgrade the schema when needed and make the triggers."""
        assert self._writer is not None
        if found == upgrade.HEAD and self._is_set_up():
            return  # and so nobody waits for an import in another window just to read
        self.writes += 1
        with self._locked():
            if found is not None and found != upgrade.HEAD:
                self._place.before_upgrade(found)
            with sessions.writing(self._writer) as session:
                if found != upgrade.HEAD:
                    self._place.make(session.connection(), found)
                sessions.install(session)

    def _is_set_up(self) -> bool:
        with sessions.reading(self._readers) as session:
            return sessions.is_installed(session)
