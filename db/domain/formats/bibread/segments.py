"""The text cut where entries begin, so that one broken entry never takes the next ones with it.

A line that looks like the start of an entry always begins a new segment, whatever is still open. An `@` that
only might be one (a Java annotation, a mail address) does so only outside of an open value. So a segment
holds one entry and what follows it, and memory does not grow with the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MASK = "\ufdd0"
"""Stands for an `@` that is text; a noncharacter, so that no text holds it."""
LONGEST = 2_000_000
"""Characters of the longest segment that is read as one; what is behind them is left out, and said to be."""
LONG_LINE = 100_000
"""Lines of more characters are whole bibliographies without line ends, and are cut between entries."""

_MAYBE = re.compile(r"@\w*[ \t]*[{(]")
_SURE = re.compile(
    r"@[ \t]*(?:(?i:string|preamble|comment)[ \t]*[{(]"
    r"|\w+[ \t]*[{(][ \t]*+[^\s{}()=\",\\]*+[ \t]*+(?:$|,[ \t]*+(?:$|[A-Za-z][\w\-+.:]*[ \t]*=)))"
)
_GLUED = re.compile(r"(?<=[})])\s*(?=@\w+[ \t]*\{[ \t]*[^\s{}()=\",]+,)")
_MARK = re.compile(r"(?<!\\)[{}\"]")


@dataclass(slots=True)
class Segment:
    """Lines that belong together, the first of them `start` (from 1).

    `continued`: the first line is the rest of the line that the segment before ends with. `overlong`: an entry
    that is not closed yet goes on behind it. `more`: lines behind a long segment; `lost` if they are of that entry.
    `column`: where in its line the one line of a segment begins, None when the lines are whole.
    """

    start: int
    lines: list[str] = field(default_factory=list)
    continued: bool = False
    overlong: bool = False
    more: bool = False
    lost: bool = False
    masked: bool = False
    size: int = 0
    column: int | None = None
    _seen: int = 0
    _depth: int = 0
    _quoted: bool = False

    def add(self, line: str) -> None:
        """Take one line more."""
        self.lines.append(line)
        self.size += len(line) + 1

    def text(self) -> str:
        """Return the lines as one text."""
        return "\n".join(self.lines)

    def in_value(self) -> bool:
        """Say whether a value of the entry is open at the end of the lines so far."""
        for line in self.lines[self._seen :]:
            for mark in _MARK.findall(line):
                if mark == '"':
                    self._quoted = not self._quoted if self._depth == 1 else self._quoted
                elif not self._quoted:
                    self._depth += 1 if mark == "{" else -1 if self._depth else 0
        self._seen = len(self.lines)
        return self._depth > 1 or self._quoted

    def is_open(self) -> bool:
        """Say whether an entry or a value is open at the end of the lines so far."""
        return self.in_value() or self._depth > 0


def segments(lines: Iterable[str]) -> Iterator[Segment]:
    """Yield the segments of a text; together they hold every line once."""
    held = Segment(1)
    for number, line in enumerate(lines, start=1):
        if len(line) > LONG_LINE:
            if held.lines:
                yield held
            yield from _cut(line, number)
            held = Segment(number + 1)
            continue
        begins = _begins(line, held) if "@" in line else False
        if begins and held.lines:
            yield held
            held = Segment(number)
        elif begins is None:
            line = line.replace("@", MASK)
            held.masked = True
        if held.size > LONGEST:
            held.overlong = not held.more and held.is_open()
            yield held
            held = Segment(number, more=True, lost=held.overlong or held.lost)
        held.add(line)
    if held.lines:
        yield held


def _begins(line: str, held: Segment) -> bool | None:
    """Say whether a line begins an entry; None when it looks a little like it, but is text of an open value."""
    at = line.find("@")
    if (at and not line[:at].isspace()) or not _MAYBE.match(line, at):
        return False
    return True if _SURE.match(line, at) or not held.in_value() else None


def _cut(line: str, number: int) -> Iterator[Segment]:
    """Yield the entries of a long line, each as a segment."""
    start = 0
    for match in _GLUED.finditer(line):
        yield _part(line, start, match.start(), number)
        start = match.end()
    yield _part(line, start, len(line), number)


def _part(line: str, start: int, end: int, number: int) -> Segment:
    size, kept = end - start, line[start : min(end, start + LONGEST)]
    overlong = size > LONGEST and "@" in kept
    return Segment(number, [kept], continued=start > 0, overlong=overlong, size=size, column=start)
