"""One .tex file: what it cites, which bibliographies it names and which other files it is made of, in order."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from db.domain.documents import macros
from db.domain.documents.commands import CITING, IMPORTING, INCLUDING, LISTING, QUOTING, Shape
from db.domain.documents.found import Cites, Inputs, Lists
from db.domain.documents.macros import DEFINING
from db.domain.documents.texclean import COMMENT, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.documents.found import Event

_TOKEN = re.compile(r"\\(?P<name>[A-Za-z@]+)\*?|[{}\[\]()<>]|\\(?:.|\Z)", re.S)
_SPACE = re.compile(rf"[\s{COMMENT}]*")
_JOINED = re.compile(rf"{COMMENT}+\n[ \t]*")
_BARE = re.compile(r"[ \t]*([^\s{}\\%#$&~\[\]]+)")
_NOT_A_KEY = frozenset("\\#{}\n")
_CLOSING = {"]": "[", ")": "(", ">": "<"}
MANY = 1_000
"""Groups of keys that one command of the \\cites kind can have."""
OPTIONAL = 8
"""Optional arguments in a row; more are no command that cites."""
LONGEST, LONGEST_BODY = 50_000, 2_000
"""Characters of one argument, and of the body of a definition that is looked at."""
_OTHERS = LISTING | INCLUDING | IMPORTING.keys() | {"begin"}
SYSTEM = frozenset("glyphtounicode glyphtounicode-cmr binhex insbox xy epsf psfig pictex tikz pgf".split())
"""Files that come with TeX and cite nothing."""


def events(text: str, folder: str = "", own: dict[str, Shape] | None = None) -> Iterator[Event]:
    """Yield what a text says in the order in which it does; `folder` is what imported paths are relative to.

    `own` are the document's own commands that cite; those that are defined here are put into it.
    """
    yield from _Scan(clean(text), folder, {} if own is None else own).events()


class _Scan:
    """A cleaned text with its groups: where each bracket closes, found in one pass."""

    def __init__(self, text: str, folder: str, own: dict[str, Shape]) -> None:
        self._text = text
        self._own = own
        self._folder = folder
        self._newlines = [at for at, letter in enumerate(text) if letter == "\n"]
        self._close: dict[int, int] = {}
        self._commands: list[tuple[str, int, int]] = []
        self._read: set[int] = set()
        self._match_groups()

    def _match_groups(self) -> None:
        """Brackets and parentheses close within their group in braces only, as TeX has it."""
        braces: list[int] = []
        waiting: dict[tuple[int, str], list[int]] = {}  # by depth and kind
        for token in _TOKEN.finditer(self._text):
            letter, at = token[0], token.start()
            if letter[0] == "\\":
                if token["name"]:
                    self._commands.append((token["name"], at, token.end()))
            elif letter == "{":
                braces.append(at)
            elif letter == "}":
                self._end_group(braces, at, waiting)
            elif letter in _CLOSING:
                opened = waiting.pop((len(braces), _CLOSING[letter]), ())
                self._close.update(dict.fromkeys(opened, at))
            else:
                waiting.setdefault((len(braces), letter), []).append(at)

    def _end_group(self, braces: list[int], at: int, waiting: dict[tuple[int, str], list[int]]) -> None:
        if braces:
            for kind in "[(<":
                waiting.pop((len(braces), kind), None)
            self._close[braces.pop()] = at

    def _line(self, at: int) -> int:
        return bisect_right(self._newlines, at - 1) + 1 if at else 1

    def _over(self, at: int, letters: str) -> int:
        """Return where the groups of these kinds that begin here end; white space before them too."""
        for _number in range(OPTIONAL):
            start = _SPACE.match(self._text, at).end()  # type: ignore[union-attr]
            if start >= len(self._text) or self._text[start] not in letters or start not in self._close:
                return start
            at = self._close[start] + 1
        return at

    def _group(self, at: int, before: str = "[<") -> tuple[int, int] | None:
        """Return the inside of the next group in braces behind optional ones, None when there is none."""
        start = self._over(at, before)
        end = self._close.get(start) if self._text[start : start + 1] == "{" else None
        return None if end is None else (start + 1, end)

    def _groups(self, at: int, count: int) -> tuple[int, int] | None:
        """Return the last of so many groups in braces."""
        found: tuple[int, int] | None = None
        for _number in range(count):
            found = self._group(at)
            if found is None:
                return None
            at = found[1] + 1
        return found

    def events(self) -> Iterator[Event]:
        """Yield what the commands say."""
        for name, start, end in self._commands:
            shape = CITING.get(name) or self._own.get(name)
            if shape is not None:
                yield from self._cites(shape, end)
            elif name in DEFINING:
                self._define(end)
            elif name in _OTHERS:
                yield from self._other(name, start, end)

    def _define(self, at: int) -> None:
        head = macros.head(self._text, at)
        end = self._close.get(head.end(), 0) if head else 0
        if head and 0 < end - head.end() < LONGEST_BODY:
            shape = macros.shape(head, self._text[head.end() : end], self._own)
            if shape is not None:
                self._own[head["name"]] = shape

    def _other(self, name: str, start: int, end: int) -> Iterator[Event]:
        if name == "begin":
            yield from self._quotes(end)
        elif name in LISTING:
            yield from self._lists(end)
        elif name in IMPORTING:
            yield from self._imports(end, self._folder if IMPORTING[name] else "")
        else:
            yield from self._inputs(name, start, end)

    def _cites(self, shape: Shape, at: int) -> Iterator[Cites]:
        for _number in range(MANY if shape.many else 1):
            inside = self._groups(self._over(at, "(") if shape.many else at, shape.skip + 1)
            if inside is None or inside[0] in self._read:
                return
            self._read.add(inside[0])  # commands within commands may end before the same group: it is read once
            yield from self._keys(inside)
            at = inside[1] + 1

    def _quotes(self, at: int) -> Iterator[Cites]:
        inside = self._group(at)
        environment = self._words(inside).removesuffix("*")
        if inside and environment in QUOTING:
            yield from self._cites(Shape(skip=QUOTING[environment]), inside[1] + 1)

    def _parts(self, inside: tuple[int, int]) -> list[tuple[str, int]]:
        """Return what stands between commas in a group without groups, with the offset of each."""
        start, end = inside
        if end - start > LONGEST or self._text.find("{", start, end) >= 0:
            return []
        parts = self._text[start:end].split(",")
        ends = accumulate(len(part) + 1 for part in parts)
        return [(part, start + stop - len(part) - 1) for part, stop in zip(parts, ends, strict=True)]

    def _words(self, inside: tuple[int, int] | None) -> str:
        """Return a group as one name."""
        if inside is None or inside[1] - inside[0] > LONGEST or self._text.find("{", *inside) >= 0:
            return ""
        return _name(self._text[slice(*inside)])

    def _keys(self, inside: tuple[int, int]) -> Iterator[Cites]:
        """Yield each key with its line; what holds commands or arguments of a definition names no key."""
        for part, at in self._parts(inside):
            key = _name(part)
            if key and _NOT_A_KEY.isdisjoint(key):
                lead = len(part) - len(part.lstrip(f" \t\n{COMMENT}"))
                yield Cites((key,), self._line(at + lead))

    def _lists(self, at: int) -> Iterator[Lists]:
        inside = self._group(at)
        if inside:
            names = [_name(part) for part, _at in self._parts(inside)]
            yield Lists(tuple(name for name in names if name), self._line(inside[0]))

    def _inputs(self, name: str, start: int, at: int) -> Iterator[Inputs]:
        inside = self._group(at, "")
        if inside:
            path = self._words(inside)
        else:  # \input file, as TeX itself has it
            bare = _BARE.match(self._text, at) if name == "input" else None
            path = bare[1] if bare else ""
        if _is_path(path) and path.removesuffix(".tex") not in SYSTEM:
            folders = dict.fromkeys((self._folder, ""))
            places = [f"{folder}{one}" for folder in folders for one in _spellings(path)]
            yield Inputs(tuple(places), self._line(start), self._inner(name, path), name == "InputIfFileExists")

    def _inner(self, name: str, path: str) -> str:
        """A subfile names its own files from where it lies."""
        return f"{self._folder}{path.rpartition('/')[0]}/".lstrip("/") if name.startswith("subfile") else self._folder

    def _imports(self, at: int, base: str) -> Iterator[Inputs]:
        first = self._group(at)
        second = self._group(first[1] + 1) if first else None
        if first and second:
            folder, path = (self._words(one) for one in (first, second))
            folder = f"{base}{folder.removesuffix('/')}/" if folder else base
            if _is_path(path) and _is_path(folder or "."):
                yield Inputs(tuple(f"{folder}{one}" for one in _spellings(path)), self._line(first[0]), folder)


def _name(text: str) -> str:
    return _JOINED.sub("", text).replace(COMMENT, " ").strip().strip('"')


def _is_path(path: str) -> bool:
    return bool(path) and _NOT_A_KEY.isdisjoint(path) and len(path) < 1_000


def _spellings(path: str) -> list[str]:
    return [path, f"{path}.tex"] if path.endswith(".tex") else [f"{path}.tex", path]
