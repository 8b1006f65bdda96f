"""The conditions of a search text as a person can switch them: which there are, and the text with one more or less.

Everything else stays as it was typed. What is put in goes behind it, so that it holds for all of what was there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from db.domain.query.fields import FIELDS
from db.domain.query.grammar import parser
from db.domain.query.reading import LONGEST, QUOTES, cleaned, parse
from db.domain.query.tree import Between, Node, Not, Some, Term

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from lark import Token

Key = tuple[str, object]
"""What a condition asks for: a field, and a value of it (a name, an id, the first and last year)."""
MARK = "mark"
"""The field of conditions that a paper meets or not, such as `has:code`; their value is the text of the term."""
LACKING = frozenset({"has:abstract", "has:date"})
"""Marks that are of interest where they are missing."""
STATUSES = FIELDS["status"].values
LEADING = re.compile(r"^\s*AND(?=[\s()\"])")
CASELESS = frozenset({"tag"})


@dataclass(frozen=True, slots=True)
class Filter:
    """A part of a text, from character `start` to `end`, that must hold whatever else there is.

    `keys` are the alternatives that one field may have, none when it is anything else; with `negative` the one
    that it must not have.
    """

    start: int
    end: int
    keys: tuple[Key, ...] = ()
    negative: bool = False

    @property
    def field(self) -> str:
        """The field of the alternatives."""
        return self.keys[0][0] if self.keys else ""


def filters_of(text: str) -> list[Filter]:
    """Return the parts of a text that must all hold, in their order."""
    text = cleaned(text[:LONGEST])
    if not text.strip():
        return []  # without the parser, which takes a while to load
    # What has no colon is words, however many.
    pieces = ((start, end, text[start:end]) for start, end in _units(text).spans)
    return [Filter(start, end, *(_meaning(piece) if ":" in piece else ())) for start, end, piece in pieces]


def key_of(term: str) -> Key:
    """Return what a single condition asks for; ("", "") for one that cannot be switched."""
    found = filters_of(term)
    return found[0].keys[0] if len(found) == 1 and len(found[0].keys) == 1 else ("", "")


def sayable(value: str) -> bool:
    """Tell whether a value can be said between quotation marks."""
    return bool(value) and '"' not in value and value.strip().strip(QUOTES).strip() == value == cleaned(value)


def wanted(text: str, field: str) -> list[tuple[Key, ...]]:
    """Return the alternatives that a field may have, one tuple for each condition on it."""
    return [one.keys for one in filters_of(text) if one.field == field and not one.negative]


def unwanted(text: str, field: str) -> list[Key]:
    """Return what a field must not have."""
    return [one.keys[0] for one in filters_of(text) if one.field == field and one.negative]


def asked(text: str, field: str) -> list[Key]:
    """Return all that is asked of a field, wanted or not."""
    return [key for one in filters_of(text) if one.field == field for key in one.keys]


def without(text: str, field: str) -> str:
    """Return the text without what it wants of a field; what that must not have stays."""
    return _cut(text, [one.field == field and not one.negative for one in filters_of(text)])


def dropped(text: str, keys: Iterable[Key]) -> str:
    """Return the text that neither asks for these values nor leaves them out.

    The alternatives to them stay.
    """
    gone, found = set(keys), filters_of(text)
    left = [[key for key in one.keys if key not in gone] for one in found]
    for one, rest in zip(reversed(found), reversed(left), strict=True):
        if rest and len(rest) < len(one.keys):
            text = text[: one.start] + _group([_term(key) for key in rest]) + text[one.end :]
    return _cut(text, [bool(one.keys) and not rest for one, rest in zip(found, left, strict=True)])


def cleared(text: str, fields: Collection[str]) -> str:
    """Return the text that asks for nothing of these fields that can be switched."""
    return _cut(text, [one.field in fields for one in filters_of(text)])


def only(text: str, field: str, terms: list[str]) -> str:
    """Return the text with these alternatives as all that it wants of a field."""
    return also(without(dropped(text, map(key_of, terms)), field), _group(terms))


def also(text: str, term: str) -> str:
    """Return the text with one more condition."""
    units = _units(cleaned(text[:LONGEST])) if text.strip() else None
    if units is None or not units.spans:
        return term
    text = "".join(" " if at in units.stray else char for at, char in enumerate(text))
    kept = (text[: units.spans[-1][1]] if units.dangling else text).rstrip() + units.closing
    if units.has_or:
        kept = f"({kept.strip()})"
    return f"{kept} {term}".strip()


def either(text: str, field: str, term: str) -> str:
    """Return the text in which the last condition on a field may also be met by this term."""
    text = dropped(text, [key_of(term)])
    found = [one for one in filters_of(text) if one.field == field and not one.negative]
    if not found:
        return also(text, term)
    last = found[-1]
    terms = [_term(key) for key in last.keys]
    return also(_cut(text, [one == last for one in filters_of(text)]), _group([*terms, term]))


def but_not(text: str, term: str) -> str:
    """Return the text with a condition that must not hold."""
    return also(dropped(text, [key_of(term)]), term[1:] if term.startswith("-") else f"-{term}")


def quoted(field: str, value: str, sign: str = "") -> str:
    """Return the condition that a field has this value."""
    return f'{field}:{sign}"{value}"'


def years(low: int | None, high: int | None) -> str:
    """Return the condition for the years from the first to the last; None is open."""
    if low == high and low is not None:
        return f"year:{low:04d}"
    return f"year:{'' if low is None else f'{low:04d}'}..{'' if high is None else f'{high:04d}'}"


# Keys --------------------------------------------------------------------------------------------------


def _term(key: Key) -> str:
    field, value = key
    if field == MARK:
        return str(value)
    if field == "year" and isinstance(value, tuple):
        return years(*value)
    if isinstance(value, int):
        return f"{field}:#{value}"
    if field == "status":
        return f"status:{value}"
    return quoted(field, str(value), "=" if field in ("author", "org", "venue") else "")


def _key(node: Node) -> Key | None:
    if isinstance(node, Between):
        return ("year", (node.low, node.high)) if node.field == "year" else None
    if not isinstance(node, Term):
        return None
    if node.field in ("is", "status") and node.value in STATUSES:
        return "status", node.value
    if node.field in ("is", "has"):
        return MARK, f"{node.field}:{node.value}"
    if node.field in ("tag", "dump") or node.exact:
        value = node.value.casefold() if node.field in CASELESS else node.value
        return node.field, value if node.number is None else node.number
    return None


@lru_cache(maxsize=4_096)
def _meaning(piece: str) -> tuple[tuple[Key, ...], bool]:
    """Return the alternatives that a part of a text asks one field for, and whether they must not be.

    Parts are remembered: a click changes one of them, and is read between two paints.
    """
    node = parse(piece).node
    negative = isinstance(node, Not)
    alternatives = node.node if isinstance(node, Not) else node
    nodes = alternatives.nodes if isinstance(alternatives, Some) and not negative else (alternatives,)
    keys = [key for one in nodes if (key := _marked(one)) is not None]
    if len(keys) != len(nodes) or len({name for name, _value in keys}) != 1:
        return (), False
    if keys[0][0] == MARK and keys[0][1] in LACKING:
        return (((MARK, f"-{keys[0][1]}"),), not negative) if len(keys) == 1 else ((), False)
    return tuple(dict.fromkeys(keys)), negative


def _marked(node: Node) -> Key | None:
    """Return the key of one of several alternatives, of which a missing mark is one."""
    if isinstance(node, Not):
        key = _key(node.node)
        return (MARK, f"-{key[1]}") if key and key[0] == MARK and key[1] in LACKING else None
    return _key(node)


def _group(terms: list[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"


# Texts -------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Units:
    """Where a text can be cut, whether it is one list of alternatives, and what is open or dangles at its end.

    `stray` are parentheses that close nothing.
    """

    spans: list[tuple[int, int]]
    has_or: bool = False
    dangling: bool = False
    closing: str = ""
    stray: set[int] = field(default_factory=set)


@lru_cache(maxsize=16)
def _units(text: str) -> _Units:
    """Cut a text between its conditions, outside all parentheses."""
    units, depth, start = _Units([]), 0, -1
    last: Token | None = None
    for token in parser().lex(text):
        last, kind = token, token.type
        begin = token.start_pos or 0
        if not depth and kind in ("_AND", "_OR"):
            units.has_or = units.has_or or kind == "_OR"
            start = -1
            continue
        if kind == "RPAR" and not depth:
            units.stray.add(begin)
            continue
        start = begin if start < 0 else start
        depth += {"LPAR": 1, "RPAR": -1}.get(kind, 0)
        if not depth and kind not in ("NOT", "_GROUP"):
            units.spans.append((start, begin + len(token)))
            start = -1
    units.dangling = not depth and (start >= 0 or (last is not None and last.type in ("_AND", "_OR")))
    if depth:
        units.spans.append((start, len(text)))
    units.closing = ("" if last is None else _unclosed(last)) + ")" * depth
    if units.has_or and units.spans:
        units.spans = [(units.spans[0][0], units.spans[-1][1])]
    return units


def _unclosed(token: Token) -> str:
    """Return the quotation mark that the last token lacks."""
    value = token.partition(":")[2].removeprefix("=") if token.type == "TERM" else str(token)
    if token.type not in ("TERM", "PHRASE") or value[:1] not in ('"', "“"):
        return ""
    ends = '"' if value[0] == '"' else '"”'
    return "" if len(value) > 1 and value[-1] in ends else '"'


def _cut(text: str, gone: list[bool]) -> str:
    """Return the text without some of its conditions, and what joined them to the others."""
    if not any(gone):
        return text
    spans = _units(cleaned(text[:LONGEST])).spans
    left = text
    for at in range(len(spans) - 1, -1, -1):
        if gone[at]:
            before = spans[at - 1][1] if at else 0
            after = spans[at][1] if at or len(spans) == 1 else spans[at + 1][0]
            apart = " " if before and after < len(left) and not left[after].isspace() else ""  # or two become one word
            left = left[:before] + apart + left[after:]
            spans = spans[:at] if at else spans
    return LEADING.sub("", left).strip()
