"""What two records are compared by, and what a comparison says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.domain.records import Person, Verdict


# What catalogues append: "[Review] [70 refs]", "[Chinese]", "[Erratum appears in ...]".
_NOTES = re.compile(r"(?:[\s.]*\[(?:[^\W\d][^\]\d]*|\d+ refs?|(?:erratum|comment|see) [^\]]*)\])+[\s.]*$", re.I)


def without_notes(title: str) -> str:
    """Return the title without the notes in square brackets that a catalogue put behind it."""
    if not title.rstrip(" .").endswith("]"):
        return title
    return _NOTES.sub("", title) or title


@dataclass(frozen=True, slots=True)
class Candidate:
    """The part of a record that tells whether it is the same work as another; None and empty mean unknown."""

    title: str
    abstract: str = ""
    authors: tuple[Person, ...] = ()
    author_count: int | None = None
    year: int | None = None
    year_inferred: bool = False
    arxiv_id: str | None = None
    doi: str | None = None
    organization: str | None = None
    venue: str = ""
    volume: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A verdict, how sure (0 to 1) that both are one work, and why, in words for the person.

    `contradicts` is set when something stated by both speaks against one work: such a pair may never end
    in one set by way of a third record.
    """

    verdict: Verdict
    score: float
    why: tuple[str, ...]
    contradicts: bool = False
