"""The signs for and against one work that the titles, authors, years and places of two records show."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import Levenshtein

from db.domain.duplicates.authorship import shared
from db.domain.duplicates.evidence import SHORT_TITLE, shorter_form
from db.domain.duplicates.published import Kind, same_pages, same_volume, venue_likeness
from db.domain.duplicates.wording import NO_DIFFERENCE, difference

if TYPE_CHECKING:
    from db.domain.duplicates.authorship import Shared
    from db.domain.duplicates.evidence import Facts
    from db.domain.duplicates.wording import Wording

WEIGHTS = {
    "title short": -3.79, "title within": 1.37, "letters apart": -0.90, "words of each": -0.89, "kinds differ": -3.17,
    "authors shared": 3.41, "author counts apart": -3.46, "authors unknown": 3.31,
    "year equal": 2.92, "year unknown": 0.72, "years 1 apart": -2.02, "years more apart": -1.63,
    "venue alike": 1.00, "venue differs": -0.60, "kinds of venue differ": -0.31,
    "pages equal": 0.88, "pages differ": -1.18, "volume equal": 1.24, "volume differs": -2.03,
}  # fmt: skip
"""Log odds per unit of a sign, by logistic regression: see "Twins" in db/NOTES.md."""
BIAS = -3.08


class Signs(NamedTuple):
    """What two records show; None in `years`, `venue`, `pages` and `volume`: not known of both."""

    title: dict[str, float]
    same_words: bool
    authors: Shared | None
    years: int | None
    venue: float | None
    other_kind: bool
    report: bool
    pages: bool | None
    volume: bool | None

    def chance(self) -> float:
        """Return how likely both are one work, 0 to 1, by the weights."""
        sum_of = BIAS + sum(WEIGHTS[name] * value for name, value in self.numbers().items())
        return 1 / (1 + math.exp(-sum_of))

    def numbers(self) -> dict[str, float]:
        """Return the signs by name."""
        return {**self.title, **self._of_authors(), **self._of_years(), **self._of_places()}

    def _of_authors(self) -> dict[str, float]:
        if self.authors is None:
            return {"authors unknown": 1}
        return {
            "authors shared": self.authors.of_shorter,
            "author counts apart": self.authors.counts_apart,
        }

    def _of_years(self) -> dict[str, float]:
        if self.years is None:
            return {"year unknown": 1}
        return {("year equal", "years 1 apart")[self.years] if self.years < 2 else "years more apart": 1}

    def _of_places(self) -> dict[str, float]:
        return {
            "venue alike": self.venue or 0,
            "venue differs": self.venue == 0,
            "kinds of venue differ": self.other_kind,
            "pages equal": self.pages is True,
            "pages differ": self.pages is False,
            "volume equal": self.volume is True,
            "volume differs": self.volume is False,
        }

    @property
    def one_place(self) -> bool:
        """Both came out on the same pages of the same year's volume or venue, with an author in common if known."""
        printed = self.years == 0 and self.pages is True and self.volume is not False
        named = self.authors is None or self.authors.of_shorter > 0
        return printed and named and (self.volume is True or (self.venue or 0) > 0.5)


def signs(a: Facts, b: Facts) -> Signs:
    """Return what a pair shows; the order of the two does not matter. Where a preprint lies says nothing."""
    kinds = {a.place.kind, b.place.kind}
    printed = {Kind.MEETING, Kind.JOURNAL}
    placed = kinds.isdisjoint((Kind.PREPRINT, Kind.REPORT))
    equal = a.squeezed == b.squeezed
    words = NO_DIFFERENCE if equal else difference(a.normal.split(), b.normal.split())
    return Signs(
        _title(a, b, words),
        words.more == 0,
        shared(a.people, b.people),
        _years_between(a, b),
        venue_likeness(a.place, b.place) if placed else None,
        kinds == printed,
        Kind.REPORT in kinds and not kinds.isdisjoint(printed),
        same_pages(a.place, b.place),
        same_volume(a.place, b.place),
    )


def _years_between(a: Facts, b: Facts) -> int | None:
    """Return how many years lie between both; a preprint may be a year older than what it became."""
    if a.year is None or b.year is None:
        return None
    apart = abs(a.year - b.year)
    return 0 if apart == 1 and (_is_preprint(a) or _is_preprint(b)) else apart


def _is_preprint(one: Facts) -> bool:
    """Tell whether a record is one of a preprint: listing pages show an abstract and no venue."""
    if one.place.kind is Kind.UNKNOWN:
        return bool(one.arxiv or one.abstract)
    return one.place.kind in (Kind.PREPRINT, Kind.REPORT)


def _title(a: Facts, b: Facts, words: Wording) -> dict[str, float]:
    letters = min(len(a.squeezed), len(b.squeezed))
    return {
        "title within": a.squeezed != b.squeezed and shorter_form(a, b),
        "words of each": min(words.fewer, 3),
        "letters apart": min(Levenshtein.normalized_distance(a.squeezed, b.squeezed), 0.5) * 10,
        "kinds differ": a.kinds != b.kinds,
        "title short": letters < SHORT_TITLE,
    }
