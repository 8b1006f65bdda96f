"""Papers over time: how many there are of each year or month, by tag or by dump."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.services.kinds import Group, groups_in
from db.store import overview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.library import Library

WIDEST = 150
"""Years on the time line at most: one paper of the year 1000 must not make the others invisible."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A year, or a month of it (0: none is known): papers in all, and of each group."""

    year: int
    month: int
    papers: int
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Bars without gaps, and what they cannot show.

    A paper with several tags counts under each of them: `several` says how many papers do. `undated` have no year,
    `monthless` have a year alone and stand in no month, `far` are more than 150 years before the newest.
    """

    groups: tuple[Group, ...]
    years: tuple[Bar, ...]
    months: tuple[Bar, ...]
    papers: int
    undated: int
    monthless: int
    inferred: int
    several: int
    far: int


def over_time(library: Library, ids: Sequence[int], kind: str) -> TimeLine:
    """Return these papers by year and by month, each by `tag` or by `dump`."""
    with library.reading() as session:
        by = groups_in(session, ids, kind)
        dates = overview.dates(session, ids)
        inferred = sum(1 for one in overview.inferred(session) if one in dates)
    newest = max((date // 10_000 for date in dates.values()), default=0)
    oldest = newest - WIDEST
    dated = {one: date for one, date in dates.items() if date and date // 10_000 > oldest}
    totals: Counter[int] = Counter()
    parts: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for one, date in dated.items():
        for step in {date // 10_000 * 100, date // 100}:  # the year, and the month where one is known
            totals[step] += 1
            parts[step].update(by.of[one])
    undated = sum(1 for date in dates.values() if not date)
    return TimeLine(
        groups=by.groups,
        years=_bars(totals, parts, len(by.groups), monthly=False),
        months=_bars(totals, parts, len(by.groups), monthly=True),
        papers=len(dates),
        undated=undated,
        monthless=sum(1 for date in dated.values() if not date // 100 % 100),
        inferred=inferred,
        several=sum(1 for places in by.of.values() if len(places) > 1),
        far=len(dates) - undated - len(dated),
    )


def _bars(totals: Counter[int], parts: defaultdict[int, Counter[int]], width: int, *, monthly: bool) -> tuple[Bar, ...]:
    """Return the years, or the months, from the first to the last."""
    steps = sorted(step for step in totals if bool(step % 100) == monthly)
    if not steps:
        return ()
    first, last = steps[0], steps[-1]
    every = [
        year * 100 + month
        for year in range(first // 100, last // 100 + 1)
        for month in (range(1, 13) if monthly else (0,))
        if first <= year * 100 + month <= last
    ]
    return tuple(
        Bar(step // 100, step % 100, totals[step], tuple(parts[step][at] for at in range(width))) for step in every
    )
