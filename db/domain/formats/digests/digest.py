"""Digests: README lists, tables and newsletters that name papers with links and often cut their abstracts short."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats import arxiv, inline
from db.domain.formats.digests.digestlines import BULLET, lists
from db.domain.formats.digests.digestreading import Reading
from db.domain.formats.digests.entry import LABEL
from db.domain.formats.digests.tablerows import is_row
from db.domain.formats.textfile import LONGEST
from db.domain.formats.years import Years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.survey import Survey
    from db.domain.records import Issue, Ledger, Record

_OTHER_PAGE = re.compile(
    r"#community\)?|/login\?next=|^[^\w\n]*Submitted by\b|AI[- ]generated summary|arXiv Page\b"
    r"|^[^\w\n]*Upvote\b|\d authors\]\(",
    re.MULTILINE,
)
_OTHER = re.compile(r"[{@%]|\[\{|TY {1,2}-|<(?!a |!--|h\d|p|div|img|details|br|center)")
_ELLIPSIS = re.compile(r"(?:\.\.\.|…)\W{0,4}(?:\s*\[.*)?\s*$", re.MULTILINE)


class Digest:
    """Reads lists, tables, sections and newsletters of papers with links, abstracts cut short or left out."""

    name = "digest"
    label = "Digest or reading list"
    kind = "dump"
    longest = LONGEST
    reader = 1

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is such a list."""
        start = head.lstrip("\ufeff \t\r\n")
        if _OTHER.match(start) or not start:
            return 0.0
        others = len(_OTHER_PAGE.findall(head))
        lines = [line for line in head.splitlines() if line.strip()]
        papers = sum(1 for line in lines if lists(line))
        if not papers or others > max(1, papers // 4):
            return 0.0
        labels = sum(1 for line in lines if len(line) > 9 and LABEL.match(line) and not is_row(line))
        return _sure(papers, len(lines), labels, min(len(_ELLIPSIS.findall(head)), papers))

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return the render year as far as dates and identifiers tell it."""
        years = Years()
        for raw in lines:
            years.stated(raw)
            if len(raw) < inline.LONGEST and "arxiv" in raw.lower() and (found := arxiv.find(raw)):
                years.identified(found)
        return years.survey("", getattr(lines, "encoding", ""))

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the records and issues in order and at last the ledger; memory does not grow with the list."""
        return Reading(survey, self.name).run(lines)


def is_mark(line: str) -> bool:
    """Say whether only a digest has such a line: an item or a row of a table that leads to a paper."""
    return len(line) < inline.LONGEST and (BULLET.match(line) is not None or is_row(line.strip())) and lists(line)


def starts(line: str) -> bool:
    """Say whether an entry of a digest can begin with the line."""
    return is_mark(line) or (line.startswith("#") and lists(line))


def _sure(papers: int, lines: int, labels: int, cut: int) -> float:
    """Return how sure it is that lines with that many links to papers, labels and cut texts are a digest."""
    share = papers / lines
    if papers >= 3 and (share >= 0.1 or labels >= papers or cut >= papers / 3):
        return min(0.92, 0.7 + 0.02 * papers)
    if papers >= 3 and share >= 0.03:
        return 0.5
    return 0.55 if labels >= 2 * papers or cut or share >= 0.3 else 0.15
