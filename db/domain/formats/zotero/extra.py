"""The field *Extra* of Zotero: lines such as `arXiv: 1706.03762` say what an item has no field for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINE = re.compile(r"\s*([A-Za-z][\w .-]{0,40}?)\s*:\s*(\S.*)$")
NAMES = {
    "citation key": "citationKey", "citekey": "citationKey", "bibtex": "citationKey", "doi": "DOI", "arxiv": "arXiv",
    "pmid": "pmid", "pmcid": "pmcid", "isbn": "ISBN", "issn": "ISSN", "url": "url", "publisher": "publisher",
    "place": "place", "publisher-place": "place", "event place": "place", "issued": "date", "edition": "edition",
    "original date": "origdate", "original-date": "origdate", "event title": "conferenceName",
    "container title": "publicationTitle", "number": "number", "volume": "volume", "pages": "pages", "page": "pages",
}  # fmt: skip
"""What a line may begin with, in small letters, and the field that it stands for."""
_TEX = re.compile(r"tex\.([a-z][a-z0-9-]{0,30})")
"""How Better BibTeX is told of a field of a bibliography."""
PLACED = frozenset(
    "abstract annotation annote author comment crossref date doi editor entrytype eprint file groups keywords month "
    "note referencetype title url xdata year".split()
)
"""Fields of a bibliography that stand elsewhere in a record, or say how to read an entry."""


@dataclass(slots=True)
class Extra:
    """The fields that the lines say, and the other lines."""

    fields: dict[str, str] = field(default_factory=dict)
    rest: str = ""


def read(text: str, known: Mapping[str, str]) -> Extra:
    """Return what the field says; a line that says otherwise than the fields `known` or a line before stays a line."""
    found, left = Extra(), []
    for line in text.splitlines():
        match = _LINE.match(line)
        name = _named(match[1].lower()) if match else ""
        value = match[2].strip() if match else ""
        if not name or name in found.fields or known.get(name, value) != value:
            left.append(line.rstrip())
        else:
            found.fields[name] = value
    found.rest = "\n".join(left).strip()
    return found


def _named(begins: str) -> str:
    """Return the field that a line stands for, "" for a line that is none."""
    tex = _TEX.fullmatch(begins)
    if tex is not None:
        return "" if tex[1] in PLACED else tex[1]
    return NAMES.get(begins, "")
