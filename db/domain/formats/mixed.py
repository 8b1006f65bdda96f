"""Pages of several layouts in one file: each part is read by the reader of its layout, and the accounts are added."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from db.domain.formats.account import Account
from db.domain.formats.moments import moment, month_and_day
from db.domain.formats.survey import Survey
from db.domain.formats.textfile import LONGEST
from db.domain.formats.years import RENDERED, resolve
from db.domain.records import Issue, Ledger, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.domain.formats.parts import Part


class Reader(Protocol):
    """What is asked of the reader of one part."""

    name: str
    label: str

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return what must be known of the part."""

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield what is in the part."""


class Mixed:
    """Reads a text whose parts are known; made for one text, so it never says that it knows one."""

    name = "mixed"
    label = "Several layouts in one file"
    kind = "dump"
    longest = LONGEST
    reader = 1

    def __init__(self, parts: Sequence[tuple[Part, Reader]] = ()) -> None:
        self._parts = list(parts)
        self._surveys: list[Survey] = []
        self._years: list[tuple[int | None, str]] = []
        self._evidence = ""

    def sniff(self, head: str) -> float:  # noqa: ARG002 - no head tells
        """Return 0: the parts are found by going through the whole text."""
        return 0.0

    @property
    def heeds_marks(self) -> bool:
        """Whether all parts are read by readers that heed a person's marks by themselves."""
        return all(getattr(reader, "heeds_marks", False) for _part, reader in self._parts)

    def is_uniform(self) -> bool:
        """Tell, after the survey, whether one reader with one survey does as well."""
        pages = zip(self._parts, self._surveys, self._years, strict=True)
        return len({(reader.name, own.dialect, year) for (_part, reader), own, (year, _why) in pages}) < 2

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return the latest of the years in which the pages were rendered.

        Pages pasted together are of one day more often than not, so a lower bound of one holds for all that do not
        name another day; a page that says its own year keeps that.
        """
        source = iter(lines)
        self._surveys = []
        for part, reader in self._parts:
            own = islice(source, part.lines)
            self._surveys.append(reader.survey(own))
            for _rest in own:
                pass
        self._years = [self._year(own) for own in self._surveys]
        year, self._evidence = max(self._years, default=(None, ""), key=lambda one: one[0] or 0)
        names = dict.fromkeys(reader.label for _part, reader in self._parts)
        return Survey(
            dialect=", ".join(names),
            render_year=year,
            evidence=self._evidence,
            latest=max((one.latest for one in self._surveys if one.latest), default=None),
            page_date=next((one.page_date for one in self._surveys if one.page_date), ""),
            search=next((one.search for one in self._surveys if one.search), ""),
            encoding=getattr(lines, "encoding", ""),
        )

    def _year(self, page: Survey) -> tuple[int | None, str]:
        """Return the year of one page with its evidence, as far as the pages of its day tell."""
        if page.evidence.startswith(RENDERED) or not page.evidence:
            return page.render_year, page.evidence
        days = [(one, _day(one)) for one in self._surveys]
        alike = [one for one, day in days if one is page or not day or not _day(page) or day == _day(page)]
        bounds = [(one.render_year, one.evidence) for one in alike if one.render_year is not None]
        stated = [one.latest for one in alike if one.latest is not None]
        if page.render_year is None and stated:
            since = max(stated) + 1
            why = f"the latest stated year in this file is {since - 1}, so its pages are from {since} or later"
            bounds.append((since, why))
        return max(bounds, default=(None, page.evidence), key=lambda bound: bound[0] or 0)

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the items of all parts, counted through, and one ledger."""
        source, account, index = iter(lines), Account(), 0
        by_hand = survey.evidence != self._evidence
        for (part, reader), own, (year, evidence) in zip(self._parts, self._surveys, self._years, strict=True):
            before = account.number
            marks = {line - before: kind for line, kind in survey.marks.items() if 0 < line - before <= part.lines}
            for item in reader.read(islice(source, part.lines), replace(own, marks=marks)):
                if isinstance(item, Ledger):
                    _add(account, item)
                elif isinstance(item, Issue):
                    yield replace(item, line=item.line + before)
                else:
                    index += 1
                    stated = item if by_hand else resolve(item, year, evidence)
                    yield _moved(stated, index, before)
        for _line in source:
            account.number += 1
            account.furniture += 1
        yield account.ledger(self.name, survey)


def _day(page: Survey) -> tuple[int, int] | None:
    """Return month and day on which a page was rendered, as far as it says so."""
    if page.evidence.startswith(RENDERED):
        date = moment(page.evidence.removeprefix(RENDERED))
        return (date.month, date.day) if date.month and date.day else None
    return month_and_day(page.page_date) if page.page_date else None


def _add(account: Account, ledger: Ledger) -> None:
    account.number += ledger.lines
    account.blank += ledger.blank_lines
    account.furniture += ledger.furniture_lines
    account.issues += ledger.issue_lines


def _moved(record: Record, index: int, by: int) -> Record:
    abstract = None if record.line_abstract is None else record.line_abstract + by
    return replace(
        record, index=index, line_title=record.line_title + by, line_abstract=abstract, line_end=record.line_end + by
    )
