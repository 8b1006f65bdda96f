"""Where texts differ, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

Run = tuple[int, int]
"""A run of characters: from, up to."""
_WORD = re.compile(r"\w+|[^\w\s]")
MOST_WORDS = 2_000


def differences(one: str, other: str) -> tuple[list[Run], list[Run]]:
    """Return the runs of each text whose words the other does not have in that place.

    Beyond 2,000 words texts are compared as wholes, for the comparison is quadratic.
    """
    ours, theirs = list(_WORD.finditer(one)), list(_WORD.finditer(other))
    if max(len(ours), len(theirs)) > MOST_WORDS:
        same = one == other
        return ([] if same else [(0, len(one))]), ([] if same else [(0, len(other))])
    matcher = SequenceMatcher(None, [w.group() for w in ours], [w.group() for w in theirs], autojunk=False)
    left: list[Run] = []
    right: list[Run] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            left.extend(_run(ours, a, b))
            right.extend(_run(theirs, c, d))
    return left, right


def _run(words: list[re.Match[str]], first: int, last: int) -> list[Run]:
    return [(words[first].start(), words[last - 1].end())] if last > first else []


def marks(texts: list[str]) -> list[list[Run]]:
    """Return what to mark in each of several texts: each against the first, the first against the second."""
    if len(texts) < 2:
        return [[] for _ in texts]
    first = differences(texts[0], texts[1])[0]
    return [first, *(differences(texts[0], other)[1] for other in texts[1:])]
