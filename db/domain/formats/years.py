"""Which year a page was rendered in, from the dates that it states and those whose year it leaves out, and its use."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from db.domain.formats import arxiv
from db.domain.formats.moments import exists, month_and_day
from db.domain.formats.survey import Survey
from db.domain.records import Date, Record

RENDERED = "the page says that it is of"
"""How the evidence of a year begins that is no lower bound."""
_RETRIEVED = re.compile(
    r"^\s*(?:retrieved|captured|scraped|crawled|fetched|accessed|saved)(?:[ _]?(?:on|at|date))?\s*:?\s*[\"']?"
    r"(?P<day>(?P<year>20\d\d)-(?P<month>\d\d)-\d\d)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"/papers/(?:date|week|month)/(?P<day>(?P<year>20\d\d)-(?:\d\d(?:-\d\d)?|W\d\d))")


@dataclass(slots=True)
class Years:
    """Collects the dates of one page and says when it was rendered."""

    yearless: int = 0
    latest: int | None = None
    proved: tuple[int, str] = (0, "")
    rendered: int | None = None
    rendered_printed: str = ""
    page_date: str = ""
    leap: bool = False
    last: tuple[int, int] = (0, 0)
    last_printed: str = ""

    def stated(self, line: str) -> None:
        """Take a render date from a header line or an address, when there is one; the first counts."""
        if self.rendered is None and len(line) < 400 and ("20" in line):
            match = _RETRIEVED.match(line) or (_ADDRESS.search(line) if "/papers/" in line else None)
            if match:
                self.rendered, self.rendered_printed = int(match["year"]), match["day"]

    def date(self, month_day: str, year: int | None) -> None:
        """Take the date of a record."""
        day = month_and_day(month_day)
        if day is None:
            return
        if year is None:
            self.yearless += 1
            self.leap = self.leap or day == (2, 29)
            if day > self.last:
                self.last, self.last_printed = day, month_day
        elif exists(*day, year):
            self.latest = max(year, self.latest or 0)

    def identified(self, identifier: str) -> None:
        """Take an arXiv identifier: the page is not older than its paper."""
        short = identifier[:2]
        if short.isdecimal() and "/" not in identifier and 2000 + int(short) > self.proved[0]:
            self.proved = 2000 + int(short), identifier

    def verdict(self) -> tuple[int | None, str]:
        """Return the year of the page with its evidence.

        A bound where the page does not say it: the year is left out in the year in which the page was rendered.
        """
        if self.rendered is not None:
            return self.rendered, f"{RENDERED} {self.rendered_printed}"
        if not self.yearless:
            return None, ""
        noun = "1 date has no year" if self.yearless == 1 else f"{self.yearless} dates have no year"
        stated = self.latest + 1 if self.latest is not None else 0
        year = max(stated, self.proved[0])
        if not year:
            return None, f"{noun} and no date states one, so the year of the page is not known"
        why = f"{noun}; " + (
            f"the latest stated year is {self.latest}"
            if year == stated
            else f"the newest paper is arXiv:{self.proved[1]}"
        )
        if self.leap and not exists(2, 29, year):
            year += -year % 4
            why += ", and Feb 29 stands without a year"
        return year, f"{why}, so the page is from {year} or later{self._shown()}"

    def _shown(self) -> str:
        """Return what the date in the page's header adds to the evidence."""
        day = month_and_day(self.page_date) if self.page_date else None
        if day is None:
            return ""
        after = f", but {self.last_printed} is after it, so the year needs a look" if self.last > day else ""
        return f"; page date {self.page_date}{after}"

    def known(self) -> int | None:
        """Return the latest year that the page states or proves."""
        return max(self.latest or 0, self.proved[0]) or None

    def survey(self, dialect: str, encoding: str) -> Survey:
        """Return the survey of a page whose layout needs no further measures."""
        year, evidence = self.verdict()
        return Survey(
            dialect=dialect, render_year=year, evidence=evidence, encoding=encoding, latest=self.known(),
            page_date=self.page_date,
        )  # fmt: skip


def resolve(found: Record, render_year: int | None, evidence: str) -> Record:
    """Return the record with the year filled in, marked as inferred, when none is stated.

    An arXiv identifier proves the year of its month; else it is the year of the page.
    """
    date = found.date
    if date.year is not None or not date.month or not date.day:
        return found
    if found.arxiv_id and (proof := arxiv.year_for(found.arxiv_id, date.month)):
        render_year, evidence = proof
    if render_year is None:
        return found
    if not exists(date.month, date.day, render_year):
        return found
    return replace(found, date=Date(render_year, date.month, date.day, True, evidence))
