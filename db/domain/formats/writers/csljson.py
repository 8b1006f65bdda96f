"""CSL-JSON out, for Zotero, pandoc and citeproc; `formats.jsonfiles.csl` reads it back.

Names of the values are those of the schema of CSL 1.0.2; fields that it has no name for stand under `custom`, which
it keeps for that.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.domain.formats.people import listed, person
from db.domain.formats.writers.parts import kept, many_lines, names, notes, one_line, page_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.bibwrite import BibEntry, ExportOptions
    from db.domain.records import Date, Person
    from db.domain.records.read import Json, JsonValue

TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference",
    "incollection": "chapter", "inbook": "chapter", "book": "book", "phdthesis": "thesis", "mastersthesis": "thesis",
    "thesis": "thesis", "techreport": "report", "report": "report", "unpublished": "manuscript", "online": "webpage",
    "electronic": "webpage", "software": "software", "dataset": "dataset",
}  # fmt: skip
PREPRINT = "article"
"""What CSL calls a text that came out without a journal."""
FIELDS = {
    "volume": "volume", "number": "issue", "pages": "page", "publisher": "publisher", "address": "publisher-place",
    "edition": "edition", "issn": "ISSN", "isbn": "ISBN", "language": "language", "shorttitle": "title-short",
    "series": "collection-title", "type": "genre", "medium": "medium", "eventtitle": "event", "pubstate": "status",
}  # fmt: skip


BETWEEN = ",\n"


def write(entries: Iterable[BibEntry], options: ExportOptions) -> Iterator[str]:
    """Yield the items of an array, which `framed` puts together."""
    for entry in entries:
        yield json.dumps(_item(entry, options), ensure_ascii=False, indent=2)


def framed(items: Iterable[str], _options: ExportOptions) -> Iterator[str]:
    """Yield one array, an item at a time, so that no number of papers needs more memory than one."""
    before = "[\n"
    for item in items:
        yield before + item
        before = BETWEEN
    yield "[]\n" if before == "[\n" else "\n]\n"


def _item(entry: BibEntry, options: ExportOptions) -> Json:
    """Return the values in the order in which they are written, without empty ones."""
    found: Json = {"id": entry.key, "citation-key": entry.key}
    found["type"] = TYPES.get(entry.entry_type.lower(), PREPRINT)
    found["title"] = one_line(entry.title)
    found["author"] = [_name(one) for one in listed(entry.authors, entry.more_authors)]
    found["issued"] = _date(entry.date)
    found["container-title"] = one_line(entry.venue or "")
    found["DOI"] = one_line(entry.doi or "")
    found["URL"] = one_line(entry.url or "") if options.url else ""
    if entry.arxiv_id:
        # A preprint's styles print `number`; of a published one it is the archive that has the arXiv's copy.
        number = f"arXiv:{entry.arxiv_id}"
        found |= {"number": number} if found["type"] == PREPRINT else {"archive": "arXiv", "archive_location": number}
    others, custom = _others(entry, options)
    found |= {name: value for name, value in others.items() if name not in found}
    found["keyword"] = ", ".join(_word(word) for word in entry.keywords) if options.keywords else ""
    found["abstract"] = many_lines(entry.abstract) if options.abstract else ""
    found["note"] = "\n\n".join(notes(entry, options))
    found["custom"] = custom
    return {name: value for name, value in found.items() if value}


def _name(one: Person) -> JsonValue:
    """Return a name in its parts; one that is not a person's stands whole, as styles must not turn it round."""
    family, given = one_line(one.family), one_line(one.given)
    if not given and person(family) != one:
        return {"literal": family}
    return {"family": family, "given": given} if given else {"family": family}


def _date(date: Date) -> Json:
    """Return the date in numbers; CSL says of one that is not stated that it is `circa`."""
    if date.year is None:
        return {}
    parts: list[JsonValue] = [date.year]
    if date.month:
        parts += [date.month, date.day] if date.day else [date.month]
    return {"date-parts": [parts], "circa": True} if date.inferred else {"date-parts": [parts]}


def _word(text: str) -> str:
    return one_line(text.replace(",", " ").replace(";", " "))


def _others(entry: BibEntry, options: ExportOptions) -> tuple[Json, Json]:
    """Return the fields that CSL has a name for, by that name, and the others by their own."""
    found: Json = {}
    custom: Json = {}
    for name, text in kept(entry, options).items():
        if name == "editor":
            found["editor"] = [_name(one) for text_ in names(text) if (one := person(text_))]
        elif name in FIELDS:
            pages = page_range(text) if name == "pages" else None
            found[FIELDS[name]] = "-".join(pages) if pages else text
        else:
            custom[name] = text
    return found, custom
