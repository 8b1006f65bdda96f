"""What the tokens of a pattern are filled with, for one paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.citekeys.parts import family
from db.domain.citekeys.words import (
    name_words,
    opening,
    solid,
    venue_words,
    without_small,
    without_stops,
    written_words,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.citekeys.parts import KeyParts, Work
    from db.domain.records import Person

MOST_WRITTEN = 24
"""Words of a title that are looked at: a key holds far fewer."""
_UNSAFE = re.compile(r"[^A-Za-z0-9.]+")


class Values:
    """Gives the words that a token asks for; words of the title that stood in for something are not given again."""

    __slots__ = ("_parts", "_used", "_work")

    def __init__(self, work: Work, parts: KeyParts) -> None:
        self._work = work
        self._parts = parts
        self._used: set[str] | None = None

    def use(self, words: Sequence[str]) -> None:
        """Note words of the title that stand for something else."""
        self._used = (self._used or set()) | {solid(word).lower() for word in words}

    def _fresh(self, words: Sequence[str]) -> Sequence[str]:
        used = self._used
        return words if used is None else [word for word in words if solid(word).lower() not in used]

    def _written(self) -> Sequence[str]:
        return self._fresh(written_words(self._work.title)[:MOST_WRITTEN])

    def telling(self, most: int) -> Sequence[str]:
        """Return the first telling words."""
        return self._fresh(self._parts.telling)[:most]

    def short(self, most: int, capital: int) -> Sequence[str]:
        """Return the first words but articles and prepositions, so many of them with a capital."""
        words = [solid(word) for word in without_small(self._written())[:most]]
        return [word[:1].upper() + word[1:] if at < capital else word.lower() for at, word in enumerate(words)]

    def opening(self) -> Sequence[str]:
        """Return the word that stands for the title."""
        return self._fresh(opening(written_words(self._work.title)))[:1]

    def content(self, most: int) -> Sequence[str]:
        """Return the first words that are no stop words, small, without hyphens."""
        return [solid(word).lower() for word in without_stops(self._written())[:most]]

    def author(self) -> Sequence[str]:
        """Return the family name of the first author."""
        return [self._parts.family] if self._parts.family else []

    def authors(self, first: int, most: int) -> Sequence[str]:
        """Return the family names of so many authors, from one on (0: the first)."""
        return _families(self._work.authors[first : first + most])

    def given(self) -> Sequence[str]:
        """Return the given names of the first author."""
        return name_words(self._work.authors[0].given) if self._work.authors else []

    def editors(self, most: int) -> Sequence[str]:
        """Return the family names of so many editors."""
        return _families(self._work.editors[:most])

    def organization(self) -> Sequence[str]:
        """Return the words of the organisation."""
        return written_words(self._work.organization or "")

    def year(self) -> str:
        """Return the year in digits; empty when it is unknown."""
        return str(self._work.year) if self._work.year else ""

    def venue(self) -> Sequence[str]:
        """Return the venue as one short word."""
        return venue_words(self._work.venue or "")

    def arxiv(self) -> Sequence[str]:
        """Return the arXiv identifier."""
        return _safe(self._work.arxiv_id)

    def doi(self) -> Sequence[str]:
        """Return what stands behind the first slash of the DOI."""
        return _safe((self._work.doi or "").partition("/")[2])


def _families(people: Sequence[Person]) -> list[str]:
    return [name for name in map(family, people) if name]


def _safe(number: str | None) -> list[str]:
    plain = _UNSAFE.sub("-", number or "").strip("-.")
    return [plain] if plain else []
