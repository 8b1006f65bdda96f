"""Keys as they are, whatever made them: which are allowed, and the letters that tell equal ones apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FORBIDDEN = frozenset(" \t\r\n,{}\"#%~\\'()=@$^&")
"""What BibTeX, biber or LaTeX stumble over in a key."""
_PLAIN = re.compile(r"[A-Za-z0-9_:.+/-]{1,200}")  # what most keys are made of: nothing to look at twice
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def unique(base: str, taken: Callable[[str], bool]) -> str:
    """Return the key itself when free, else with the first free suffix of a, b, ..., z, aa, ab, ..."""
    if not taken(base):
        return base
    number = 1
    while taken(base + suffix(number)):
        number += 1
    return base + suffix(number)


def suffix(number: int) -> str:
    """Return the letters behind the key that comes so many after the first: a, b, ..., z, aa, ab, ..."""
    letters = ""
    while number:
        number, at = divmod(number - 1, 26)
        letters = _ALPHABET[at] + letters
    return letters


def fits(key: str, base: str) -> bool:
    """Tell whether a key is `base`, with or without the letters that make it unique."""
    if not key.startswith(base):
        return False
    rest = key[len(base) :]
    return not rest or (rest.isalpha() and rest.islower() and len(rest) <= 2)


def valid_key(key: str) -> str | None:
    """Return why the text cannot be a citation key, in words, or None when it can."""
    if _PLAIN.fullmatch(key):
        return None
    if not key:
        return "A citation key cannot be empty."
    for character in key:
        if character in FORBIDDEN or not character.isprintable():
            shown = "a space" if character.isspace() else f"“{character}”"
            return f"A citation key cannot hold {shown}: BibTeX or LaTeX would stumble over it."
        if not character.isascii():
            return f"A citation key cannot hold “{character}”: BibTeX takes plain ASCII letters only."
    if len(key) > 200:
        return "A citation key can have 200 characters at most."
    return None
