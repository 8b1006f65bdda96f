"""Lists of names in one text, whatever stands between them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.people import person

if TYPE_CHECKING:
    from db.domain.records import Person

_INITIALS = re.compile(r"(?:[a-z]\.[ -]?){1,4}|[A-Z]{1,3}|[A-Z](?:[ -][A-Z]){1,3}", re.IGNORECASE)


def people(text: str) -> tuple[Person, ...]:
    """Return the names of a list: between semicolons, bars, line ends, `and`, or commas."""
    return tuple(one for part in _parts(text) if (one := person(part)))


def _parts(text: str) -> list[str]:
    if re.search(r"[;|\n]", text):
        return [re.sub(r"^(?:and|&)\s+", "", part.strip()) for part in re.split(r"[;|\n]", text)]
    text = re.sub(r"\s+&\s+", " and ", text)
    pieces = [piece.strip() for piece in re.sub(r",?\s+and\s+", ",", text).split(",") if piece.strip()]
    if len(pieces) % 2 == 0 and all(_INITIALS.fullmatch(given) for given in pieces[1::2]):
        return [f"{family}, {given}" for family, given in zip(pieces[::2], pieces[1::2], strict=True)]
    if " and " in text:
        return _anded(text)
    return [text] if len(pieces) == 2 and " " not in pieces[0] else pieces


def _anded(text: str) -> list[str]:
    """Split "A, B, and C" at its commas too, but not "Family, Given and Family, Given"."""
    parts = re.split(r",?\s+and\s+", text)
    if len(parts) != 2 or "," not in parts[0]:
        return parts
    first = [piece.strip() for piece in parts[0].split(",")]
    listed = len(first) > 2 or ("," not in parts[1] and " " in first[0])
    return [*first, parts[1]] if listed else parts
