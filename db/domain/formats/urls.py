"""Links in an abstract: as written, in canonical form, and those without a scheme."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable

MIRRORS = re.compile(
    r"^https?://(?:www\.)?(?:hf\.barry1\.top|hf-mirror\.com|hf\.co|huggingface\.cn|hf-cdn\.sufy\.com"
    r"|huggingface\.proxy\.nlp\.skieer\.com|aifasthub\.com)(?=[/:?#]|$)(?::\d+)?",
    re.IGNORECASE,
)
"""Hosts that show the pages of huggingface.co under another name."""

# `A{A}` is a flattened \href and `\url{A}` an unflattened one: braces never belong to a link.
_FULL = re.compile(r"https?://[^\s<>\"{}\\^`|\u200b\u2060]+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@/.\-:])(?:www\.[\w\-]+(?:\.[\w\-]+)+|(?:[a-z0-9][a-z0-9\-]*\.)+(?:com|org|net|io|one|ai|co|dev|edu|gov|app"
    r"|ly|me|us|uk|de|fr|cn|jp|kr|ch|eu|ca|in|it|nl|sg|hk|tw|tech|site|page|top|cc|gl|gg|be|science|xyz|info)"
    r"(?=/[\w~]))(?:/[^\s<>\"{}\\^`|,;]*)?",
    re.IGNORECASE,
)
_CLOSERS = {")": "(", "]": "["}
_LAST = frozenset(".,;:!?'\"*’”“‘»…。，、）()[]")
"""What a link does not end with, but for brackets that it opened itself."""


class Links(TypedDict):
    """The links of a record, under the names of its fields."""

    urls: tuple[str, ...]
    urls_canonical: tuple[str, ...]
    urls_schemeless: tuple[str, ...]


def of(text: str, *, first: Iterable[str] = (), more: Iterable[str] = ()) -> Links:
    """Return the links of a text with those that stand elsewhere before and behind them, each once; empty ones fall."""
    full, bare = find(text)
    full = tuple(dict.fromkeys(link for link in (*first, *full, *more) if link))
    return Links(
        urls=full, urls_canonical=tuple(dict.fromkeys(map(canonical, full))) if full else (), urls_schemeless=bare
    )


def find(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the links with a scheme and those without one, in order of appearance, each once."""
    full = _each(_FULL, text) if "://" in text else ()
    if "/" not in text and "www." not in text.lower():
        return full, ()
    rest = _FULL.sub(" ", text) if full else text
    return full, (_each(_BARE, rest) if "www." in rest.lower() or "/" in rest else ())


def canonical(url: str) -> str:
    """Return the link with a mirror's host replaced by the host that it mirrors."""
    return MIRRORS.sub("https://huggingface.co", url, count=1)


def _each(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    found = (_trim(match.group()) for match in pattern.finditer(text))
    return tuple(dict.fromkeys(url for url in found if url and not url.endswith("://")))


def _trim(url: str) -> str:
    """Drop what belongs to the sentence: full stops, commas, and brackets that the link did not open."""
    end = len(url)
    left = {mark: url.count(mark) for mark in "()[]"} if url[-1:] in _LAST else {}
    while end:
        last = url[end - 1]
        if last not in _LAST or (last in _CLOSERS and left[last] <= left[_CLOSERS[last]]):
            break
        left[last] = left.get(last, 0) - 1
        end -= 1
    return url[:end]
