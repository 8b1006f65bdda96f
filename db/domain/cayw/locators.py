"""The place within a paper that a note names: `p. 3` is page 3, `fig. 2` figure 2, `in part` none."""

from __future__ import annotations

import re
from dataclasses import dataclass

LABELS = {
    "p": "page",
    "pp": "page",
    "page": "page",
    "pages": "page",
    "ch": "chapter",
    "chap": "chapter",
    "chapter": "chapter",
    "sec": "section",
    "section": "section",
    "§": "section",
    "fig": "figure",
    "figure": "figure",
    "l": "line",
    "line": "line",
    "n": "note",
    "no": "issue",
    "para": "paragraph",
    "paragraph": "paragraph",
    "pt": "part",
    "part": "part",
    "vol": "volume",
    "volume": "volume",
}
"""What the dialect calls a place, by the word before the number."""
SHORT = {
    "chapter": "ch.",
    "section": "sec.",
    "figure": "fig.",
    "line": "l.",
    "note": "n.",
    "issue": "no.",
    "paragraph": "para.",
    "part": "pt.",
    "volume": "vol.",
}
"""How the dialect shortens a place; a page goes without a word."""
_PLACE = re.compile(r"(?:(?P<word>[A-Za-z]+|§)\.?\s*)?(?P<number>[0-9ivxlcIVXLC]+(?:\.[0-9]+)*(?:[-–—,\s]+[0-9]+)*)")


@dataclass(frozen=True, slots=True)
class Place:
    """A note taken apart: a label with its number, or a text that names no place."""

    label: str = ""
    number: str = ""
    rest: str = ""


def place(note: str) -> Place:
    """Take a note apart; a number alone is a page."""
    found = _PLACE.fullmatch(note.strip())
    if found is None or (found["word"] is None and not found["number"][0].isdigit()):
        return Place(rest=note.strip())
    label = LABELS.get((found["word"] or "p").lower())
    return Place(label, found["number"]) if label else Place(rest=note.strip())
