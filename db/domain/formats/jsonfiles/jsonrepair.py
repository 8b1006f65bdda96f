"""Decoding one object out of a text, and what can be said and saved when it is broken."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.domain.formats.jsonfiles.jsonnames import TITLE, bare

if TYPE_CHECKING:
    from db.domain.formats.jsonfiles.jsonlike import Object

# Numbers with a point stay as written: an arXiv id without quotes would lose its last zero.
_DECODER = json.JSONDecoder(strict=False, parse_float=str)
_PATIENT = json.JSONDecoder(strict=False, parse_float=str, parse_int=str)
_TEXT = r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:(?P<end>")|\\?\Z)'
STRING = re.compile(_TEXT, re.DOTALL)
"""A string of JSON; without an `end` it goes on behind the end of the text."""
REST = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+', re.DOTALL)
"""What is left of a string whose beginning was passed, without the quote at its end."""
TOKENS = re.compile(rf"{_TEXT}(?P<colon>\s*:)?|[{{}}\[\]]", re.DOTALL)
_SLIPS = re.compile(rf"(?P<text>{_TEXT})|//[^\n]*|/\*[^*]{{0,1000}}\*/|,(?=\s*[}}\]])", re.DOTALL)
_BLANK_END = re.compile(r"\s*+\Z")
_LOOK = 20_000
_STEP = 256
_TITLES = frozenset(TITLE)
_ESCAPE = 12


@dataclass(frozen=True, slots=True)
class Decoded:
    """An object and where it ends; or why there is none: `cut` when more text may help, `deep` when it is too deep."""

    value: Object | None
    end: int = 0
    cut: bool = False
    deep: bool = False
    why: str = ""


def decode(text: str, start: int) -> Decoded:
    """Decode the object that begins at `start`."""
    try:
        value, end = _DECODER.raw_decode(text, start)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text) - _ESCAPE or error.msg.startswith("Unterminated string")
        return Decoded(None, cut=cut or _BLANK_END.match(text, error.pos) is not None, why=_words(error, text, start))
    except ValueError:
        return _patiently(text, start)
    except RecursionError:
        return Decoded(None, deep=True)
    return Decoded(value, end) if isinstance(value, dict) else Decoded(None, why="no object")


def _patiently(text: str, start: int) -> Decoded:
    """Take integers of thousands of digits as text; Python refuses to make numbers of them."""
    try:
        value, end = _PATIENT.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        return Decoded(None, cut=True, deep=isinstance(error, RecursionError), why="a number that is too long")
    return Decoded(value, end)


def _words(error: json.JSONDecodeError, text: str, start: int) -> str:
    down = text.count("\n", start, error.pos)
    what = error.msg[0].lower() + error.msg[1:]
    what = what.removesuffix(" at").removesuffix(" starting")
    return f"{what}, {down} lines further down" if down > 1 else what


def repaired(text: str) -> Object | None:
    """Return an object whose only slips are comments and commas too many, which change nothing."""
    mended = text
    for _round in range(2):
        mended = _SLIPS.sub(lambda match: match["text"] or " ", mended)
    if mended == text:
        return None
    found = decode(mended, 0)
    return found.value if found.value is not None and not mended[found.end :].strip(" \t\r\n,") else None


def holds_more(text: str, start: int, opening: re.Pattern[str] | None) -> bool:
    """Say whether an object that cannot be decoded as a whole is one around papers rather than a paper itself."""
    return _look(text, start, opening) is True


def is_paper(text: str, start: int, opening: re.Pattern[str] | None) -> bool:
    """Say whether an object that cannot be decoded as a whole has a title, or begins as the papers before it."""
    return _look(text, start, opening) is None


def _look(text: str, start: int, opening: re.Pattern[str] | None) -> bool | None:
    """Return None for a paper, else whether there are objects within."""
    if opening is not None and opening.match(text, start):
        return None
    path: list[str] = []
    inner = False
    for match in TOKENS.finditer(text, start, min(len(text), start + _LOOK)):
        mark = match.group()
        if mark[0] == '"':
            if match["colon"] and len(path) <= 2 and "[" not in path and _names_title(mark):
                return None
        elif mark in "{[":
            inner = inner or (mark == "{" and "[" in path) or len(path) == 2
            path.append(mark)
        elif path:
            path.pop()
        if not path:
            break
    return inner


def _names_title(mark: str) -> bool:
    return bare(mark[1:].partition('"')[0]) in _TITLES


def broken_at(text: str, start: int, opening: re.Pattern[str] | None) -> int | None:
    """Return where a broken paper ends: where the next one begins as all of them do, or where its braces close."""
    size = _STEP
    while True:
        # In growing steps: the time it takes goes with what is found, not with what comes after it.
        stop = min(len(text), start + size)
        following = opening.search(text, start + 1, stop) if opening else None
        end = _closing(text, start, following.start() if following else stop)
        if end is not None or following:
            return end if end is not None or not following else following.start()
        if stop == len(text):
            return None
        size *= 4


def _closing(text: str, start: int, stop: int) -> int | None:
    depth = 0
    for match in TOKENS.finditer(text, start, stop):
        mark = text[match.start()]
        if mark == '"' and not match["end"]:
            return None
        depth += (mark == "{") - (mark == "}")
        if mark == "}" and depth <= 0:
            return match.end()
    return None


def loads(text: str) -> Any:
    """Return the value of a JSON text as the readers take it; ValueError when it is broken or too deep."""
    try:
        return json.loads(text, strict=False, parse_float=str)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
