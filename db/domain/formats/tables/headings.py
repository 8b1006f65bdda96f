"""Which field a column of a table is, by its heading."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

OWN = "field"
"""A column that has no place of its own: kept as a field under its heading."""
IGNORE = ""

NAMES = {
    "title": "title|article title|document title|paper title|paper|name|titel|titre",
    "abstract": "abstract|abstract note|summary|description|abstract text",
    "authors": "authors|author|author full names|author names|creators|creator|author s|autoren|auteurs",
    "year": "year|publication year|pub year|jahr|py|annee",
    "date": "date|publication date|published|published at|pub date|submitted|issued|cover date|date published",
    "venue": "venue|journal|source title|publication title|publication|booktitle|book title|conference|container title"
    "|source|secondary title|journal book|proceedings title|publication name",
    "doi": "doi|digital object identifier|doi link",
    "arxiv_id": "arxiv id|arxiv|eprint|arxiv number|arxivid",
    "urls": "url|urls|link|links|article url|articleurl|pdf link|web page|full text link|openaccess link",
    "keywords": "tags|manual tags|keywords|author keywords|keyword|labels|label",
    "notes": "notes|note|comment|my notes|annotation|annotations|review",
    "citation_key": "citation key|citationkey|bibtexkey|bibtex key|citekey|cite key|key",
    "entry_type": "entry type|entrytype|item type|itemtype|document type|publication type|type",
    "attachments": "file attachments|file|files|attachments|pdf|pdf path",
    "collections": "collections|collection|groups|folder|folders",
    "organization": "organization|organisation|affiliation",
    "upvotes": "upvotes|likes|votes",
    "comments": "comments|num comments|number of comments",
    "rating": "rating|ranking|stars",
    "status": "status|read status|readstatus",
}
"""The headings of usual exports (Zotero, JabRef, Scopus, Web of Science, Publish or Perish), by field."""

LONGEST_HEADING = 60
SHORTEST_ABSTRACT = 150
_CONTENTS = {
    "year": re.compile(r"(?:19|20)\d\d"),
    "date": re.compile(r"(?:19|20)\d\d-\d\d?(?:-\d\d?)?"),
    "doi": re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.IGNORECASE),
    "arxiv_id": re.compile(r"(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE),
    "urls": re.compile(r"https?://\S+", re.IGNORECASE),
    "authors": re.compile(r"[^;]{3,60}+(?:;[^;]{3,61}+)+|[^,]{3,40},? (?:and|et al\.?)\b.{0,400}"),
}
"""What cells of some fields look like, for tables without headings."""
_FIELD = {name: field for field, names in NAMES.items() for name in names.split("|")}
MANY = frozenset({"urls", "keywords", "notes", "attachments"})
"""Fields that several columns can hold together."""
_SINGLE = frozenset(NAMES) - MANY


def plain(heading: str) -> str:
    """Return a heading in small letters with single blanks for what is no letter or digit."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.strip())
    return re.sub(r"[\W_]+", " ", spaced).strip().lower()


def unique(names: Sequence[str]) -> list[str]:
    """Return the headings with empty ones named by their place and repeated ones numbered."""
    seen: dict[str, int] = {}
    found = []
    for place, name in enumerate(names, start=1):
        text = name.strip() or f"column {place}"
        seen[text] = seen.get(text, 0) + 1
        found.append(text if seen[text] == 1 else f"{text} ({seen[text]})")
    return found


def named(cells: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return cells (heading, text) by a name that a bibliography can hold; headings that look alike are numbered."""
    found: dict[str, str] = {}
    for heading, text in cells:
        name = plain(heading).replace(" ", "-") or heading
        number = next(n for n in itertools.count(1) if (name if n == 1 else f"{name}-{n}") not in found)
        found[name if number == 1 else f"{name}-{number}"] = text
    return found


def is_row(cells: Sequence[str]) -> bool:
    """Say whether the first row of a table is a paper already: it has no known heading, but a cell that is none."""
    if any(plain(cell) in _FIELD for cell in cells):
        return False
    return any(len(cell) > LONGEST_HEADING or _content(cell.strip()) for cell in cells)


def of_row(cells: Sequence[str]) -> dict[str, str]:
    """Return names for columns without headings, with the fields that the cells of a row look like."""
    columns = {f"column {place}": _content(cell.strip()) or OWN for place, cell in enumerate(cells, start=1)}
    texts = [(name, cell) for name, cell in zip(columns, cells, strict=True) if columns[name] == OWN]
    long = max(texts, key=lambda one: len(one[1]), default=None)
    if long and len(long[1]) > SHORTEST_ABSTRACT and len(texts) > 1:
        columns[long[0]] = "abstract"
        texts.remove(long)
    title = max(texts, key=lambda one: one[1].count(" ") - 3 * one[1].count(",") - 3 * one[1].count(";"), default=None)
    if title:
        columns[title[0]] = "title"
    return columns


def _content(cell: str) -> str:
    return next((field for field, pattern in _CONTENTS.items() if pattern.fullmatch(cell)), "")


def guess(names: Sequence[str]) -> dict[str, str]:
    """Return the field of each heading: the first of several that could be the same one gets it."""
    taken: set[str] = set()
    columns = {}
    for name in unique(names):
        field = _FIELD.get(plain(name)) or _FIELD.get(plain(name).replace(" ", "")) or OWN
        if field in taken:
            field = OWN
        taken |= {field} & _SINGLE
        columns[name] = field
    return columns
