"""The keys of a library that come closest to one that it does not have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 72.0
"""Per cent: below it keys share a year or a name at best."""
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_CAPITALS = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Named:
    """A paper by what people make keys of: `authors` and `title` in small letters, the first author first."""

    paper_id: int
    key: str
    authors: str = ""
    year: int | None = None
    title: str = ""


class KeyBook:
    """The papers of a library by their keys, and by the key that most people would give them: author, year, word."""

    def __init__(self, papers: Sequence[Named]) -> None:
        self._papers = papers
        self._choices = ([_spelt(paper.key) for paper in papers], [_usual(paper) for paper in papers])

    def closest(self, key: str, limit: int = 3) -> list[tuple[int, float]]:
        """Return the papers whose key is alike, (paper id, 0 to 100), the closest first."""
        best: dict[int, float] = {}
        wanted = _spelt(key)
        for choices in self._choices:
            found = process.extract(wanted, choices, scorer=fuzz.ratio, score_cutoff=LEAST, limit=limit, processor=None)
            for _text, score, at in found:
                paper_id = self._papers[at].paper_id
                best[paper_id] = max(best.get(paper_id, 0.0), score)
        return sorted(best.items(), key=lambda one: (-one[1], one[0]))[:limit]


def _spelt(key: str) -> str:
    """Return the words of a key in order: `Smith2020Attention` and `attention-smith-2020` are the same ones."""
    return " ".join(sorted(word.lower() for word in _WORDS.findall(_CAPITALS.sub(" ", key))))


def _usual(paper: Named) -> str:
    if not paper.authors or not paper.year:
        return ""
    author = paper.authors.split(" ", 1)[0]
    word = _LONG_WORD.search(paper.title)
    return " ".join(sorted((author, str(paper.year), word[0] if word else "")))
