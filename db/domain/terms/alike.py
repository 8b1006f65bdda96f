"""How alike the texts of papers are, by the rare words that they share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.terms.reading import pieces, stem
from db.domain.terms.stopwords import DEPENDENT

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE, WEAK = 2.0, 0.5
"""How much a word of the title counts, and one that says little alone."""
REASONS = 6


@dataclass(slots=True)
class Word:
    """A word of a text: as it is written, its spellings in small letters, its weight (more in the title).

    `times` says how often the abstract has it, and `titled` whether the title does.
    """

    label: str
    forms: set[str]
    weight: float
    titled: bool = False
    times: int = 0


def words(title: str, abstract: str) -> dict[str, Word]:
    """Return the words of a text by their stem."""
    found: dict[str, Word] = {}
    for text, weight, titled in ((title, TITLE, True), (abstract, 1.0, False)):
        for piece in pieces(text):
            if root := stem(piece):
                worth = weight * WEAK if root in DEPENDENT else weight
                word = found.setdefault(root, Word(piece, {root, f"{root}s"}, worth, titled))
                word.forms.add(piece.lower())
                word.times += not titled
                if word.label[0].isupper() and piece.islower():
                    word.label = piece  # the capital was that of a title or sentence
    return found


def telling(found: Mapping[str, Word], most: int) -> list[str]:
    """Return the stems of up to so many words: those of the title, then what the abstract says most often."""
    return sorted(found, key=lambda root: (not found[root].titled, -found[root].times))[:most]


def rarity(papers: int, total: int) -> float:
    """Return how much a word counts that is in `papers` of `total`."""
    return math.log((1 + total) / (1 + papers)) + 0.1


def likeness(
    one: Mapping[str, Word], other: Mapping[str, Word], rarities: Mapping[str, float]
) -> tuple[float, tuple[str, ...]]:
    """Return how alike two texts are, 0 to 1 (the cosine of TF-IDF vectors), and the words that say so.

    `rarities` knows the words of `one`; what else `other` says counts as a word of middling rarity.
    """
    usual = sum(rarities.values()) / len(rarities) if rarities else 1.0
    shares = {root: one[root].weight * other[root].weight * rarities[root] ** 2 for root in rarities if root in other}
    lengths = [
        math.sqrt(sum((word.weight * rarities.get(root, usual)) ** 2 for root, word in text.items()))
        for text in (one, other)
    ]
    if not shares or not all(lengths):
        return 0.0, ()
    telling = sorted(shares, key=lambda root: (-shares[root], root))[:REASONS]
    return min(1.0, sum(shares.values()) / (lengths[0] * lengths[1])), tuple(one[root].label for root in telling)
