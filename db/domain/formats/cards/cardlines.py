"""What a single line of a card on a trending or daily page is, with or without its links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from db.domain.formats import inline
from db.domain.formats.lines import LONGEST_UNDATED, Kind, clean, kind_of
from db.domain.formats.moments import MONTH

if TYPE_CHECKING:
    from db.domain.formats.inline import Link

_MONTH_DAY = rf"(?P<md>{MONTH}\.? \d{{1,2}})(?:, ?(?P<year>\d{{4}}))?"
_DOTS = r"[·•∙⋅・●|]"
_DATE = re.compile(
    rf"(?P<before>.*?)\s*(?:(?:^|{_DOTS}|\s)\s*Published on|{_DOTS}|^)\s*{_MONTH_DAY}(?P<after>\s.*)?", re.IGNORECASE
)
_SUBMITTED = re.compile(r"Submitted by\b\s*:?\s*(?P<name>.*)", re.IGNORECASE)
_UPVOTE = re.compile(r"Upvotes?\b\s*:?\s*(?P<count>-|[\d,.]+ ?k?)?(?P<more>(?:\s\+\d+)?)", re.IGNORECASE)
_STARS = re.compile(r"GitHub\b\s*(?:[★⭐]\s*)?(?P<stars>\d[\d,.]*\s?[kKmM]?)?", re.IGNORECASE)
_STARS_BEFORE = re.compile(r"(?P<stars>\d[\d,.]*[kKmM]?) GitHub", re.IGNORECASE)
_PAGE = re.compile(r"arXiv Page\b|View arXiv page", re.IGNORECASE)
_NUMBER = re.compile(r"\[?(?P<count>-|\d[\d,.]*[kKmM]?)\]?")
_AUTHORS = re.compile(rf"(?:[·•∙⋅・●▪◦‣*|\-–] ?)*(?P<count>\d[\d,]*) authors?(?: ?{_DOTS})?", re.IGNORECASE)
_HEADING = re.compile(r"#{1,6}\s+(?P<text>.*)")
_BULLET = re.compile(r"(?:[\-*+·•▪◦‣–|] ?)+")
_LEADING = re.compile(r"^[\-*+•▪◦‣·] +")
_TABS = re.compile(r"(?:daily|weekly|monthly|yearly|all time|today|sort|filter|trending|hot|new|rising)", re.IGNORECASE)
_FOOTER = re.compile(r"(?:system theme|company|© .*|tos|privacy)", re.IGNORECASE)
_HEADER = re.compile(
    r"(?:trending papers|daily papers|get trending papers.*|subscribe|by ?.{0,40}AK and the research community|by ?ak"
    r"|log ?in|sign ?up|previous|next|load more|back to top|enterprise|hugging face"
    r"|search models, datasets.*|community)",
    re.IGNORECASE,
)
_URL = re.compile(r"<?https?://\S+>?")
_PAPER = re.compile(r"/papers/\d{4}\.\d{4,5}|/papers/[a-z\-]+/\d{7}")


class Mark(IntEnum):
    """What a line does in a card."""

    BLANK = 0
    TEXT = 1
    TITLE = 2
    THUMB = 3
    SUBMITTED = 4
    AUTHORS = 5
    DATE = 6
    UPVOTE = 7
    GITHUB = 8
    ARXIV = 9
    NUMBER = 10
    IMAGE = 11
    DOT = 12
    HEADER = 13
    FOOTER = 14
    URL = 15
    OPEN = 16


@dataclass(slots=True)
class CardLine:
    """One line of a card: its mark, its text without links, and what it states."""

    number: int
    mark: Mark
    text: str
    gap: bool = False
    links: tuple[Link, ...] = ()
    images: tuple[str, ...] = ()
    count: str = ""
    name: str = ""
    month_day: str = ""
    year: int | None = None
    stars: str = ""
    heading: bool = False
    marked: bool = False


def look(number: int, raw: str, *, gap: bool = False) -> CardLine:
    """Return what a line is by itself."""
    text = clean(raw) if raw else ""
    if not text:
        return CardLine(number, Mark.BLANK, "")
    if len(text) > 700:
        shown = inline.parts(inline.unbroken(text)).text
        return CardLine(number, Mark.TEXT if shown else Mark.IMAGE, shown, gap)
    line = CardLine(number, Mark.TEXT, text, gap)
    heading = _HEADING.match(text)
    found = inline.parts(heading["text"] if heading else text, alts=_bracketed(text))
    line.text, line.links, line.images = found.text, found.links, found.images
    line.heading = heading is not None
    line.mark = _heading(line, heading["text"]) if heading else _mark(line, text)
    if not line.text and line.mark in (Mark.TEXT, Mark.OPEN, Mark.TITLE):
        line.mark = Mark.IMAGE
    return line


def _bracketed(text: str) -> bool:
    """An image without an address is a text in brackets, alone on its line or in front of a link's name."""
    bare = _LEADING.sub("", text)
    return bare.startswith(("[", "![")) or "[[" in text


def _heading(line: CardLine, rest: str) -> Mark:
    if _HEADER.fullmatch(line.text) or not line.text:
        return Mark.HEADER
    if rest.startswith("[") and not line.links and not line.images:
        line.text = line.text.lstrip("[")
        return Mark.OPEN
    return Mark.TITLE


def _mark(line: CardLine, raw: str) -> Mark:
    text = line.text
    if not text or _BULLET.fullmatch(text):
        if any(_PAPER.search(link.url) for link in line.links):
            return Mark.THUMB
        return Mark.IMAGE if line.images or line.links or not text else Mark.DOT
    if _URL.fullmatch(text) and not line.links:
        return Mark.URL
    if len(text) <= 160 and (mark := _stated(line)) is not None:
        return mark
    if raw.startswith("[") and not line.links and "](" not in raw and raw.count("[") > raw.count("]"):
        line.text = text.lstrip("[")
        return Mark.OPEN
    if len(text) <= LONGEST_UNDATED and not line.links and kind_of(text)[0] in (Kind.STRONG, Kind.WEAK):
        return Mark.FOOTER if _FOOTER.fullmatch(text) else Mark.HEADER
    if (
        any(_PAPER.search(link.url) and link.text == text and "#" not in link.url for link in line.links)
        and len(text) < 300
    ):
        return Mark.TITLE
    return Mark.TEXT


def _stated(line: CardLine) -> Mark | None:
    text = line.text.lstrip("[")
    if match := _SUBMITTED.fullmatch(text):
        line.name = match["name"].strip(" []")
        return Mark.SUBMITTED
    if match := _UPVOTE.fullmatch(text):
        line.count = match["count"] or ""
        return Mark.UPVOTE
    if _NUMBER.fullmatch(text):
        line.count = text.strip("[]")
        return Mark.NUMBER
    if match := _AUTHORS.fullmatch(text):
        line.count = match["count"]
        return Mark.AUTHORS
    if mark := _repository(line, text):
        return mark
    bare = _LEADING.sub("", text)
    if _FOOTER.fullmatch(bare):
        return Mark.FOOTER
    if _HEADER.fullmatch(bare) or _TABS.fullmatch(bare):
        return Mark.HEADER
    return _dated(line, text)


def _repository(line: CardLine, text: str) -> Mark | None:
    rest = text
    match = _STARS.match(rest) or _STARS_BEFORE.match(rest)
    if match:
        line.stars = (match["stars"] or "").replace(" ", "")
        rest = rest[match.end() :].strip(" ·")
        if not rest or _PAGE.match(rest):
            return Mark.GITHUB
        return None
    return Mark.ARXIV if _PAGE.fullmatch(rest) else None


def _dated(line: CardLine, text: str) -> Mark | None:
    if not any(c.isdigit() for c in text):
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    after = (match["after"] or "").strip(" ·[]")
    if after and not after.isdecimal():
        return None
    line.name, line.count = match["before"].strip(" ·•|-"), after
    authors = _AUTHORS.fullmatch(line.name)
    if len(line.name) > 90 or (line.name.endswith((".", ",", ";", ":")) and not authors):
        return None
    line.marked = "published" in text.lower() or text[0] in "·•∙⋅・●|" or bool(line.name)
    line.month_day = match["md"].replace(".", "")
    line.year = int(match["year"]) if match["year"] else None
    return Mark.DATE
