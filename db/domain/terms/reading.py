"""A text as the words that it is about, one after the other: without LaTeX, addresses and markup."""

from __future__ import annotations

import re
from functools import lru_cache

from db.domain.terms.stopwords import STOP

_PIECES = re.compile(r"[^\W_]+|[^\w\s-]+")
"""Words and numbers, and punctuation, which parts what stands before it from what follows."""
_SIGNS = ("$", "\\", "<", "://", "www.")
_OUT = re.compile(
    r"\$\$?[^$]{1,400}\$\$?"  # maths
    r"|\\\(.{1,400}?\\\)|\\\[.{1,400}?\\\]"
    r"|\\[A-Za-z]+\*?"  # commands, while the words that they dress stay
    r"|</?[A-Za-z][^<>]{0,200}>"  # markup
    r"|(?:https?://|www\.)\S+",
    re.DOTALL,
)
_PRAISE = re.compile(r"\bstate[- ]of[- ]the[- ]art\b", re.IGNORECASE)
"""Says nothing, and would make "state" a frequent word."""
SHORTEST, LONGEST = 2, 40


def pieces(text: str) -> list[str]:
    """Return words, numbers and runs of punctuation in their order and spelling; hyphens only part words."""
    if any(sign in text for sign in _SIGNS):
        text = _OUT.sub(" . ", text)
    return _PIECES.findall(_PRAISE.sub(" . ", text))


@lru_cache(maxsize=100_000)
def stem(piece: str) -> str:
    """Return what singular and plural, capitals and small letters of a word share; nothing for what is no term."""
    word = piece.lower()
    if not SHORTEST <= len(word) <= LONGEST or not word[0].isalpha() or word in STOP:
        return ""
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-3] + "y" if word.endswith("ies") and len(word) > 4 else word[:-1]
    return "" if word in STOP else word
