"""The words of the pattern language: what each token takes from a paper, and what may be done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Self

from db.domain.citekeys.parts import MOST_AUTHORS, MOST_WORDS, bare
from db.domain.citekeys.values import Values
from db.domain.citekeys.words import TELLING


class Kind(Enum):
    """What a token is made of: words of the title, names of people, or something else."""

    TITLE = "title"
    NAMES = "names"
    OTHER = "other"


Take = Callable[[Values, tuple[int, ...]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the language.

    `column` is the column of a paper that it depends on, `glue` stands between its words. `counts` are the least and
    the most of each number that may follow it, `usual` the numbers when none does. A token that `tells` says which
    paper it is; a year alone does not.
    """

    take: Take
    column: str
    kind: Kind = Kind.OTHER
    glue: str = ""
    counts: tuple[tuple[int, int], ...] = ()
    usual: tuple[int, ...] = ()
    tells: bool = True


def _letters(names: Sequence[str], counts: tuple[int, ...]) -> Sequence[str]:
    """Return the first name, or so many of its letters."""
    return [name.replace(" ", "")[: counts[0]] for name in names] if counts else names


def _short(values: Values, counts: tuple[int, ...]) -> Sequence[str]:
    return values.short(counts[0], counts[-1])


_UP_TO_NINE = ((1, MOST_WORDS),)
_PEOPLE = ((1, MOST_AUTHORS),)
_TELLING = Token(lambda v, n: v.telling(n[0]), "title", Kind.TITLE, "-", _UP_TO_NINE, (TELLING,))
TOKENS: Mapping[str, Token] = {
    "auth": Token(lambda v, n: _letters(v.author(), n), "authors", Kind.NAMES, counts=_UP_TO_NINE),
    "authors": Token(lambda v, n: v.authors(0, n[0]), "authors", Kind.NAMES, counts=_PEOPLE, usual=(3,)),
    "others": Token(lambda v, n: v.authors(1, n[0]), "authors", Kind.NAMES, counts=_PEOPLE, usual=(MOST_AUTHORS,)),
    "given": Token(lambda v, _n: v.given(), "authors", Kind.NAMES),
    "editor": Token(lambda v, n: _letters(v.editors(1), n), "fields", Kind.NAMES, counts=_UP_TO_NINE),
    "editors": Token(lambda v, n: v.editors(n[0]), "fields", Kind.NAMES, counts=_PEOPLE, usual=(3,)),
    "org": Token(lambda v, _n: v.organization(), "organization"),
    "year": Token(lambda v, n: [v.year()[-n[0] :] if n else v.year()], "year", counts=((2, 2),), tells=False),
    "yy": Token(lambda v, _n: [v.year()[-2:]], "year", tells=False),
    "title": _TELLING,
    "words": _TELLING,
    "shorttitle": Token(_short, "title", Kind.TITLE, counts=((1, MOST_WORDS), (0, MOST_WORDS)), usual=(3, 3)),
    "veryshorttitle": Token(lambda v, _n: v.opening(), "title", Kind.TITLE),
    "content": Token(lambda v, n: v.content(n[0]), "title", Kind.TITLE, "-", _UP_TO_NINE, (4,)),
    "venue": Token(lambda v, _n: v.venue(), "venue"),
    "arxiv": Token(lambda v, _n: v.arxiv(), "arxiv_id"),
    "doi": Token(lambda v, _n: v.doi(), "doi"),
    "-": Token(lambda _v, _n: ("-",), "", tells=False),
}
"""The tokens by name."""

ALIASES: Mapping[str, str] = {"Auth": "auth", "auths": "auth", "letters": "words"}
"""Other names of tokens, which patterns of early days have; `letters` are the first letters of words."""


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


FIRST, BARE = "first", "bare"
"""Modifiers that choose words, so they are heeded before the others."""
_CHANGES: Mapping[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "camel": _capital,
    "abbr": lambda word: word[:1],
}
_GLUED = frozenset({"camel", "abbr", "joined"})
MODIFIERS = (*_CHANGES, "joined", FIRST, BARE)
"""What may follow a token."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A token as a pattern has it: with its numbers, and what is done to its words."""

    token: Token
    numbers: tuple[int, ...]
    first: bool
    bare: bool
    changes: tuple[Callable[[str], str], ...]
    glue: str

    @classmethod
    def of(cls, token: Token, counts: tuple[int, ...], modifiers: Sequence[str]) -> Self:
        """Return the choice of a token with these numbers (none: its usual ones) and modifiers."""
        changes = tuple(_CHANGES[name] for name in modifiers if name in _CHANGES)
        glue = "" if _GLUED.intersection(modifiers) else token.glue
        return cls(token, counts or token.usual, FIRST in modifiers, BARE in modifiers, changes, glue)

    def words(self, values: Values) -> Sequence[str]:
        """Return the words before they are changed; none when the paper lacks what the token names."""
        found = self.token.take(values, self.numbers)
        if self.token.kind is Kind.NAMES:
            return self._names(found)
        if self.first:
            found = found[:1]
        return found if found and found[0] else ()

    def _names(self, names: Sequence[str]) -> Sequence[str]:
        if self.bare:
            names = [bare(name) for name in names]
        if self.first:
            names = [name.split(" ", 1)[0] for name in names[:1]]
        return [_capital(name.replace(" ", "")) for name in names]

    def text(self, words: Sequence[str]) -> str:
        """Return the words as they stand in the key."""
        for change in self.changes:
            words = [change(word) for word in words]
        return words[0] if len(words) == 1 else self.glue.join(words)
