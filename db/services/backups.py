"""Verified copies of the library, and going back to one."""

from __future__ import annotations

import glob
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from db.domain.errors import LibraryError
from db.services.library import Library
from db.store import handedout, ids, upgrade
from db.store.failures import in_words

LOCK_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """A backup file, the number of papers in it, and its size in bytes."""

    file: Path
    papers: int
    bytes: int


def backup(library: Library, path: Path) -> BackupInfo:
    """Write a copy of the library that has passed SQLite's integrity check; an older file is replaced only then.

    Raises LibraryError when the copy cannot be written or would replace the library itself.
    """
    target = Path(path).expanduser()
    if "://" in library.address:
        raise LibraryError(
            f"{library.path.name} is on a server, which has its own program for copies. Nothing was written. Type: "
            f"pg_dump --format=custom --file={target} {library.path.name}"
        )
    if target.exists() and target.samefile(library.path):
        raise LibraryError("That is the library itself. Choose another name for the backup.")
    upgrade.copy_verified(library.path, target)
    return _info(target)


def restore(path: Path | str, backup_file: Path) -> BackupInfo:
    """Put a backup in the place of the library at `path`, which must not be open; the old one is kept aside.

    Keys that were frozen since the backup was made stay frozen, for documents cite them, and no id comes twice. Raises
    LibraryError when the backup is damaged, is no library, or is from a newer Sheaf; the library is then as it was.
    """
    if "://" in str(path):
        raise LibraryError(
            "Only a library file can be restored here; one on a server comes back with its own program, pg_restore. "
            "Nothing was changed."
        )
    path, backup_file = Path(path).expanduser(), Path(backup_file).expanduser()
    if not backup_file.is_file():
        raise LibraryError(f"There is no backup at {backup_file}. Nothing was changed.")
    with in_words(backup_file):
        found = upgrade.stored_revision(backup_file)
    if found is None:
        raise LibraryError(f"{backup_file.name} is empty. Nothing was changed.")
    upgrade.refuse_newer(found)
    path.parent.mkdir(parents=True, exist_ok=True)
    incoming = path.with_name(f"{path.name}.restored")
    upgrade.copy_verified(backup_file, incoming)
    try:
        _keep_given(path, incoming)
        with FileLock(f"{path}.lock", timeout=LOCK_SECONDS):
            _set_aside(path)
            incoming.replace(path)
    except Timeout as error:
        raise LibraryError(f"Another Sheaf is writing to {path.name}. Close it and try again.") from error
    finally:
        _remove(incoming)
    return _info(path)


def _keep_given(path: Path, incoming: Path) -> None:
    """Hold the file that comes in to the keys that the library has frozen, and to the ids that it has used."""
    handed, used = (handedout.of(path), ids.of(path)) if path.exists() else ([], {})
    if not handed and not used:
        return
    library = Library.open(incoming)
    try:
        with library.writing("Keep citation keys", journalled=False) as write:
            ids.keep(write.session, used)
            handedout.keep(write.session, handed)
    finally:
        library.close()


def _remove(incoming: Path) -> None:
    """Remove what is left of a file that came in: lock, empty log, and the copy made when its schema is older."""
    for suffix in ("", ".lock", "-wal", "-shm"):
        incoming.with_name(incoming.name + suffix).unlink(missing_ok=True)
    for left in incoming.parent.glob(f"{glob.escape(incoming.stem)}-schema-*{incoming.suffix}.backup"):
        left.unlink(missing_ok=True)


def _set_aside(path: Path) -> None:
    """Rename the library with its write-ahead log, so that nothing of it is lost."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    for suffix in ("", "-wal", "-shm"):
        old = path.with_name(path.name + suffix)
        if old.exists():
            old.replace(path.with_name(f"{path.stem}-before-restore-{stamp}{path.suffix}{suffix}"))


def _info(file: Path) -> BackupInfo:
    with in_words(file):
        return BackupInfo(file, upgrade.paper_count(file), file.stat().st_size)
