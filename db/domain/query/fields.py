"""The fields of the language: what each takes, and what a person is told of it while typing."""

from __future__ import annotations

from dataclasses import dataclass

from db.domain.query.tree import Between, Moments, Node, Term, Words
from db.domain.query.values import NUMBER_ID, moments, numbers, numbers_of


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its `kind` (words, name, choice, number, time, text), what it finds, and values to offer."""

    kind: str
    finds: str
    values: tuple[str, ...] = ()
    column: str = ""


def _choice(finds: str, values: str) -> Field:
    return Field("choice", finds, tuple(values.split()))


FIELDS = {
    "title": Field("words", "words in the title", column="title"),
    "abstract": Field("words", "words in the abstract", column="abstract"),
    "author": Field("words", "names of authors", column="authors"),
    "note": Field("words", "words in your notes", column="notes"),
    "tag": Field("name", "a tag, and the tags inside it"),
    "collection": Field("name", "papers of a collection"),
    "in": Field("name", "what a saved search finds"),
    "dump": Field("name", "papers of a dump"),
    "new": Field("name", "papers that no dump before this one showed"),
    "back": Field("name", "papers that you had skipped when this dump showed them"),
    "org": Field("text", "a part of the organization's name"),
    "venue": Field("text", "a part of the journal or conference"),
    "key": Field("text", "the beginning of a citation key"),
    "doi": Field("text", "a DOI, in any version"),
    "arxiv": Field("text", "the beginning of an arXiv id, in any version"),
    "status": _choice("how far you are with it", "unread reading read skipped"),
    "is": _choice(
        "state of a paper",
        "unread reading read skipped starred review trash inferred frozen back published preprint",
    ),
    "has": _choice("what is there", "notes abstract authors date doi arxiv tags code pdf files venue org links"),
    "dup": _choice("papers with open twins", "same maybe any"),
    "year": Field("number", "a year or years: 2024, 2023..2025, >=2023"),
    "added": Field("time", "when it came: <7d, today, 2025-03, >=2025-01-15", ("<7d", "<1m", "today", ">1y")),
    "comments": Field("number", "how many comments: >=3", (">=1", ">=3", ">=10")),
    "upvotes": Field("number", "how many upvotes: >=10", (">=1", ">=10", ">=50")),
    "stars": Field("number", "how many stars its code has: >=100", (">=100", ">=1000")),
    "rating": Field("number", "your rating: 5, >=3", (">=3", "5")),
    "among": Field("papers", "papers by their numbers: 3-5,9"),
}
ALIASES = {
    "authors": "author",
    "notes": "note",
    "tags": "tag",
    "organization": "org",
    "journal": "venue",
    "twins": "dup",
}
NUMBERED = frozenset("tag collection in dump new back".split())  # names can repeat or hold a quote, so `#12` is an id
EXACT = frozenset("author org venue".split())  # a part of the value will do, unless `=` stands before it


def named(name: str) -> str:
    """Return the field that a typed name means."""
    low = name.lower()
    return ALIASES.get(low, low)


def read_value(name: str, value: str, *, quoted: bool, sign: str = "") -> Node | str | None:
    """Return what `name:value` asks for, None when it asks for nothing yet, or why it was not understood.

    `sign` is the `=` that may stand before a value: just this one, nothing that only holds it.
    """
    value = value.strip()
    if not value:
        return None
    if sign and name in EXACT:
        return Term(name, value, exact=True)
    if sign and (not quoted or FIELDS[name].kind == "number"):
        value = sign + value
    return _read(name, value, quoted=quoted)


def _read(name: str, value: str, *, quoted: bool) -> Node | str | None:
    field = FIELDS[name]
    if field.kind == "words":
        there = any(char.isalnum() for char in value)
        return Words(value, column=field.column, prefix=not quoted, phrase=quoted) if there else None
    if field.kind == "choice":
        return _chosen(name, value, field.values)
    if field.kind == "number":
        return _number(name, value)
    if field.kind == "time":
        found = moments(value)
        return found if isinstance(found, str) else Moments(*found)
    if field.kind == "papers" and not numbers_of(value):
        return f"among: takes numbers of papers such as 3-5,9, not {value[:40]!r}."
    if name in NUMBERED and not quoted and (match := NUMBER_ID.fullmatch(value)):
        return Term(name, value, int(match["id"]))
    return Term(name, value)


def _chosen(name: str, value: str, allowed: tuple[str, ...]) -> Term | str:
    low = value.lower()
    if name == "has":
        low = {"note": "notes", "tag": "tags", "author": "authors", "file": "files", "link": "links"}.get(low, low)
    if low in allowed:
        return Term(name, low)
    return f"{name}: knows {', '.join(sorted(allowed))}, not {value[:40]!r}."


def _number(name: str, value: str) -> Between | str:
    found = numbers(value, digits=4 if name == "year" else 0)
    if found is not None:
        return Between(name, *found)
    if name == "year":
        return f"year: takes a year such as 2024 or 2023..2025, not {value[:40]!r}."
    return f"{name}: takes a number such as 3, >=3 or 3..10, not {value[:40]!r}."
