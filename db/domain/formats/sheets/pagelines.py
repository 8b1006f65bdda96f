"""What a single line of a paper's own page is, with or without its links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from db.domain.formats import arxiv, inline
from db.domain.formats.lines import clean
from db.domain.formats.moments import MONTH

if TYPE_CHECKING:
    from db.domain.formats.inline import Link

_MONTH_DAY = rf"{MONTH}\.? \d{{1,2}}"
_ID = re.compile(r"(?:Papers\s+)?arxiv:\s?(?P<id>\S+)", re.IGNORECASE)
_PUBLISHED = re.compile(
    rf"Published on (?P<md>{_MONTH_DAY})(?:, ?(?P<year>\d{{4}}))?(?P<more>\s*(?:[·•].*)?)", re.IGNORECASE
)
_SUBMITTED = re.compile(
    rf"(?:[·•|]\s*)?Submitted by\b\s*:?\s*(?P<name>.*?)(?:\s*\bon {_MONTH_DAY}(?:, ?\d{{4}})?)?(?P<more>\s*[·•#].*)?",
    re.IGNORECASE,
)
_ON = re.compile(rf"on {_MONTH_DAY}(?:, ?\d{{4}})?", re.IGNORECASE)
_RANK = re.compile(
    r"(?:[·•|]\s*)?#\d+ Paper of the (?:day|week|month)\b.*|#\d+|Paper of the (?:day|week|month)", re.IGNORECASE
)
_UPVOTE = re.compile(r"Upvotes?\b\s*(?P<count>-|\d[\d,.]*[kK]?)?(?P<more>\s*\+\s?\d+)?", re.IGNORECASE)
_COUNT = re.compile(r"\d[\d,.]*[kK]?|-")
_PLUS = re.compile(r"\+\s?\d[\d,]*")
_AUTHORS = re.compile(r"Authors?\s*:\s*(?P<names>.*)")
_GENERATED = re.compile(r"AI[- ]generated summary:?", re.IGNORECASE)
_BUTTONS = re.compile(
    r"(?:(?:View (?:arXiv page|PDF)|Project page|GitHub(?: [★⭐]?\s?(?P<stars>\d[\d,.]*[kKmM]?))?|Add to collection|"
    r"arXiv page|arXiv lens|PDF)\s*)+",
    re.IGNORECASE,
)
_VIEW = re.compile(r"View (?:arXiv page|PDF)", re.IGNORECASE)
_BREAK = re.compile(
    r"[\-–—_*=]{3,}|\f|[*_#\s]*(?:-+\s*)?Page \d+(?: (?:of|/) \d+)?(?:\s*-+)?[*_]*|\d+\s?/\s?\d+|\[?Page break\]?"
    r"|https?://\S*/papers/\S+(?: \d+/\d+)?|\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}:\d{2}(?: [AP]M)?(?: .*)?",
    re.IGNORECASE,
)
_BREAKING = frozenset("-–—_*=# [pPhH0123456789")
_FLOATING = re.compile(
    r"Ask HuggingChat(?: about this Paper)?|Ask (?:AI|about this paper)|Chat with this paper|Copy page|Share|Follow"
    r"|Copied|Scroll to top|See translation|Paper author|Paper submitter|avatar|.{1,40}['’]s avatar",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"Community|Models citing this paper\b.*|Datasets citing this paper\b.*|Spaces citing this paper\b.*"
    r"|Collections including this paper\b.*|System theme|Get this paper in your agent:?|Sign up or log in to comment"
    r"|This paper has been .*|Related papers:?|Recommended papers:?",
    re.IGNORECASE,
)
_CITE = re.compile(r"Cite arxiv\.org/abs/(?P<id>\S+) in an? ", re.IGNORECASE)
_FRAME = re.compile(
    r"Search models, datasets.*|Papers|Hugging Face|Log ?In|Sign ?Up|Daily Papers|Back to .*", re.IGNORECASE
)
_HEADING = re.compile(r"#{1,6}\s+")
_FIRST = re.compile(
    r"[\W\d_]|abstract|add |ai[- ]|arxiv|ask |authors?\b|avatar|back to|chat|cite |collections|community|copied|copy"
    r"|daily|datasets|follow|get this|github|hugging|log|models|on |page|paper|pdf|project|published|recommended"
    r"|related|scroll|search|see |share|sign|spaces|submitted|system|this paper|upvote|view",
    re.IGNORECASE,
)
"""How a line begins that is more than text: most lines do not, and need not be compared with each pattern."""

WIDEST = 400
"""Characters of the longest line that is more than text."""


class Part(IntEnum):
    """What a line does on the page of a paper."""

    BLANK = 0
    TEXT = 1
    ID = 2
    PUBLISHED = 3
    SUBMITTED = 4
    RANK = 5
    UPVOTE = 6
    COUNT = 7
    PLUS = 8
    AUTHORS = 9
    ABSTRACT = 10
    GENERATED = 11
    BUTTONS = 12
    BREAK = 13
    FLOATING = 14
    AFTER = 15
    DOT = 16
    IMAGE = 17
    FRAME = 18
    ON = 19


@dataclass(slots=True)
class PageLine:
    """One line of the page: its part, its text without links, and what it states."""

    number: int
    part: Part
    text: str
    gap: bool = False
    links: tuple[Link, ...] = ()
    heading: bool = False
    value: str = ""
    more: str = ""
    month_day: str = ""
    year: int | None = None


def look(number: int, raw: str, *, gap: bool = False) -> PageLine:
    """Return what a line is by itself."""
    text = clean(raw.replace("\f", " "))
    if not text:
        return PageLine(number, Part.BREAK if "\f" in raw else Part.BLANK, "")
    line = PageLine(number, Part.TEXT, text, gap)
    if text[0] in _BREAKING and len(text) < 2_000 and _BREAK.fullmatch(text):
        line.part = Part.BREAK
        return line
    heading = _HEADING.match(text)
    line.heading = heading is not None
    found = inline.parts(text[heading.end() :] if heading else text)
    line.text, line.links = found.text, found.links
    if not line.text or (found.images and line.text.strip("-*• []") == ""):
        line.part = Part.IMAGE
    elif len(line.text) <= 200:
        line.part = _part(line)
    return line


def _part(line: PageLine) -> Part:
    text = line.text
    if _FIRST.match(text) is None and not text.lower().endswith("avatar"):
        return Part.TEXT
    match = _ID.fullmatch(text)
    if match and (identifier := arxiv.plain(match["id"])):
        line.value = identifier
        return Part.ID
    if match := _PUBLISHED.fullmatch(text):
        line.month_day, line.more = match["md"].replace(".", ""), match["more"].strip(" ·•")
        line.year = int(match["year"]) if match["year"] else None
        return Part.PUBLISHED
    if match := _SUBMITTED.fullmatch(text):
        line.value = match["name"].strip(" ·•")
        return Part.SUBMITTED
    if match := _AUTHORS.fullmatch(text):
        line.value = match["names"]
        return Part.AUTHORS
    return _labelled(line, text) or _small(line, text)


def _labelled(line: PageLine, text: str) -> Part | None:
    if match := _UPVOTE.fullmatch(text):
        line.value = match["count"] or ""
        return Part.UPVOTE
    if match := _BUTTONS.fullmatch(text):
        line.value = match["stars"] or ""
        return Part.BUTTONS
    for pattern, part in _WHOLE:
        if pattern.fullmatch(text):
            return part
    if match := _CITE.match(text):
        line.value = arxiv.plain(match["id"]) or ""
        return Part.AFTER
    return None


_WHOLE = (
    (re.compile(r"Abstract:?", re.IGNORECASE), Part.ABSTRACT), (_GENERATED, Part.GENERATED), (_AFTER, Part.AFTER),
    (_FLOATING, Part.FLOATING), (_RANK, Part.RANK), (_ON, Part.ON), (_FRAME, Part.FRAME),
)  # fmt: skip


def _small(line: PageLine, text: str) -> Part:
    bare = text.lstrip("-*• ").strip("[]")
    if _PLUS.fullmatch(bare):
        return Part.PLUS
    if _COUNT.fullmatch(text):
        line.value = text
        return Part.COUNT
    return Part.DOT if text.strip("·•|-*") == "" else Part.TEXT


def view(line: PageLine) -> bool:
    """Say whether the line holds the buttons that stand right behind the abstract."""
    return line.part is Part.BUTTONS and _VIEW.search(line.text) is not None
