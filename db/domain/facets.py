"""Counting the values of papers: columns of small numbers, read once, so that a count is a pass over an array.

A million papers take 50 ms for a field of one value each. All work is done in parts, between which `tick` is called.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

    Tick = Callable[[], None]

PART = 16_384
"""Papers counted at once: about a millisecond."""


class Answer:
    """The papers whose values are counted."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.ids = ids
        self._mask = bytearray()

    def parts(self, tick: Tick) -> Iterator[Sequence[int]]:
        """Yield the ids part by part."""
        for start in range(0, len(self.ids), PART):
            tick()
            yield self.ids[start : start + PART]

    def mask(self, highest: int, tick: Tick) -> bytearray:
        """Return a byte for each id up to the highest: 1 for those that are in the answer."""
        if not self._mask:
            self._mask = bytearray(max(max(self.ids, default=0), highest) + 1)
            for part in self.parts(tick):
                for one in part:
                    self._mask[one] = 1
        elif highest >= len(self._mask):
            self._mask.extend(bytes(highest + 1 - len(self._mask)))
        return self._mask


class Labels:
    """Values by number, 0 for none."""

    def __init__(self) -> None:
        self.all: list[Hashable] = [None]
        self._codes: dict[Hashable, int] = {None: 0}

    def code(self, label: Hashable) -> int:
        """Return the number of a value, a new one for one that was not there yet."""
        found = self._codes.get(label)
        if found is None:
            found = self._codes[label] = len(self.all)
            self.all.append(label)
        return found

    def named(self, counts: Mapping[int, int]) -> dict[Hashable, int]:
        """Return counts by value instead of by number."""
        return {self.all[code]: count for code, count in counts.items()}


class Single:
    """A field of one value at most."""

    def __init__(self, highest: int) -> None:
        self.labels = Labels()
        self._of = array("I", bytes(4 * (highest + 1)))

    def put(self, paper_id: int, value: Hashable) -> None:
        """Note the value of a paper; None takes it away."""
        if paper_id >= len(self._of):
            self._of.extend(array("I", bytes(4 * (paper_id + 1 - len(self._of)))))
        self._of[paper_id] = self.labels.code(value)

    def take(self, other: Single, ids: Iterable[int]) -> bool:
        """Let papers have the values that they have in another column; return whether any had another one."""
        changed = False
        for one in ids:
            value = other.labels.all[other._of[one]] if one < len(other._of) else None
            code = self.labels.code(value)
            if code != (self._of[one] if one < len(self._of) else 0):
                self.put(one, value)
                changed = True
        return changed

    def count(self, answer: Answer, tick: Tick) -> dict[Hashable, int]:
        """Return how many papers have each value; None counts those without one."""
        found: Counter[int] = Counter()
        end = len(self._of)
        for part in answer.parts(tick):
            if max(part) < end:
                found.update(map(self._of.__getitem__, part))
            else:  # of papers that came since nothing is known yet
                found.update(self._of[one] if one < end else 0 for one in part)
        return self.labels.named(found)


class Several:
    """A field of any number of values, each once; papers are put in by ascending ids."""

    def __init__(self) -> None:
        self.labels = Labels()
        self.highest = 0
        self._owners, self._codes = array("I"), array("I")
        self._changed: dict[int, tuple[int, ...]] = {}

    def put(self, paper_id: int, values: Iterable[Hashable]) -> None:
        """Note all values of a paper behind those of the papers before it."""
        for code in {self.labels.code(value) for value in values}:
            self._owners.append(paper_id)
            self._codes.append(code)
        self.highest = max(self.highest, paper_id)

    def codes(self, paper_id: int) -> tuple[int, ...]:
        """Return the numbers of a paper's values, ascending."""
        if paper_id in self._changed:
            return self._changed[paper_id]
        start = bisect_left(self._owners, paper_id)
        return tuple(sorted(self._codes[start : bisect_right(self._owners, paper_id, start)]))

    def take(self, other: Several, ids: Iterable[int]) -> bool:
        """Let papers have the values that they have in another column; return whether any had others."""
        there = {
            one: tuple(sorted(self.labels.code(other.labels.all[code]) for code in other.codes(one))) for one in ids
        }
        changed = {one: codes for one, codes in there.items() if codes != self.codes(one)}
        self.highest = max(self.highest, *changed, 0)
        self._changed = self._changed | changed
        return bool(changed)

    def count(self, answer: Answer, tick: Tick) -> dict[Hashable, int]:
        """Return how many papers have each value."""
        found: Counter[int] = Counter()
        mask, changed = answer.mask(self.highest, tick), self._changed
        if changed:
            mask = mask[:]
            for one, codes in changed.items():
                if mask[one]:
                    mask[one] = 0
                    found.update(codes)
        held = mask.__getitem__
        for start in range(0, len(self._owners), PART):
            tick()
            end = start + PART
            found.update(compress(self._codes[start:end], map(held, self._owners[start:end])))
        return self.labels.named(found)


class Flags:
    """Up to eight conditions that a paper meets or not, by number from 0."""

    def __init__(self, highest: int) -> None:
        self._of = bytearray(highest + 1)

    def put(self, paper_id: int, flag: int) -> None:
        """Note that a paper meets a condition."""
        if paper_id >= len(self._of):
            self._of.extend(bytes(paper_id + 1 - len(self._of)))
        self._of[paper_id] |= 1 << flag

    def take(self, other: Flags, ids: Iterable[int]) -> bool:
        """Let papers meet the conditions that they meet in another column; return whether any met others."""
        changed = False
        for one in ids:
            if one >= len(self._of):
                self._of.extend(bytes(one + 1 - len(self._of)))
            bits = other._of[one] if one < len(other._of) else 0
            changed = changed or bits != self._of[one]
            self._of[one] = bits
        return changed

    def count(self, answer: Answer, tick: Tick) -> dict[Hashable, int]:
        """Return how many papers meet each condition."""
        found: Counter[int] = Counter()
        end = len(self._of)
        for part in answer.parts(tick):
            found.update(map(self._of.__getitem__, part if max(part) < end else [one for one in part if one < end]))
        return {flag: sum(count for bits, count in found.items() if bits >> flag & 1) for flag in range(8)}


Column = Single | Several | Flags


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
