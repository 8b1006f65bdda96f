"""Papers that a person told apart: listed, and taken back when that was a mistake."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.store import twins

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.changes import Changes
    from db.services.library import Library

PAGE = 500


@dataclass(frozen=True, slots=True)
class Told:
    """Two papers that are different works; `at` is ISO 8601 in UTC, `why` what spoke for one work, if anything did."""

    ids: tuple[int, int]
    titles: tuple[str, str]
    at: str
    why: tuple[str, ...]


def pairs(library: Library, text: str = "", limit: int = PAGE) -> tuple[list[Told], int]:
    """Return the pairs that were told apart, the newest first, at most `limit`, and how many there are.

    With `text` only those with a paper whose title holds it. Papers that are merged or deleted are left out.
    """
    with library.reading() as session:
        rows, total = twins.told_apart(session, text.strip(), limit)
    return [
        Told((row.low_id, row.high_id), (row.low_title, row.high_title), row.decided_at or "", tuple(row.why))
        for row in rows
    ], total


def take_back(library: Library, told: Sequence[tuple[int, int]]) -> Changes:
    """Forget that pairs are different works.

    What a search had found alike waits for a person again; any other pair may be found by the next search.
    """
    number = len(set(told))
    with library.writing(f"Forget that {number:,} pair{' is' if number == 1 else 's are'} different") as write:
        twins.reopen(write.session, told)
    return write.changes
