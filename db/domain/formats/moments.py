"""Days of the calendar: names of months, which days there are, and dates that a text states in full or in part."""

from __future__ import annotations

import re

from db.domain.records import Date

MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
"""The number of a month by its first three letters, small."""
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
"""A pattern: the name of a month as pages print it."""
YEARS = range(1000, 2201)
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NUMBERS = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?![\d])")
_WORDS = re.compile(
    rf"(?:(?P<day>\d{{1,2}})\.?\s+)?\b(?P<month>{'|'.join(MONTHS)})[a-z]*\.?(?:\s+(?P<day2>\d{{1,2}}))?,?\s+"
    r"(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d|21\d\d)(?!\d)")
_LONGEST_TEXT = 200
"""Characters of a text in which a date is looked for."""


def month_and_day(month_day: str) -> tuple[int, int] | None:
    """Return month and day of `Mar 18` or `March 18`, or None when no year has such a day."""
    name, _, day = month_day.partition(" ")
    month, number = MONTHS[name[:3].lower()], int(day)
    return (month, number) if exists(month, number) else None


def exists(month: int, day: int, year: int | None = None) -> bool:
    """Say whether the year has that day, or any year when none is given."""
    if not 1 <= day <= _LONGEST[month - 1]:
        return False
    leap = year is None or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return leap or (month, day) != (2, 29)


def printed(month_day: str | None, year: int | None) -> Date | None:
    """Return the date of `Mar 18` as far as it is stated, None when no year has such a day."""
    day = month_and_day(month_day) if month_day else None
    if day is None or (year is not None and not exists(*day, year)):
        return None
    return Date(year, *day)


def moment(text: str) -> Date:
    """Return the date that a text begins with or names a month of, else its year, as far as these exist."""
    text = text[:_LONGEST_TEXT].strip()
    if match := _NUMBERS.match(text):
        return dated(match["year"], match["month"], match["day"])
    if match := _WORDS.search(text):
        return dated(match["year"], MONTHS[match["month"].lower()], match["day"] or match["day2"])
    match = _YEAR.search(text)
    return dated(match[1]) if match else Date()


def dated(year: str | int, month: str | int | None = None, day: str | int | None = None) -> Date:
    """Return a date of parts; a month or day that cannot be is left out."""
    y, m, d = int(year), int(month or 0), int(day or 0)
    if y not in YEARS:
        return Date()
    if not 1 <= m <= 12:
        return Date(y)
    return Date(y, m, d) if exists(m, d, y) else Date(y, m)
