"""A table out, for spreadsheets and scripts; the headings are those that `formats.tables` knows.

The file begins with a byte order mark: without one Excel takes UTF-8 for the local code page and garbles every name
with an accent, and what else reads tables (LibreOffice, pandas, R's readr, Sheaf) passes it over.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from db.domain.formats.people import listed, people_of_table, stated
from db.domain.formats.tables.guard import guarded
from db.domain.formats.writers.parts import kept, notes, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.bibwrite import BibEntry, ExportOptions

MARK = "\ufeff"
FIELDS = "volume number pages publisher address edition series editor issn isbn language".split()
"""Of the fields that an entry came with, those that get a column: all columns are known before the first paper is."""


class _Echo:
    """A file that gives back what is written to it, so that a row can be yielded."""

    def write(self, text: str) -> str:
        return text


def write(entries: Iterable[BibEntry], options: ExportOptions) -> Iterator[str]:
    """Yield a row a paper."""
    table = csv.writer(_Echo(), lineterminator="\n")
    for entry in entries:
        yield str(table.writerow([guarded(cell) for cell in _cells(entry, options)]))


def framed(rows: Iterable[str], options: ExportOptions) -> Iterator[str]:
    """Yield the headings, then the rows."""
    table = csv.writer(_Echo(), lineterminator="\n")
    yield f"{MARK}{table.writerow(_headings(options))}"
    yield from rows


def _headings(options: ExportOptions) -> list[str]:
    found = ["Title", "Authors", "Year", "Date", "Year inferred", "Venue", "DOI", "arXiv ID"]
    found += ["URL"] if options.url else []
    found += ["Entry type", "Citation key"]
    found += ["Keywords"] if options.keywords else []
    found += ["Abstract"] if options.abstract else []
    found += ["Status", "Rating"] if options.personal else []
    found += ["Notes"] if options.personal or options.fields else []
    found += ["Files"] if options.files else []
    return found + ([name.capitalize() for name in FIELDS] if options.fields else [])


def _cells(entry: BibEntry, options: ExportOptions) -> list[str]:
    """Return the cells under the headings."""
    inferred = "yes" if entry.date.inferred and entry.date.year is not None else ""
    year = "" if entry.date.year is None else f"{entry.date.year:04d}"
    found = [one_line(entry.title), _authors(entry), year, entry.date.iso() or "", inferred]
    found += [one_line(text or "") for text in (entry.venue, entry.doi, entry.arxiv_id)]
    found += [one_line(entry.url or "")] if options.url else []
    found += [entry.entry_type, entry.key]
    found += [_list([word.replace(";", ",") for word in entry.keywords], ",|")] if options.keywords else []
    found += [one_line(entry.abstract)] if options.abstract else []
    found += [entry.status, str(entry.rating or "")] if options.personal else []
    found += ["\n\n".join(notes(entry, options))] if options.personal or options.fields else []
    found += [_list([file.path for file in entry.files if ";" not in file.path])] if options.files else []
    return found + _fields(entry, options)


def _fields(entry: BibEntry, options: ExportOptions) -> list[str]:
    if not options.fields:
        return []
    values = kept(entry, options)
    return [values.get(name, "") for name in FIELDS]


def _authors(entry: BibEntry) -> str:
    """Return the names between semicolons; one behind a single name says that its blanks and comma part no list."""
    authors = listed(entry.authors, entry.more_authors)
    text = "; ".join(one_line(stated(one)) for one in authors)
    return text if ";" in text or people_of_table(text) == authors else f"{text};"


def _list(items: Iterable[str], others: str = "") -> str:
    """Return items between semicolons; where one alone could be parted at other marks, one stands behind it too."""
    text = "; ".join(filter(None, map(one_line, items)))
    return f"{text};" if ";" not in text and any(mark in text for mark in others) else text
