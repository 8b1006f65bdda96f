"""A version that one record dates by its year and another by its day of that year has the day, marked as it was."""

from __future__ import annotations

from itertools import permutations

from db.domain.records import Date, Version, VersionKind
from db.domain.versions import settled


def test_a_finer_date_of_the_same_year_fills_a_bare_one() -> None:
    told = [
        Version(VersionKind.PREPRINT, arxiv_id="2503.01234", date=Date(2025), fields={"note": "x"}, sightings=(1,)),
        Version(VersionKind.PREPRINT, date=Date(2025, 3, 18, inferred=True, evidence="page"), sightings=(2,)),
        Version(VersionKind.PREPRINT, date=Date(2024, 12, 1), sightings=(3,)),
        Version(VersionKind.PUBLISHED, venue="ICML", date=Date(2025), sightings=(4,)),
    ]
    outcomes = {tuple((one.kind, one.date) for one in settled(list(order), [])) for order in permutations(told)}
    assert outcomes == {
        (
            (VersionKind.PREPRINT, Date(2025, 3, 18, inferred=True, evidence="page")),
            (VersionKind.PUBLISHED, Date(2025)),
        )
    }
