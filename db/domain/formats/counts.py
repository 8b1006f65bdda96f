"""Numbers as pages print them: `25`, `1,204`, `1.2k`, and `-` for none that is known."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST = 12
_COUNT = re.compile(r"-|[\d,.]+\s?[kKmM]?")
_SCALES = {"k": 1_000, "m": 1_000_000}


@lru_cache(maxsize=4_096)
def count_of(text: str) -> tuple[bool, int | None]:
    """Say whether a text is a printed number, and which: `-` is an unknown one, `1.2k` some 1,200."""
    text = text.strip() if len(text) < 2 * _LONGEST else text
    if len(text) > _LONGEST or _COUNT.fullmatch(text) is None:
        return False, None
    if text == "-":
        return True, None
    try:
        return True, round(float(text.rstrip("kKmM ").replace(",", "")) * _SCALES.get(text[-1].lower(), 1))
    except ValueError:
        return False, None


def count(text: str) -> int | None:
    """Return a printed number, None for `-` and what is none."""
    return count_of(text)[1]
