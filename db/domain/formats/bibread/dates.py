"""Dates: BibTeX's `year` and `month`, biblatex's `date` with its ranges and marks of doubt."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from db.domain.formats.moments import MONTHS, exists
from db.domain.records import Date

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAMES = ("date", "year", "month", "day")
_LONGEST = 200  # characters of a field that are looked at
_YEAR = re.compile(r"(?<!\d)(?:1[0-9]|20|2[1-9])\d\d(?!\d)")
_ANY_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T[\d:.+Z-]+)?[~?%]?(?=/|$)")
_EXACT = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
_NAME = re.compile(r"[^\W\d_]{3,}\.?")
_SPAN = re.compile(r"[-/\u2013\u2014]")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_OTHERS = {
    "jän": 1, "fév": 2, "fev": 2, "mär": 3, "mrz": 3, "avr": 4, "mai": 5, "maj": 5, "juin": 6, "juil": 7,
    "aoû": 8, "okt": 10, "déc": 12, "dez": 12, "dic": 12, "ene": 1, "abr": 4, "ago": 8, "out": 10,
}  # fmt: skip


def date(fields: Mapping[str, str]) -> tuple[Date, tuple[str, ...]]:
    """Return the date of an entry, and the fields that it says in full; `date` goes before `year` and `month`."""
    return _stated(tuple(fields.get(name, "")[:_LONGEST] for name in _NAMES))


@lru_cache(maxsize=20_000)
def _stated(texts: tuple[str, ...]) -> tuple[Date, tuple[str, ...]]:
    fields = dict(zip(_NAMES, texts, strict=True))
    whole = fields["date"].strip()
    if not whole and _EXACT.fullmatch(fields["year"].strip()) and not fields["year"].strip().isdecimal():
        # A whole date where only its year belongs.
        found, said = _of_date(fields["year"].strip())
        return found, ("year",) if said else ()
    found, said = _of_date(whole) if whole else (Date(), ())
    if found.year is not None:
        return found, (*said, *(name for name in ("year", "month", "day") if _repeats(name, fields, found)))
    year, month = fields.get("year", "").strip(), fields.get("month", "").strip()
    number, day = _month(month)
    if number is None and not month and not year.isdecimal():
        number, day = _month(year)
    stated = _year(year)
    if day is None and fields.get("day", "").strip().isdecimal():
        day = int(fields["day"])
    found = _sound(stated, number, day)
    return found, tuple(name for name in ("year", "month", "day") if _repeats(name, fields, found))


def _of_date(text: str) -> tuple[Date, tuple[str, ...]]:
    match = _ISO.match(text)
    if match:
        month, day = (int(part) if part else None for part in match.group(2, 3))
        month = month if month and month <= 12 else None
        found = _sound(int(match[1]), month, day if month else None)
    else:
        number, day = _month(text)
        found = _sound(_year(text), number, day)
    return found, ("date",) if _EXACT.fullmatch(text) and found.iso() == text else ()


def _year(text: str) -> int | None:
    match = _YEAR.search(text) or _ANY_YEAR.search(text)
    return int(match[0]) if match and int(match[0]) else None


def _month(text: str) -> tuple[int | None, int | None]:
    """Return month and day of `jan`, `January`, `10~jan`, `Jan. 10`, `3`, `03`, `jan-feb`."""
    bare = text.strip("#{} ")
    if bare.isdecimal():
        return (int(bare), None) if len(bare) < 3 and 1 <= int(bare) <= 12 else (None, None)
    for name in _NAME.findall(bare):
        small = name.lower()
        number = MONTHS.get(small[:3]) or _OTHERS.get(small.rstrip(".")) or _OTHERS.get(small[:3])
        if number:
            day = _DAY.search(_ANY_YEAR.sub(" ", bare))
            return number, int(day[1]) if day else None
    match = re.match(r"(\d{1,2})\s*[-/–]", bare)
    return (int(match[1]), None) if match and 1 <= int(match[1]) <= 12 else (None, None)


def _sound(year: int | None, month: int | None, day: int | None) -> Date:
    if not day or not month or not exists(month, day, year):
        day = None
    return Date(year or None, month, day)


def _repeats(name: str, fields: Mapping[str, str], found: Date) -> bool:
    """Say whether a field says nothing beyond the date."""
    text = fields.get(name, "").strip().lower()
    if not text:
        return True
    if name == "year":
        return text.isdecimal() and int(text) == (found.year or -1)
    if name == "day":
        return text.isdecimal() and int(text) == (found.day or -1)
    number, day = _month(text)
    more = _SPAN.search(text) or len(_NAME.findall(text)) > 1  # mar/apr, March and April, early March
    return number is not None and number == found.month and day in (None, found.day) and not more
