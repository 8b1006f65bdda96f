"""What an entry lacks: said, never invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.formats.bibwrite import bibtex
from db.domain.formats.bibwrite.model import VENUE_FIELDS

if TYPE_CHECKING:
    from db.domain.formats.bibwrite.model import BibEntry

_VENUES = {
    "article": "journal", "inproceedings": "booktitle", "conference": "booktitle", "incollection": "booktitle",
    "phdthesis": "school", "mastersthesis": "school", "techreport": "institution", "book": "publisher",
}  # fmt: skip
_EDITED = frozenset("book inbook collection proceedings mvbook mvcollection mvproceedings reference periodical".split())
_UNSIGNED = frozenset("proceedings manual software dataset periodical collection reference mvproceedings".split())


def missing(entry: BibEntry) -> tuple[str, ...]:
    """Return the names of what readers and styles expect of an entry of its type and do not find."""
    kind, fields = bibtex.kind(entry), entry.fields
    found = []
    if not entry.authors and kind not in _UNSIGNED and not (kind in _EDITED and fields.get("editor")):
        found.append("author")
    if not (entry.date.year or fields.get("year") or fields.get("date")):
        found.append("year")
    if not entry.title.strip():
        found.append("title")
    venue = _VENUES.get(kind)
    if venue and not entry.venue and not any(fields.get(name) for name in (venue, "crossref", *VENUE_FIELDS)):
        found.append(venue)
    return tuple(found)
