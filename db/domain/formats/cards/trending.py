"""Trending and daily pages: cards that stand twice, once for small and once for large screens, each paper read once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from db.domain.formats import inline
from db.domain.formats.cards.cardlines import Mark, look
from db.domain.formats.cards.cardreading import Reading
from db.domain.formats.moments import MONTH
from db.domain.formats.plain import surveying
from db.domain.formats.textfile import LONGEST
from db.domain.formats.years import Years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.survey import Survey
    from db.domain.records import Issue, Ledger, Record

WIDEST = 400
"""Characters of the longest line that can date a page or a card."""
_SUBMITTED = re.compile(r"^[\s\[]*Submitted by\b", re.IGNORECASE)
_PAGE = re.compile(r"^\W*(?:GitHub\b[^\n]{0,120}?)?\[?arXiv Page\b")
_UPVOTE = re.compile(r"^\s*\[?Upvote\b(?!\s+\d+\s+\+)")
_DAY = re.compile(rf"\b{MONTH}\.? \d", re.IGNORECASE)
_PUBLISHED = re.compile(r"(?:^|[·•]\s*)Published on \w{3,9} \d", re.MULTILINE)


class Trending:
    """Reads trending and daily pages with their cards, as Markdown or as text copied from a browser."""

    name = "trending"
    label = "Trending page"
    kind = "dump"
    longest = LONGEST
    reader = 1

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is such a page."""
        start = head.lstrip("\ufeff \r\n")
        if start[:1] in ("{", "<") and not start.startswith("<a id"):
            return 0.0
        lines = [line for line in head.splitlines() if len(line) < WIDEST]
        pages = sum(1 for line in lines if _PAGE.search(line))
        # A paper's own page has a submitter and votes too; cards may stand in one file with it.
        if not pages and any(line.strip() in ("Authors:", "AI-generated summary") for line in lines):
            return 0.0
        submitted = sum(1 for line in lines if _SUBMITTED.match(line))
        votes = sum(1 for line in lines if _UPVOTE.match(line))
        header = any("Trending Papers" in line for line in lines[:80])
        if pages and (votes or submitted or header):
            return 0.97
        if submitted and (submitted > 1 or votes or header):
            return 0.95 if votes or header else 0.85
        return 0.8 if header and votes and _PUBLISHED.search(head) else 0.0

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return the render year of the page and the habits of its lines."""
        years, seen = Years(), {"linked": 0}
        found = surveying.survey(_dates(lines, years, seen))
        dated = years.survey("markdown" if seen["linked"] else "text", getattr(lines, "encoding", ""))
        return replace(dated, blanks=found.blanks, width=found.width, single=found.single, split=found.split)

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the records and issues in order and at last the ledger; memory does not grow with the page."""
        return Reading(survey, self.name).run(lines)


def is_mark(line: str) -> bool:
    """Say whether only a trending or daily page has such a line."""
    return len(line) < WIDEST and (_SUBMITTED.match(line) is not None or _PAGE.search(line) is not None)


def starts(line: str) -> bool:
    """Say whether a card of such a page can begin with the line, or the page itself."""
    return len(line) < WIDEST and (_SUBMITTED.match(line) is not None or line.strip(" #*") == "Trending Papers")


def _dates(lines: Iterable[str], years: Years, seen: dict[str, int]) -> Iterator[str]:
    """Pass the lines on, and take their dates in passing."""
    for raw in lines:
        if raw and len(raw) < WIDEST:
            if "/papers/" in raw or "arxiv.org" in raw:
                links = inline.parts(raw, alts=True).links
                seen["linked"] += bool(links)
                if identifier := inline.identifier(links):
                    years.identified(identifier)
            if raw.rstrip()[-1:].isdigit() or ("](" in raw and _DAY.search(raw)):
                _date(raw, years)
            years.stated(raw)
        yield raw


def _date(raw: str, years: Years) -> None:
    line = look(0, raw)
    if line.mark is not Mark.DATE:
        return
    if not line.marked and line.year is None and not years.yearless and not years.page_date:
        years.page_date = line.month_day
    else:
        years.date(line.month_day, line.year)
