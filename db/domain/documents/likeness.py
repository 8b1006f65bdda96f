"""The keys of a library that come closest to one that it does not have."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST = 72.0
"""Per cent: below it keys share a year or a name at best."""
BY_TITLE = 80.0
"""The likeness of a key that is made of the year and the first words of a title, whoever wrote it."""
FEW = 5
"""More papers of one year that begin alike tell nothing."""
_UNTELLING = frozenset("with from this that what when does your into toward towards using".split())
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
        self._titled = _by_title(papers)
        self._choices = ([_spelt(paper.key) for paper in papers], [_usual(paper) for paper in papers])

    def closest(self, key: str, limit: int = 3) -> list[tuple[int, float]]:
        """Return the papers whose key is alike, (paper id, 0 to 100), the closest first."""
        best = {self._papers[at].paper_id: BY_TITLE for at in self._begun(key)}
        wanted = _spelt(key)
        for choices in self._choices:
            found = process.extract(wanted, choices, scorer=fuzz.ratio, score_cutoff=LEAST, limit=limit, processor=None)
            for _text, score, at in found:
                paper_id = self._papers[at].paper_id
                best[paper_id] = max(best.get(paper_id, 0.0), score)
        return sorted(best.items(), key=lambda one: (-one[1], one[0]))[:limit]

    def _begun(self, key: str) -> set[int]:
        """Return the papers whose title begins as a key says: dumps name no authors, so those may be any."""
        words = _spelt(key).split()
        years = [word for word in words if word.isdigit() and len(word) == 4]
        letters = [word.lower() for word in _WORDS.findall(_CAPITALS.sub(" ", key)) if not word.isdigit()]
        if len(years) != 1 or not letters:
            return set()
        begun: set[int] = set()
        for said in {letters[-1], "".join(letters), "".join(letters[1:])}:
            found = self._titled.get(f"{years[0]} {said}", ())
            begun.update(found if len(found) <= FEW else ())
        return begun


def _by_title(papers: Sequence[Named]) -> dict[str, list[int]]:
    """Return papers by year and first two telling words; by the first word those without authors."""
    titled: defaultdict[str, list[int]] = defaultdict(list)
    for at, paper in enumerate(papers):
        telling = _telling(paper.title) if paper.year else []
        if telling and not paper.authors:
            titled[f"{paper.year} {telling[0]}"].append(at)
        if len(telling) > 1:
            titled[f"{paper.year} {telling[0]}{telling[1]}"].append(at)
    return titled


def _telling(title: str) -> list[str]:
    """Return the first two words of a title that people make keys of."""
    words: list[str] = []
    for found in _LONG_WORD.finditer(title):
        if found[0] not in _UNTELLING:
            words.append(found[0])
            if len(words) == 2:
                break
    return words


def _spelt(key: str) -> str:
    """Return the words of a key in order: `Smith2020Attention` and `attention-smith-2020` are the same ones."""
    return " ".join(sorted(word.lower() for word in _WORDS.findall(_CAPITALS.sub(" ", key))))


def _usual(paper: Named) -> str:
    if not paper.authors or not paper.year:
        return ""
    author = paper.authors.split(" ", 1)[0]
    words = _telling(paper.title)
    return " ".join(sorted((author, str(paper.year), words[0] if words else "")))
