"""The `@string`s of bibliographies: which an entry needs, and what stands in its place where it may not use them.

A name stands for what its last definition before the entry says, as BibTeX has it, or else for what the first one says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from db.domain.formats.bibread.values import LONGEST_MACRO, MONTHS, content
from db.domain.roundtrip.anatomy import anatomy, piece_end, value_end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

HEAD = re.compile(r"@[ \t]*(?P<kind>string|preamble|xdata)[ \t]*(?=[{(])", re.IGNORECASE)
"""What a bibliography holds beside the entries of papers that these may need."""
_NAME = re.compile(r"[{(]\s*(?P<name>[^\s={}\",#%()]+)\s*=\s*")
_USED = re.compile(r"[=#]\s*([^\s\d#{}\",=%()][^\s#{}\",=%()]*)")
_DEEPEST = 100


class Definition(NamedTuple):
    """A `@string`: its name in small letters, its text, the text of its value, and its first line."""

    name: str
    text: str
    value: str
    line: int


def definition(text: str, line: int) -> Definition | None:
    """Return the definition that a text is, None when it is not written as BibTeX asks for."""
    found = _NAME.search(text)
    end = value_end(text, found.end()) if found else None
    return Definition(found["name"].lower(), text, text[found.end() : end], line) if found and end else None


class Preamble(NamedTuple):
    """A `@preamble`: its text, the text of its value, and its first line."""

    text: str
    value: str
    line: int


def preamble(text: str, line: int) -> Preamble:
    """Return the preamble that a text is."""
    opening = next(at for at, sign in enumerate(text) if sign in "{(") + 1
    return Preamble(text, text[opening:-1].strip(), line)


def used(text: str) -> set[str]:
    """Return the names, in small letters, that a text may use: all that it uses, and some that only look so.

    The names of months are not among them: every style has them.
    """
    return {name.lower() for name in _USED.findall(text)} - MONTHS.keys()


def used_months(text: str) -> set[str]:
    """Return the names of months that a text may use."""
    return {name.lower() for name in _USED.findall(text)} & MONTHS.keys()


class Definitions:
    """The definitions of one bibliography, in its order."""

    def __init__(self, listed: Sequence[Definition] = ()) -> None:
        self.listed = listed
        self.by_name: dict[str, list[Definition]] = {}
        self._values: dict[Definition, str | None] = {}
        for one in listed:
            self.by_name.setdefault(one.name, []).append(one)

    def at(self, name: str, line: int) -> Definition | None:
        """Return what holds for a name in an entry that begins in a line."""
        found = self.by_name.get(name, ())
        before = [one for one in found if one.line < line]
        return before[-1] if before else found[0] if found else None

    def value(self, name: str, line: int, depth: int = 0) -> str | None:
        """Return the value that a name has in a line, as text of BibTeX without any name in it; None without one.

        A value that would be very long keeps its names: definitions that use each other twice double with each.
        """
        found = self.at(name, line)
        if found is None or depth > _DEEPEST:
            return None
        if found not in self._values:
            self._values[found] = None  # for one that uses itself
            made = expanded_value(found.value, lambda other: self.spelled(other, found.line, depth + 1))
            self._values[found] = made if len(made) <= LONGEST_MACRO else found.value
        return self._values[found]

    def spelled(self, name: str, line: int, depth: int = 0) -> str | None:
        """Return the value that a name has, of one that nobody defines the name itself; None for months."""
        value = self.value(name, line, depth)
        return f"{{{name}}}" if value is None and name not in MONTHS else value

    def meaning(self, name: str, line: int) -> str | None:
        """Return what is printed for a name, None when it is not defined."""
        value = self.value(name, line)
        return None if value is None else content(value, {})[0]

    def needed(self, names: Iterable[str]) -> list[Definition]:
        """Return the definitions of names and of what these use, in the order of the file."""
        wanted: set[str] = set()
        fresh = self.by_name.keys() & set(names)
        while fresh:
            wanted |= fresh
            values = [f"={one.value}" for name in fresh for one in self.by_name[name]]
            fresh = (self.by_name.keys() & {name for value in values for name in used(value)}) - wanted
        return [one for one in self.listed if one.name in wanted] if wanted else []

    def is_one(self, name: str) -> bool:
        """Tell whether a name means the same all over the file."""
        return len({self.meaning(name, one.line + 1) for one in self.by_name.get(name, ())}) == 1


def expanded_value(value: str, resolve: Callable[[str], str | None]) -> str:
    """Return a value with names replaced by what they are resolved to; those without (None) stay."""
    parts: list[str] = []
    at = 0
    while at < len(value):
        end = piece_end(value, at)
        if end is None:
            parts.append(value[at])
            at += 1
            continue
        piece = value[at:end]
        found = None if piece[0] in '{"' or piece.isdecimal() else resolve(piece.lower())
        parts.append(piece if found is None else found)
        at = end
    return "".join(parts)


def expanded(text: str, resolve: Callable[[str], str | None]) -> str | None:
    """Return an entry with the names in its values replaced; None when it is not written as BibTeX asks for."""
    parts = anatomy(text)
    if parts is None:
        return None
    for one in parts.fields:
        one.value = expanded_value(one.value, resolve)
    return parts.text()


@dataclass(slots=True)
class Header:
    """The definitions on top of a new file: what each name means there."""

    meanings: dict[str, str] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)

    def add(self, source: Definitions, names: Iterable[str]) -> None:
        """Take over what entries of a source need; a name that would mean two things stays what it is."""
        for one in source.needed(names):
            if source.is_one(one.name) and one.name not in self.meanings:
                value = source.value(one.name, one.line + 1) or ""
                self.texts.append(f"@string{{{one.name} = {value}}}" if self._misread(source, one) else one.text)
                self.meanings[one.name] = source.meaning(one.name, one.line + 1) or ""

    def _misread(self, source: Definitions, one: Definition) -> bool:
        """Tell whether a definition uses a name that means something else so far."""
        return bool(self.clashes(source, f"={one.value}", one.line))

    def clashes(self, source: Definitions, text: str, line: int) -> set[str]:
        """Return the names in an entry of a source that mean something else here, or nothing."""
        return {name for name in used(text) if self.meanings.get(name) != source.meaning(name, line)}
