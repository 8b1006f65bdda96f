"""Which tags stand together on papers, and how often."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from db.store import overview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.library import Library

TAGS_OF_ONE = 60
"""A paper with more tags than that (imported keywords) counts with these many, or its pairs would outnumber all."""


@dataclass(frozen=True, slots=True)
class TagPair:
    """Two tags: papers with both, with the first, with the second; `share` of the rarer tag's papers has both."""

    first: str
    second: str
    both: int
    of_first: int
    of_second: int
    text: str

    @property
    def share(self) -> float:
        """Return 0 to 1."""
        return self.both / min(self.of_first, self.of_second)


@dataclass(frozen=True, slots=True)
class TagPairs:
    """Pairs, the most frequent first, `found` in all of which some may be left out; papers by number of tags."""

    pairs: tuple[TagPair, ...]
    found: int
    tagged: int
    papers: int


def tag_pairs(library: Library, ids: Sequence[int], limit: int = 500) -> TagPairs:
    """Return the pairs of tags that these papers have."""
    with library.reading() as session:
        having = overview.given(session, "tag", ids)
        names = {number: name for number, (name, _colour) in overview.named(session, "tag").items()}
    single = Counter(number for numbers in having.values() for number in numbers)
    both: Counter[tuple[int, int]] = Counter()
    for numbers in having.values():
        both.update(combinations(numbers[:TAGS_OF_ONE], 2))
    ordered = sorted(both, key=lambda pair: (-both[pair], sorted(names[one].casefold() for one in pair)))
    pairs = []
    for pair in ordered[:limit]:
        a, b = sorted(pair, key=lambda one: names[one].casefold())
        text = f"tag:#{a} tag:#{b}"
        pairs.append(TagPair(names[a], names[b], both[pair], single[a], single[b], text))
    return TagPairs(tuple(pairs), len(both), len(having), len(ids))
