"""Counting the values of papers: each value keeps the papers that have it, so that a count is a look at those.

A field of a million papers takes a few milliseconds, one of many values (authors) 0.1 s. All work is done in parts of
a fraction of a millisecond, between which another thread can have the interpreter.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence

    Tick = Callable[[], None]
    Groups = Iterable[tuple[Hashable, Collection[int]]]

PART = 4_096
"""Papers looked at between two calls of `tick`."""
DENSE = 64
"""A value of at least one paper in so many is kept as a bit for each paper, which takes as much memory as few ids."""
WORN = 20_000
"""Papers whose values have changed, beyond which a column is better read anew."""
_DIGITS = bytes([*b"01", *range(2, 256)])


def _bits(mask: bytearray) -> int:
    """Return a number with the bit of each byte that is 1; the base makes it quick."""
    return int(mask[::-1].translate(_DIGITS) or b"0", 2)


def _mask(ids: Iterable[int], highest: int) -> bytearray:
    mask = bytearray(highest + 1)
    for one in ids:
        mask[one] = 1
    return mask


class Answer:
    """The papers whose values are counted."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.ids = ids
        self._mask, self._bits = bytearray(), 0

    def mask(self, highest: int, tick: Tick) -> bytearray:
        """Return a byte for each id up to the highest: 1 for those that are in the answer. Not to be changed."""
        if not self._mask:
            mask = bytearray(highest + 1)
            for start in range(0, len(self.ids), PART):
                tick()
                part = self.ids[start : start + PART]
                mask.extend(bytes(max(0, max(part) + 1 - len(mask))))
                for one in part:
                    mask[one] = 1
            self._mask, self._bits = mask, _bits(mask)
        elif highest >= len(self._mask):
            self._mask.extend(bytes(highest + 1 - len(self._mask)))
        return self._mask

    def bits(self) -> int:
        """Return a number with the bit of each id that is in the answer, after `mask`."""
        return self._bits


class Column:
    """The values of a field and the papers, up to the highest id, that have them; each value is given once.

    A value that many papers have is a number with a bit for each of them; the papers of all others are put together.
    """

    def __init__(self, groups: Groups, highest: int) -> None:
        self._dense: dict[Hashable, int] = {}
        self._rare: list[Hashable] = []
        self._ids, self._ends = array("I"), array("I")
        self._changed: dict[int, tuple[Hashable, ...]] = {}
        self._highest = highest
        for value, ids in groups:
            self._put(value, ids)

    def _put(self, value: Hashable, ids: Collection[int]) -> None:
        if len(ids) * DENSE > self._highest:
            self._dense[value] = _bits(_mask(ids, self._highest))
        else:
            self._rare.append(value)
            self._ids.extend(array("I", ids))
            self._ends.append(len(self._ids))

    @property
    def is_worn(self) -> bool:
        """Whether so many papers have changed that it should be read anew."""
        return len(self._changed) > WORN

    def take(self, groups: Groups, ids: Iterable[int]) -> bool:
        """Let papers have the values of these groups and no others; return whether any may have had others."""
        now: dict[int, tuple[Hashable, ...]] = dict.fromkeys(ids, ())
        for value, some in groups:
            for one in some:
                now[one] += (value,)
        changed = {one: values for one, values in now.items() if self._changed.get(one) != values}
        self._highest = max(self._highest, *changed, 0)
        self._changed = self._changed | changed
        return bool(changed)

    def count(self, answer: Answer, tick: Tick) -> Counter[Hashable]:
        """Return how many papers of an answer have each value that any has."""
        found: Counter[Hashable] = Counter()
        mask, changed = answer.mask(self._highest, tick), self._changed
        bits = answer.bits()
        if changed:
            moved = [one for one in changed if mask[one]]
            mask = mask[:]
            for one in moved:
                mask[one] = 0
                found.update(changed[one])
            bits &= ~_bits(_mask(moved, max(moved, default=0)))
        for value, held in self._dense.items():
            tick()
            if number := (held & bits).bit_count():
                found[value] += number
        self._count_rare(mask, tick, found)
        return found

    def _count_rare(self, mask: bytearray, tick: Tick, found: Counter[Hashable]) -> None:
        held, ids, start, told = mask.__getitem__, self._ids, 0, 0
        for value, end in zip(self._rare, self._ends, strict=True):
            if number := sum(map(held, ids[start:end])):
                found[value] += number
            start = end
            if start > told:
                tick()
                told = start + PART


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: what it is called, the condition that finds it, and how many papers a click would show.

    `keys` are what conditions on it look like. `state` is "" or `wanted`, `unwanted`, `within` (asked for by the place
    that is searched); `count` is None for one that is left out.
    """

    field: str
    label: str
    term: str
    keys: frozenset[tuple[str, object]]
    count: int | None
    state: str = ""
    colour: int | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """The first values of a field, and how many there are in all; `is_coming` while they are not counted yet."""

    field: str
    values: tuple[Value, ...] = ()
    total: int = 0
    is_coming: bool = False


@dataclass(frozen=True, slots=True)
class Years:
    """Papers by year without gaps from `first` on, those whose year is asked for, and those that have none.

    `earlier` are those before `first`: a few old papers must not make the bars of the others thin.
    """

    first: int = 0
    bars: tuple[int, ...] = ()
    earlier: int = 0
    wanted: tuple[tuple[int | None, int | None], ...] = ()
    unwanted: tuple[tuple[int | None, int | None], ...] = ()
    undated: int = 0
    is_coming: bool = False


WIDEST = 40
"""Years that have a bar of their own at most."""


def years_of(counts: Mapping[Hashable, int], wanted: Sequence[object], unwanted: Sequence[object]) -> Years:
    """Return counts by year as bars."""
    dated = {year: count for year, count in counts.items() if isinstance(year, int) and year and count}
    last = max(dated, default=0)
    near = {year: count for year, count in dated.items() if year > last - WIDEST}
    earlier = sum(dated.values()) - sum(near.values())
    first = last - WIDEST + 1 if earlier else min(near, default=0)
    return Years(
        first,
        tuple(near.get(year, 0) for year in range(first, last + 1)) if near else (),
        earlier,
        tuple(one for one in wanted if isinstance(one, tuple)),
        tuple(one for one in unwanted if isinstance(one, tuple)),
        sum(counts.values()) - sum(dated.values()),
    )
