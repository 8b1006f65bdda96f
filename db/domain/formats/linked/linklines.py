"""What the lines of a page with links state, whatever the links are written like: dates, counts, addresses, frame."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from db.domain.formats import arxiv, urls
from db.domain.formats.lines import LONGEST_UNDATED, Kind, clean, kind_of
from db.domain.formats.moments import MONTH

if TYPE_CHECKING:
    from collections.abc import Iterable

WIDEST = 400
"""Characters of the longest line that states anything but a title or an abstract."""
_DATE = re.compile(
    rf"(?P<sep>[·•∙⋅・|*\-] ?)?(?:Published on )?(?P<md>{MONTH}\.? \d{{1,2}})(?:, ?(?P<year>\d{{4}}))?"
    r"(?:\s*(?:[·•|]\s*)?\[?\s*(?P<count>\d[\d,]*)\s*\]?(?: comments?)?(?:\(\S*\)|\[\d+\])?)?",
    re.IGNORECASE,
)
_INITIALS = frozenset("JFMASONDPjfmasondp·•∙⋅・|*-")
_AUTHORS = re.compile(r"[\s\-*•·]*(?P<count>\d[\d,]{0,6})\s+authors?", re.IGNORECASE)
_SUBMITTED = re.compile(r"Submitted by\b\s*:?\s*(?P<name>.{0,80})", re.IGNORECASE)
_OWNER = re.compile(r"(?:https?://[^/\s]+)?/(?P<slug>[A-Za-z0-9][\w.\-]*)/?(?:[?#]\S*)?")
_HOST = re.compile(r"https?://(?:www\.)?huggingface\.co(?::\d+)?(?=[/?#]|$)", re.IGNORECASE)
_RESERVED = frozenset(
    "papers login join models datasets spaces storage docs enterprise pricing blog posts learn tasks languages chat"
    " collections organizations terms-of-service privacy huggingface front settings notifications new search support"
    " brand inference-api inference-endpoints".split()
)
_FRAME = re.compile(
    r"(?:daily|weekly|monthly|yearly|trending papers.*|daily papers.*|hugging face.*|log in|sign up|previous|next"
    r"|by ?(?:ak)?|ak|.{0,60}and the research community|system theme|company|tos|privacy|about|careers|website"
    r"|community|solutions|tasks|huggingchat|collections|languages|organizations|blog|posts|learn|discord|forum"
    r"|github|team & enterprise|enterprise.*|inference .{3,12}|storage buckets|buckets(?: new)?|hugging face pro"
    r"|search models, datasets.*|load more|back to top|\[content truncated\]|`{3,}\w*|© .*|\.{3}|…)",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(?:previous|next|system theme|company|tos|privacy|about|careers|website|trending papers ranked.*"
    r"|\[content truncated\]|load more|back to top|`{3,})",
    re.IGNORECASE,
)
_URL = re.compile(r"<?(?P<url>(?:https?://|/(?:papers|login|[A-Za-z0-9][\w.\-]*)(?=[/?#]|$))\S*?)>?")


class Day(NamedTuple):
    """A date as printed, and the number of comments that stands behind it."""

    month_day: str
    year: int | None = None
    comments: int | None = None
    separated: bool = False


def day_of(text: str) -> Day | None:
    """Return the date that the whole line is, with the comments behind it; None when it is something else."""
    if not text or text[0] not in _INITIALS or len(text) > WIDEST:
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, count = match["year"], match["count"]
    comments = int(count.replace(",", "")) if count else None
    if year is None and count and len(count) == 4 and 1991 <= int(count.replace(",", "")) <= 2100:
        # The comma got lost: no paper has two thousand comments.
        year, comments = count, None
    return Day(match["md"], int(year) if year else None, comments, match["sep"] is not None)


def authors_of(text: str) -> int | None:
    """Return the number of authors that the whole text states."""
    match = _AUTHORS.fullmatch(text) if len(text) < 60 and "author" in text.lower() else None
    return int(match["count"].replace(",", "")) if match else None


def submitter(text: str) -> str | None:
    """Return who handed the paper in: empty when the name stands on the next line, None without such words."""
    match = _SUBMITTED.fullmatch(text) if text[:9].lower() == "submitted" else None
    return match["name"].strip() if match else None


def owner(url: str) -> str | None:
    """Return the account that an address of the site leads to, None for any other address."""
    return _owner(url) if 1 < len(url) < 200 else None


@lru_cache(maxsize=4_096)
def _owner(url: str) -> str | None:
    match = _OWNER.fullmatch(url)
    if match is None or match["slug"].lower() in _RESERVED:
        return None
    return match["slug"] if url[0] == "/" or _HOST.match(urls.canonical(url)) else None


def paper_of(url: str) -> str | None:
    """Return the arXiv identifier of an address of a paper's page, also of one that asks to log in first."""
    return _paper(url) if len(url) <= WIDEST and "papers" in url else None


@lru_cache(maxsize=256)
def _paper(url: str) -> str | None:
    return arxiv.find(unquote(url) if "%" in url else url)


def target(text: str) -> str:
    """Return the address of the link that a line ends in, empty when it ends in none."""
    if text[-1:] != ")":
        return ""
    at = text.rfind("](")
    return text[at + 2 : -1].partition(' "')[0].strip(" <>") if at >= 0 else ""


def is_title(text: str) -> bool:
    """Say whether a line is a heading that leads to the page of a paper."""
    text = text.strip()
    return text[:1] == "#" and "[" in text[:9] and paper_of(target(text)) is not None


def address(text: str) -> str:
    """Return the address that the whole line is, empty when it is something else."""
    if text[0] not in "h/H<" or len(text) > 2_000:
        return ""
    match = _URL.fullmatch(text)
    return match["url"] if match else ""


def is_login(url: str) -> bool:
    """Say whether an address asks to log in first, as the buttons for votes do."""
    return "/login?" in url


def query_of(line: str) -> str:
    """Return what was searched for by the address of a page in the line, empty when there is none."""
    at = line.find("/papers?")
    if at < 0 or len(line) > 2_000:
        return ""
    address = line[at:].split()[0].rstrip(">)\"'")
    try:
        found = parse_qs(urlsplit(address).query).get("q", [""])
    except ValueError:
        return ""
    return clean(found[0])[:200]


def is_frame(text: str) -> bool:
    """Say whether a short line is one of the words of the page's frame."""
    return len(text) <= LONGEST_UNDATED + 40 and _frame(text)


@lru_cache(maxsize=4_096)
def _frame(text: str) -> bool:
    bare = text.strip("#*- •[]")
    return kind_of(bare)[0] in (Kind.STRONG, Kind.WEAK) or _FRAME.fullmatch(bare) is not None or not bare


def is_footer(text: str) -> bool:
    """Say whether a short line ends the list of papers."""
    return len(text) < 80 and _footer(text)


@lru_cache(maxsize=4_096)
def _footer(text: str) -> bool:
    return _FOOTER.fullmatch(text.strip("#*- •")) is not None


def joined(pieces: Iterable[str]) -> str:
    """Return the pieces as one text with single spaces."""
    return " ".join(" ".join(pieces).split())
