"""The BibTeX profile: what the styles of plain BibTeX read.

A preprint is a `@misc` with `eprint`, `archivePrefix` and `primaryClass`; a paper whose venue is known is an
`@inproceedings` or `@article` and keeps its eprint.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.bibwrite import common, foreigntypes, venues
from db.domain.formats.bibwrite.model import venue_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.formats.bibwrite.model import BibEntry, Pairs
    from db.domain.formats.bibwrite.pen import Pen

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
RENAMED = {"journaltitle": "journal", "location": "address", "eprinttype": "archivePrefix"}
"""What BibLaTeX calls otherwise, and no style of BibTeX would find."""
TYPE = re.compile(r"[A-Za-z][A-Za-z0-9]*\Z")


def kind(entry: BibEntry) -> str:
    """Return the type of an entry in the words of BibTeX."""
    return foreigntypes.kind(own_kind(entry), entry)


def own_kind(entry: BibEntry) -> str:
    """Return the type of an entry: that of its bibliography, else by its venue; preprints are misc."""
    if entry.entry_type.lower() == "online" and common.is_preprint(entry):
        return "misc"  # which biblatex alone calls otherwise
    if entry.entry_type == "misc":
        return venues.kind(entry.venue) if entry.venue and not entry.brought else "misc"
    return entry.entry_type.lower() if TYPE.match(entry.entry_type) else "misc"


def names(entry: BibEntry) -> Mapping[str, str]:
    """Return the names that fields of an entry have in this profile, where those are others."""
    own = own_kind(entry)
    return {**RENAMED, **foreigntypes.renamed(own, entry)} if own in foreigntypes.KINDS else RENAMED


def venue_field(kind: str) -> str:
    """Return the field that holds where a work of this type was published."""
    return venue_name(kind)


def fields(entry: BibEntry, kind: str, pen: Pen) -> Pairs:
    """Return what the library itself knows of an entry."""
    pairs = common.head(entry, pen)
    if entry.venue:
        pairs.append((common.venue_field(entry, pen, venue_name(kind), names(entry)), pen.venue(entry.venue)))
    if (own := own_kind(entry)) in foreigntypes.KINDS:
        pairs += _translated(entry, own, kind, pen)
    pairs += _date(entry, pen)
    if entry.doi:
        # As text, for styles that print it do so.
        pairs.append(("doi", pen.text(common.bare_doi(entry))))
    if entry.arxiv_id:
        pairs += (("eprint", pen.text(entry.arxiv_id)), ("archivePrefix", "{arXiv}"))
        if found := common.primary_class(entry):
            pairs.append(("primaryClass", f"{{{found}}}"))
    return pairs


def _translated(entry: BibEntry, own: str, kind: str, pen: Pen) -> Pairs:
    """Return what a type that BibTeX does not know said by itself."""
    label = foreigntypes.label(own, entry) if pen.options.fields else None
    pairs: Pairs = [("type", pen.text(label))] if label else []
    if pen.options.fields and (patent := foreigntypes.published(own, entry)):
        pairs.append(("howpublished", pen.text(patent)))
    if kind == "misc" and not entry.authors and "key" not in entry.fields:
        # Styles sort by it where there is no author.
        pairs.append(("key", pen.text(entry.title)))
    return pairs


def _date(entry: BibEntry, pen: Pen) -> Pairs:
    date = entry.date
    pairs: Pairs = []
    if date.year is not None:
        pairs.append(("year", f"{{{date.year:04d}}}"))
    if date.month and 1 <= date.month <= 12:
        month = MONTHS[date.month - 1]
        # What a bibliography said more of that month, such as mar/apr, is written with its other fields.
        if not (pen.options.fields and entry.fields.get("month", "").lower().startswith(month)):
            pairs.append(("month", month))
        if date.day:
            pairs.append(("day", f"{{{date.day}}}"))  # styles pass it over, readers do not
    return pairs


def said(entry: BibEntry) -> frozenset[str]:
    """Return the fields of a bibliography that `fields` says under another name."""
    found = _CLASSES if entry.arxiv_id and common.primary_class(entry) else _NOTHING
    own = own_kind(entry)
    return found | _TYPE if own in foreigntypes.KINDS and foreigntypes.label(own, entry) == "" else found


_CLASSES = frozenset({"eprintclass"})
_TYPE = frozenset({"type"})
_NOTHING: frozenset[str] = frozenset()
