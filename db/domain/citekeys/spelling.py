"""Any script in ASCII letters, for keys: accents go, other alphabets are transliterated, pictures are left out."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from db.domain.names import CYRILLIC, GREEK, fold

_SPELLING = str.maketrans(GREEK | CYRILLIC)
_NOT_ASCII_WORDS = re.compile(r"[^a-z0-9]+")


def small(text: str) -> str:
    """Return the text in small ASCII letters; what stands between its words may be any ASCII character."""
    folded = fold(text)
    if folded.isascii():
        return folded
    spelled = folded.translate(_SPELLING)
    return spelled if spelled.isascii() else "".join(c if c.isascii() else _apart(c) for c in spelled)


def as_written(text: str, *, joined: bool = False) -> str:
    """Return the text in ASCII letters with its capitals; with `joined` no blanks between Chinese characters."""
    if text.isascii():
        return text
    characters = unicodedata.normalize("NFC", text)
    return "".join(c if c.isascii() else _with_case(c, joined) for c in characters)


@lru_cache(maxsize=4_000)
def _with_case(character: str, joined: bool) -> str:
    if _is_syllable(character):
        return _foreign(character) if joined else f" {_foreign(character).capitalize()} "
    spelled = small(character)
    return spelled.capitalize() if character.isupper() else spelled


def _apart(character: str) -> str:
    return f" {_foreign(character)} " if _is_syllable(character) else _foreign(character)


def _is_syllable(character: str) -> bool:
    return unicodedata.name(character, "").startswith("CJK")


@lru_cache(maxsize=4_000)
def _foreign(character: str) -> str:
    """Return a letter of another alphabet in small ASCII letters; nothing for a mark, a blank for a picture."""
    kind = unicodedata.category(character)[0]
    if kind == "M":
        return ""  # belongs to the letter before it
    if kind not in "LN":
        return " "
    # Loaded when the first such letter is met: most libraries have none.
    from anyascii import anyascii

    return _NOT_ASCII_WORDS.sub("", anyascii(character).lower())
