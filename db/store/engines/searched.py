"""The search index as PostgreSQL keeps it: the words that SQLite would find, with their places, a tsvector a paper.

What a word is, SQLite's own tokenizer says, a character at a time: so both engines find the same, whatever the accents
and scripts. A tsvector tells four kinds of words apart by their weights, and what it is asked of one kind it must look
up in the paper; so words of titles, authors and keys stand there once more behind a mark, which no word begins with.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TOKENIZER = "unicode61 remove_diacritics 2"
WEIGHTS = {"title": "A", "abstract": "B", "notes": "C", "authors": "D", "key": "D"}
MARKS = {"title": "^", "authors": "@", "key": "="}
EVERYWHERE = frozenset(WEIGHTS)
NOTHING = "'=='"
"""A query that no paper answers: FTS5 finds nothing for a phrase without a word either."""
LONGEST = 500
"""Characters of a word that are kept: PostgreSQL takes 2,046 bytes."""
MOST = 900_000
"""Bytes of a paper's words: PostgreSQL takes a tsvector of one megabyte."""
_MARKED = frozenset(MARKS.values())
_TERM = re.compile(r"'[^']*'")
_TOKEN = re.compile(
    r'\s*(?:(?P<columns>\w+|\{[\w ]+\})\s*:|"(?P<text>(?:[^"]|"")*)"(?P<prefix>\*?)|(?P<mark>[()]|AND\b|OR\b))'
)


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


def vector(columns: Sequence[tuple[str, str | None]]) -> tuple[str, int]:
    """Return the text of a tsvector and its number of words; `columns` are (name, text).

    No phrase reaches from one column into the next.
    """
    places: dict[str, list[str]] = {}
    number = size = 0
    for gap, (name, text) in enumerate(columns):
        marks = ("", MARKS[name]) if name in MARKS else ("",)
        for word in words(text or ""):
            number += 1
            size += (len(word.encode()) + 8) * len(marks)
            if size > MOST:
                break
            for mark in marks:
                places.setdefault(mark + word[:LONGEST], []).append(f"{number + gap}{WEIGHTS[name]}")
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items()), number


class Asked(NamedTuple):
    """What FTS5 would be asked, as tsqueries: the whole of it, and each phrase in it by itself."""

    query: str
    phrases: tuple[str, ...]

    @property
    def in_heads(self) -> bool:
        """Whether only words behind marks are asked for, those of titles, authors and keys."""
        return all(term[1] in _MARKED for term in _TERM.findall(self.query))


def asked(expression: str) -> Asked:
    """Return an FTS5 expression of quoted phrases, column filters, brackets, AND and OR as tsqueries."""
    phrases: list[str] = []
    said = "".join(_said(_TOKEN.finditer(expression), EVERYWHERE, phrases))
    return Asked(said or NOTHING, tuple(phrases))


def query(expression: str) -> str:
    """Return an FTS5 expression as the text of a tsquery."""
    return asked(expression).query


def _said(tokens: Iterator[re.Match[str]], within: frozenset[str], phrases: list[str]) -> Iterator[str]:
    """Yield the parts of a tsquery up to the bracket that closes; `within` are the columns that are asked."""
    columns = within
    for token in tokens:
        if token["columns"]:
            columns = within.intersection(token["columns"].strip("{}").split())
            continue
        if token["mark"] == ")":
            return
        if token["mark"] == "(":
            yield f"({''.join(_said(tokens, columns, phrases))})"
        elif token["mark"]:
            yield " & " if token["mark"] == "AND" else " | "
        else:
            phrases.append(_phrase(words(token["text"].replace('""', '"')), columns, token["prefix"]))
            yield phrases[-1]
        columns = within


def _phrase(wanted: Sequence[str], columns: frozenset[str], prefix: str) -> str:
    """Return the tsquery of words one after the other, the last one perhaps as a beginning, in some columns."""
    if not wanted or not columns:
        return NOTHING
    if columns == EVERYWHERE:
        return _in_a_row(wanted, "", prefix)
    by_weight = columns.difference(("authors", "key")) if columns.intersection(("abstract", "notes")) else frozenset()
    weights = "".join(sorted(WEIGHTS[name] for name in by_weight))
    either = [_in_a_row(wanted, "", prefix + weights)] if weights else []
    either += [_in_a_row(wanted, mark, prefix) for name, mark in MARKS.items() if name in columns - by_weight]
    return f"({' | '.join(either)})" if len(either) > 1 else either[0]


def _in_a_row(wanted: Sequence[str], mark: str, last: str) -> str:
    weights = last.lstrip("*")
    ends = [weights] * (len(wanted) - 1) + [last]
    terms = [f"'{mark}{word[:LONGEST]}'{':' if end else ''}{end}" for word, end in zip(wanted, ends, strict=True)]
    return f"({' <-> '.join(terms)})" if len(terms) > 1 else terms[0]
