"""What an entry of a type needs, by the manuals of BibTeX and biblatex: said where it lacks, never invented."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from db.domain.formats.bibwrite import bibtex
from db.domain.formats.bibwrite.model import venue_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.formats.bibwrite.model import BibEntry
    from db.domain.records import Date, Person

SIGNED = ("author", "year")
"""What readers expect of whatever is cited."""
_APPEARED = "article inproceedings conference book phdthesis mastersthesis thesis techreport report".split()
_UNSIGNED = "proceedings manual software dataset periodical collection reference mvproceedings".split()
REQUIRED: Mapping[str, tuple[str, ...]] = {
    **{kind: (*SIGNED, venue_name(kind)) for kind in _APPEARED},
    "incollection": (*SIGNED, venue_name("incollection"), "publisher"),
    "unpublished": (*SIGNED, "note"),
    "online": (*SIGNED, "url"),
    **dict.fromkeys(_UNSIGNED, ("year",)),
}
"""What each type asks for, beside a title; `misc` and types that nobody describes ask for nothing."""
_INSTEAD = {"journal": ("journaltitle",), "school": ("institution",), "institution": ("school",), "year": ("date",)}
_EDITED = frozenset("book inbook collection proceedings mvbook mvcollection mvproceedings reference periodical".split())
_ISSUED = frozenset(("online", "techreport", "report"))
_BODIES = ("editor", "organization", "institution", "label", "key")
"""Who may stand behind such a work, or in the list of references, where no author is known."""


class Work(Protocol):
    """What is known of a work, as a paper of the library or as an entry on its way out."""

    @property
    def authors(self) -> tuple[Person, ...]: ...
    @property
    def date(self) -> Date: ...
    @property
    def venue(self) -> str | None: ...
    @property
    def arxiv_id(self) -> str | None: ...
    @property
    def doi(self) -> str | None: ...
    @property
    def fields(self) -> Mapping[str, str]: ...


def lacking(work: Work, kind: str, *, linked: bool, unknown: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return what a work of this type lacks, a title aside; `unknown` is what a type without a line here asks for.

    `linked` says that the work has an address.
    """
    return tuple([name for name in REQUIRED.get(kind, unknown) if not _has(work, name, kind, linked)])


def _has(work: Work, name: str, kind: str, linked: bool) -> bool:
    if name == "author":
        return bool(work.authors) or _says(work, *("editor",) * (kind in _EDITED), *_BODIES * (kind in _ISSUED))
    if name == "year" and work.date.year is not None:
        return True
    if name == "url":
        return linked or bool(work.doi or work.arxiv_id)
    if name == venue_name(kind) and work.venue:
        return True
    return _says(work, name, *_INSTEAD.get(name, ()), "crossref")


def _says(work: Work, *names: str) -> bool:
    return any(work.fields.get(name, "").strip() for name in names)


def missing(entry: BibEntry) -> tuple[str, ...]:
    """Return the names of what readers and styles expect of an entry of its type and do not find."""
    found = lacking(entry, bibtex.own_kind(entry), linked=bool(entry.url), unknown=SIGNED)
    return found if entry.title.strip() else (*found, "title")
