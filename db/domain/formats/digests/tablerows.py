"""Rows of Markdown tables that list papers: which column is what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats import inline
from db.domain.formats.digests.entry import Entry
from db.domain.formats.digests.item import generic, item, names, without

if TYPE_CHECKING:
    from collections.abc import Mapping

_COLUMNS = {
    "title": ("title", "paper title", "name of paper", "paper name"),
    "paper": ("paper", "papers", "name", "work", "method", "model", "article", "title & authors", "title and authors"),
    "authors": ("author", "authors", "author(s)", "first author"),
    "date": (
        "date", "publish date", "published", "time", "year", "publication date", "release date", "submitted",
        "published on",
    ),
    "abstract": ("abstract", "abstracts"),
    "summary": (
        "summary", "tl;dr", "tldr", "description", "comment", "comments", "notes", "key idea", "highlights", "intro",
    ),
    "code": ("code", "github", "repo", "repository", "codes", "source code"),
    "link": ("link", "links", "pdf", "url", "arxiv", "paper link", "download", "read"),
    "venue": ("venue", "conference", "journal", "publication", "pub", "published in", "where"),
    "upvotes": ("upvotes", "votes", "likes", "stars on hf"),
}  # fmt: skip
_BY_NAME = {name: kind for kind, names_ in _COLUMNS.items() for name in names_}
_DELIMITER = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")
_CUT = re.compile(r"(?<!\\)\|")


def is_row(text: str) -> bool:
    """Say whether a line is a row of a table."""
    return text.startswith("|") and text.count("|") >= 2


def is_delimiter(text: str) -> bool:
    """Say whether a line is the rule between the heading and the rows of a table."""
    return "|" in text and "-" in text and _DELIMITER.fullmatch(text) is not None


def cells(text: str) -> list[str]:
    """Return the cells of a row."""
    inner = text[1:] if text.startswith("|") else text
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip().replace("\\|", "|") for cell in _CUT.split(inner)]


def columns(header: str) -> dict[int, str]:
    """Return what each column holds by the names in the heading; `paper` is the title when no other column is."""
    found: dict[int, str] = {}
    for at, cell in enumerate(cells(header)):
        kind = _BY_NAME.get(inline.parts(cell).text.strip(" :*_").lower())
        if kind and kind not in found.values():
            found[at] = kind
    if "title" not in found.values():
        found = {at: "title" if kind == "paper" else kind for at, kind in found.items()}
    return {at: "link" if kind == "paper" else kind for at, kind in found.items()}


def row(text: str, known: Mapping[int, str], number: int) -> Entry | None:
    """Return the paper of a row, None when the row shows none."""
    parts = cells(text)
    kinds = dict(known)
    if "title" not in kinds.values():
        at = next((at for at, cell in enumerate(parts) if item(cell).linked), -1)
        if at < 0:
            return None
        kinds[at] = "title"
    entry = Entry("row", sure="authors" in kinds.values() and "title" in kinds.values())
    entry.take(number)
    for at, cell in enumerate(parts):
        _cell(entry, kinds.get(at, ""), cell, number)
    return entry if entry.title and entry.sure else None


def _cell(entry: Entry, kind: str, cell: str, number: int) -> None:
    found = inline.parts(cell)
    entry.linked(found.links)
    if kind == "title":
        _title(entry, cell)
    elif kind == "authors" and found.text:
        entry.authors.append(found.text)
    elif kind == "date":
        entry.dated(found.text)
    elif kind in ("abstract", "summary", "venue", "upvotes") and found.text:
        entry.labelled(kind, found.text, number)
    elif kind in ("link", "code"):
        entry.address(kind, found.text)


def _title(entry: Entry, cell: str) -> None:
    found = item(cell)
    title = found.title if found.linked or found.bold else without(cell)
    if title and not generic(title):
        entry.title.append(title)
    if found.linked and found.rest and names(found.rest):
        entry.authors.append(found.rest)
