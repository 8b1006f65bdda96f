"""What a search that is being typed can become: fields, their values, names that the library holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.query.completing import Offer, fixed, typing, valued
from db.services.wording import storable
from db.store import completions

if TYPE_CHECKING:
    from db.services.library import Library

__all__ = ["Completion", "Offer", "complete"]


@dataclass(frozen=True, slots=True)
class Completion:
    """Offers for the characters `start` to `end` of a text, the likeliest first."""

    start: int
    end: int
    offers: tuple[Offer, ...]


def complete(library: Library, text: str, cursor: int) -> Completion:
    """Return what can be typed at the cursor; nothing where plain words stand, and nothing that is there already."""
    at = typing(text, cursor)
    if at is None:
        return Completion(cursor, cursor, ())
    offers = fixed(at)
    if at.field:
        with library.reading() as session:
            offers += [valued(at.field, one) for one in completions.values(session, at.field, storable(at.typed))]
    there = text[at.start : cursor].casefold()
    return Completion(at.start, cursor, tuple(one for one in dict.fromkeys(offers) if one.text.casefold() != there))
