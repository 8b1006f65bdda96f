"""Which files a drop of files, folders and archives means."""

from __future__ import annotations

import itertools
import os
import stat
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.services import archives, zoteros
from db.services.parsing import reason, size_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator

OF_LIBRARIES = frozenset({".sheaf", ".sheaf-wal", ".sheaf-shm"})


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import with its size in bytes, or the reason why it cannot be.

    `shown` is its path as the person knows it; a file of an archive lies elsewhere while it is imported.
    """

    path: Path
    shown: str
    size: int = 0
    error: str | None = None


def _nothing() -> None:
    """Tell nobody."""


@contextmanager
def gathered(paths: Iterable[Path], tick: Callable[[], None] = _nothing) -> Iterator[list[Found]]:
    """Give the files behind `paths`, folders and archives opened, as long as the block lasts.

    Files of a folder are sorted, hidden ones skipped; a file that is named twice comes once. `tick` is called while
    archives are unpacked and may raise Cancelled.
    """
    with tempfile.TemporaryDirectory(prefix="sheaf-") as folder:
        found: dict[str, Found] = {}
        for path in dict.fromkeys(paths):
            for one in _behind(path, Path(folder), tick):
                if one.shown in found and one.shown != str(one.path):  # an archive may hold one name twice
                    one = replace(one, shown=_another(one.shown, found))
                found.setdefault(one.shown, one)
        yield list(found.values())


def _another(shown: str, taken: Container[str]) -> str:
    numbers = (f"{shown} ({number})" for number in itertools.count(2))
    return next(name for name in numbers if name not in taken)


def _behind(path: Path, folder: Path, tick: Callable[[], None]) -> Iterator[Found]:
    if path.is_dir():
        inside = False
        for found in _walk(path):
            inside = True
            yield from _opened(found, folder, tick)
        if not inside:
            yield _failed(path, f"There is no file to import in the folder {path.name}.")
    else:
        yield from _opened(_look(path), folder, tick)


def _failed(path: Path, error: str) -> Found:
    return Found(path, str(path), error=error)


def _look(path: Path) -> Found:
    if path.suffix.lower() in OF_LIBRARIES:
        # Not even opened: closing it again would cost SQLite its locks, if this process has it open.
        return _failed(path, f"{path.name} belongs to a library of Sheaf, so it was left alone.")
    try:
        return Found(path, str(path), size_of(path))
    except LibraryError as error:
        return _failed(path, error.message)


def _opened(found: Found, folder: Path, tick: Callable[[], None]) -> Iterator[Found]:
    """Yield the file, the files in it when it is an archive, or its items as a text when it is Zotero's database."""
    if found.error is not None:
        yield found
        return
    try:
        if zoteros.is_zotero(found.path):
            text = zoteros.unpacked(found.path, folder, tick)
            yield Found(text, found.shown, text.stat().st_size)
        elif _is_archive(found.path):
            yield from _members(found, folder, tick)
        else:
            yield found
    except LibraryError as error:
        yield _failed(found.path, error.message)
    except OSError as error:
        yield _failed(found.path, f"{found.path.name} cannot be unpacked: {reason(error)}.")


def _members(found: Found, folder: Path, tick: Callable[[], None]) -> Iterator[Found]:
    empty = True
    for member in archives.unpacked(found.path, folder, tick):
        empty = False
        yield _member(found, member)
    if empty:
        yield _failed(found.path, f"There is no file to import in the archive {found.path.name}.")


def _member(archive: Found, member: archives.Member) -> Found:
    shown = f"{archive.path}/{member.name}"
    if member.path is None:
        return Found(archive.path, shown, error=member.error)
    size = member.path.stat().st_size
    if not size:
        return Found(member.path, shown, error=f"{member.name} is empty.")
    if _is_archive(member.path):
        why = "is an archive in an archive, so it was left alone. Unpack it and import what is in it."
        return Found(member.path, shown, error=f"{member.name} {why}")
    return Found(member.path, shown, size)


def _is_archive(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return archives.is_archive(file.read(archives.HEAD))
    except OSError:
        return False  # reading it as a text will say why


def _walk(folder: Path) -> Iterator[Found]:
    """Yield the files below a folder, in the order of their names; one that links lead back to is entered once."""
    seen: set[tuple[int, int]] = set()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        if path != folder and not _is_folder(path):
            yield _look(path)
            continue
        try:
            status = path.stat()
            with os.scandir(path) as entries:
                names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
            if zoteros.DATABASE in names:
                names = [zoteros.DATABASE]  # which names its attached files, thousands of them
        except OSError as error:
            yield _failed(path, f"The folder {path.name} cannot be opened: {reason(error)}.")
            continue
        if (status.st_dev, status.st_ino) not in seen:
            seen.add((status.st_dev, status.st_ino))
            waiting += [path / name for name in reversed(names)]


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError:
        return False
