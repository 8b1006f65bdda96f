"""What an entry of an export is made from, and how it is to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from db.domain.records import Date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.records import Attachment, CiteRule, Person

Profile = Literal["bibtex", "biblatex"]
Pairs = list[tuple[str, str]]
"""Fields of an entry by name, in the order in which they are written, values with their braces."""
UNDATED = Date()
NOTHING: Mapping[str, str] = MappingProxyType({})
UNICODE = "-unicode"
"""The ending of a field's name that holds a text as it was where LaTeX cannot print it."""
VENUE_FIELDS = ("journal", "journaltitle", "booktitle", "howpublished", "school", "institution", "publisher")
"""Fields that may hold a venue, the likeliest first."""
_VENUES = {
    "misc": "howpublished", "inproceedings": "booktitle", "conference": "booktitle", "incollection": "booktitle",
    "phdthesis": "school", "mastersthesis": "school", "thesis": "school", "techreport": "institution",
    "report": "institution", "book": "publisher",
}  # fmt: skip


class BibEntry(NamedTuple):
    """One paper as it is to be exported; `seen` says where it came from ("full.txt, record 3").

    A tuple, for a library has a hundred thousand of them, and a frozen dataclass is made in three times the time.

    `more_authors` says that there are others beside the `authors`; `brought` that a bibliography said the type and
    the venue, so that the type is kept; `aliases` are keys that the paper had before.

    `fields` are what a bibliography said beyond what has a place here; `notes`, `status` (unread and so on) and
    `rating` (0 to 5) are the person's own.
    """

    key: str
    title: str
    authors: tuple[Person, ...] = ()
    date: Date = UNDATED
    abstract: str = ""
    seen: tuple[str, ...] = ()
    url: str | None = None
    arxiv_id: str | None = None
    doi: str | None = None
    venue: str | None = None
    keywords: tuple[str, ...] = ()
    entry_type: str = "misc"
    fields: Mapping[str, str] = NOTHING
    files: tuple[Attachment, ...] = ()
    notes: str = ""
    status: str = ""
    rating: int = 0
    more_authors: bool = False
    brought: bool = False
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """The profile and its encoding, and which fields beyond title, authors, date and identifiers are written.

    `encoding` "latex" is ASCII that every LaTeX prints; "unicode" is for lualatex, xelatex and other readers.
    `note` says where a paper was seen and that its year is inferred; styles print it in the list of references.
    `personal` are notes, how far it is read, and stars. `comment_incomplete` puts `% incomplete: author, year` before
    an entry that lacks something. `venues` are names of venues and what is written for them; `own_words` are words
    and phrases of titles whose capitals always stay. With `keep` an entry that came from a bibliography is written as
    it stands there (see `db.domain.roundtrip`); fields that are not wanted are then only not added to it. `cite` says
    which version of a work is written, None: as the library says; a paper with a rule of its own keeps that.
    """

    abstract: bool = True
    keywords: bool = True
    note: bool = False
    url: bool = True
    fields: bool = True
    files: bool = True
    personal: bool = False
    profile: Profile = "bibtex"
    encoding: Literal["latex", "unicode"] = "latex"
    comment_incomplete: bool = False
    abbreviate: bool = False
    keep: bool = True
    venues: Mapping[str, str] = field(default_factory=dict)
    own_words: tuple[str, ...] = ()
    cite: CiteRule | None = None


def venue_name(entry_type: str) -> str:
    """Return the field of BibTeX that holds where a work of this type was published."""
    return _VENUES.get(entry_type.lower(), "journal")
