"""The BibLaTeX profile: what biblatex and biber read.

A preprint is an `@online` with `date`, `eprint`, `eprinttype`, `eprintclass` and `pubstate`; identifiers and
addresses are read by biber letter by letter, so no LaTeX stands in them. Keys that a paper had before are its `ids`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.bibwrite import bibtex, common, venues
from db.domain.formats.bibwrite.model import venue_name
from db.domain.formats.bibwrite.pen import address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.formats.bibwrite.model import BibEntry, Pairs
    from db.domain.formats.bibwrite.pen import Pen

RENAMED = {
    "journal": "journaltitle", "address": "location", "school": "institution", "annote": "annotation",
    "archiveprefix": "eprinttype", "primaryclass": "eprintclass",
}  # fmt: skip
_KEY = re.compile(r"[^\s,{}%#\\~\"]+")
_DATED = frozenset({"year", "month", "day"})
_CLASSES = frozenset({"primaryclass"})


def kind(entry: BibEntry) -> str:
    """Return the type of an entry: that of its bibliography, else by its venue; preprints are online."""
    found = bibtex.own_kind(entry)
    by_itself = not entry.brought and bool(entry.arxiv_id or entry.url)
    return "online" if found == "misc" and (by_itself or common.is_preprint(entry)) else found


def names(_entry: BibEntry) -> Mapping[str, str]:
    """Return the names that fields of an entry have in this profile, where those are others."""
    return RENAMED


def venue_field(kind: str) -> str:
    """Return the field that holds where a work of this type was published."""
    if kind == "online":
        return "organization"
    name = venue_name(kind)
    return RENAMED.get(name, name)


def fields(entry: BibEntry, kind: str, pen: Pen) -> Pairs:
    """Return what the library itself knows of an entry."""
    pairs: Pairs = [("ids", f"{{{names}}}")] if (names := ids(entry)) else []
    pairs += common.head(entry, pen)
    preprint = kind == "online" and bool(entry.arxiv_id) and (not entry.brought or common.is_preprint(entry))
    if entry.venue and (entry.brought or not (preprint and venues.is_preprint(entry.venue))):
        pairs.append((common.venue_field(entry, pen, venue_field(kind), RENAMED), pen.venue(entry.venue)))
    if date := _date(entry, pen):
        pairs.append(("date", f"{{{date}}}"))
    if preprint and not (pen.options.fields and entry.fields.get("pubstate")):
        pairs.append(("pubstate", "{preprint}"))
    if entry.doi:
        pairs.append(("doi", f"{{{address(common.bare_doi(entry))}}}"))
    if entry.arxiv_id:
        pairs += (("eprint", f"{{{address(entry.arxiv_id)}}}"), ("eprinttype", "{arxiv}"))
        if found := common.primary_class(entry):
            pairs.append(("eprintclass", f"{{{found}}}"))
    return pairs


def _date(entry: BibEntry, pen: Pen) -> str | None:
    """Return the date; one that a bibliography said more of, such as a range, stays as it is."""
    if pen.options.fields and entry.fields.get("date"):
        return None
    return entry.date.iso()


def ids(entry: BibEntry) -> str:
    """Return the keys that lead to an entry besides its own."""
    if not entry.aliases:
        return ""
    brought = [one.strip() for one in entry.fields.get("ids", "").split(",")]
    known = dict.fromkeys([*entry.aliases, *brought])
    return ", ".join(one for one in known if one != entry.key and _KEY.fullmatch(one))


def said(entry: BibEntry) -> frozenset[str]:
    """Return the fields of a bibliography that `fields` says under another name."""
    found = _CLASSES if entry.arxiv_id and common.primary_class(entry) else frozenset[str]()
    return found | _DATED if entry.date.year is not None else found
