"""What tells that other programs changed a live .bib file, or what says what it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.services.docfiles import stamp_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from db.services.docfiles import Stamp

    Seen = Mapping[Path, Stamp]


def seen(paths: Iterable[Path]) -> dict[Path, Stamp]:
    """Return how files look now: what changes when one of them does."""
    return {path: stamp_of(path) for path in paths}


def watched(paths: Iterable[Path]) -> set[str]:
    """Return the files and folders to watch, those that there are; of a link also what it leads to."""
    found: set[str] = set()
    for path in paths:
        for one in (path, path.parent, path.resolve(), path.resolve().parent):
            if one.exists():
                found.add(str(one))
    return found
