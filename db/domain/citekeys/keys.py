"""Keys as they are, whatever made them: which are allowed, and the letters that tell equal ones apart."""

from __future__ import annotations

import re
from string import ascii_lowercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FORBIDDEN = frozenset(" \t\r\n,{}\"#%~\\'()=@$^&")
"""What BibTeX, biber or LaTeX stumble over in a key."""
MOST_AT_ONCE = 2_000
"""Keys of one base that are asked about at once."""
_PLAIN = re.compile(r"[A-Za-z0-9_:.+/-]{1,200}")  # what most keys are made of: nothing to look at twice


def letters(number: int) -> str:
    """Return what stands behind the key that comes so many after the first: a, b, ..., z, aa, ab, ..."""
    found = ""
    while number:
        number, at = divmod(number - 1, 26)
        found = ascii_lowercase[at] + found
    return found


class KeySpace:
    """The keys that are in use, whatever their case, and those that are about to be.

    `ask` tells which keys of a set, all in small letters, are in use. That may take time, so many are asked about at
    once, and nothing twice.
    """

    def __init__(self, ask: Callable[[set[str]], set[str]]) -> None:
        self._ask = ask
        self._asked: set[str] = set()
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def forget(self, above: int) -> None:
        """Forget what was asked and given, if that is more: `ask` knows of it by now."""
        if len(self._asked) + len(self._taken) > above:
            self._asked, self._taken = set(), set()
        if len(self._next) > above:
            self._next = {}

    def look_up(self, bases: Iterable[str]) -> None:
        """Ask about keys and, of those that are taken, about all with a letter behind them: two questions in all."""
        small = {base.lower() for base in bases}
        self._find(small)
        self._find({base + letter for base in small & self._taken for letter in ascii_lowercase})

    def is_taken(self, key: str) -> bool:
        """Tell whether a key is taken."""
        small = key.lower()
        if small not in self._taken:
            self._find({small})
        return small in self._taken

    def give(self, key: str) -> None:
        """Note that a key is taken from now on."""
        self._taken.add(key.lower())

    def unique(self, base: str) -> str:
        """Return the key itself when free, else with the first free letters of a, b, ..., z, aa, ab, ..."""
        if not self.is_taken(base):
            return base
        small = base.lower()
        number = self._next.get(small, 1)
        while self._is_crowded(small, number):
            number += 1
        self._next[small] = number
        return base + letters(number)

    def _is_crowded(self, base: str, number: int) -> bool:
        key = base + letters(number)
        if key not in self._taken and key not in self._asked:
            # The more have the base already, the more will have it: a library may hold thousands.
            many = range(number, number + min(max(number, len(ascii_lowercase)), MOST_AT_ONCE))
            self._find({base + letters(one) for one in many})
        return key in self._taken

    def _find(self, keys: set[str]) -> None:
        fresh = keys - self._asked
        if fresh:
            self._taken |= self._ask(fresh)
            self._asked |= fresh


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
