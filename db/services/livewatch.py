"""What tells that other programs changed a live .bib file, or what says what it follows."""

from __future__ import annotations

import stat
from itertools import islice
from typing import TYPE_CHECKING

from db.services.docfiles import NOT_THERE, stamp_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from db.services.docfiles import Stamp

    Seen = Mapping[Path, Stamp]


def seen(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """Return how files look now: what changes when one of them does."""
    return {path: stamp_of(path) for path in paths}


def looks(path: Path) -> dict[Path, Stamp]:
    """Return how a live file looks now, and its folder: whose rights decide whether the file can be replaced."""
    return seen((path, path.parent))


def watched(paths: Iterable[Path]) -> set[str]:
    """Return the files and folders to watch, those that there are; of a link also what it leads to.

    For a folder that is not there stands the nearest one above it, in which it will come back.
    """
    found: set[str] = set()
    for path in paths:
        for one in (path, leads_to(path)):
            stamp = stamp_of(one)
            above = () if _is_folder(stamp) else one.parents
            found.update(str(folder) for folder in islice(filter(_is_there, above), 1))
            found.update([str(one)] if stamp != NOT_THERE else [])
    return found


def leads_to(path: Path) -> Path:
    """Return what a link leads to; the link itself when it leads round in a circle."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path


def _is_there(path: Path) -> bool:
    return stamp_of(path) != NOT_THERE  # never an error, unlike `exists` in a folder that is shut


def _is_folder(stamp: Stamp) -> bool:
    return stat.S_ISDIR(stamp[3])
