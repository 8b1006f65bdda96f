"""Which tags fit a paper: told by the words that the papers of a tag share, and by the papers most like it.

Each is a count that a person can check, so that a suggestion says why: "12 of 15 papers with this tag say “diffusion”".
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

NEIGHBOURS = 10
LIKE = 0.15
"""How much of a paper's words, by their weight, another one must say to be called alike."""
TELLING = 2_000
"""Papers that may say a word by which papers are called alike: commoner ones weigh little and take long to add up."""
SHARE, LIFT, AT_LEAST = 0.3, 3.0, 3
"""A word speaks for a tag that this share of its papers says, so many times more often than other papers do, and no
fewer papers than that."""
DOUBT = 1.5
"""Papers of a tag that are taken not to say a word: three of three prove less than fifteen of fifteen."""
ENOUGH = 0.5
"""The least strength of a suggestion; measured on invented papers with tags taken off (see the tests)."""
MOST = 5
"""Suggestions for one paper."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A tag for a paper: how strong (0 to 1), and the counts that speak for it.

    `word` is said by `saying` of `tagged` papers with the tag; of `alike` most similar papers `having` have it,
    such as `example`. A part that says nothing is empty or 0.
    """

    tag: int
    strength: float
    word: str = ""
    saying: int = 0
    tagged: int = 0
    having: int = 0
    alike: int = 0
    example: int = 0


@dataclass(slots=True)
class Known:
    """What is known of tagged papers: the tags of each, how many have each tag, how many papers there are."""

    tags_of: Mapping[int, Sequence[int]]
    papers: int
    sizes: Counter[int] = field(default_factory=Counter)
    _spoken: dict[str, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for tags in self.tags_of.values():
            self.sizes.update(tags)

    def spoken(self, word: str, papers: Iterable[int]) -> dict[int, int]:
        """Return how many papers with each tag say a word, which these papers say; tags with too few are left out."""
        if word not in self._spoken:
            tagged = (self.tags_of[paper] for paper in papers if paper in self.tags_of)
            found = Counter(chain.from_iterable(tagged))
            self._spoken[word] = {tag: number for tag, number in found.items() if number >= AT_LEAST}
        return self._spoken[word]


def suggest(paper: int, said: Mapping[str, Sequence[int]], known: Known, without: Set[int]) -> list[Suggestion]:
    """Return the tags that fit a paper best, the strongest first.

    `said` names the papers that say each of its words; words that most papers say are left out of it. `without` are
    tags that it has or that were refused for it.
    """
    by_word = _by_words(said, known)
    alike = _alike(paper, said, known)
    found = []
    for tag in {*by_word, *(tag for one, _weight in alike for tag in known.tags_of[one])} - without:
        suggestion = _weighed(tag, by_word.get(tag), alike, known)
        if suggestion.strength >= ENOUGH:
            found.append(suggestion)
    return sorted(found, key=lambda one: (-one.strength, one.tag))[:MOST]


def _by_words(said: Mapping[str, Sequence[int]], known: Known) -> dict[int, list[tuple[float, str, int]]]:
    """Return, of each tag, the words that speak for it: weight, word, papers that say it; the strongest first."""
    found: dict[int, list[tuple[float, str, int]]] = {}
    for word, papers in said.items():
        base = len(papers) / max(known.papers, 1)
        for tag, saying in known.spoken(word, papers).items():
            share = saying / (known.sizes[tag] + DOUBT)
            if share >= SHARE and share >= LIFT * base:
                found.setdefault(tag, []).append((share * math.log(share / base), word, saying))
    return {tag: sorted(ones, reverse=True) for tag, ones in found.items()}


def _alike(paper: int, said: Mapping[str, Sequence[int]], known: Known) -> list[tuple[int, float]]:
    """Return the tagged papers that say most of the same words, and how much of their weight (0 to 1)."""
    shared: dict[int, float] = {}
    whole = 0.0
    for papers in said.values():
        if len(papers) > TELLING:
            continue
        weight = math.log(1 + known.papers / max(len(papers), 1))
        whole += weight
        for one in papers:
            shared[one] = shared.get(one, 0.0) + weight
    tagged = ((weight / whole, one) for one, weight in shared.items() if one != paper and one in known.tags_of)
    nearest = sorted((one for one in tagged if one[0] >= LIKE), reverse=True)[:NEIGHBOURS]
    return [(one, weight) for weight, one in nearest]


def _weighed(
    tag: int, spoken: Sequence[tuple[float, str, int]] | None, alike: Sequence[tuple[int, float]], known: Known
) -> Suggestion:
    # Three words that each half of the papers say are as good as one that all of them say.
    text = 1 - math.exp(-sum(weight for weight, _word, _saying in (spoken or ())[:5]) / 3)
    having = [one for one, _weight in alike if tag in known.tags_of[one]]
    near = 0.0
    if len(having) > 1:
        near = sum(weight for one, weight in alike if one in having) / sum(weight for _one, weight in alike)
    strength = 1 - (1 - 0.8 * text) * (1 - 0.8 * near)
    word, saying = (spoken[0][1], spoken[0][2]) if spoken else ("", 0)
    shown = len(having) if len(having) > 1 else 0
    return Suggestion(
        tag, strength, word, saying, known.sizes[tag], shown, len(alike) if shown else 0, having[0] if shown else 0
    )
