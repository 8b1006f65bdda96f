"""The first rows as they were when the program ended: the next start shows them while the library is being opened.

They are shown only if nothing was written to the library since, and if the window asks the same.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.domain.records import Date, PaperRow, SeenAgain, Status, Tag

if TYPE_CHECKING:
    from collections.abc import Sequence

NAME = "first-rows.json"
"""Beside the settings."""
FORM = 1
"""Counts up when a row has other fields; older files are not read."""


def keep(folder: Path, library: str, question: Sequence[Any], rows: Sequence[PaperRow]) -> None:
    """Keep the rows of a library that is closed; where that cannot be, the next start does without."""
    stamp = _stamp(library)
    if stamp is None or not rows:
        return
    kept = {"form": FORM, "library": library, "stamp": stamp, "question": list(question), "rows": [*map(asdict, rows)]}
    try:
        (folder / NAME).write_text(json.dumps(kept), encoding="utf-8")
    except OSError:
        return


def read(folder: Path, library: str, question: Sequence[Any]) -> list[PaperRow]:
    """Return the rows that were kept of this library for this question, none when anything differs."""
    stamp = _stamp(library)
    if stamp is None:
        return []
    wanted = {"form": FORM, "library": library, "stamp": stamp, "question": list(question)}
    try:
        kept = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if {name: kept[name] for name in wanted} != wanted:
            return []
        return [_row(one) for one in kept["rows"]]
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):  # not as `keep` writes it
        return []


def _stamp(library: str) -> list[int] | None:
    """Return what tells whether a library file was written to; None while its log holds anything, and of a server."""
    try:
        file, log = Path(library).stat(), Path(f"{library}-wal")
        if log.exists() and log.stat().st_size:
            return None
    except (OSError, ValueError):
        return None
    return [file.st_mtime_ns, file.st_size, file.st_ino]


def _row(kept: dict[str, Any]) -> PaperRow:
    again = kept["seen_again"]
    made = {
        "date": Date(**kept["date"]),
        "status": Status(kept["status"]),
        "tags": tuple(Tag(**tag) for tag in kept["tags"]),
        "seen_again": again and SeenAgain(**again),
    }
    return PaperRow(**kept | made)
