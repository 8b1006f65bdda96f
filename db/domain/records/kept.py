"""What the library keeps: papers and the lists that they stand in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.records.read import Attachment, Date, Person, Status, Verdict
    from db.domain.records.versions import Version


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
    """Where the value of one field came from: a sighting, one that is gone (-1), or the person (None)."""

    field: str
    label: str
    sighting_id: int | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """A label with its colour (an index into the eight tag colours), the number of live papers, and its number key."""

    id: int
    name: str
    colour: int
    count: int = 0
    digit: int | None = None


@dataclass(frozen=True, slots=True)
class TagBranch:
    """A place in the tree of tags; `tag` is None where only tags inside it are known.

    `name` is the whole name, `label` its last part; `count` is of the live papers in it and inside, each once.
    """

    name: str
    label: str
    tag: Tag | None
    count: int
    inside: tuple[TagBranch, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """A named bundle of papers; collections nest."""

    id: int
    name: str
    parent_id: int | None
    count: int = 0


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search kept under a name: a `search` with its `text`, or a group of `any` or `all` of those inside it.

    It stands inside another one (`parent_id`), inside a collection, or at the top.
    """

    id: int
    name: str
    kind: str = "search"
    text: str = ""
    parent_id: int | None = None
    collection_id: int | None = None


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
class SeenAgain:
    """The newest dump that showed a paper after it had been skipped; `at` is ISO 8601 in UTC."""

    source_id: int
    source_name: str
    at: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """What a table row paints; `versions` is how many the work is known in, 0 when nothing tells them apart."""

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
    seen_again: SeenAgain | None = None
    versions: int = 0


@dataclass(frozen=True, slots=True)
class Paper:
    """One work in the library with everything that is known of it.

    `versions` are those that are told apart, none when the work is known in one; removed ones are not among them.
    """

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
    seen_again: SeenAgain | None = None
    versions: tuple[Version, ...] = ()


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
