"""The values of a facet as they are listed: what each is called, how it is asked for, and which come first."""

from __future__ import annotations

from collections import Counter
from heapq import nlargest
from typing import TYPE_CHECKING

from db.domain.facets import Facet, Value
from db.domain.names import fold
from db.domain.query import filters
from db.domain.query.completing import valued

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from db.domain.query.filters import Key

    Counts = Mapping[Hashable, int]
    States = Mapping[Key, str]

MARKS = ("has:code", "has:pdf", "is:starred", "has:notes", "has:arxiv", "has:doi", "-has:abstract", "-has:date")
ORDER: dict[str, tuple[str, ...]] = {"status": filters.STATUSES, filters.MARK: MARKS}
"""Fields whose values come in an order of their own; of the others the most frequent come first."""
SPARE = 20
"""More values are picked than asked for, as a name with a quotation mark in it cannot be asked for."""


class Known:
    """What the tags (small-letter name, name, colour) and the dumps of a library are called."""

    def __init__(self, tags: Mapping[int, tuple[str, str, int]], dumps: Mapping[int, str]) -> None:
        self._dumps, self._tags = dumps, tags
        self._numbers = {key: number for number, (key, _name, _colour) in tags.items()}
        self._often = Counter(dumps.values())
        self._outer = {
            key[:at]: name[:at]
            for key, name, _colour in tags.values()
            for at, char in enumerate(key)
            if char == "/" and len(key) == len(name)
        }

    def label_of(self, key: Key) -> Hashable:
        """Return the value that is counted for what a condition asks for, None for one that is not there."""
        field, value = key
        if field == "tag" and isinstance(value, int):
            return self._tags[value][0] if value in self._tags else None
        if field == "dump" and not isinstance(value, int):
            return next((number for number, name in self._dumps.items() if name == value), None)
        return value if isinstance(value, (str, int)) else None

    def name_of(self, field: str, label: Hashable) -> str:
        """Return what a value is called."""
        if field == "dump" and isinstance(label, int):
            return self._dumps.get(label, "")
        key = str(label)
        if field == "tag":
            return self._tags[self._numbers[key]][1] if key in self._numbers else self._outer.get(key, key)
        return key

    def value(self, field: str, label: Hashable, count: int | None, state: str) -> Value:
        """Return a value as it is listed."""
        name, colour, keys = self.name_of(field, label), None, {(field, label)}
        if field == "tag":
            number = self._numbers.get(str(label))
            colour = None if number is None else self._tags[number][2]
            term = valued(field, name).text
            keys |= {filters.key_of(term)} | (set() if number is None else {(field, number)})
        elif field == "dump":
            unique = filters.sayable(name) and self._often[name] == 1
            term = valued(field, name).text if unique else f"dump:#{label}"
            keys |= {(field, name)} if unique else set()
        elif field == "status":
            term = f"status:{label}"
        else:
            term = name if field == filters.MARK else filters.quoted(field, name, "=")
        return Value(field, name, term, frozenset(keys), count, state, colour)


def listed(field: str, counts: Counts, states: States, known: Known, wish: tuple[int, str]) -> Facet:
    """Return the values of a field that come first, and those that are asked for or left out.

    `wish` is how many, and what their names must hold.
    """
    most, typed = wish[0], fold(wish[1].strip())
    chosen = {known.label_of(key): state for key, state in states.items() if key[0] == field}
    there = {label: count for label, count in counts.items() if label is not None and count}
    if typed:
        there = {label: count for label, count in there.items() if typed in fold(known.name_of(field, label))}
        chosen = {label: state for label, state in chosen.items() if typed in fold(known.name_of(field, label))}
    labels = {*_first(field, there, most), *chosen} - {None}
    values = [known.value(field, label, counts.get(label, 0), chosen.get(label, "")) for label in labels]
    return Facet(field, tuple(sorted(values, key=_place)), len(there.keys() | (chosen.keys() - {None})))


def waiting(field: str, states: States, known: Known) -> Facet:
    """Return a field that is not counted yet: the values that are asked for or left out."""
    return Facet(field, listed(field, {}, states, known, (0, "")).values, is_coming=True)


def _first(field: str, counts: Counts, most: int) -> list[Hashable]:
    if field in ORDER:
        return [label for label in ORDER[field] if label in counts]
    least = min(nlargest(most + SPARE, counts.values()), default=0) if most else 0
    often = [label for label, count in counts.items() if count >= least] if most else []
    often.sort(key=lambda label: (-counts[label], str(label)))
    return [label for label in often[: most + SPARE] if _can_be_said(field, label)][:most]


def _can_be_said(field: str, label: Hashable) -> bool:
    return field not in ("author", "org") or filters.sayable(str(label))


def _place(value: Value) -> tuple[int, str, str]:
    order = ORDER.get(value.field, ())
    if value.label in order:
        return order.index(value.label), "", ""
    return -(value.count or 0), fold(value.label), value.term
