"""Papers as bags of terms, in flat arrays: a hundred thousand of them take some fifty megabytes."""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from db.domain.terms.reading import pieces, stem

if TYPE_CHECKING:
    from db.domain.terms.vocabulary import Vocabulary


class Bags:
    """The terms of papers, one paper after the other.

    Those of paper `n` are `numbers[starts[n]:starts[n + 1]]`, ascending; a term of the title counts twice in `weights`.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.numbers = array("i")
        self.weights = array("b")
        self.starts = array("q", [0])
        self._known: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self.starts) - 1

    def add(self, title: str, abstract: str) -> None:
        """Take in a paper; one without known terms has an empty bag."""
        heads = self._terms(title)
        found = sorted(heads | self._terms(abstract))
        self.numbers.extend(found)
        self.weights.extend([2 if one in heads else 1 for one in found])
        self.starts.append(len(self.numbers))

    def _terms(self, text: str) -> set[int]:
        words = [self._number(one) for one in pieces(text)]
        found = set(words)
        found.discard(-1)
        pairs = self.vocabulary.pairs
        found.update([pairs[two] for two in pairwise(words) if two in pairs])
        return found

    def _number(self, piece: str) -> int:
        number = self._known.get(piece)
        if number is None:
            if len(self._known) > ROOM:
                self._known.clear()  # names and numbers without end
            number = self._known[piece] = self.vocabulary.words.get(stem(piece), -1)
        return number

    def counts(self) -> Counter[int]:
        """Return in how many papers each term is."""
        return Counter(self.numbers)


ROOM = 500_000
"""Spellings that are remembered."""
