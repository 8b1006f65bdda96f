"""The search page as Markdown: votes, title, abstract and authors are links, some of them over many lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.formats.linked.glance import Glance
from db.domain.formats.linked.linkcards import Deck
from db.domain.formats.linked.linklines import (
    WIDEST,
    day_of,
    is_title,
    paper_of,
    target,
)
from db.domain.formats.linked.markdownreading import VOTES, Reading
from db.domain.formats.textfile import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.survey import Survey
    from db.domain.records import Issue, Ledger, Record


class MarkdownPage:
    """Reads the Markdown that scrapers make of a search page or a daily list."""

    name = "search-page-markdown"
    label = "Search page as Markdown"
    kind = "dump"
    longest = LONGEST
    reader = 1

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is such a page."""
        lines = head.splitlines()
        titles = sum(1 for line in lines if is_title(line))
        votes = sum(1 for line in lines if is_mark(line))
        if not titles:
            return 0.0
        if votes:
            return min(0.98, 0.9 + 0.02 * min(votes, titles))
        return 0.6 if titles > 2 else 0.3

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return the render year of the page and what it was searched for."""
        return _survey(lines)

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the records and issues in order and at last the ledger; memory does not grow with the page."""
        return Reading(Deck(survey, self.name)).run(lines)


def is_mark(line: str) -> bool:
    """Say whether only a search page as Markdown has such a line."""
    return "/login?" in line and len(line) < WIDEST and VOTES.match(line) is not None


def starts(line: str) -> bool:
    """Say whether a paper of such a page can begin with the line."""
    return is_mark(line)


def _survey(lines: Iterable[str]) -> Survey:
    glance = Glance()
    for raw in lines:
        if not raw:
            continue
        if "/papers/date/" in raw or (not glance.begun and len(raw) <= WIDEST):
            glance.frame(raw)
        if len(raw) > WIDEST and raw[0] != "#":
            continue
        text = raw.strip()
        if text[:1] == "#":
            url = target(text)
            if identifier := paper_of(url) if url else None:
                glance.paper(identifier)
        elif text[:1] != "[" and (day := day_of(text)):
            glance.day(day)
    return glance.verdict("markdown", getattr(lines, "encoding", ""))
