"""Pages of several layouts in one file: each part is read by the reader of its layout, and the accounts are added."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Protocol

from db.domain.formats.account import Account
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
        return len({(reader.name, own.dialect) for (_part, reader), own in self._read()}) < 2

    def _read(self) -> Iterator[tuple[tuple[Part, Reader], Survey]]:
        return zip(self._parts, self._surveys, strict=False)

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return the latest of the years in which the pages were rendered.

        A file is pasted together on one day more often than not, so a lower bound of one page holds for all; a page
        that says its own year keeps that.
        """
        source = iter(lines)
        self._surveys = []
        for part, reader in self._parts:
            own = islice(source, part.lines)
            self._surveys.append(reader.survey(own))
            for _rest in own:
                pass
        year, self._evidence = self._year()
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

    def _year(self) -> tuple[int | None, str]:
        bounds = [(one.render_year, one.evidence) for one in self._surveys if one.render_year is not None]
        undated = [one for one in self._surveys if one.evidence and one.render_year is None]
        if undated:
            stated = [one.latest for one in self._surveys if one.latest is not None]
            if stated:
                why = f"the latest stated year in this file is {max(stated)}, so its pages are from then or later"
                bounds.append((max(stated) + 1, why.replace("then", str(max(stated) + 1))))
            else:
                bounds.append((0, undated[0].evidence))
        year, evidence = max(bounds, default=(None, ""), key=lambda bound: bound[0] or 0)
        return year or None, evidence

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the items of all parts, counted through, and one ledger."""
        source, account, index = iter(lines), Account(), 0
        by_hand = survey.evidence != self._evidence
        for (part, reader), own in self._read():
            before = account.number
            marks = {line - before: kind for line, kind in survey.marks.items() if 0 < line - before <= part.lines}
            dated = own.evidence.startswith(RENDERED) and not by_hand
            for item in reader.read(islice(source, part.lines), replace(own, marks=marks)):
                if isinstance(item, Ledger):
                    _add(account, item)
                elif isinstance(item, Issue):
                    yield replace(item, line=item.line + before)
                else:
                    index += 1
                    stated = resolve(item, own.render_year, own.evidence) if dated else item
                    yield _moved(stated, index, before)
        for _line in source:
            account.number += 1
            account.furniture += 1
        yield account.ledger(self.name, survey)


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
