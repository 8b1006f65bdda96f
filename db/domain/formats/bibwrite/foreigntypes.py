"""Types that BibLaTeX alone knows, in the words of plain BibTeX, whose styles warn of a type that they do not define.

A thesis is one of BibTeX's two by its `type`; what BibTeX has nothing near for is a `@misc` that says in `howpublished`
who stands behind it. Nothing is invented: a thesis of which nobody says more is printed as a thesis.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.bibwrite.model import VENUE_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.formats.bibwrite.model import BibEntry

NEAREST = {
    "report": "techreport", "mvproceedings": "proceedings",
    **dict.fromkeys(("collection", "mvcollection", "mvbook", "reference", "mvreference"), "book"),
    **dict.fromkeys(("inreference", "bookinbook", "suppbook", "suppcollection"), "incollection"),
    **dict.fromkeys(("suppperiodical", "review"), "article"),
    **dict.fromkeys(
        "online electronic www patent periodical software dataset artwork audio image movie music performance video "
        "letter standard legal legislation jurisdiction".split(),
        "misc",
    ),
}  # fmt: skip
"""The nearest type of BibTeX, but for a thesis."""
KINDS = frozenset(("thesis", *NEAREST))
_MASTER = re.compile(
    r"master|magist|diplom|bachelor|licen[cst]|mathesis|bathesis|\b[mb]\.?\s?(?:sc|a|s|eng|phil)\b", re.I
)
_PRINTED = {
    "phdthesis": "", "mathesis": "", "candthesis": "Candidate thesis", "bathesis": "Bachelor's thesis",
    "techreport": "Technical Report", "resreport": "Research Report",
}  # fmt: skip
"""What biblatex makes of the `type` of a thesis or report; "" is what BibTeX's type says by itself."""
_OFFICES = {"": "", "de": "German ", "eu": "European ", "fr": "French ", "uk": "British ", "us": "U.S. "}
_PATENTS = {f"patent{code}": f"{office}patent" for code, office in _OFFICES.items()} | {
    f"patreq{code}": f"{office}patent request" for code, office in _OFFICES.items()
}


def kind(own: str, entry: BibEntry) -> str:
    """Return the type of BibTeX for a type of either."""
    if own == "thesis":
        return "mastersthesis" if _MASTER.search(entry.fields.get("type", "")) else "phdthesis"
    return NEAREST.get(own, own)


def label(own: str, entry: BibEntry) -> str | None:
    """Return what `type` is to say in BibTeX, "" for nothing, None for what it says already."""
    stated = entry.fields.get("type", "").strip()
    if own == "thesis":
        return _PRINTED.get(stated, None if stated else "Thesis")
    return "" if own == "patent" else _PRINTED.get(stated) or None


def published(own: str, entry: BibEntry) -> str:
    """Return which patent it is, as `howpublished` says it; "" for all else, or where that says something already."""
    if own != "patent" or entry.venue or "howpublished" in entry.fields:
        return ""
    stated = entry.fields.get("type", "").strip()
    return f"{_PATENTS.get(stated, stated or 'Patent')} {entry.fields.get('number', '')}".strip()


def renamed(own: str, entry: BibEntry) -> Mapping[str, str]:
    """Return the fields that BibTeX's type of the entry has under another name, where that is free."""
    if own == "thesis":
        return _moved(entry, ("institution",), "school")
    return _moved(entry, ("organization", "publisher"), "howpublished") if NEAREST.get(own) == "misc" else {}


def _moved(entry: BibEntry, names: tuple[str, ...], to: str) -> Mapping[str, str]:
    held = next((name for name in names if name in entry.fields), None)
    is_named = not entry.venue or entry.venue in [entry.fields.get(name) for name in VENUE_FIELDS]
    return {held: to} if held and is_named and to not in entry.fields else {}
