"""The BibTeX profile: what the styles of plain BibTeX read.

A preprint is a `@misc` with `eprint`, `archivePrefix` and `primaryClass`; a paper whose venue is known is an
`@inproceedings` or `@article` and keeps its eprint.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.bibwrite import common, venues
from db.domain.formats.bibwrite.model import venue_name

if TYPE_CHECKING:
    from db.domain.formats.bibwrite.model import BibEntry, Pairs
    from db.domain.formats.bibwrite.pen import Pen
    from db.domain.records import Date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
RENAMED = {"journaltitle": "journal", "location": "address", "eprinttype": "archivePrefix"}
"""What BibLaTeX calls otherwise, and no style of BibTeX would find."""
KINDS = {
    "report": "techreport", "inreference": "incollection", "mvproceedings": "proceedings",
    **dict.fromkeys(("collection", "mvcollection", "mvbook", "reference", "mvreference"), "book"),
}  # fmt: skip
"""Types that BibLaTeX alone knows: styles of BibTeX would leave out who published such works."""
LABELS = {"techreport": "Technical Report", "resreport": "Research Report"}
"""What biblatex makes of the `type` of a report; BibTeX would print the word as it is."""
TYPE = re.compile(r"[A-Za-z][A-Za-z0-9]*\Z")


def kind(entry: BibEntry) -> str:
    """Return the type of an entry in the words of BibTeX."""
    own = own_kind(entry)
    return KINDS.get(own, own)


def own_kind(entry: BibEntry) -> str:
    """Return the type of an entry: that of its bibliography, else by its venue; preprints are misc."""
    if entry.entry_type.lower() == "online" and common.is_preprint(entry):
        return "misc"  # which biblatex alone calls otherwise
    if entry.entry_type == "misc":
        return venues.kind(entry.venue) if entry.venue and not entry.brought else "misc"
    return entry.entry_type.lower() if TYPE.match(entry.entry_type) else "misc"


def venue_field(kind: str) -> str:
    """Return the field that holds where a work of this type was published."""
    return venue_name(kind)


def fields(entry: BibEntry, kind: str, pen: Pen) -> Pairs:
    """Return what the library itself knows of an entry."""
    pairs = common.head(entry, pen)
    if entry.venue:
        pairs.append((common.venue_field(entry, pen, venue_name(kind), RENAMED), pen.venue(entry.venue)))
    if kind == "techreport" and pen.options.fields and (label := LABELS.get(entry.fields.get("type", ""))):
        pairs.append(("type", f"{{{label}}}"))
    pairs += _date(entry.date)
    if entry.doi:
        # As text, for styles that print it do so.
        pairs.append(("doi", pen.text(common.bare_doi(entry))))
    if entry.arxiv_id:
        pairs += (("eprint", pen.text(entry.arxiv_id)), ("archivePrefix", "{arXiv}"))
        if found := common.primary_class(entry):
            pairs.append(("primaryClass", f"{{{found}}}"))
    return pairs


def _date(date: Date) -> Pairs:
    pairs: Pairs = []
    if date.year is not None:
        pairs.append(("year", f"{{{date.year:04d}}}"))
    if date.month and 1 <= date.month <= 12:
        pairs.append(("month", MONTHS[date.month - 1]))
        if date.day:
            pairs.append(("day", f"{{{date.day}}}"))  # styles pass it over, readers do not
    return pairs


def said(entry: BibEntry) -> frozenset[str]:
    """Return the fields of a bibliography that `fields` says under another name."""
    return _CLASSES if entry.arxiv_id and common.primary_class(entry) else _NOTHING


_CLASSES = frozenset({"eprintclass"})
_NOTHING: frozenset[str] = frozenset()
