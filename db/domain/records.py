"""The values that every layer passes around: what a source says, and what the library keeps."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

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


@dataclass(frozen=True, slots=True)
class Date:
    """A date as far as it is known; an inferred year carries its evidence."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    inferred: bool = False
    evidence: str = ""

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


@dataclass(frozen=True, slots=True)
class Record:
    """One paper as one source shows it, values untouched but for white space; lines count from 1.

    `date` has the year filled in only where the source states it or `resolve` was given a render year.
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


@dataclass(frozen=True, slots=True)
class Sighting:
    """One paper as one source shows it, with the place to look it up."""

    id: int
    source_id: int
    source_name: str
    source_kind: str
    index: int
    line_start: int
    line_end: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the value of one field came from: a sighting, or the person (sighting_id None)."""

    field: str
    label: str
    sighting_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """A label with its colour (an index into the eight tag colours) and the number of live papers."""

    id: int
    name: str
    colour: int
    count: int = 0


@dataclass(frozen=True, slots=True)
class Collection:
    """A named bundle of papers; collections nest."""

    id: int
    name: str
    parent_id: int | None
    count: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """An imported file, paste or lookup that told the library something."""

    id: int
    name: str
    kind: str
    path: str
    sha256: str
    format: str
    dialect: str
    encoding: str
    imported_at: str
    lines: int
    records: int
    papers: int
    issues: int
    render_year: int | None = None
    render_year_evidence: str = ""
    year_override: int | None = None
    search: str = ""
    reader: int = 0


@dataclass(frozen=True, slots=True)
class PaperRow:
    """What a table row paints."""

    id: int
    title: str
    authors: str
    date: Date
    status: Status
    starred: bool
    rating: int
    comments: int | None
    dumps: int
    citation_key: str
    key_frozen: bool
    in_trash: bool
    added_at: str = ""
    tags: tuple[Tag, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One work in the library with everything that is known of it."""

    id: int
    version: int
    title: str
    abstract: str
    abstract_truncated: bool
    authors: tuple[Person, ...]
    author_count: int | None
    organization: str | None
    organization_slug: str | None
    date: Date
    month_day: str | None
    comments: int | None
    upvotes: int | None
    arxiv_id: str | None
    doi: str | None
    venue: str | None
    urls: tuple[str, ...]
    entry_type: str
    fields: Mapping[str, str]
    citation_key: str
    key_frozen: bool
    key_aliases: tuple[str, ...]
    status: Status
    starred: bool
    rating: int
    notes: str
    in_trash: bool
    added_at: str
    tags: tuple[Tag, ...] = ()
    collections: tuple[Collection, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    sightings: tuple[Sighting, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TwinSet:
    """Records that are, or may be, one work: the verdict, how sure (0 to 1), and why, in words."""

    verdict: Verdict
    score: float
    ids: tuple[int, ...]
    why: tuple[str, ...]
    later: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of the history; `at` is ISO 8601 in UTC."""

    id: int
    label: str
    at: str
    undone: bool
