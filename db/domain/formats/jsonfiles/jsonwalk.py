"""The papers of a JSON text of any length, one at a time, with what is broken between them.

The text is not read as one document: lists and everything else around the papers are passed over, and each object
is decoded by itself. So memory stays flat, a bad object costs only itself, and a cut file, several documents one
after another or comments between them do no harm.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.formats.jsonfiles import jsonlike
from db.domain.formats.jsonfiles.jsonrepair import (
    REST,
    STRING,
    TOKENS,
    Decoded,
    broken_at,
    decode,
    holds_more,
    is_paper,
    repaired,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.formats.jsonfiles.jsonlike import Object
    from db.domain.formats.jsonfiles.jsonwindow import Window

WHOLE_OBJECT = 4_000_000
"""Characters of an object that is decoded at once; a longer one is a list of papers with something around it."""
DEEPEST = 12
"""How many such objects may stand within each other."""
ISSUE_CHARACTERS = 100_000
_BETWEEN = re.compile(r"[\s,:\[\]}\d.+\-\ufeff]+|(?:true|false|null|NaN|Infinity)\b|//[^\n]*|/\*[^*]{0,1000}\*/|;")
_JUNK = re.compile(r'[^\n{"]+')
_ABSTRACT = re.compile(r'"(?:abstract|summary|abstract_inverted_index|abstractNote|abstractText)"\s*:')
DEEP = "This object is nested too deeply or is too long to be a paper, so it was left out."
NO_TITLE = "This looks like a paper, but it has no title, so it was left out."
BROKEN = "This is not valid JSON ({why}), so it was left out; what comes after it was read."
CUT = "The file ends within this object, so it was left out. Save the file again if more papers are expected."
JUNK = "This stands outside of any object and is no JSON, so it was passed over."


@dataclass(frozen=True, slots=True)
class Found:
    """A paper, the key that it stood under, and its lines."""

    view: Object
    key: str
    first: int
    abstract: int | None
    last: int


@dataclass(frozen=True, slots=True)
class Bad:
    """Text that is no paper and no JSON either, from a line on."""

    first: int
    text: str
    why: str


class Walker:
    """Goes through the text of a window once."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._key = ""
        self._opening: re.Pattern[str] | None = None
        self._depth = 0

    def run(self) -> Iterator[Found | Bad]:
        """Yield papers and broken pieces in order."""
        window = self._window
        while True:
            if match := _BETWEEN.match(window.text, window.at):
                self._depth = max(0, self._depth - match.group().count("}"))
                window.at = match.end()
                continue
            if window.at >= len(window.text):
                if not window.more():
                    return
                continue
            mark = window.text[window.at]
            if mark == "{":
                yield from self._object()
            elif mark == '"':
                self._string()
            else:
                yield from self._junk()

    def _string(self) -> None:
        """Pass over a text outside of objects, which may be the key of what follows."""
        window = self._window
        match = STRING.match(window.text, window.at)
        while match and not match["end"] and len(window.text) - window.at < WHOLE_OBJECT and window.more():
            match = STRING.match(window.text, window.at)
        if match is None or not match["end"]:
            self._pass_string()
            return
        self._key = match.group()[1:-1][:200]
        window.at = match.end()

    def _pass_string(self) -> None:
        """Pass over a string that is longer than any text of a paper."""
        window, inside = self._window, True
        window.at += 1
        while inside:
            window.at, inside = _string_end(window.text, window.at)
            if inside and not window.more():
                window.at = len(window.text)
                return

    def _junk(self) -> Iterator[Bad]:
        window = self._window
        if len(window.text) - window.at < 32:
            window.more()
            if _BETWEEN.match(window.text, window.at):
                return
        start = window.at
        match = _JUNK.match(window.text, start + 1)
        window.at = match.end() if match else start + 1
        junk = window.text[start : window.at]
        if junk.strip():
            yield Bad(window.line(start), junk.strip(), JUNK)

    def _object(self) -> Iterator[Found | Bad]:
        """Decode the object that starts here, with as much more of the text as it takes."""
        window = self._window
        while True:
            found = decode(window.text, window.at)
            if not found.cut or len(window.text) - window.at >= WHOLE_OBJECT or not window.more():
                break
        if found.value is not None:
            yield from self._decoded(found.value, found.end)
        elif found.deep or self._depth > DEEPEST:
            yield from self._skip(DEEP)
        elif found.cut and not window.ended:
            if is_paper(window.text, window.at, self._opening):
                yield from self._skip(DEEP)
            else:
                self._into()
        else:
            yield from self._broken(found)

    def _into(self) -> None:
        self._window.at += 1
        self._depth += 1

    def _decoded(self, value: Object, end: int) -> Iterator[Found | Bad]:
        key, self._key = self._key, ""
        window = self._window
        view = jsonlike.view(value)
        if view is not None:
            yield self._found(view, key, end)
            return
        inside = next(jsonlike.within(value, key), None)
        if inside is not None and self._depth < DEEPEST:
            self._into()
            return
        if inside is not None:
            first, last = window.line(window.at), window.line(end - 1)
            for name, view in jsonlike.within(value, key):
                yield Found(view, name, first, None, last)
        elif jsonlike.untitled(value):
            yield Bad(window.line(window.at), window.text[window.at : end], NO_TITLE)
        window.at = end

    def _found(self, view: Object, key: str, end: int) -> Found:
        window, start = self._window, self._window.at
        if self._opening is None:
            self._opening = _opening(window.text, start)
        first = window.line(start)
        match = _ABSTRACT.search(window.text, start, end)
        abstract = window.line(match.start()) if match else None
        window.at = end
        return Found(view, key, first, abstract, window.line(end - 1))

    def _broken(self, found: Decoded) -> Iterator[Found | Bad]:
        """Mend what can be mended, go into a list with a bad paper in it, leave out a bad paper."""
        window = self._window
        if holds_more(window.text, window.at, self._opening):
            self._into()
            return
        end = broken_at(window.text, window.at, self._opening)
        while end is None and len(window.text) - window.at < WHOLE_OBJECT and window.more():
            end = broken_at(window.text, window.at, self._opening)
        cut = end is None and window.ended
        stop = len(window.text) if end is None else end
        value = repaired(window.text[window.at : stop])
        if value is not None:
            yield from self._decoded(value, stop)
            return
        yield from self._left_out(stop, CUT if cut and found.cut else BROKEN.format(why=found.why))

    def _left_out(self, stop: int, why: str) -> Iterator[Bad]:
        """Yield the text up to `stop` in pieces that a person can look at."""
        window, self._key = self._window, ""
        while window.at < stop:
            end = stop if stop - window.at <= ISSUE_CHARACTERS else _line_end(window.text, window.at, stop)
            piece = window.text[window.at : end].rstrip(" \t\r\n,")
            if piece.strip():
                yield Bad(window.line(window.at), piece, why)
            window.at = end

    def _skip(self, why: str) -> Iterator[Bad]:
        """Leave out an object by its braces alone, however long it is."""
        window = self._window
        depth, inside = 0, False
        while True:
            if inside:
                end, inside = _string_end(window.text, window.at)
            else:
                end, depth, inside = _braces(window.text, window.at, depth)
            yield from self._left_out(end, why)
            if (depth == 0 and not inside) or (window.at >= len(window.text) - 1 and not window.more()):
                yield from self._left_out(len(window.text) if inside else window.at, why)
                return


def _line_end(text: str, start: int, stop: int) -> int:
    end = text.find("\n", start + ISSUE_CHARACTERS, stop)
    return end + 1 if end >= 0 else stop


def _braces(text: str, start: int, depth: int) -> tuple[int, int, bool]:
    """Return where the outermost object ends, or the text, how deep that is, and whether within a string."""
    for match in TOKENS.finditer(text, start):
        mark = text[match.start()]
        if mark == '"' and not match["end"]:
            return match.start() + 1, depth, True
        depth += (mark == "{") - (mark == "}")
        if mark == "}" and depth <= 0:
            return match.end(), 0, False
    return len(text), depth, False


def _string_end(text: str, start: int) -> tuple[int, bool]:
    """Return the place behind the quote that ends a string, and False; or as far as the text goes, and True."""
    match = REST.match(text, start)
    end = match.end() if match else start
    return (end + 1, False) if text[end : end + 1] == '"' else (end, True)


def _opening(text: str, start: int) -> re.Pattern[str] | None:
    """Return how the papers of this text begin: with a brace and the name of their first part."""
    match = re.compile(r'\{\s*("[^"\\\n]{1,80}")\s*:').match(text, start)
    return re.compile(r"\{\s*" + re.escape(match[1]) + r"\s*:") if match else None
