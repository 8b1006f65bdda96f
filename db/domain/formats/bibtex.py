"""BibTeX: entries that plain pdflatex and bibtex take as they are; `bibread` reads them.

Every entry is `@misc` unless the paper says otherwise. Nothing is invented: no author field without known
authors, no year without a year; an inferred year is exported and the note says so. A title that plain LaTeX cannot
print in full stands a second time, in Unicode, in a field that BibTeX styles ignore, and is read back from there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from db.domain import latex
from db.domain.records import Date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from db.domain.records import Attachment, Person

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
UNDATED = Date()
UNICODE = "-unicode"
"""The ending of a field's name that holds a text as it was where LaTeX cannot print it."""
_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9]*\Z")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]*")
_LINK = re.compile(r"https?://[^\s{}]+")
_FILE_MARKS = re.compile(r"[\\:;]")
VENUE_FIELDS = ("journal", "journaltitle", "booktitle", "howpublished", "school", "institution", "publisher")
"""Fields that may hold a venue, the likeliest first."""
_VENUES = {
    "misc": "howpublished", "inproceedings": "booktitle", "conference": "booktitle", "incollection": "booktitle",
    "phdthesis": "school", "mastersthesis": "school", "thesis": "school", "techreport": "institution",
    "report": "institution", "book": "publisher",
}  # fmt: skip
OF_PAGES = frozenset("summary submitted_by github github_stars project_page page keywords".split())
"""What listing pages say of a paper beyond what an entry has: never exported."""
_READ = {"read": "read", "reading": "skimmed"}
_URL_UNSAFE = {character: f"%{ord(character):02X}" for character in ' "{}\\^`|<>'}
INFERRED = "Year inferred"
"""What the note of an entry says whose year no source states."""


@dataclass(frozen=True, slots=True)
class BibEntry:
    """One paper as it is to be exported; `seen` says where it came from ("full.txt, record 3").

    `more_authors` says that there are others beside the `authors`.

    `fields` are what a bibliography said beyond what has a place here; `notes`, `status` (unread and so on) and
    `rating` (0 to 5) are the person's own.
    """

    key: str
    title: str
    authors: tuple[Person, ...] = ()
    date: Date = UNDATED
    abstract: str = ""
    seen: tuple[str, ...] = ()
    url: str | None = None
    arxiv_id: str | None = None
    doi: str | None = None
    venue: str | None = None
    keywords: tuple[str, ...] = ()
    entry_type: str = "misc"
    fields: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Attachment, ...] = ()
    notes: str = ""
    status: str = ""
    rating: int = 0
    more_authors: bool = False


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Which fields beyond title, authors and date are written; `personal` are notes, how far it is read, and stars."""

    abstract: bool = True
    keywords: bool = True
    note: bool = True
    url: bool = True
    fields: bool = True
    files: bool = True
    personal: bool = False


def write(entries: Iterable[BibEntry], options: ExportOptions | None = None) -> Iterator[str]:
    """Yield one entry after another, each with a blank line behind it."""
    chosen = options or ExportOptions()
    for entry in entries:
        yield entry_text(entry, chosen)


def entry_text(entry: BibEntry, options: ExportOptions) -> str:
    """Return one entry; the fields always stand in the same order."""
    kind = entry.entry_type.lower() if _TYPE.match(entry.entry_type) else "misc"
    lines = [f"@{kind}{{{entry.key},\n"]
    lines.extend(f"  {name} = {value},\n" for name, value in _once(entry, options))
    return "".join(lines) + "}\n\n"


def _once(entry: BibEntry, options: ExportOptions) -> Iterator[tuple[str, str]]:
    """Yield the fields, and no name twice: what the library knows stands before what the entry came with."""
    written: set[str] = set()
    for name, value in chain(_fields(entry, options), _others(entry, options), _originals(entry, options)):
        if name.lower() not in written:
            written.add(name.lower())
            yield name, value


def _fields(entry: BibEntry, options: ExportOptions) -> Iterator[tuple[str, str]]:
    yield "title", _braced(latex.encode(entry.title, protect_case=True))
    if entry.authors:
        names = [*map(_name, entry.authors), *(["others"] if entry.more_authors else [])]
        yield "author", _braced(" and ".join(names))
    yield from _date(entry.date)
    if entry.venue:
        yield _venue_name(entry, options), _braced(latex.encode(entry.venue))
    yield from _identifiers(entry, options.url)
    if options.keywords and entry.keywords:
        yield "keywords", _braced(", ".join(latex.encode(word.replace(",", ";")) for word in entry.keywords))
    if note := _note(entry, options):
        yield "note", _braced(latex.encode(note))
    if options.abstract and entry.abstract:
        yield "abstract", _braced(latex.encode(entry.abstract))


def _date(date: Date) -> Iterator[tuple[str, str]]:
    if date.year is not None:
        yield "year", _braced(f"{date.year:04d}")
    if date.month and 1 <= date.month <= 12:
        yield "month", MONTHS[date.month - 1]
        if date.day:
            yield "day", _braced(str(date.day))  # styles pass it over, readers do not


def _identifiers(entry: BibEntry, url: bool) -> Iterator[tuple[str, str]]:
    if entry.doi:
        yield "doi", _braced(latex.encode(entry.doi))
    if entry.arxiv_id:
        yield "eprint", _braced(latex.encode(entry.arxiv_id))
        yield "archivePrefix", _braced("arXiv")
    if url and entry.url:
        yield "url", _braced(_address(entry.url))


def _originals(entry: BibEntry, options: ExportOptions) -> Iterator[tuple[str, str]]:
    """Yield the texts that the encoding had to change, whole."""
    names = "; ".join(_plain_name(person) for person in entry.authors)
    texts = [("title", entry.title), ("author", names)]
    if entry.venue:
        texts.append((_venue_name(entry, options), entry.venue))
    texts += _kept(entry, options)
    if options.abstract:
        texts.append(("abstract", entry.abstract))
    for name, text in texts:
        if text and latex.lossy(text):
            yield name + UNICODE, _braced(latex.escape(text))


def venue_name(entry_type: str) -> str:
    """Return the field that holds where a work of this type was published."""
    return _VENUES.get(entry_type.lower(), "journal")


def _venue_name(entry: BibEntry, options: ExportOptions) -> str:
    """Return the venue's field as the entry had it, else as its type has it."""
    own = (name for name in VENUE_FIELDS if entry.fields.get(name) == entry.venue) if options.fields else ()
    return next(iter(own), venue_name(entry.entry_type))


def _others(entry: BibEntry, options: ExportOptions) -> Iterator[tuple[str, str]]:
    for name, text in _kept(entry, options):
        yield name, _braced(_address(text) if _LINK.fullmatch(text) else latex.encode(text))
    if options.files and (files := ";".join(filter(None, map(_file, entry.files)))):
        yield "file", _braced(files)
    if options.personal:
        if entry.notes:
            yield "annote", _braced(latex.encode(entry.notes))
        if entry.status in _READ:
            yield "readstatus", _braced(_READ[entry.status])
        if entry.rating:
            yield "ranking", _braced(f"rank{entry.rating}")


def _kept(entry: BibEntry, options: ExportOptions) -> list[tuple[str, str]]:
    """Return the fields that the entry came with and that are to be written, by name."""
    if not options.fields:
        return []
    names = sorted(name for name, text in entry.fields.items() if text.strip() and name not in OF_PAGES)
    return [(name, entry.fields[name]) for name in names if _NAME.fullmatch(name) and name != "note"]


def _file(one: Attachment) -> str:
    """Return a file as JabRef writes it, `title:path:type`; empty when BibTeX would stumble over its braces."""
    text = ":".join(_FILE_MARKS.sub(r"\\\g<0>", part) for part in (one.title, one.path, one.mime))
    return "" if "{" in text or "}" in text or "\n" in text else text


def _braced(value: str) -> str:
    return "{" + value + "}"


def _address(url: str) -> str:
    """Return an address as every style that prints one wants it: raw, in ASCII, without spaces and braces."""
    return "".join(_URL_UNSAFE.get(c, c) if c.isascii() else _percent(c) for c in latex.tidy(url))


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", errors="ignore"))


def _name(person: Person) -> str:
    family, given = latex.encode(person.family), latex.encode(person.given)
    # What BibTeX would take apart, or for the end of the name, stands in braces.
    if (not given and " " in family) or re.search(r",|\band\b", family, re.I):
        family = _braced(family)
    if re.search(r",|\band\b", given, re.I):
        given = _braced(given)
    return f"{family}, {given}" if given else family


def _plain_name(person: Person) -> str:
    return f"{person.family}, {person.given}" if person.given else person.family


def _note(entry: BibEntry, options: ExportOptions) -> str:
    parts = [entry.fields["note"]] if options.fields and entry.fields.get("note") else []
    if not options.note:
        return ". ".join(parts)
    parts += [f"Seen in {'; '.join(entry.seen)}"] if entry.seen else []
    if entry.date.inferred and entry.date.year is not None:
        # The mark alone: styles print the note, and a bibliography is no place for the evidence.
        parts.append(INFERRED)
    return ". ".join(parts)
