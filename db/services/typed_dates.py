"""Reading a date as a person types it."""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Any

from db.domain.errors import LibraryError

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NAMES = "January February March April May June July August September October November December".lower().split()
EARLIEST, LATEST = 1000, 2200
_ISO = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?\.?\s+)?([a-z]{3,9})\.?,?\s+(\d{4})", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", re.IGNORECASE)
_HINT = "write 2025, 2025-03, 2025-03-18 or 18 Mar 2025"


def read_date(text: str) -> dict[str, Any]:
    """Return the date columns for 2025, 2025-03, 2025-03-18, 18 Mar 2025, Mar 2025 or nothing."""
    year, month, day = _parts(text) if text else (None, None, None)
    if year is not None:
        _check(text, year, month, day)
    columns = {"year": year, "month": month, "day": day, "year_inferred": False, "year_evidence": ""}
    return columns if text else columns | {"month_day": None}


def _parts(text: str) -> tuple[int, int | None, int | None]:
    if match := _ISO.fullmatch(text):
        return int(match[1]), _int(match[2]), _int(match[3])
    if match := _DAY_FIRST.fullmatch(text):
        return int(match[3]), _month(text, match[2]), _int(match[1])
    if match := _MONTH_FIRST.fullmatch(text):
        return int(match[3]), _month(text, match[1]), int(match[2])
    raise LibraryError(f"{text} is not a date: {_HINT}.")


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _month(text: str, word: str) -> int:
    low = word.lower()
    for number, (short, name) in enumerate(zip(MONTHS, NAMES, strict=True), 1):
        if low.startswith(short) and name.startswith(low):
            return number
    raise LibraryError(f"{text} is not a date: {word} is not a month; {_HINT}.")


def _check(text: str, year: int, month: int | None, day: int | None) -> None:
    if not EARLIEST <= year <= LATEST:
        raise LibraryError(f"{year} is not the year of a paper: it must lie between {EARLIEST} and {LATEST}.")
    if month is not None and not 1 <= month <= 12:
        raise LibraryError(f"{text} is not a date: there is no month {month}.")
    if day is not None and month is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise LibraryError(f"{text} is not a date: that month has no day {day}.")
