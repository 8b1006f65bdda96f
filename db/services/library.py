"""The open library: one writer at a time across processes, readers in any thread."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Self

import platformdirs
from filelock import FileLock, Timeout

from db.domain.errors import LibraryError
from db.services.changes import Changes
from db.services.progress import Progress, Report, silent
from db.store import engine, index, journal, sessions, upgrade
from db.store.failures import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.store.question import Question
    from db.store.sessions import Session

LOCK_SECONDS = 10.0
CLOSING_SECONDS = 1.0
INDEXING = "Bringing the search index up to date"


def default_path() -> Path:
    """Return where the person's library is: SHEAF_LIBRARY, or the platform's data folder."""
    named = os.environ.get("SHEAF_LIBRARY")
    if named:
        return Path(named).expanduser()
    return Path(platformdirs.user_data_dir("sheaf", appauthor=False)) / "library.sheaf"


@dataclass(slots=True)
class Write:
    """One transaction under way; `changes` is filled in when it has been committed."""

    session: Session
    label: str
    step: int | None = None
    changes: Changes = field(default_factory=lambda: Changes(""))


class Library:
    """A library file that is open. Close it when done; reading works in any thread, writing in one at a time."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._thread_lock = threading.RLock()
        self._file_lock = FileLock(f"{path}.lock", timeout=LOCK_SECONDS, thread_local=False)
        self._readers = engine.reader_engine(path)
        self._writer = None if read_only else engine.writer_engine(path)
        self._watcher = engine.Watcher(path)

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True) -> Self:
        """Open a library file, making or upgrading it when needed.

        Raises LibraryError for a shared library's address, a missing file with `create` False, a file that is no
        library, is damaged, or was written by a newer Sheaf.
        """
        if "://" in str(path):
            raise LibraryError(
                "Shared libraries on a server are not part of this version. Give the path of a library file."
            )
        file = Path(path).expanduser()
        _ready_file(file, create=create)
        with in_words(file):
            read_only = engine.is_at_rest(file) or not os.access(file, os.W_OK)
            found = upgrade.stored_revision(file)
            upgrade.refuse_newer(found)
            if read_only and found != upgrade.HEAD:
                raise LibraryError(f"{file.name} needs an upgrade, but is in a read-only place. Copy it elsewhere.")
            library = cls(file, read_only=read_only)
            try:
                if not read_only:
                    library._prepare(found)
            except BaseException:
                library.close()
                raise
        return library

    def close(self) -> None:
        """Close all connections; the writer's, which checkpoints, under the lock."""
        self._watcher.close()
        self._readers.dispose()
        if self._writer is not None:
            # Whoever holds the lock has the file open too, and only the last connection to close checkpoints.
            with suppress(LibraryError), self._locked(CLOSING_SECONDS):
                self._writer.dispose()
            self._writer.dispose()
            self._writer = None

    @contextmanager
    def reading(self, question: Question | None = None) -> Iterator[Session]:
        """Give a session that sees one moment of the library and can change nothing.

        Raises Cancelled when `question`, if any, is withdrawn.
        """
        with in_words(self.path), sessions.reading(self._readers, question) as session:
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
        with (
            self._locked(),
            in_words(self.path),
            self._watcher.own_write(),
            sessions.writing(self._writer) as session,
        ):
            write = Write(session, label)
            if journalled:
                write.step = journal.begin(session, label)
            yield write
            _finish(write, report)

    def data_version(self) -> int:
        """Return a number that differs once another process has changed the library."""
        with in_words(self.path):
            return self._watcher.data_version()

    @contextmanager
    def _locked(self, seconds: float | None = None) -> Iterator[None]:
        with self._thread_lock:
            try:
                self._file_lock.acquire(timeout=seconds)
            except Timeout as error:
                raise LibraryError(
                    f"Another Sheaf has been writing to {self.path.name} for {LOCK_SECONDS:.0f} seconds, so nothing "
                    "was changed. Wait for it to finish and try again."
                ) from error
            try:
                yield
            finally:
                self._file_lock.release()

    def _prepare(self, found: str | None) -> None:
        """Upgrade the schema when needed and make the triggers."""
        assert self._writer is not None
        if found == upgrade.HEAD and self._is_set_up():
            return  # and so nobody waits for an import in another window just to read
        with self._locked():
            if found is not None and found != upgrade.HEAD:
                upgrade.back_up_before(self.path, found)
            with sessions.writing(self._writer) as session:
                if found != upgrade.HEAD:
                    upgrade.upgrade(session.connection())
                sessions.install(session)

    def _is_set_up(self) -> bool:
        with sessions.reading(self._readers) as session:
            return sessions.is_installed(session)


def _finish(write: Write, report: Report) -> None:
    """Bring the index up to date and close the step."""
    journal.pause(write.session)
    indexed = index.refresh(write.session, lambda done, total: report(Progress(done, total, INDEXING)))
    if write.step is None:
        parts = frozenset({"paper"}) if indexed else frozenset()
        write.changes = Changes(write.label, parts, None if indexed else frozenset())
    elif journal.close(write.session, write.step):
        parts, ids = journal.touched(write.session, write.step)
        write.changes = Changes(write.label, parts, ids, write.step)
    else:
        write.changes, write.step = Changes(write.label), None


def _ready_file(file: Path, *, create: bool) -> None:
    if file.is_dir():
        raise LibraryError(f"{file} is a folder, not a library file.")
    if file.exists():
        return
    if not create:
        raise LibraryError(f"There is no library at {file}.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    except OSError as error:
        raise LibraryError(f"A library cannot be made at {file}: {error.strerror}. Choose another place.") from error
