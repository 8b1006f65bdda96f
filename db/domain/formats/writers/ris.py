"""RIS out, as reference managers import it; `formats.ris` reads it back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats import ownnote, ris
from db.domain.formats.people import listed, stated
from db.domain.formats.writers.parts import kept, names, notes, one_line, page_range

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.bibwrite import BibEntry, ExportOptions
    from db.domain.records import Date

TYPES = {
    "article": "JOUR", "inproceedings": "CPAPER", "conference": "CPAPER", "proceedings": "CONF", "incollection": "CHAP",
    "inbook": "CHAP", "book": "BOOK", "phdthesis": "THES", "mastersthesis": "THES", "thesis": "THES",
    "techreport": "RPRT", "report": "RPRT", "unpublished": "MANSCPT", "online": "ELEC", "electronic": "ELEC",
    "software": "COMP", "dataset": "DATA",
}  # fmt: skip
"""The type of a reference by the entry's."""
GENERIC = "GEN"
TAGS = {name: tag for tag, name in ris.FIELDS.items() if tag != "ED"}


def write(entries: Iterable[BibEntry], options: ExportOptions) -> Iterator[str]:
    """Yield one reference after another, each with a blank line behind it.

    rispy's writer drops tags that it does not know and wants all references at once, so the lines are made here.
    """
    for entry in entries:
        lines = [f"TY  - {_kind(entry)}", *_lines(_reference(entry, options))]
        yield "\n".join([*lines, "ER  - ", "", ""])


def _kind(entry: BibEntry) -> str:
    return TYPES.get(entry.entry_type.lower(), GENERIC)


def _lines(values: dict[str, str | list[str]]) -> Iterator[str]:
    for tag, value in values.items():
        for text in value if isinstance(value, list) else [value]:
            if text:
                yield f"{tag}  - {text}"


def _reference(entry: BibEntry, options: ExportOptions) -> dict[str, str | list[str]]:
    """Return the values by tag, in the order in which they are written; empty ones are passed over."""
    found: dict[str, str | list[str]] = {"TI": one_line(entry.title)}
    found["AU"] = [one_line(stated(person)) for person in listed(entry.authors, entry.more_authors)]
    found |= _date(entry.date)
    others = _others(entry, options)
    by = "PB" if _kind(entry) in ris.PUBLISHED_BY and "PB" not in others else "T2"
    found[by] = one_line(entry.venue or "")
    found["AB"] = one_line(entry.abstract) if options.abstract else ""
    found["DO"] = one_line(entry.doi or "")
    if entry.arxiv_id:
        found |= {"DB": "arXiv", "AN": f"arXiv:{entry.arxiv_id}"}
    found["UR"] = one_line(entry.url or "") if options.url else ""
    found["KW"] = [one_line(word).replace(";", ",") for word in entry.keywords] if options.keywords else []
    found["N1"] = _notes(entry, options)
    found["L1"] = [one_line(file.path) for file in entry.files] if options.files else []
    return found | {tag: value for tag, value in others.items() if not found.get(tag)} | {"ID": entry.key}


def _date(date: Date) -> dict[str, str]:
    """Return the year, and the day as RIS writes it: `2025/03/18/`, parts that are not known left empty."""
    if date.year is None:
        return {}
    if not date.month:
        return {"PY": f"{date.year:04d}"}
    day = f"{date.day:02d}" if date.day else ""
    return {"PY": f"{date.year:04d}", "DA": f"{date.year:04d}/{date.month:02d}/{day}/"}


def _notes(entry: BibEntry, options: ExportOptions) -> list[str]:
    """Return a paragraph a line, for a line end would end the value."""
    lines = [one_line(part) for text in notes(entry, options) for part in text.split("\n\n")]
    inferred = entry.date.inferred and entry.date.year is not None
    return [line for line in [*lines, ownnote.written(entry.seen, inferred) if options.note else ""] if line]


def _others(entry: BibEntry, options: ExportOptions) -> dict[str, str | list[str]]:
    """Return the fields that RIS has a tag for; what it has none for is left out."""
    found: dict[str, str | list[str]] = {}
    for name, text in kept(entry, options).items():
        if name in TAGS:
            found[TAGS[name]] = names(text) if name == "editor" else text
        elif name in ("issn", "isbn"):
            found["SN"] = text
        elif name == "pages":
            found |= dict(zip(("SP", "EP"), page_range(text) or (text,), strict=False))
        elif re.fullmatch(r"ris-[a-z][a-z0-9]", name):
            found[name[4:].upper()] = text
    return found
