"""Where one layout ends and another begins in a text of several pages pasted one after another.

A part begins where lines that only one layout has follow those of another: at the header of its page, or at the first
line of its record. A single such line proves nothing, for abstracts and comments quote links too. What has a header
and no such lines is a plain page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

PLAIN = "search-page"
ENOUGH = 2
"""Lines of a layout that make it sure that a part of its own has begun."""
SHORT = 300
"""No header and no mark of the plain layout is longer (in characters)."""
_HEADER = re.compile(
    r"[#\s]*(?:Get trending papers in your email|Daily Papers\b|Trending Papers\s*$|by\W.*AK\b.*community)"
)
_BEFORE = re.compile(r"\s*(?:new|papers|---|#+ .*|<a id=.*|\w+: .*|Subscribe|.*/login.*|\W*)\s*$", re.IGNORECASE)
HEADER_TEXTS = 3
"""Lines of a header that are neither known furniture nor a paper, such as the day or what was searched for."""
PAIRS = 3
"""Titles over abstracts without any mark between them: a plain page without header or author lines has begun."""
QUOTED = frozenset({("paper-page", "digest")})
"""Layouts whose comments look like another one: they list papers that are alike."""
COMMENTED = frozenset({"paper-page", "trending"})
"""Layouts in which such pairs are comments or cards."""
BATCH = 64
_BEGINS = re.compile(
    r"\n\W*(?:https?:|Upvote|Submitted by|Published on|Authors:|Get trending|Daily Papers|Trending Papers|by\W)"
)
_AUTHORS = re.compile(r"\s*[•·]\s*\d{1,4} authors?\s*$")


class Signs(NamedTuple):
    """How lines of a layout are told: those that only it has, and those that a page or record of it begins with."""

    is_mark: Callable[[str], bool]
    starts: Callable[[str], bool]


class Part(NamedTuple):
    """A run of lines (from 1) in one layout."""

    layout: str
    first: int
    lines: int


def parts(lines: Iterable[str], signs: Mapping[str, Signs]) -> list[Part]:
    """Return the parts of a text in order, none when it is empty."""
    scan = _Scan(signs)
    source = iter(lines)
    while batch := list(islice(source, BATCH)):
        # Most pages are plain, and looking at every line of them would take as long as reading them.
        if scan.is_plain() and not _tells("\n".join(["", *batch])):
            scan.skip(len(batch))
        else:
            for line in batch:
                scan.line(line)
    return scan.result()


def _tells(text: str) -> bool:
    """Say whether a text holds what no stretch of a plain page does, but what every other layout and every header does.

    Plain searches, the fastest first: one pattern for all of it takes three times as long.
    """
    if "]" in text and ("](" in text or "][" in text):
        return True
    return "/papers/" in text or "arxiv:" in text or "arXiv Page" in text or _BEGINS.search(text) is not None


@dataclass(slots=True)
class _Run:
    layout: str
    begin: int
    marks: int = 1


@dataclass(slots=True)
class _Scan:
    """Goes through the lines once and keeps a few numbers for each run."""

    signs: Mapping[str, Signs]
    done: list[_Run] = field(default_factory=list)
    page: list[_Run] = field(default_factory=list)
    rival: _Run | None = None
    number: int = 0
    page_begin: int = 1
    header_begin: int = 0
    texts: int = 0
    long: int = 0
    blocks: tuple[int, int] = (0, 0)
    after_blank: bool = True
    streak: int = 0
    starts: dict[str, tuple[int, int]] = field(default_factory=dict)
    pairs: list[int] = field(default_factory=list)
    short: int = 0

    def is_plain(self) -> bool:
        """Tell whether nothing says so far that this page is of another layout."""
        return not self.page or self.page[-1].layout == PLAIN

    def skip(self, lines: int) -> None:
        """Pass over lines that are the text of a plain page."""
        self.number += lines
        self.texts += lines
        self.long += lines
        self.header_begin = 0

    def line(self, line: str) -> None:
        """Take the next line."""
        self.number += 1
        if not line or line.isspace():
            self.after_blank = True
            return
        short = len(line) < SHORT
        is_header = short and _HEADER.match(line) is not None
        if is_header:
            self._new_page()
        begin = (self.header_begin or self.number, self.long)
        if not is_header:
            self._text(short and _BEFORE.match(line) is not None, short)
        self.after_blank = False
        if name := self._layout(line, short, begin):
            self.pairs.clear()
            self._mark(name)
        else:
            self._pair(line, short)

    def _text(self, may_be_header: bool, short: bool) -> None:
        """Count a line that is no header for certain."""
        if may_be_header:
            self.header_begin = self.header_begin or self.number
            return
        self.texts += 1
        self.long += not short
        self.header_begin = 0
        if self.after_blank:
            self.blocks = (self.blocks[1], self.number)

    def _pair(self, line: str, short: bool) -> None:
        """Count titles over abstracts in a page of another layout."""
        linked = "](" in line or "http" in line[:8]
        if short or linked:
            self.short = 0 if linked or line.rstrip().endswith(".") else self.number
            return
        if self.short:
            self.pairs.append(self.short)
        self.short = 0
        if len(self.pairs) == PAIRS and not self.is_plain() and self.page[-1].layout not in COMMENTED:
            self.page.append(_Run(PLAIN, self.pairs[0], ENOUGH))
            self.rival = None

    def _layout(self, line: str, short: bool, begin: tuple[int, int]) -> str | None:
        found = None
        for name, signs in self.signs.items():
            if name not in self.starts and signs.starts(line):
                self.starts[name] = begin
                self.streak = self.streak if self.page and self.page[-1].layout == name else 0
            if found is None and signs.is_mark(line):
                found = name
        return found or (PLAIN if short and _AUTHORS.match(line) else None)

    def _new_page(self) -> None:
        """A header after text begins a page; what comes before the header itself belongs to it."""
        if self.page or self.long or self.texts > HEADER_TEXTS:
            self._close()
            self.page_begin = self.header_begin or self.number
            self.texts = self.long = 0
        self.header_begin = self.header_begin or self.number

    def _close(self) -> None:
        runs = [run for run in self.page if run.marks >= ENOUGH] or self.page[:1]
        if not runs and self.texts > 1:
            runs = [_Run(PLAIN, self.page_begin)]
        if runs:
            runs[0].begin = self.page_begin
            self.done += runs
        self.page, self.rival = [], None
        self.starts.clear()

    def _mark(self, name: str) -> None:
        current = self.page[-1] if self.page else None
        if current is None:
            self._first(name)
        elif (current.layout, name) in QUOTED:
            return
        elif current.layout == name:
            current.marks += 1
            self.streak += 1
            # One line may look like the old layout inside of the new one: pages and cards both have a submitter.
            if self.streak >= ENOUGH:
                self.rival = None
                self.starts.clear()
            return
        elif self.rival is None or self.rival.layout != name:
            self.rival = _Run(name, self._begin(name))
        else:
            self.rival.marks += 1
        self.streak = 0
        if self.rival is not None and self.rival.marks >= ENOUGH:
            if current is not None and current.marks < ENOUGH:
                self.page.pop()
            self.page.append(self.rival)
            self.rival = None
            self.starts.clear()

    def _first(self, name: str) -> None:
        """Begin the runs of a page; abstracts before the first mark are those of a plain page without marks."""
        begin, long = self.starts.get(name, (self.number, self.long))
        if long and name != PLAIN:
            self.page.append(_Run(PLAIN, self.page_begin, ENOUGH))
            self.rival = _Run(name, begin)
        else:
            self.page.append(_Run(name, self.page_begin))

    def _begin(self, name: str) -> int:
        """Return where the part of a first mark begins: at its record's first line; of a plain one, at its title."""
        if name == PLAIN:
            return self.blocks[0] or self.number
        return self.starts.get(name, (self.number, 0))[0]

    def result(self) -> list[Part]:
        """Return the parts; neighbours of one layout are joined, but each plain page may have habits of its own."""
        self._close()
        joined: list[_Run] = []
        for run in self.done:
            if not joined or (
                run.begin > joined[-1].begin and (joined[-1].layout != run.layout or run.layout == PLAIN)
            ):
                joined.append(run)
        begins = [1, *(run.begin for run in joined[1:])]
        ends = [*begins[1:], self.number + 1]
        return [Part(run.layout, first, end - first) for run, first, end in zip(joined, begins, ends, strict=False)]
