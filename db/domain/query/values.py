"""Numbers, days and ages as people write them: `>=3`, `2023..2025`, `<7d`, `2025-03`, `today`."""

from __future__ import annotations

import re
from datetime import date, timedelta

NUMBER_ID = re.compile(r"#(?P<id>[0-9]{1,18})")
NUMBERS = re.compile(
    r"(?P<op>[<>]=?|=)?(?P<low>[0-9]{1,9})"
    r"|(?P<from>[0-9]{1,9})?(?:\.\.|-|–)(?P<to>[0-9]{1,9})?"
)
DAY = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{1,2})(?:-(?P<day>[0-9]{1,2}))?)?")
AGE = re.compile(r"[0-9]{1,4}[dwmy]")
COMPARED = re.compile(r"(?P<op>[<>]=?|=)?(?P<value>.*)", re.DOTALL)
NAMED = {"today": ("today", "tomorrow"), "yesterday": ("yesterday", "today")}
WHEN = "added: takes a time such as <7d, 2w, today, 2025-03, >=2025-01-15 or 2025-01..2025-03, not {!r}."

AMONG = 1_000_000  # papers that a list of numbers may name
RUN = re.compile(r"(?P<low>[0-9]{1,15})(?:-(?P<high>[0-9]{1,15}))?")

Range = tuple[int | None, int | None]


def numbers(text: str, *, digits: int = 0) -> Range | None:
    """Return the lowest and the highest number that a text means, None where it is open; None for anything else.

    `digits` is how many each number must have, 0 for any.
    """
    match = NUMBERS.fullmatch(text)
    if match is None or (match["low"] is None and match["from"] is None and match["to"] is None):
        return None
    written = [one for one in (match["low"], match["from"], match["to"]) if one is not None]
    if digits and any(len(one) != digits for one in written):
        return None
    if match["low"] is None:
        return _number(match["from"]), _number(match["to"])
    edge = int(match["low"])
    return {"<": (None, edge - 1), "<=": (None, edge), ">": (edge + 1, None), ">=": (edge, None)}.get(
        match["op"] or "", (edge, edge)
    )


def numbers_of(value: str) -> list[int]:
    """Return the numbers that a text such as `3-5,9` names, none when it is no such text or names too many."""
    found: list[int] = []
    for part in value.split(","):
        match = RUN.fullmatch(part)
        low, high = (int(match["low"]), int(match["high"] or match["low"])) if match else (1, 0)
        if low > high or len(found) + high - low >= AMONG:
            return []
        found.extend(range(low, high + 1))
    return found


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def moments(text: str) -> tuple[str, str] | str:
    """Return the start and the end of a time as `Moments` holds them, or why it was not understood."""
    text = text.lower()
    first, between, last = text.partition("..")
    if between:
        low = ("", "") if not first else _moment(first)
        high = ("", "") if not last else _moment(last)
        return (low[0], high[1]) if low and high and (first or last) else WHEN.format(text[:40])
    match = COMPARED.fullmatch(text)
    op, value = (match["op"] or "", match["value"]) if match else ("", "")
    found = _moment(value)
    if found is None:
        return WHEN.format(text[:40])
    if AGE.fullmatch(value):  # an age that is less is a time that is later
        return ("", value) if op.startswith(">") else (value, "")
    start, end = found
    return {"<": ("", start), "<=": ("", end), ">": (end, ""), ">=": (start, "")}.get(op, (start, end))


def _moment(value: str) -> tuple[str, str] | None:
    """Return the first moment of a day, month, year or age, and the first one after it."""
    if value in NAMED:
        return NAMED[value]
    if AGE.fullmatch(value):
        return value, value
    match = DAY.fullmatch(value)
    if match is None:
        return None
    year, month, day = (int(match[part] or 0) for part in ("year", "month", "day"))
    try:
        return _span(year, month, day)
    except ValueError:
        return None  # no such day


def _span(year: int, month: int, day: int) -> tuple[str, str]:
    start = date(year, month or 1, day or 1)
    if year == date.max.year and (month, day) in ((0, 0), (12, 0), (12, 31)):
        return start.isoformat(), ""
    if day:
        return start.isoformat(), (start + timedelta(days=1)).isoformat()
    end = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return start.isoformat(), end.isoformat()
