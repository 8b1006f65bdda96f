"""The terms of a set of papers: words, and pairs of words that stand together often enough to be one notion."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from db.domain.terms.reading import pieces, stem
from db.domain.terms.stopwords import DEPENDENT, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORDS, PAIRS = 8_000, 4_000
"""At most so many words and pairs of words are terms, the most frequent ones."""
ROOM = 400_000
"""Pairs that are counted at a time; when there are more, those that were seen once are forgotten."""
COHESION = 0.08
"""A pair is one notion when it makes up this share of what its rarer word is in."""
FORMS = 4

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Term:
    """One or two words: as it is written most often, and in small letters all its spellings (plural, hyphen)."""

    label: str
    forms: tuple[str, ...]
    parts: tuple[int, ...] = ()
    """Of a pair, which terms its words are."""
    telling: bool = True
    """False for a word that only means something beside another."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Terms by number; `words` leads from the stem of a word to its number, `pairs` from two numbers to one."""

    terms: tuple[Term, ...]
    words: Mapping[str, int]
    pairs: Mapping[tuple[int, int], int]


class _Tally:
    """Counts papers by word and pair, and how each is written."""

    def __init__(self) -> None:
        self.papers = 0
        self.words: Counter[str] = Counter()
        self.pairs: Counter[Pair] = Counter()
        self.spelled: defaultdict[str | Pair, Counter[str]] = defaultdict(Counter)

    def add(self, title: str, abstract: str) -> None:
        self.papers += 1
        words: set[str] = set()
        written: set[tuple[str, str]] = set()
        pairs: set[Pair] = set()
        for text in (title, abstract):
            found = [(one, stem(one)) for one in pieces(text)]
            written.update((root, one) for one, root in found if root)
            pairs.update((a, b) for (_, a), (_, b) in pairwise(found) if a and b and a != b)
        for root, one in written:
            self.spelled[root][one] += 1
            words.add(root)
        self.words.update(words)
        self.pairs.update(pairs)
        if len(self.pairs) > ROOM:
            self.pairs = Counter({pair: times for pair, times in self.pairs.items() if times > 1})

    def common(self, least: int) -> list[str]:
        often = sorted((-times, word) for word, times in self.words.items() if times >= least)
        return [word for _times, word in often[:WORDS]]

    def notions(self, kept: Mapping[str, int], least: int) -> list[Pair]:
        """Return the pairs that are more than two words that happen to meet."""
        held = [
            (-times, (a, b))
            for (a, b), times in self.pairs.items()
            if times >= least and a in kept and b in kept
            if times >= COHESION * min(self.words[a], self.words[b])
        ]
        return [pair for _times, pair in sorted(held)[:PAIRS]]


def learn(papers: Iterable[tuple[str, str]]) -> Vocabulary:
    """Return the terms of titles and abstracts; of many papers a part says which terms there are."""
    tally = _Tally()
    for title, abstract in papers:
        tally.add(title, abstract)
    least = 1 if tally.papers < 8 else 2
    words = {word: number for number, word in enumerate(tally.common(least))}
    spelled = {word: _spellings(tally.spelled[word]) for word in words}
    terms = [Term(forms[0], _small(forms), telling=root not in DEPENDENT) for root, forms in spelled.items()]
    pairs: dict[tuple[int, int], int] = {}
    for a, b in tally.notions(words, max(2, tally.papers // 2_000)):
        pairs[words[a], words[b]] = len(terms)
        head = _inside(spelled[a], a)
        joint = "-" if a in PREFIXES else " "
        forms = tuple(f"{head.lower()} {last}" for last in _small(spelled[b]))
        terms.append(Term(f"{head}{joint}{spelled[b][0]}", forms, (words[a], words[b])))
    return Vocabulary(tuple(terms), words, pairs)


def _spellings(seen: Counter[str]) -> list[str]:
    """Return how a word is written, the usual way first: `LLMs` stays, `Alignment` at the start of a title does not."""
    small: Counter[str] = Counter()
    capitals: Counter[str] = Counter()
    for one, times in seen.items():
        small[one.lower()] += times
        if not one[1:].islower() and len(one) > 1 and not one.islower():
            capitals[one] += times
    found = []
    for word, times in sorted(small.items(), key=lambda item: (-item[1], item[0]))[:FORMS]:
        own = {one: number for one, number in capitals.items() if one.lower() == word}
        best = max(own, key=lambda one: (own[one], one), default="")
        found.append(best if best and sum(own.values()) * 2 >= times else word)
    return found


def _inside(forms: list[str], root: str) -> str:
    """Return a word as it stands before another, where a plural reads badly: `LLM agents`, not `LLMs agents`."""
    return next((one for one in forms if one.lower() == root), forms[0])


def _small(forms: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.lower() for one in forms))
