"""Rows as runs: a selection of a million rows is one pair of numbers, not a million indexes."""

from __future__ import annotations

from array import array
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

Run = tuple[int, int]
"""First and last row, both included."""
MOST_RUNS = 2_000
"""More runs than this make Qt's selection crawl; the papers beyond stay chosen, but hidden."""

LOOKED_THROUGH = 65_536
"""Ids looked through at once: a million would keep the UI thread from painting meanwhile."""


def runs_of(ids: array[int], wanted: Collection[int]) -> list[Run]:
    """Return the runs of rows whose id is wanted, from the top."""
    if not wanted:
        return []
    if len(wanted) <= 4:
        return merged(_rows_of_few(ids, wanted))
    inside = wanted if isinstance(wanted, set | frozenset) else set(wanted)
    return merged(row for row, paper_id in enumerate(ids) if paper_id in inside)


def held(ids: Sequence[int]) -> array[int]:
    """Return ids as they are to be kept: a million take 8 MB, 40 as a tuple. An array is not copied."""
    return ids if isinstance(ids, array) else array("q", ids)


def ids_in(ids: array[int], runs: Sequence[Run]) -> array[int]:
    """Return the ids of the rows in the runs; of all rows the very same array."""
    if list(runs) == [(0, len(ids) - 1)]:
        return ids
    found = array("q")
    for first, last in runs:
        found.extend(ids[first : last + 1])
    return found


def size(runs: Iterable[Run]) -> int:
    """Return how many rows the runs hold."""
    return sum(last - first + 1 for first, last in runs)


def row_of(ids: array[int], paper_id: int | None) -> int:
    """Return the row of a paper, or -1."""
    if paper_id is None:
        return -1
    for start in range(0, len(ids), LOOKED_THROUGH):
        with suppress(ValueError):
            return ids.index(paper_id, start, start + LOOKED_THROUGH)
    return -1


def _rows_of_few(ids: array[int], wanted: Collection[int]) -> list[int]:
    return sorted(row for row in (row_of(ids, paper_id) for paper_id in wanted) if row >= 0)


def merged(rows: Iterable[int]) -> list[Run]:
    """Return rows, given from the top, as runs."""
    runs: list[Run] = []
    first = last = -2
    for row in rows:
        if row == last + 1:
            last = row
            continue
        if first >= 0:
            runs.append((first, last))
        first = last = row
    if first >= 0:
        runs.append((first, last))
    return runs


@dataclass(frozen=True, slots=True)
class Wish:
    """What should stay chosen when other ids are shown: the papers, the current one, what the eye is on."""

    ids: Sequence[int] = ()
    current: int | None = None
    anchor: int | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a wish landed: runs of chosen rows, chosen papers without a row, and two rows (-1: none)."""

    runs: tuple[Run, ...] = ()
    hidden: array[int] = field(default_factory=lambda: array("q"))
    current_row: int = -1
    anchor_row: int = -1


def place(ids: array[int], wish: Wish) -> Placed:
    """Find the rows of what should stay chosen; takes 0.2 s for a million, so not on the UI thread."""
    if ids and ids == wish.ids:  # everything is chosen, and a set of a million takes 60 MB
        return Placed(((0, len(ids) - 1),), array("q"), row_of(ids, wish.current), row_of(ids, wish.anchor))
    inside = _in_both(ids, wish.ids)
    runs = runs_of(ids, inside)[:MOST_RUNS]
    hidden = array("q")
    if size(runs) < len(wish.ids):
        placed = inside if size(runs) == len(inside) else set(ids_in(ids, runs))
        hidden.extend(one for one in wish.ids if one not in placed)
    return Placed(tuple(runs), hidden, row_of(ids, wish.current), row_of(ids, wish.anchor))


def _in_both(ids: array[int], wanted: Sequence[int]) -> set[int]:
    """Return the ids that are wanted; only the shorter of both becomes a set, a stretch at a time."""
    short, long = (ids, wanted) if len(ids) < len(wanted) else (wanted, ids)
    known: set[int] = set()
    for start in range(0, len(short), LOOKED_THROUGH):
        known.update(short[start : start + LOOKED_THROUGH])
    return {one for one in long if one in known}
