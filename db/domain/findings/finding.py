"""What a look at a paper finds: of which kind, where, in words, and how the paper would be once it is mended."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from db.domain.records import Paper


class Kind(StrEnum):
    """What is found; the values are an interface, the window has its own words."""

    MISSING = "missing"
    KEY = "key"
    TITLE_CASE = "title-case"
    MARKUP = "markup"
    BRACES = "braces"
    MISPLACED = "misplaced"
    PAGES = "pages"
    DUPLICATED = "duplicated"
    DATE = "date"
    FUTURE = "future"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Fix:
    """What the fix does, as an order ("Write 1--9"), and the paper with it done."""

    words: str
    after: Paper


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a paper that needs a look; `field` is the paper's or, behind `fields.`, one it came with.

    `fix` is None where only a person can know what is right.
    """

    kind: Kind
    field: str
    words: str
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What a rule cannot know of itself: the day, and whether a file of a paper is there (None: it cannot be told).

    `shared` are keys in small letters that several papers have, each with the paper that may keep it.
    """

    today: date
    exists: Callable[[int, str], bool | None]
    shared: Mapping[str, int] = field(default_factory=dict)


if TYPE_CHECKING:
    Rule = Callable[[Paper, Around], Iterator[Finding]]
