"""The editable fields of a paper: what each is called, how it reads as text, and what a text means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.views.words import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.domain.records import Paper, Person


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: what it is called, how it reads, and a hint of how it is typed."""

    name: str
    label: Callable[[], str]
    text: Callable[[Paper], str]
    hint: Callable[[], str] = str
    many_lines: bool = False
    mono: bool = False


def authors_text(paper: Paper) -> str:
    """Return the authors as "Family, Given; Family, Given"; it reads back as the same people."""
    return "; ".join(_name(one) for one in paper.authors)


def _name(one: Person) -> str:
    if one.given:
        return f"{one.family}, {one.given}"
    # A comma keeps a group's name of several words from being taken for given and family name.
    return f"{one.family}," if " " in one.family else one.family


def _count(value: int | None) -> str:
    return "" if value is None else str(value)


TITLE = Spec("title", lambda: tr("Title"), lambda p: p.title, lambda: tr("Title"))
ABSTRACT = Spec("abstract", lambda: tr("Abstract"), lambda p: p.abstract, many_lines=True)
NOTES = Spec("notes", lambda: tr("Notes"), lambda p: p.notes, many_lines=True)
KEY = Spec("citation_key", lambda: tr("Citation key"), lambda p: p.citation_key, mono=True)
VENUE = Spec("venue", lambda: tr("Venue"), lambda p: p.venue or "", lambda: tr("Conference or journal"))
ORGANIZATION = Spec("organization", lambda: tr("Organisation"), lambda p: p.organization or "")
DATE = Spec("date", lambda: tr("Date"), lambda p: p.date.iso() or "", lambda: "2025-03-18")
ENTRY_TYPE = Spec("entry_type", lambda: tr("Entry type"), lambda p: p.entry_type, lambda: "misc", mono=True)
AUTHOR_COUNT = Spec("author_count", lambda: tr("Author count"), lambda p: _count(p.author_count))
COMMENTS = Spec("comments", lambda: tr("Comments"), lambda p: _count(p.comments))
FORM = (
    Spec("authors", lambda: tr("Authors"), authors_text, lambda: tr("Family, Given; Family, Given")),
    AUTHOR_COUNT,
    DATE,
    ORGANIZATION,
    VENUE,
    Spec("arxiv_id", lambda: tr("arXiv id"), lambda p: p.arxiv_id or "", lambda: "2503.14504"),
    Spec("doi", lambda: tr("DOI"), lambda p: p.doi or "", lambda: "10.1000/182"),
    Spec(
        "urls",
        lambda: tr("Links"),
        lambda p: "\n".join(p.urls),
        lambda: tr("One address a line"),
        many_lines=True,
    ),
    COMMENTS,
    ENTRY_TYPE,
    KEY,
)
"""The form of the Details tab, from top to bottom."""
FOR_SEVERAL = (DATE, ORGANIZATION, VENUE, COMMENTS, ENTRY_TYPE)
"""The fields that make sense for several papers at once."""
