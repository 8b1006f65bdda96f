"""What a single line of a search page is: blank, page furniture, authors, separator, date or text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from db.domain.formats.moments import MONTH, MONTH_NAMES

SHORT_LINE = 40
"""Longer lines hardly ever come again, so it does not pay to remember what they were."""
LONGEST_UNDATED = 60
"""Characters of the longest furniture or author line that does not end in a number."""
META_LENGTH = 130
"""No author line, date or furniture is longer (in characters), so longer lines are text unseen."""

_DOTS = r"·•∙⋅・●▪◦‣*|–—\-"
_COMMENTS = r"(?: (?:[·•|] )?\[?(?P<comments>\d[\d,]*)\]?(?: comments?)?)?"
_DATE = rf"(?P<md>{MONTH}\.? \d{{1,2}})(?:, ?(?P<year>\d{{4}}))?{_COMMENTS}"
_META = re.compile(
    rf"(?:[{_DOTS}] ?)?(?P<count>\d{{1,4}}|\d,\d{{3}}) authors?(?: ?[{_DOTS}])?(?: ?{_DATE})?", re.IGNORECASE
)
_DATED = re.compile(rf"(?P<sep>[{_DOTS}] ?)?{_DATE}", re.IGNORECASE)
_ORGANISED = re.compile(rf"(?P<org>\S+ .+?)(?: ?[·•∙⋅|] ?| [-–—] ){_DATE}", re.IGNORECASE)
_ORGANISATION = re.compile(rf"(?P<bullet>[{_DOTS}] )?(?P<slug>[A-Za-z0-9][\w.\-]*)(?: (?P<name>\S.*))?")
_SEPARATOR = re.compile(rf"[{_DOTS}]{{1,3}}")
_STRONG = re.compile(
    r"get trending papers in your email inbox(?: once a day)?[!.]?|by ?ak and the research community"
    r"|previous|system theme",
    re.I,
)
_WEAK = frozenset({
    "new", "subscribe", "daily papers", "trending papers", "papers", "next", "load more", "company", "tos", "privacy",
    "about", "careers", "jobs", "website", "models", "datasets", "spaces", "pricing", "docs",
})  # fmt: skip
_CUT_AUTHORS = re.compile(
    rf"[{_DOTS}] ?(?:(?P<count>\d{{1,4}})(?P<whole> a?u?t?h?o?)?)?|(?P<bare>\d{{1,4}}) au?t?h?o?r?"
)
_CUT_DATE = re.compile(rf"{MONTH}\.?(?: \d{{1,2}}(?:, ?\d{{0,3}})?)?")
_GLUED = re.compile(r"Subscribe(?=[^\s\-:,.!?'’]|['’]\w\w)(?!rs?\b|d\b|ability)")
_SPACES = re.compile(r"[\s\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_UNSEEN = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u00ad]+")
_DATE_ENDS = frozenset("0123456789]")
_INITIALS = frozenset("0123456789jfmasondJFMASOND·•∙⋅・●▪◦‣*|–—-")


class Kind(IntEnum):
    """What a line can be by itself; `DATE` and `WEAK` still need their neighbours to tell."""

    BLANK = 0
    TEXT = 1
    STRONG = 2
    WEAK = 3
    META = 4
    SEPARATOR = 5
    DATE = 6


@dataclass(frozen=True, slots=True)
class Meta:
    """What an author, organisation or date line states."""

    count: int | None = None
    month_day: str | None = None
    year: int | None = None
    comments: int | None = None
    separated: bool = False
    organization: str | None = None


def clean(line: str) -> str:
    """Return the line without unseen characters and with single plain spaces."""
    text = line.strip()
    if text.isascii():
        return " ".join(text.split()) if "  " in text or "\t" in text else text
    if text.isprintable() and "  " not in text:
        return text
    return _SPACES.sub(" ", _UNSEEN.sub("", line)).strip()


@lru_cache(maxsize=16_384)
def known(line: str) -> tuple[str, Kind, Meta | None]:
    """Return the cleaned text of a short line and what `kind_of` says of it; author lines and dates come again."""
    return read_line(line)


def read_line(line: str) -> tuple[str, Kind, Meta | None]:
    """Return the cleaned text of a line and what `kind_of` says of it."""
    text = clean(line)
    if len(text) > LONGEST_UNDATED and text[-1] not in _DATE_ENDS:
        return text, Kind.TEXT, None
    return text, *kind_of(text)


def kind_of(text: str) -> tuple[Kind, Meta | None]:
    """Return what a cleaned line is, and what it states when it is an author line or date."""
    if not text:
        return Kind.BLANK, None
    if len(text) > LONGEST_UNDATED and (len(text) > META_LENGTH or text[-1] not in _DATE_ENDS):
        return Kind.TEXT, None
    if len(text) <= 15 and text.lower() in _WEAK:
        return Kind.WEAK, None
    if text[0] in "gbpsGBPS" and len(text) < 60 and _STRONG.fullmatch(text):
        return Kind.STRONG, None
    if text[0] in _INITIALS:
        return _short(text)
    return _organised(text) if text[-1].isdigit() or text[-1] == "]" else (Kind.TEXT, None)


def _short(text: str) -> tuple[Kind, Meta | None]:
    if len(text) < 4 and _SEPARATOR.fullmatch(text):
        return Kind.SEPARATOR, None
    if "author" in text.lower() and (match := _META.fullmatch(text)):
        return Kind.META, _stated(match, int(match["count"].replace(",", "")))
    if match := _DATED.fullmatch(text) if len(text) < 50 else None:
        return Kind.DATE, _stated(match, None, separated=match["sep"] is not None)
    return _organised(text)


def _organised(text: str) -> tuple[Kind, Meta | None]:
    """An organisation and a date on one line need a separator between them."""
    match = _ORGANISED.fullmatch(text) if text[-1].isdigit() or text[-1] == "]" else None
    if match and len(text) < 100 and (organization := organisation(match["org"])):
        found = _stated(match, None)
        return Kind.META, Meta(None, found.month_day, found.year, found.comments, organization=" ".join(organization))
    return Kind.TEXT, None


def organisation(text: str, *, alone: bool = False) -> tuple[str, str] | None:
    """Return (slug, display name) when the line can be an organisation, bullet dropped; `alone`: also a mere slug."""
    match = _ORGANISATION.fullmatch(text) if len(text) <= 90 else None
    if match is None or text[-1] in ".?!:;," or not (match["name"] or alone):
        return None
    return match["slug"], match["name"] or ""


def cut_authors(text: str) -> tuple[bool, int | None]:
    """Say whether a page can have been cut inside this author line, and return the count when it is whole."""
    match = _CUT_AUTHORS.fullmatch(text) if len(text) < 16 else None
    if match is None:
        return False, None
    number = match["bare"] or (match["count"] if match["whole"] else None)
    return True, int(number) if number else None


def cut_date(text: str) -> bool:
    """Say whether a page can have been cut inside this date."""
    return len(text) < 19 and (
        any(month.startswith(text) for month in MONTH_NAMES) or _CUT_DATE.fullmatch(text) is not None
    )


def is_page_number(text: str) -> bool:
    """Say whether a line is a number or dots, as between the buttons that turn pages."""
    return text.isdecimal() or text in ("...", "…")


def has_bullet(text: str) -> bool:
    """Say whether a line begins with a list bullet."""
    return len(text) > 2 and text[1] == " " and _SEPARATOR.fullmatch(text[0]) is not None


def unglued(text: str) -> str:
    """Return a title without the `Subscribe` button that is stuck to it."""
    match = _GLUED.match(text) if text.startswith("Subscribe") else None
    return text[match.end() :] if match else text


def _stated(match: re.Match[str], count: int | None, *, separated: bool = False) -> Meta:
    month_day, year, comments = match["md"], match["year"], match["comments"]
    number = int(comments.replace(",", "")) if comments else None
    if year is None and comments and len(comments) == 4 and number and 1991 <= number <= 2100:
        # The comma got lost: no paper has two thousand comments.
        year, number = comments, None
    return Meta(count, month_day, int(year) if year else None, number, separated)
