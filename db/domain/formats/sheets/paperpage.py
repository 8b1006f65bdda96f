"""The page of one paper, copied or converted: title, authors, summary, abstract; the rest of the page is its frame."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.sheets.pagelines import WIDEST, Part, look
from db.domain.formats.sheets.pagereading import Reading
from db.domain.formats.textfile import LONGEST
from db.domain.formats.years import Years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.survey import Survey
    from db.domain.records import Issue, Ledger, Record

_ID = re.compile(r"^\W*(?:Papers\s+)?arxiv:\s?\d{4}\.\d{4,5}(?:v\d+)?\W*$", re.IGNORECASE)
_MARKS = (
    _ID, re.compile(r"^\W*Published on \w{3,9}\.? \d{1,2}\b"), re.compile(r"^\W*Authors:"),
    re.compile(r"^\W*Abstract\W*$"),
    re.compile(r"^\W*AI[- ]generated summary\W*$"), re.compile(r"View arXiv page|View PDF"),
    re.compile(r"^\W*(?:Models|Datasets|Spaces) citing this paper|^Cite arxiv\.org/abs/"),
    re.compile(r"Paper page - "),
)  # fmt: skip


class PaperPage:
    """Reads pages of single papers, as text copied from a browser, converted from PDF, or Markdown."""

    name = "paper-page"
    label = "Page of one paper"
    kind = "dump"
    longest = LONGEST
    reader = 1

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is such a page."""
        if head.lstrip("\ufeff \r\n")[:1] in ("{", "<", "@"):
            return 0.0
        lines = [line for line in head.splitlines() if len(line) < WIDEST]
        found = {n for line in lines for n, mark in enumerate(_MARKS) if mark.search(line)}
        opening, text = len(found & {0, 1, 2, 7}), len(found & {3, 4, 5})
        if 2 in found and 1 in found and text:
            return 0.97
        if opening >= 2 and text:
            return 0.93
        if 3 in found and text > 1:
            return 0.8
        return 0.6 if opening and text and (2 in found or 4 in found) else 0.0

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return the render year of the page."""
        years = Years()
        for raw in lines:
            if len(raw) < WIDEST:
                years.stated(raw)
                _date(raw, years)
        return years.survey("", getattr(lines, "encoding", ""))

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the records and issues in order and at last the ledger; memory does not grow with the page."""
        return Reading(survey, self.name).run(lines)


def is_mark(line: str) -> bool:
    """Say whether only the page of one paper has such a line."""
    return len(line) < WIDEST and any(mark.search(line) for mark in _MARKS[2:7])


def starts(line: str) -> bool:
    """Say whether the page of a paper can begin with the line."""
    return len(line) < WIDEST and (_ID.match(line) is not None or _MARKS[7].search(line) is not None)


def _date(raw: str, years: Years) -> None:
    if "ublished on" in raw or "rxiv:" in raw:
        line = look(0, raw)
        if line.part is Part.PUBLISHED:
            years.date(line.month_day, line.year)
        elif line.part is Part.ID:
            years.identified(line.value)
