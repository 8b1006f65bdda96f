"""arXiv identifiers: where they stand in links, and which year they prove."""

from __future__ import annotations

import re

from db.domain.formats.moments import MONTH_NAMES

LAG = 2
"""Months that an identifier may be younger than the paper's first version."""
_NEW = r"(?P<yy>\d{2})(?P<mm>0[1-9]|1[0-2])\.\d{4,5}"
_OLD = r"[a-z][a-z\-]+(?:\.[A-Z]{2})?/(?P<oyy>\d{2})(?P<omm>0[1-9]|1[0-2])\d{3}"
_ID = re.compile(rf"(?:{_NEW}|{_OLD})(?:v\d+)?")
_LINK = re.compile(
    rf"(?:/papers/|arxiv\.org/(?:abs|pdf|html|ps|format)/|(?<![a-z])arxiv[:.])\s?(?P<id>{_ID.pattern})(?![\d.]*\d)",
    re.IGNORECASE,
)
_VERSION = re.compile(r"v\d+$")
_REVISION = re.compile(
    r"(?:\d{4}\.\d{4,5}|[a-z\-]{2,20}(?:\.[a-z]{2})?/\d{7})v(?P<revision>[1-9]\d{0,2})(?!\d)", re.IGNORECASE
)


def find(text: str) -> str | None:
    """Return the first identifier in a text that a link or `arxiv:` marks as one, without its version."""
    match = _LINK.search(text)
    return _VERSION.sub("", match["id"]) if match else None


def plain(text: str) -> str | None:
    """Return the identifier that the whole text is, without its version, None when it is none."""
    bare = re.sub(r"^arxiv[:.]\s*|^https?://(?:\w+\.)?arxiv\.org/\w+/", "", text.strip(), flags=re.IGNORECASE)
    return _VERSION.sub("", bare) if _ID.fullmatch(bare) else None


def revision(text: str) -> int | None:
    """Return the number of the version that a text says behind an identifier, None when it says none."""
    match = _REVISION.search(text)
    return int(match["revision"]) if match else None


def year_for(identifier: str, month: int) -> tuple[int, str] | None:
    """Return the year of a first version of that month, with the evidence; None when the two do not fit."""
    match = _ID.match(identifier)
    if match is None:
        return None
    short, of_id = int(match["yy"] or match["oyy"]), int(match["mm"] or match["omm"])
    year = 1900 + short if short > 90 else 2000 + short
    if (of_id - month) % 12 > LAG:
        return None
    evidence = f"arXiv id {identifier} is of {MONTH_NAMES[of_id - 1]} {year}"
    return (year if month <= of_id else year - 1), evidence
