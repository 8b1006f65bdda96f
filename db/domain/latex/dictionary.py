"""Which words are ordinary English: a word that is not is taken for a name.

The list (see `resources/words`) holds base forms; endings are undone here, so that 16,000 words stand for some 60,000.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

WORDS = Path(__file__).resolve().parents[3] / "resources" / "words" / "english.txt"
_ENDINGS = (
    ("ies", ("y",)), ("es", ("", "e")), ("s", ("",)), ("ied", ("y",)), ("ed", ("", "e")), ("ing", ("", "e")),
    ("er", ("", "e")), ("est", ("", "e")), ("ly", ("", "le")), ("ness", ("",)), ("able", ("", "e")),
    ("ably", ("able",)), ("ation", ("e", "ate")), ("ion", ("", "e")), ("ity", ("", "e")),
)  # fmt: skip
_BEGINNINGS = ("non", "pre", "re", "un", "multi", "meta", "self", "super", "auto", "co", "sub", "inter")
_SHORTEST = 3
_DEPTH = 3


@lru_cache(maxsize=20_000)
def ordinary(word: str) -> bool:
    """Say whether a word in small letters is in the dictionary, bare or with a usual ending or beginning."""
    if _explained(word, _DEPTH):
        return True
    starts = (len(one) for one in _BEGINNINGS if word.startswith(one) and len(word) - len(one) > _SHORTEST)
    return any(_explained(word[length:], _DEPTH) for length in starts)


def _explained(word: str, depth: int) -> bool:
    return word in _words() or (depth > 0 and any(_explained(base, depth - 1) for base in _bases(word)))


def _bases(word: str) -> list[str]:
    found = []
    for ending, repairs in _ENDINGS:
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= _SHORTEST:
            found += [stem + repair for repair in repairs]
            if len(stem) > _SHORTEST and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return found


@cache
def _words() -> frozenset[str]:
    return frozenset(WORDS.read_text(encoding="ascii").split())
