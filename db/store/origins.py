"""Where each value of a paper came from, in words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from db.domain.records import Origin, Sighting
from db.store.absorb import GONE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row

FIELDS = {
    # Field of a paper: the column that tells whether it has a value.
    "title": "title",
    "abstract": "abstract",
    "authors": "authors",
    "author_count": "author_count",
    "organization": "organization",
    "date": "year",
    "comments": "comments",
    "upvotes": "upvotes",
    "arxiv_id": "arxiv_id",
    "doi": "doi",
    "venue": "venue",
    "urls": "urls",
    "notes": "notes",
}
BY_HAND = "you"
BY_PAST = "a source that no longer shows it"
BY_PERSON = frozenset({"notes"})
"""Fields that only a person writes."""


def labels(row: Row[Any], sightings: Sequence[Sighting]) -> dict[str, Origin]:
    """Return the origin of every field that has a value; see the paper table for how origins are stored."""
    stored = json.loads(row.origins or "{}")
    known = {one.id: one for one in sightings}
    first = sightings[0].id if sightings else 0
    found = {}
    for field, column in FIELDS.items():
        if getattr(row, column) in (None, "", "[]"):
            continue
        origin = 0 if field in BY_PERSON else stored.get(field, first)
        sighting = known.get(origin)
        if sighting is not None:
            found[field] = Origin(field, f"{sighting.source_name}, record {sighting.index}", sighting.id)
        else:
            found[field] = Origin(field, BY_PAST, GONE) if origin == GONE else Origin(field, BY_HAND)
    return found
