"""The search page as text with numbered links: `### [Title][36]`, and the addresses of the numbers at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from db.domain.formats.linked.glance import Glance
from db.domain.formats.linked.linkcards import Deck
from db.domain.formats.linked.linklines import (
    WIDEST,
    day_of,
)
from db.domain.formats.linked.refnumbers import RefNumbers, definition
from db.domain.formats.linked.refreading import CLOSED, LONE, TITLE, Reading, linked
from db.domain.formats.survey import Survey
from db.domain.formats.textfile import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.records import Issue, Ledger, Record

_VOTES = re.compile(r"\s*\[\s*(?:-|\d[\d,.]*[kKmM]?)\s*\]\[\d{1,9}\]\s*$")
_NUMBERED = re.compile(r"\s*(?:[#*\- ]*\[.*|[ \d]*)\]\s?\[\d{1,9}\]\s*")


@dataclass(frozen=True, slots=True)
class RefSurvey(Survey):
    """The survey of a page with numbered links: also which paper each title links to."""

    papers: RefNumbers = field(default_factory=RefNumbers)


class LinkRefs:
    """Reads the text that some browsers for the terminal and scrapers make of a search page."""

    name = "search-page-refs"
    label = "Search page with numbered links"
    kind = "dump"
    longest = LONGEST
    reader = 1

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is such a page."""
        lines = head.splitlines()
        titles = sum(1 for line in lines if line[:1] == "#" and TITLE.match(line))
        closed = sum(1 for line in lines if LONE.fullmatch(line.strip()) or _VOTES.match(line))
        if not titles:
            return 0.0
        return min(0.98, 0.9 + 0.02 * min(closed, titles)) if closed else 0.6 if titles > 2 else 0.3

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return the render year of the page, what it was searched for, and where its titles lead."""
        return _survey(lines)

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the records and issues in order and at last the ledger; memory does not grow with the page."""
        papers = survey.papers if isinstance(survey, RefSurvey) else RefNumbers()
        return Reading(Deck(survey, self.name), papers).run(lines)


def is_mark(line: str) -> bool:
    """Say whether only a search page with numbered links has such a line."""
    return "][" in line and len(line) < WIDEST and _NUMBERED.fullmatch(line) is not None


def starts(line: str) -> bool:
    """Say whether a paper of such a page can begin with the line, or the page itself."""
    return line.strip() in ("[", "# Web source") or TITLE.match(line) is not None or _VOTES.match(line) is not None


def _survey(lines: Iterable[str]) -> Survey:
    looking = _Looking()
    glance = looking.glance
    for raw in lines:
        text = raw.strip()
        if not text:
            continue
        if not glance.begun or "/papers/date/" in text:
            glance.frame(text)
        first = text[0]
        if first == "#":
            looking.heading(text)
        elif first in "[]0123456789" or looking.waiting:
            looking.link(text)
        elif len(text) < WIDEST and (day := day_of(text)):
            glance.day(day)
    looking.settle(None)
    found = glance.verdict("references", getattr(lines, "encoding", ""))
    return RefSurvey(**{one.name: getattr(found, one.name) for one in fields(found)}, papers=looking.papers)


@dataclass(slots=True)
class _Looking:
    """The state of a survey; `waiting`: a title is broken over lines, and its number is still to come."""

    glance: Glance = field(default_factory=Glance)
    papers: RefNumbers = field(default_factory=RefNumbers)
    waiting: bool = False

    def settle(self, number: int | None) -> None:
        """Give the waiting title its number."""
        if self.waiting:
            self.papers.title(number)
            self.waiting = False

    def heading(self, text: str) -> None:
        """Note a title."""
        self.settle(None)
        if linked(text) is None:
            return
        self.glance.paper(None)
        self.waiting = True
        if closed := CLOSED.search(text):
            self.settle(int(closed["number"]))

    def link(self, text: str) -> None:
        """Note the number of a link, or the address of a number."""
        if found := definition(text):
            self.settle(None)
            if identifier := self.papers.define(*found):
                self.glance.years.identified(identifier)
        elif closed := CLOSED.search(text) if text[-1] == "]" else None:
            self.settle(int(closed["number"]) if text[0] != "[" else None)
            if text.startswith("[["):
                self.papers.owner(int(closed["number"]))
