"""The field *Extra* of Zotero: lines such as `arXiv: 1706.03762` say what an item has no field for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LINE = re.compile(r"\s*([A-Za-z][\w .-]{0,40}?)\s*:\s*(\S.*)$")
NAMES = {
    "citation key": "citationKey", "citekey": "citationKey", "bibtex": "citationKey", "doi": "DOI", "arxiv": "arXiv",
    "pmid": "pmid", "pmcid": "pmcid", "isbn": "ISBN", "issn": "ISSN", "url": "url", "publisher": "publisher",
    "place": "place", "publisher-place": "place", "event place": "place", "issued": "date", "edition": "edition",
    "original date": "origdate", "original-date": "origdate", "event title": "conferenceName",
    "container title": "publicationTitle", "number": "number", "volume": "volume", "pages": "pages", "page": "pages",
}  # fmt: skip
"""What a line may begin with, in small letters, and the field that it stands for."""


@dataclass(slots=True)
class Extra:
    """The fields that the lines say, and the other lines."""

    fields: dict[str, str] = field(default_factory=dict)
    rest: str = ""


def read(text: str) -> Extra:
    """Return what the field says; a line that says again what another did stays a line."""
    found, left = Extra(), []
    for line in text.splitlines():
        match = _LINE.match(line)
        name = NAMES.get(match[1].lower()) if match else None
        if match is None or name is None or name in found.fields:
            left.append(line.rstrip())
        else:
            found.fields[name] = match[2].strip()
    found.rest = "\n".join(left).strip()
    return found
