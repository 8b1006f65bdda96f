"""What the lines of a digest look like, and which of them lead to a paper."""

from __future__ import annotations

import re

from db.domain.formats import arxiv, inline
from db.domain.formats.digests.entry import LABEL
from db.domain.formats.digests.item import is_paper
from db.domain.formats.digests.tablerows import is_row

BULLET = re.compile(r"^(?P<indent>\s*)(?:[-*+•▪◦‣]|\(?\d{1,3}[.)]|\[\d{1,3}\](?!\())\s+(?P<text>.*)$")
NUMBER = re.compile(
    r"^[\W_]*(?:\(?\d{1,3}[.):]|\[\d{1,3}\](?!\()|#\d{1,3}[.:)]?|No\. ?\d+[.:]?|Paper \d{1,3}[.:]|[①-⑳])\s*"
)
URL = re.compile(
    r"^[\W_]*(?:(?:link|url|pdf|paper|read(?: more)?|arxiv)\s*[:：]?\s*)?<?(?P<url>https?://[^\s<>)\]]++)>?[\s.)\]*_]*$",
    re.I,
)
ARXIV_LINE = re.compile(r"^\W*arXiv:\s?\S+(?:\s*\[[\w.\-]+\])?(?:\s*\(.*\))?\W*$", re.IGNORECASE)
HEADING = re.compile(r"^(?P<level>#{1,6})\s+(?P<text>.*?)\s*#*$")
RULE = re.compile(
    r"^\s*(?:[-*_=~·]\s?){3,}$|^\s*\\\\\s*$"
    r"|^\s*</?(?:details|summary|p|div|br ?/?|center|ul|ol|table|hr ?/?)[^<>]*>\s*$",
    re.I,
)
TAGS = re.compile(r"</?(?:details|summary|p|div|br|center|li|span|font|small|sub|sup|h\d)\b[^<>]*>", re.IGNORECASE)
MAIL_RULE = "\\\\"


def lists(line: str) -> bool:
    """Say whether a line leads to a paper the way lists do: an item, a row, a heading, or a link alone."""
    if ("http" not in line and "arXiv:" not in line and "arxiv:" not in line) or len(line) > inline.LONGEST:
        return False
    text = line.strip()
    if ARXIV_LINE.match(text):
        return arxiv.find(text) is not None
    if bare := URL.match(text):
        return is_paper(bare["url"])
    if not (BULLET.match(line) or is_row(text) or text.startswith("#") or LABEL.match(text) or NUMBER.match(text)):
        return text.startswith("[") and _any_paper(text)
    return _any_paper(text)


def _any_paper(text: str) -> bool:
    return any(is_paper(link.url) for link in inline.parts(text).links) or (
        arxiv.find(text) is not None and "http" in text
    )
