"""Which files a drop of files and folders means."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.services.parsing import reason, size_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import with its size in bytes, or the reason why it cannot be."""

    path: Path
    size: int = 0
    error: str | None = None


def gather(paths: Iterable[Path]) -> list[Found]:
    """Return the files behind `paths`, folders opened, sorted within a folder; hidden files are skipped."""
    found: list[Found] = []
    for path in paths:
        if path.is_dir():
            inside = list(_walk(path, set()))
            found += inside or [Found(path, error=f"There is no file to import in the folder {path.name}.")]
        else:
            found.append(_look(path))
    return found


def _look(path: Path) -> Found:
    try:
        return Found(path, size_of(path))
    except LibraryError as error:
        return Found(path, error=error.message)


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Found]:
    """Yield the files below a folder; a folder that links lead back to is entered once."""
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        names = sorted(entry.name for entry in os.scandir(folder) if not entry.name.startswith("."))
    except OSError as error:
        yield Found(folder, error=f"The folder {folder.name} cannot be opened: {reason(error)}.")
        return
    for name in names:
        path = folder / name
        if _is_folder(path):
            yield from _walk(path, seen)
        else:
            yield _look(path)


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except OSError:
        return False
