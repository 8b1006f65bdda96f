"""Dates that are stated in full or in part: ISO, slashes, words."""

from __future__ import annotations

import calendar
import re

from db.domain.formats.lines import MONTHS
from db.domain.records import Date

_NUMBERS = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?![\d])")
_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})\.?\s+)?(?P<month>[A-Za-z]{3,9})\.?(?:\s+(?P<day2>\d{1,2}))?,?\s+(?P<year>\d{4})(?!\d)"
)
YEARS = range(1000, 2201)


def moment(text: str) -> Date:
    """Return the date that a text begins with, as far as it is stated and exists; an empty one otherwise."""
    text = text.strip()
    if match := _NUMBERS.match(text):
        return dated(match["year"], match["month"], match["day"])
    if (match := _WORDS.match(text)) and (month := MONTHS.get(match["month"][:3].lower())):
        return dated(match["year"], month, match["day"] or match["day2"])
    match = re.search(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)", text)
    return dated(match[1]) if match else Date()


def dated(year: str | int, month: str | int | None = None, day: str | int | None = None) -> Date:
    """Return a date of parts; a month or day that cannot be is left out."""
    y, m, d = int(year), int(month or 0), int(day or 0)
    if y not in YEARS:
        return Date()
    if not 1 <= m <= 12:
        return Date(y)
    return Date(y, m, d) if 1 <= d <= calendar.monthrange(y, m)[1] else Date(y, m)
