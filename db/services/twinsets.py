"""From pairs to sets: what is one work belongs together, what was told apart never does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.records import TwinSet, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

WHY = 4


@dataclass(frozen=True, slots=True)
class Linked:
    """Two papers that are, or may be, one work."""

    low: int
    high: int
    verdict: Verdict
    score: float
    why: tuple[str, ...]
    later: bool = False


def silent() -> None:
    """Tell nobody."""


def sets(
    links: Sequence[Linked], apart: Callable[[int, int], bool], tick: Callable[[], None] = silent
) -> list[TwinSet]:
    """Return the sets that links make: certain ones first, then those put off, and the best first in each.

    No set holds two papers that are `apart`. Certain links make sets of their own, so that they can be
    merged without a look at doubtful ones. `tick` is called every now and then and may raise.
    """
    certain = [link for link in links if link.verdict is Verdict.SAME]
    doubtful = [link for link in links if link.verdict is not Verdict.SAME]
    made = [*_joined(certain, apart, tick), *_joined(doubtful, apart, tick)]
    order = {pair: at for at, pair in enumerate((link.low, link.high) for link in links if link.later)}
    return sorted(made, key=lambda one: (one.later, _place(one, order), one.verdict != Verdict.SAME, -one.score))


def _place(one: TwinSet, order: dict[tuple[int, int], int]) -> int:
    if not one.later:
        return 0
    inside = set(one.ids)
    return max((at for (low, high), at in order.items() if low in inside and high in inside), default=0)


def _joined(links: Iterable[Linked], apart: Callable[[int, int], bool], tick: Callable[[], None]) -> list[TwinSet]:
    home: dict[int, list[int]] = {}
    left_out: list[Linked] = []
    ranked = sorted(links, key=lambda one: (-one.score, one.low, one.high))
    for link in ranked:
        tick()
        left, right = home.get(link.low, [link.low]), home.get(link.high, [link.high])
        if left is right:
            continue
        if any(apart(a, b) for a in left for b in right):
            left_out.append(link)
            continue
        joined = left + right
        home.update((member, joined) for member in joined)
    members: dict[int, list[Linked]] = {}
    for link in ranked:
        tick()
        if home.get(link.low) is not None and home.get(link.low) is home.get(link.high):
            members.setdefault(id(home[link.low]), []).append(link)
    made = [_set(inside) for inside in members.values()]
    # A pair that cannot join a set is shown by itself, unless it was told apart.
    return made + [_set([link]) for link in left_out if not apart(link.low, link.high)]


def _set(links: list[Linked]) -> TwinSet:
    ids = tuple(sorted({paper_id for link in links for paper_id in (link.low, link.high)}))
    why = tuple(dict.fromkeys(reason for link in links for reason in link.why))
    return TwinSet(
        links[0].verdict, min(link.score for link in links), ids, why[:WHY], all(link.later for link in links)
    )
