"""Rules about dates: those that no calendar has, and those that are yet to come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.findings.finding import Finding, Kind
from db.domain.findings.texts import PREFIX, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.findings.finding import Around
    from db.domain.records import Date, Paper

_UNDATED = re.compile(
    r"to appear|forthcoming|in[ -]press|in preparation|submitted|accepted|under review|unpublished|undated"
    r"|n\.?\s?d\.?\Z|s\.?\s?d\.?\Z|o\.?\s?j\.?\Z",
    re.IGNORECASE,
)
_SEASON = re.compile(
    r"spring|summer|autumn|fall|winter|printemps|été|automne|hiver|frühjahr|frühling|sommer|herbst|quarter|\bq[1-4]\b",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}-(\d\d)(?:-(\d\d))?(?![\d-])")
SEASONS = range(21, 42)
"""What biblatex reads behind a year as seasons, quarters and halves of it."""


def wrong(paper: Paper, _around: Around) -> Iterator[Finding]:
    """A year, month, day or date that a bibliography brought and that is none; words such as "to appear" are fine."""
    for name, text in paper.fields.items():
        part = name.lower()
        if part in _PARTS and text.strip() and _PARTS[part](text.strip(), paper.date):
            yield Finding(Kind.DATE, PREFIX + name, f"{short(text.strip())} is no {part}")


def _no_year(text: str, known: Date) -> bool:
    return known.year is None and not _UNDATED.match(text)


def _no_month(text: str, known: Date) -> bool:
    return known.month is None and not _SEASON.search(text) and not _UNDATED.match(text)


def _no_day(_text: str, known: Date) -> bool:
    return known.day is None and known.month is not None


def _no_date(text: str, known: Date) -> bool:
    if known.year is None:
        return not _UNDATED.match(text)
    found = _ISO.match(text)
    if found is None or known.day is not None:
        return False
    month, day = int(found[1]), found[2]
    return (not 1 <= month <= 12 and month not in SEASONS) or bool(day)


_PARTS = {"year": _no_year, "month": _no_month, "day": _no_day, "date": _no_date}


def future(paper: Paper, around: Around) -> Iterator[Finding]:
    """A date after today, as far as it is known; journals date their issues up to a year ahead."""
    day = paper.date
    if day.year is None:
        return
    today = around.today
    known = [part for part in (day.year, day.month, day.day if day.month else None) if part]
    ahead = 0 if day.inferred else 1  # what was only inferred cannot have been announced
    if known > [today.year + ahead, today.month, today.day][: len(known)]:
        yield Finding(Kind.FUTURE, "date", f"The date {day.iso()} lies in the future")
