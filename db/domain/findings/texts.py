"""The texts of a paper, and the paper with one of them replaced."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.records import Paper

PREFIX = "fields."
NAMES = {"title": "title", "abstract": "abstract", "venue": "venue"}
VERBATIM = frozenset("url doi eprint file pdf urls bibsource biburl".split())
"""Fields whose marks are part of an address or a path."""


def texts(paper: Paper) -> Iterator[tuple[str, str]]:
    """Yield the paper's texts by field, those of a bibliography behind `fields.`."""
    for name in NAMES:
        if text := getattr(paper, name):
            yield name, text
    for name, text in paper.fields.items():
        if text and name.lower() not in VERBATIM:
            yield PREFIX + name, text


def with_text(paper: Paper, name: str, text: str) -> Paper:
    """Return the paper with another text in a field."""
    if name.startswith(PREFIX):
        return with_field(paper, name.removeprefix(PREFIX), text)
    if name == "title":
        return replace(paper, title=text)
    return replace(paper, venue=text or None) if name == "venue" else replace(paper, abstract=text)


def with_field(paper: Paper, name: str, text: str | None) -> Paper:
    """Return the paper with another value of a field that it came with, None for without it."""
    fields = {one: value for one, value in paper.fields.items() if one != name}
    return replace(paper, fields=fields | ({name: text} if text else {}))


def said(name: str) -> str:
    """Return a field as people call it."""
    return name.removeprefix(PREFIX)


def short(text: str, most: int = 60) -> str:
    """Return a text in quotation marks, cut where it is long."""
    return f"“{text if len(text) <= most else text[: most - 1].rstrip() + '…'}”"


def changed(before: str, after: str, most: int = 60) -> str:
    """Return a text in quotation marks; of a long one, what stands around the first place that changed."""
    if len(after) <= most:
        return short(after)
    pairs = enumerate(zip(before, after, strict=False))
    first = next((at for at, (one, other) in pairs if one != other), len(after))
    begin = max(0, first - most // 2)
    begin = after.find(" ", begin) + 1 if begin else 0
    end = begin + most
    return f"“{'…' * bool(begin)}{after[begin:end].strip()}{'…' * (end < len(after))}”"
