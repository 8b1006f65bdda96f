"""What the papers of a bibliography are when its import is done: an export tells by it what has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.domain import roundtrip
from db.store import bibtexts, exports
from db.store.imports import batches
from db.store.sources import BASE, CALLED, STATE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.domain.formats.bibwrite import BibEntry
    from db.store.bibtexts import Place
    from db.store.sessions import Session


def note(session: Session, source_id: int, paper_ids: Iterable[int], first_sighting: int) -> None:
    """Note what papers are that have other sightings beside one of a source, from `first_sighting` on.

    Of a paper that has that one alone the entry itself tells what it was.
    """
    for batch in batches(dict.fromkeys(paper_ids)):
        ids = list(bibtexts.keys(session, batch))
        places = bibtexts.places_of(session, ids, [source_id])
        noted: dict[int, dict[str, Any]] = {}
        for paper_id, entry in zip(ids, exports.entries(session, ids), strict=True):
            for place in places.get(paper_id, ()):
                if place.id >= first_sighting and (values := _noted(place, entry)):
                    noted[place.id] = values
        bibtexts.set_noted(session, noted)


def _noted(place: Place, paper: BibEntry) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if paper.key != place.called:
        values[CALLED] = paper.key
    same = place.state == roundtrip.state(paper) and place.own == roundtrip.private(paper) and not paper.aliases
    return values if same else values | {STATE: None, BASE: roundtrip.digests(paper)}
