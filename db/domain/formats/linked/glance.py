"""What holds for a whole page that was saved with its links: the year of its rendering, its date, its search."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from db.domain.formats.linked.linklines import WIDEST, query_of
from db.domain.formats.moments import month_and_day
from db.domain.formats.years import Years

if TYPE_CHECKING:
    from db.domain.formats.linked.linklines import Day
    from db.domain.formats.survey import Survey


@dataclass(slots=True)
class Glance:
    """Collects what the header and the dates of a page say; `titled`: a paper waits for its date."""

    years: Years = field(default_factory=Years)
    search: str = ""
    begun: bool = False
    titled: bool = False

    def frame(self, text: str) -> None:
        """Look at a line that stands before the first paper, or that leads to another day's page."""
        if len(text) <= WIDEST:
            self.years.stated(text.lstrip("-*> ").replace("(UTC)", ""))
            if not self.search and "papers?" in text:
                self.search = query_of(text)

    def paper(self, identifier: str | None) -> None:
        """Note the title of a paper."""
        self.begun = self.titled = True
        if identifier:
            self.years.identified(identifier)

    def day(self, day: Day) -> None:
        """Note a date: of the paper that waits for one, else of the page."""
        if self.titled:
            self.titled = False
            self.years.date(day.month_day, day.year)
        elif not self.years.page_date and month_and_day(day.month_day):
            self.years.page_date = day.month_day

    def verdict(self, dialect: str, encoding: str) -> Survey:
        """Return the survey of the page."""
        years = self.years
        page = month_and_day(years.page_date) if years.page_date else None
        if years.rendered is not None and page and page[0] == 1 and years.rendered_printed[4:7] == "-12":
            # A page of the first of January leads back to the last of December.
            years.rendered += 1
            years.rendered_printed += f" or later, {years.page_date}"
        return replace(years.survey(dialect, encoding), search=self.search)
