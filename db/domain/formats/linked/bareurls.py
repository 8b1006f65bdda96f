"""The search page as text with the address of each link on a line of its own behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.domain.formats.lines import clean
from db.domain.formats.linked.glance import Glance
from db.domain.formats.linked.linkcards import Deck
from db.domain.formats.linked.linklines import (
    WIDEST,
    address,
    day_of,
    is_frame,
    paper_of,
)
from db.domain.formats.linked.urlreading import VOTES, Reading
from db.domain.formats.textfile import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.survey import Survey
    from db.domain.records import Issue, Ledger, Record

_LOGIN = re.compile(r"<?(?:https?://[^/\s]+)?/login\?next=\S*papers(?:%2F|/)\S+", re.IGNORECASE)
_AUTHORS = re.compile(r"\s*\d[\d,]* authors?\]\(\S*/papers/\S*\)\s*$")
_MENU = re.compile(
    r"<?https?://[^/\s]+/(?:models|datasets|spaces|storage|docs|enterprise|pricing|join|login(?:\?\S*)?)?>?",
    re.IGNORECASE,
)


class BareUrls:
    """Reads text in which every link stands as its words and, on the next line, its address."""

    name = "search-page-urls"
    label = "Search page with addresses"
    kind = "dump"
    longest = LONGEST
    reader = 1

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is such a page."""
        votes = logins = papers = 0
        for raw in head.splitlines():
            line = raw.strip()
            if line[:1] == "[":
                votes += VOTES.fullmatch(line) is not None
            elif line[:5] in ("https", "http:", "/logi", "/pape", "<http"):
                logins += len(line) < WIDEST and _LOGIN.fullmatch(line) is not None
                papers += paper_of(line) is not None
        if votes and logins:
            return min(0.98, 0.9 + 0.02 * min(votes, logins))
        if logins and papers > logins:
            return 0.85 if logins > 1 else 0.6
        return 0.55 if votes > 1 and papers > 1 else 0.0

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return the render year of the page and what it was searched for."""
        return _survey(lines)

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the records and issues in order and at last the ledger; memory does not grow with the page."""
        return Reading(Deck(survey, self.name)).run(lines)


def is_mark(line: str) -> bool:
    """Say whether only a page with addresses on lines of their own has such a line."""
    return len(line) < WIDEST and (starts(line) or _AUTHORS.match(line) is not None)


def starts(line: str) -> bool:
    """Say whether a paper of such a page can begin with the line, or the page itself."""
    if len(line) > WIDEST:
        return False
    text = line.strip()
    if text[:1] == "[":
        return VOTES.fullmatch(text) is not None
    if text[:1] in ("h", "/", "<"):
        return (_LOGIN.fullmatch(text) or _MENU.fullmatch(text)) is not None
    return text == "# Daily Papers - Hugging Face"


def _survey(lines: Iterable[str]) -> Survey:
    looking = _Looking()
    for raw in lines:
        if 0 < len(raw) <= WIDEST and (text := raw.strip()):
            looking.line(text)
    return looking.glance.verdict("urls", getattr(lines, "encoding", ""))


@dataclass(slots=True)
class _Looking:
    """The state of a survey; `asked`: what was searched for stands next in the header."""

    glance: Glance = field(default_factory=Glance)
    asked: bool = False

    def line(self, text: str) -> None:
        """Look at one line."""
        glance = self.glance
        if not glance.begun or "/papers/date/" in text:
            glance.frame(text)
        if text[0] == "[" and VOTES.fullmatch(text):
            glance.paper(None)
        elif url := address(text):
            if "#" not in url and (identifier := paper_of(url)):
                glance.paper(identifier)
        elif day := day_of(text):
            glance.day(day)
        elif not glance.begun:
            self._header(text)

    def _header(self, text: str) -> None:
        """The header ends in what was searched for, before the tabs for days, weeks and months."""
        if self.asked and not self.glance.search and not is_frame(text) and len(text) < 200:
            self.glance.search = clean(text)
        self.asked = text.lower().endswith("and the research community") or (self.asked and not is_frame(text))
