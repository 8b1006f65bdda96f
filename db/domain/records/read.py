"""What a source says of papers, and what became of its lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

Reduced = tuple[type, tuple[object, ...]]
"""How a value travels from the reading process: dataclasses with slots take three times as long by themselves."""

Json = dict[str, "JsonValue"]
JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


class Status(StrEnum):
    """How far the person has got with a paper."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"
    SKIPPED = "skipped"


class Verdict(StrEnum):
    """What a comparison of two records says; *maybe* is for people to decide."""

    SAME = "same"
    MAYBE = "maybe"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Person:
    """One author; a name that does not split is all family."""

    family: str
    given: str = ""

    def __reduce__(self) -> Reduced:
        return Person, (self.family, self.given)


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is known; an inferred year carries its evidence."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    inferred: bool = False
    evidence: str = ""

    def __reduce__(self) -> Reduced:
        return Date, (self.year, self.month, self.day, self.inferred, self.evidence)

    def iso(self) -> str | None:
        """Return YYYY, YYYY-MM or YYYY-MM-DD, or None when the year is unknown."""
        if self.year is None:
            return None
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
            if self.day:
                parts.append(f"{self.day:02d}")
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a paper, where its source says it lies."""

    path: str
    title: str = ""
    mime: str = ""

    def __reduce__(self) -> Reduced:
        return Attachment, (self.path, self.title, self.mime)


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as one source shows it, values untouched but for white space; lines count from 1.

    `date` has the year filled in only where the source states it or `resolve` was given a render year.
    `arxiv_version` is the number behind the v of an arXiv id.
    `columns` are where the record begins in its first line and ends in its last one, if it shares them with others.
    `identity` is what its source calls the item for ever, in a form that no other source uses.
    `collections` are paths of names from the outermost one; `fields` is what has no place of its own, such as
    `summary`, `submitted_by`, `github`, `project_page` of a page, or any field of a bibliography.
    """

    title: str
    abstract: str = ""
    abstract_truncated: bool = False
    authors: tuple[Person, ...] = ()
    author_count: int | None = None
    organization: str | None = None
    organization_slug: str | None = None
    organization_name: str | None = None
    month_day: str | None = None
    year_explicit: int | None = None
    date: Date = Date()
    comments: int | None = None
    upvotes: int | None = None
    arxiv_id: str | None = None
    arxiv_version: int | None = None
    doi: str | None = None
    venue: str | None = None
    urls: tuple[str, ...] = ()
    urls_canonical: tuple[str, ...] = ()
    urls_schemeless: tuple[str, ...] = ()
    citation_key: str | None = None
    entry_type: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    keywords: tuple[str, ...] = ()
    collections: tuple[tuple[str, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    notes: str = ""
    status: Status | None = None
    starred: bool = False
    rating: int = 0
    index: int = 0
    line_title: int = 0
    line_abstract: int | None = None
    line_end: int = 0
    columns: tuple[int, int] | None = None
    identity: str = ""

    def __reduce__(self) -> Reduced:
        return Record, _values_of_record(self)


_values_of_record = attrgetter(*Record.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Issue:
    """A line or record that needs a look: where, what it says, and why it was not understood."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of each line of a source; the four counts add up to `lines`.

    `page_date` is the day in the page's header as printed; `search` what was searched for, if the page says it.
    """

    lines: int
    record_lines: int
    furniture_lines: int
    blank_lines: int
    issue_lines: int
    format: str
    dialect: str
    encoding: str
    render_year: int | None = None
    render_year_evidence: str = ""
    page_date: str = ""
    search: str = ""
