"""What keys are made of: the facts of a work, and the words of its title and names that take work to find."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from db.domain.citekeys.words import name_words, telling_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.records import Person

MOST_WORDS = 9
MOST_AUTHORS = 12
_SMALL_WORD = re.compile(r"[a-z]\S* ")


class KeyParts(NamedTuple):
    """What nearly every key is made of, worked out where a record is read.

    `telling` are telling words of the title, small; `family` is the first author's name, a blank between its words.
    """

    telling: tuple[str, ...]
    family: str


@dataclass(frozen=True, slots=True)
class Work:
    """What a citation key can say of a paper. `venue` is its short name where one is known."""

    title: str
    authors: Sequence[Person] = ()
    year: int | None = None
    arxiv_id: str | None = None
    doi: str | None = None
    venue: str | None = None
    organization: str | None = None
    editors: Sequence[Person] = ()


def key_parts(title: str, authors: Sequence[Person]) -> KeyParts:
    """Return the telling words of a title and the name of the first author."""
    return KeyParts(tuple(telling_words(title)[:MOST_WORDS]), family(authors[0]) if authors else "")


def family(person: Person) -> str:
    """Return a family name in ASCII; empty when it has no letter that can be spelled."""
    name = " ".join(name_words(person.family)).replace("-", " ")
    if person.given and len(name) > 1 and name.isupper():
        return name.title()  # a list in capitals, not a group's acronym: those have no given name
    return name


def bare(name: str) -> str:
    """Return a family name without the small words before it: Oord for van den Oord."""
    while match := _SMALL_WORD.match(name):
        name = name[match.end() :]
    return name
