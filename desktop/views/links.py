"""Finds the links in plain text, with and without a scheme, and opens them safely."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

_HOSTS = (
    r"(?:github|gitlab|tinyurl)\.com|huggingface\.co|arxiv\.org|doi\.org"
    r"|tiny\.one|bit\.ly|youtu\.be|goo\.gl|aka\.ms"
)
_LINK = re.compile(
    rf"https?://[^\s<>\"'`{{}}|\\^]+"
    rf"|\b(?:www\.[\w-]+\.[a-z]{{2,}}|(?:{_HOSTS})(?=/)|[\w-]+\.(?:github|readthedocs)\.io)"
    r"(?:/[^\s<>\"'`{}|\\^]*)?",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?'\"”’"
_PAIRS = {")": "(", "]": "["}
SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a text: from `start` up to `end`, leading to `url`."""

    start: int
    end: int
    url: str


def find_links(text: str) -> list[Link]:
    """Return the links of a text in order; marks that end a sentence are not part of one."""
    found = []
    for match in _LINK.finditer(text):
        shown = _trimmed(match.group())
        url = shown if "://" in shown else f"https://{shown}"
        if safe_url(url) is not None:
            found.append(Link(match.start(), match.start() + len(shown), url))
    return found


def _trimmed(shown: str) -> str:
    while shown and (shown[-1] in _TRAILING or _unpaired(shown)):
        shown = shown[:-1]
    return shown


def _unpaired(shown: str) -> bool:
    opening = _PAIRS.get(shown[-1])
    return opening is not None and shown.count(opening) < shown.count(shown[-1])


def safe_url(url: str) -> QUrl | None:
    """Return the address when it is a web address with a host, else None."""
    made = QUrl(url, QUrl.ParsingMode.TolerantMode)
    return made if made.isValid() and made.scheme() in SCHEMES and made.host() else None


def open_link(url: str) -> bool:
    """Open a web address in the person's browser; anything else is left alone."""
    made = safe_url(url)
    return made is not None and QDesktopServices.openUrl(made)
