"""The search index as PostgreSQL keeps it: the words that SQLite would find, with their places, a tsvector a paper.

What a word is, SQLite's own tokenizer says, a character at a time: so both engines find the same, whatever the accents
and scripts. Titles, abstracts, notes and authors have the four weights that a tsvector knows; words of citation keys
have a mark before them, which no word can begin with.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOKENIZER = "unicode61 remove_diacritics 2"
WEIGHTS = {"title": "A", "abstract": "B", "notes": "C", "authors": "D"}
KEY, KEY_MARK = "key", "="
NOTHING = f"'{KEY_MARK}{KEY_MARK}'"
"""A query that no paper answers: FTS5 finds nothing for a phrase without a word either."""
LONGEST = 500
"""Characters of a word that are kept: PostgreSQL takes 2,046 bytes."""
MOST = 900_000
"""Bytes of a paper's words: PostgreSQL takes a tsvector of one megabyte."""
_TERM = re.compile(r'(?:(?P<column>\w+|\{[\w ]+\}) : )?"(?P<text>(?:[^"]|"")*)"(?P<prefix>\*?)(?: AND |$)')


class _Letters(dict[int, str]):
    """What a character becomes in a word: a letter, nothing (an accent), or a blank where words end."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._index: sqlite3.Connection | None = None

    def __missing__(self, code: int) -> str:
        with self._lock:
            self[code] = letter = self._asked(chr(code))
        return letter

    def _asked(self, character: str) -> str:
        if self._index is None:
            self._index = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
            self._index.execute(f"CREATE VIRTUAL TABLE said USING fts5(words, tokenize = '{TOKENIZER}')")
            self._index.execute("CREATE VIRTUAL TABLE word USING fts5vocab(said, 'instance')")
        if character == "\0" or "\ud800" <= character <= "\udfff":
            return " "
        self._index.execute("INSERT INTO said (rowid, words) VALUES (1, ?)", (f"x{character}y",))
        found = self._index.execute("SELECT term FROM word").fetchall()
        self._index.execute("DELETE FROM said")
        return found[0][0][1:-1] if len(found) == 1 else " "


_letters = _Letters()


def words(text: str) -> list[str]:
    """Return the words of a text as the search index of a library file has them."""
    return text.translate(_letters).split()


def vector(columns: Sequence[tuple[str, str | None]]) -> str:
    """Return the text of a tsvector; `columns` are (name, text). No phrase reaches from one column into the next."""
    places: dict[str, list[str]] = {}
    at = size = 0
    for name, text in columns:
        mark, weight = (KEY_MARK, "") if name == KEY else ("", WEIGHTS[name])
        for word in words(text or ""):
            at += 1
            size += len(word.encode()) + 8
            if size > MOST:
                break
            places.setdefault(mark + word[:LONGEST], []).append(f"{at}{weight}")
        at += 1
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


def query(expression: str) -> str:
    """Return an FTS5 expression, quoted phrases joined by AND, as the text of a tsquery."""
    return " & ".join(_terms(expression)) or NOTHING


def _terms(expression: str) -> Iterator[str]:
    for term in _TERM.finditer(expression):
        wanted = words(term["text"].replace('""', '"'))
        names = (term["column"] or "").strip("{}").split() or [*WEIGHTS, KEY]
        weights = "".join(WEIGHTS[name] for name in names if name != KEY)
        either = [_phrase(wanted, "", weights, term["prefix"])] if weights else []
        if KEY in names:
            either.append(_phrase(wanted, KEY_MARK, "", term["prefix"]))
        yield f"({' | '.join(either)})" if wanted else NOTHING


def _phrase(wanted: Sequence[str], mark: str, weights: str, prefix: str) -> str:
    every = "" if len(weights) == len(WEIGHTS) else weights
    ends = [""] * (len(wanted) - 1) + [prefix]
    terms = []
    for word, end in zip(wanted, ends, strict=False):
        asked = end + every
        terms.append(f"'{mark}{word[:LONGEST]}'{':' if asked else ''}{asked}")
    return f"({' <-> '.join(terms)})"
