"""The entries of a .bib text and where they stand; every byte between them is somebody else's business.

Braces are counted as BibTeX counts them: one behind a backslash counts, too. An entry that is never closed, or that
swallows what is surely the next one, is no entry but text, so that a slip of a person costs no other entry. `bibread`
cuts for another purpose (whole lines, memory flat) and masks characters, so its segments cannot be put together again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

_START = re.compile(
    r"@[ \t]*(?P<kind>\w+)[ \t]*(?P<open>[{(])[ \t]*(?:(?P<key>[^\s{},=\"#%\\]+)[ \t]*)?"
    r"(?P<sure>,[ \t]*(?:\r?$|[A-Za-z][\w\-+.:]*[ \t]*=))?",
    re.MULTILINE,
)
_TIGHT = r"[^{}]*+"
_DEEP = 6
_LOOK_BACK = 80
_LONG_LINE = 5_000
_CLOSED = re.compile(
    r"\{" + _TIGHT + "".join([r"(?:\{" + _TIGHT] * _DEEP) + "".join([r"\}" + _TIGHT + ")*+"] * _DEEP) + r"\}"
)
_BRACE = re.compile(r"[{}]")
_ROUND = re.compile(r"[{}()\"]")
_OTHERS = frozenset({"string", "preamble", "comment"})


class Entry(NamedTuple):
    """An entry, or a `@string`, of a text: its kind in small letters, its key, and its place from `@` to behind `}`."""

    kind: str
    key: str
    start: int
    end: int


class _Braces:
    """Where the braces of a text close: found in one pass, and only if some entry nests deep or is never closed."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def closes(self) -> dict[int, int]:
        """The place behind the partner of each brace that has one."""
        found: dict[int, int] = {}
        opened: list[int] = []
        for brace in _BRACE.finditer(self._text):
            if brace[0] == "{":
                opened.append(brace.start())
            elif opened:
                found[opened.pop()] = brace.end()
        return found


def entries(text: str, *, strings: bool = False) -> list[Entry]:
    """Return the entries of a text in order (with `strings` its `@string` definitions instead)."""
    starts = [found for found in _START.finditer(text) if _is_start(text, found.start())]
    sure = [found.start() for found in starts if found["sure"]]
    ends: list[Entry] = []
    behind, braces = 0, _Braces(text)
    for found in starts:
        place, kind = found.start(), found["kind"].lower()
        if place < behind:
            continue
        at = bisect_right(sure, place)
        end = _end(text, found, sure[at] if at < len(sure) else len(text), braces)
        if end is None:
            continue
        behind = end
        if kind == "string" if strings else kind not in _OTHERS and found["key"]:
            ends.append(Entry(kind, found["key"] or "", place, end))
    return ends


def named(text: str, key: str) -> list[Entry]:
    """Return what could be the entries with a key, cut as if no other entry were broken."""
    found, braces = [], _Braces(text)
    for place in re.finditer(r"@\w+\{" + re.escape(key) + ",", text):
        start = _START.match(text, place.start()) if _is_start(text, place.start()) else None
        end = _end(text, start, len(text), braces) if start else None
        if start and end:
            found.append(Entry(start["kind"].lower(), key, place.start(), end))
    return found


def _is_start(text: str, place: int) -> bool:
    """Tell whether an entry may begin here: at the start of a line, or glued to the one before outside of a comment."""
    if not place or text[place - 1] == "\n":
        return True
    before = text[max(0, place - _LOOK_BACK) : place].rstrip(" \t\ufeff")
    if not before or before[-1] in "\n\r":
        return True
    line = text.rfind("\n", max(0, place - _LONG_LINE), place) + 1
    return before[-1] in "})" and text[line : line + 1] != "%"


def _end(text: str, found: re.Match[str], limit: int, braces: _Braces) -> int | None:
    """Return the place behind the bracket that closes an entry, None when that is not before `limit`."""
    at = found.start("open")
    if text[at] == "(":
        return _round_end(text, at, limit)
    if closed := _CLOSED.match(text, at, limit):
        return closed.end()
    end = braces.closes.get(at)
    return end if end is not None and end <= limit else None


def _round_end(text: str, at: int, limit: int) -> int | None:
    depth, rounds, quoted = 0, 0, False
    for sign in _ROUND.finditer(text, at, limit):
        if sign[0] in "{}":
            depth += 1 if sign[0] == "{" else -1
        elif depth:
            continue
        elif sign[0] == '"':
            quoted = not quoted
        elif not quoted:
            rounds += 1 if sign[0] == "(" else -1
            if not rounds:
                return sign.end()
    return None
