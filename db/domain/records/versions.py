"""The versions in which a work came out: its preprint and what was published."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from db.domain.records.read import Date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.records.read import Person

UNDATED = Date()


class VersionKind(StrEnum):
    """How a version came out."""

    PREPRINT = "preprint"
    PUBLISHED = "published"


class CiteRule(StrEnum):
    """Which version of a paper is cited."""

    PUBLISHED = "published"
    """The published one, with the eprint of the preprint."""
    READ = "read"
    """The one that the person read."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a work: what only it says, an empty value standing for that of the paper.

    `arxiv_version` is the number behind the v; `fields` are those of a bibliography, such as pages and volume.
    `sightings` are the ids of those that told of it; `typed` names the fields that the person typed, and "kind" when
    the person added the version. `rule` is how this paper is cited, None as the library's others are; it is the same
    in all versions of a paper. One that the person `removed` stays, so that no source brings it back.
    """

    kind: VersionKind
    id: int = 0
    title: str = ""
    authors: tuple[Person, ...] = ()
    author_count: int | None = None
    arxiv_id: str | None = None
    arxiv_version: int | None = None
    doi: str | None = None
    urls: tuple[str, ...] = ()
    venue: str | None = None
    date: Date = UNDATED
    entry_type: str = "misc"
    fields: Mapping[str, str] = field(default_factory=dict)
    sightings: tuple[int, ...] = ()
    typed: frozenset[str] = frozenset()
    is_read: bool = False
    rule: CiteRule | None = None
    removed: bool = False
