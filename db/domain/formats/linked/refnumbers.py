"""Which paper each title of a page links to, where links are numbers and their addresses stand at the end."""

from __future__ import annotations

import itertools
import re
import sys
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field

from db.domain.formats.linked.linklines import owner, paper_of

RUNS = 64
"""Ascending runs of numbers that wait for their addresses at once; several pages in one text give several."""
UNKNOWN = 1
_DEFINITION = re.compile(
    r"\s*(?:\[(?P<number>\d{1,9})\]:\s+<?(?P<url>[^\s<>]+)>?|\[?(?P<listed>\d{1,9})(?:\]|\.|:)\s+<?(?P<address>https?://[^\s<>]+)>?)"
    r"(?:\s+[\"'(].*)?\s*"
)
_NEW = re.compile(r"(\d{4})\.(\d{4,5})")


def definition(line: str) -> tuple[int, str] | None:
    """Return number and address of a line that says where a number leads."""
    match = _DEFINITION.fullmatch(line) if len(line) < 2_000 and ":" in line else None
    return (int(match["number"] or match["listed"]), match["url"] or match["address"]) if match else None


@dataclass(slots=True)
class RefNumbers:
    """Addresses of the titles, the first one has place 0; some 20 bytes a title, however many there are."""

    numbers: array[int] = field(default_factory=lambda: array("I"))
    packed: array[int] = field(default_factory=lambda: array("Q"))
    others: dict[int, str] = field(default_factory=dict)
    slugs: dict[int, str] = field(default_factory=dict)
    _owners: dict[int, list[int]] = field(default_factory=dict)
    _runs: list[int] = field(default_factory=list)
    _defined: bool = False

    def title(self, number: int | None) -> None:
        """Add the title with that number; None when it has none."""
        if self._defined:
            self._runs.clear()
            self._owners.clear()
            self._defined = False
        before = self.numbers[-1] if self.numbers else 0
        ordered = before if number is None else number
        if not self._runs or ordered < before:
            self._runs = [*self._runs[1 - RUNS :], len(self.numbers)]
        self.numbers.append(ordered)
        self.packed.append(UNKNOWN if number is None else 0)

    def owner(self, number: int) -> None:
        """Note that the last title's organisation has that number."""
        if self.numbers:
            self._owners.setdefault(number, []).append(len(self.numbers) - 1)

    def define(self, number: int, url: str) -> str | None:
        """Take the address of a number; returns the identifier when a title has been waiting for it."""
        self._defined = True
        if number in self._owners and (slug := owner(url)):
            self.slugs |= dict.fromkeys(self._owners[number], sys.intern(slug))
        identifier = None
        for start, end in itertools.pairwise([*self._runs, len(self.numbers)]):
            place = bisect_left(self.numbers, number, start, end)
            while place < end and self.numbers[place] == number and not self.packed[place]:
                identifier = identifier or paper_of(url)
                if identifier is None:
                    return None
                self._pack(place, identifier)
                place += 1
        return identifier

    def _pack(self, place: int, identifier: str) -> None:
        match = _NEW.fullmatch(identifier)
        if match:
            self.packed[place] = (int(match[1]) * 1_000_000 + int(match[2])) * 10 + len(match[2])
        else:
            self.others[place] = identifier

    def identifier(self, place: int) -> str | None:
        """Return the arXiv identifier of a title."""
        if place >= len(self.packed) or (packed := self.packed[place]) <= UNKNOWN:
            return self.others.get(place)
        rest, digits = divmod(packed, 10)
        month, number = divmod(rest, 1_000_000)
        return f"{month:04d}.{number:0{digits}d}"
