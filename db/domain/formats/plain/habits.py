"""What the shapes of a page's first lines tell of its habits: one paragraph or several, titles in one line or more."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SAMPLE = 3_000
"""Lines that are enough to know the habits of a page."""
LONG, SHORT = 350, 200
"""Characters that only an abstract has, and those that a line of a title seldom exceeds."""

SENTENCE_ENDS = (".", "?", "!", ")", '"')
CHANCE = 0.15
"""Of the blocks of a wrapped page, those that seem to go on because a last line happens to be full."""

Shape = tuple[int, int, bool, bool, bool]
"""Of one text line: its length, that of its first word, whether a blank line and whether text stands before, and
whether it ends like a sentence."""


def single(sample: Sequence[Shape], width: int) -> float:
    """Return how sure (0 to 1) it is that no abstract has a second paragraph: long blocks never follow each other."""
    blocks = [(size >= LONG, follows, ends) for size, follows, ends in _blocks(sample, width)]
    long = sum(1 for block in blocks if block[0])
    # A last line that happens to be full takes a title along, but that does not end like a sentence.
    again = sum(1 for a, b in itertools.pairwise(blocks) if a[0] and a[2] and b[0] and b[1])
    chance = CHANCE if width else 0.0
    return max(0.0, 1.0 - 8 * max(0.0, again / long - chance)) * min(1.0, long / 6) if long else 0.0


def split(sample: Sequence[Shape], width: int) -> float:
    """Return how often (0 to 1) a title goes on with another line."""
    if width:
        # On a wrapped page a longer line can only be a title that was left whole.
        return 1.0 if sum(1 for size, *_ in sample if width + 3 < size < LONG) < 2 else 0.0
    long = sum(1 for size, *_ in sample if size >= LONG)
    on = sum(1 for a, b in itertools.pairwise(sample) if a[0] < SHORT > b[0] and b[3])
    return min(1.0, on / (long + 1))


def _blocks(sample: Sequence[Shape], width: int) -> Iterable[tuple[int, bool, bool]]:
    """Lines that belong together by their look: (characters, whether text stands right before, sentence ends)."""
    total, before, start, ended = 0, 0, False, False
    for size, first, blank, follows, ends in sample:
        fits = before + 1 + (first if first > 0 else size) <= width or max(before, size) > width + 3
        if total and follows and not blank and width and not fits:
            total += 1 + size
        else:
            if total:
                yield total, start, ended
            total, start = size, follows
        before, ended = size, ends
    if total:
        yield total, start, ended
