"""The words of a title or an abstract that was written as Markdown: breaks, escapes and links inside taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.lines import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

# Only what converters escape: `\%`, `\{` or `\model` are LaTeX that stands in the text itself.
_ESCAPED = re.compile(r"\\([\\`*_\[\]#+\-=~>])|(?<=\d)\\(?P<dot>\.)")
_BREAK = re.compile(r"(?<!\\)\\++(?=\s|$)")
_IMAGE = re.compile(r"!\[[^\[\]]*+\](?:\([^()\s]*+\))?")
_LINK = re.compile(r"(?<![\\!])\[([^\[\]]*+)\]\(([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+)(?:\s\"[^\"]*+\")?\)")


def words(pieces: Iterable[str], links: list[str] | None = None) -> str:
    """Return the text of lines that belong together; addresses of links inside are added to `links`."""
    text = " ".join(pieces)
    if "](" in text:
        text = _LINK.sub(lambda match: _linked(match, links), text)
    if "\\" in text:
        text = _ESCAPED.sub(_unescaped, _BREAK.sub(" ", text))
    return clean(text)


def narrow(pieces: Iterable[str]) -> str:
    """Return the text of lines whose converter escapes nothing but brackets, underscores and asterisks."""
    text = " ".join(pieces)
    if "\\" in text:
        text = re.sub(r"\\([\[\]_*])", r"\1", text)
    return clean(text)


def bare(text: str) -> str:
    """Return what a link shows besides images, breaks and bullets."""
    text = _IMAGE.sub(" ", text) if "![" in text else text
    return " ".join(text.replace("\\", " ").split()).strip("-*•· ")


def depth(text: str) -> int:
    """Return how many brackets of a text are still open."""
    if "\\" in text:
        text = text.replace("\\[", "").replace("\\]", "")
    return text.count("[") - text.count("]")


def images(text: str) -> list[str]:
    """Return the texts that stand for the images."""
    return [match.group()[2:].partition("]")[0].strip() for match in _IMAGE.finditer(text)] if "![" in text else []


def _linked(match: re.Match[str], links: list[str] | None) -> str:
    text, url = match[1], match[2]
    if links is not None and url.startswith(("http://", "https://")) and text != url:
        links.append(url)
    return text


def _unescaped(match: re.Match[str]) -> str:
    return match[1] or "."
