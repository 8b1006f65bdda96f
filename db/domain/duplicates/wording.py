"""How two titles differ word by word: words of one only, slips of spelling, words joined or split."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    from collections.abc import Sequence

_SMALL = frozenset("a an the of in on for and or to by with from at as is are be its it vs via using into".split())
_LONG_WORD = 4
_LONGER_WORD = 8


class Wording(NamedTuple):
    """Words that only one title has, the smaller and the larger number; and slips of spelling."""

    fewer: int
    more: int
    slips: int


NO_DIFFERENCE = Wording(0, 0, 0)


def difference(a: Sequence[str], b: Sequence[str]) -> Wording:
    """Compare the words of two titles in any order; articles and prepositions do not count."""
    left, right = (Counter(word for word in one if word not in _SMALL) for one in (a, b))
    only_left, only_right = list((left - right).elements()), list((right - left).elements())
    slips = _take_slips(only_left, only_right)
    if _joined(only_left, only_right):
        return Wording(0, 0, slips + 1)
    counts = len(only_left), len(only_right)
    return Wording(min(counts), max(counts), slips)


def _take_slips(left: list[str], right: list[str]) -> int:
    """Take the words out of both lists that differ by a slip of spelling, and return how many they were."""
    taken = 0
    for word in tuple(left):
        twin = next((other for other in right if is_slip(word, other)), None)
        if twin is not None:
            left.remove(word)
            right.remove(twin)
            taken += 1
    return taken


def is_slip(x: str, y: str) -> bool:
    """Tell whether two words are one, misspelled or inflected; "supervised" and "unsupervised" are two."""
    short = min(len(x), len(y))
    if short < _LONG_WORD:
        return False
    if x.startswith(y) or y.startswith(x):
        return abs(len(x) - len(y)) <= 2
    if x.endswith(y) or y.endswith(x):
        return False
    allowed = 1 if short < _LONGER_WORD else 2
    return Levenshtein.distance(x, y, score_cutoff=allowed) <= allowed


def _joined(left: list[str], right: list[str]) -> bool:
    x, y = "".join(left), "".join(right)
    if not x or not y:
        return False
    allowed = min(2, len(x) // 8)
    return Levenshtein.distance(x, y, score_cutoff=allowed) <= allowed
