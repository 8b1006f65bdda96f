"""What a preview says of a file before it is imported: values only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from db.services.bringing import Brought

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.records import Date, Issue

NOTHING = Brought()
SURE = 0.5
"""A reading that is not surer than this is not imported unless a person says so."""


class Fate(StrEnum):
    """What an import would do with a record; *repeated* is the same work as an earlier record of the drop."""

    NEW = "new"
    SAME = "same"
    MAYBE = "maybe"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Reading:
    """A format that a file can be read as: its name, its label for people, how sure (0 to 1)."""

    name: str
    label: str
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Expected:
    """A record and what would become of it; `hangs` says that its year is that of the page.

    `key` and `twin` are citation key and title of the paper that it is, or may be, `why` the reasons in words;
    `in_trash` tells where that is.
    """

    title: str
    authors: str
    author_count: int | None
    date: Date
    month_day: str
    line: int
    fate: Fate = Fate.NEW
    key: str = ""
    twin: str = ""
    why: tuple[str, ...] = ()
    in_trash: bool = False
    hangs: bool = False


@dataclass(frozen=True, slots=True)
class FilePreview:
    """What is known so far of a file: all of it when `finished`, at least this much when `cut` short.

    `path` is the file as the person knows it. `records` = new + same + maybe + repeated. `guesses` are the formats
    that know the text, the surest first; a `readable` file is text that can be read as any other format too.
    `encoding` says so when it is a guess. `done` (0 to 1) is the share that has been read. `columns` maps the headings
    of a table to fields, out of `targets`; `brought` is what the records bring beside themselves.
    """

    path: str
    name: str
    size: int
    format: str = ""
    label: str = ""
    dialect: str = ""
    confidence: float = 0.0
    guesses: tuple[Reading, ...] = ()
    encoding: str = ""
    readable: bool = False
    records: int = 0
    new: int = 0
    same: int = 0
    maybe: int = 0
    repeated: int = 0
    brought: Brought = NOTHING
    expected: tuple[Expected, ...] = ()
    render_year: int | None = None
    evidence: str = ""
    inferred_dates: int = 0
    yearless_dates: int = 0
    page_date: str = ""
    search: str = ""
    years: tuple[int, ...] = ()
    issues: int = 0
    first_issues: tuple[Issue, ...] = ()
    already_imported: bool = False
    known_as: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    targets: tuple[str, ...] = ()
    error: str = ""
    done: float = 0.0
    cut: bool = False
    finished: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether the format was recognised, or chosen, surely enough to import the file."""
        return self.confidence > SURE


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import of a drop would do, file by file."""

    files: tuple[FilePreview, ...]
