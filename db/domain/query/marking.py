"""Where a text shows what was searched for: the words as the search index takes them apart and folds them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.query.tree import HEAD, positive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.query.tree import Query

TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
_MARKS = re.compile(r"[\u0300-\u036f]+")
LONGEST = 20_000  # characters of a text that are looked through


@dataclass(frozen=True, slots=True)
class Mark:
    """Words one after the other, the last one perhaps as a beginning, in one column or ("") in any."""

    tokens: tuple[str, ...]
    column: str
    prefix: bool


@dataclass(frozen=True, slots=True)
class Marks:
    """All that a search looks for in the papers' texts."""

    marks: tuple[Mark, ...] = ()

    def spans(self, column: str, text: str) -> list[tuple[int, int]]:
        """Return the runs of characters of a text of that column that match, in order, none overlapping."""
        wanted = [one for one in self.marks if one.column in ("", column) or (one.column == HEAD and column in HEAD)]
        if not wanted:
            return []
        there = [(match.start(), match.end(), folded(match.group())) for match in TOKEN.finditer(text[:LONGEST])]
        found = [span for mark in wanted for span in _places(mark, there)]
        return _merged(sorted(found))


def marks_of(query: Query) -> Marks:
    """Return what a search looks for in texts; what must not be there is not marked."""
    made = []
    for words in positive(query.node):
        parts = [words.text] if words.phrase else words.text.split()
        for part in parts:
            tokens = tuple(folded(match.group()) for match in TOKEN.finditer(part))
            if tokens:
                made.append(Mark(tokens, words.column, words.prefix))
    return Marks(tuple(dict.fromkeys(made)))


def folded(word: str) -> str:
    """Return a word as the search index keeps it: small letters, without accents."""
    return word.lower() if word.isascii() else _MARKS.sub("", unicodedata.normalize("NFD", word.lower()))


def _places(mark: Mark, there: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    *exact, last = mark.tokens
    found = []
    for at in range(len(there) - len(exact)):
        end = there[at + len(exact)]
        if not (end[2].startswith(last) if mark.prefix else end[2] == last):
            continue
        if all(there[at + step][2] == word for step, word in enumerate(exact)):
            found.append((there[at][0], end[1]))
    return found


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    for start, end in spans:
        if made and start <= made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made
