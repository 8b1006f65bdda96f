"""Markdown inside a line: links and images taken apart, emphasis dropped, what people read left over."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from db.domain.formats import arxiv, urls

if TYPE_CHECKING:
    from collections.abc import Iterable

SITE = "https://huggingface.co"
LONGEST = 20_000
"""Characters of the longest line that is taken apart; a longer one is text and nothing else."""

# Possessive quantifiers: a line of a million brackets must not take more than one look at each.
_IMAGE = r"!\[[^\[\]]*+\](?:\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+\))?"
_TARGET = r"\(\s?<?(?P<url>[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+)>?(?:\s+\"[^\"]*+\")?\s?\)"
_IMAGES = re.compile(_IMAGE)
_LINK = re.compile(rf"\[(?P<text>(?:[^\[\]]++|\[[^\[\]]*+\])*+)\](?:{_TARGET}|\[(?P<ref>\d{{1,4}})\])")
_OPEN = re.compile(rf"^(?P<text>[^\[\]]*+)\]{_TARGET}")
_ALT = re.compile(r"\[(?P<alt>[^\[\]]*+)\](?![(\[])")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*\*\*|\*\*|__)(?=\S)(?P<text>[^*\n]{1,600}?)(?<=\S)\1(?![\w*])|</?(?:b|i|em|strong|sup|sub|u|kbd)>"
)
_CODE = re.compile(r"`([^`\n]+)`")
_ANCHOR = re.compile(r"<a (?:id|name)=\"[^\"<>]*\">\s*(?:</a>)?|</a>", re.IGNORECASE)
_BREAK = re.compile(r"(?:<br ?/?>|\\{1,2})\s*$", re.IGNORECASE)
_HTML_LINK = re.compile(r"<a\s[^<>]*?href=[\"'](?P<url>[^\"'<>]*)[\"'][^<>]*>(?P<text>[^<>]*)</a>", re.IGNORECASE)
_REPOSITORY = re.compile(
    r"^https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)/[^/\s]+/[^/\s]+", re.IGNORECASE
)


class Link(NamedTuple):
    """A link as it stands in a line; `url` is empty for one that only has a number."""

    text: str
    url: str


class Parts(NamedTuple):
    """A line as people read it, its links, and the alternative texts of its images."""

    text: str
    links: tuple[Link, ...]
    images: tuple[str, ...]


@lru_cache(maxsize=64)
def parts(line: str, *, alts: bool = False) -> Parts:
    """Take a line apart, which readers ask for several times.

    `alts`: brackets that are no link are the text that stands for an image.
    """
    if len(line) > LONGEST or not (
        "[" in line or "]" in line or "<" in line or "*" in line or "`" in line or "__" in line
    ):
        return Parts(line, (), ())
    links: list[Link] = []
    images: list[str] = []

    def image(match: re.Match[str]) -> str:
        images.append(match.group()[2:].partition("]")[0].strip())
        return ""

    def alt(match: re.Match[str]) -> str:
        images.append(match["alt"].strip())
        return ""

    def link(match: re.Match[str]) -> str:
        text = " ".join((_ALT.sub(alt, match["text"]) if alts else match["text"]).split())
        links.append(Link(text, match.groupdict().get("url") or ""))
        return text

    text = _ANCHOR.sub("", _HTML_LINK.sub(r"[\g<text>](\g<url>)", line)) if "<" in line else line
    text = _IMAGES.sub(image, text) if "![" in text else text
    text = _LINK.sub(link, text) if "](" in text or "][" in text else text
    text = _OPEN.sub(link, text) if "](" in text else text
    if alts:
        text = _ALT.sub(alt, text)
    return Parts(plain(text), tuple(links), tuple(images))


def plain(text: str) -> str:
    """Return the text without emphasis and code marks, with single spaces."""
    if "*" in text or "__" in text or "<" in text:
        text, found = _EMPHASIS.subn(_bare, text)
        text = _EMPHASIS.sub(_bare, text) if found else text
    return " ".join((_CODE.sub(r"\1", text) if "`" in text else text).split())


def _bare(match: re.Match[str]) -> str:
    return match["text"] or ""


def unbroken(line: str) -> str:
    """Return the line without the mark of a forced line break at its end."""
    return _BREAK.sub("", line)


def target(url: str) -> str:
    """Return the canonical address of a link, also of one that only has a path."""
    if url.startswith("/") and not url.startswith("//"):
        return SITE + url
    return urls.canonical(url)


def identifier(links: Iterable[Link]) -> str | None:
    """Return the first arXiv identifier that the links lead to."""
    return next((found for link in links if link.url and (found := arxiv.find(unquote(link.url)))), None)


def page(identifier: str | None) -> str:
    """Return the address of a paper's page, empty without an arXiv identifier."""
    return f"{SITE}/papers/{identifier}" if identifier else ""


def repository(url: str) -> bool:
    """Say whether an address is that of a source repository."""
    return _REPOSITORY.match(url) is not None
