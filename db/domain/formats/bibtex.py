"""BibTeX: entries that plain pdflatex and bibtex take as they are, and a reader for them.

Every entry is `@misc` unless the paper says otherwise. Nothing is invented: no author field without known
authors, no year without a year; an inferred year is exported and the note says so. A title that plain LaTeX cannot
print in full stands a second time, in Unicode, in a field that BibTeX styles ignore, and is read back from there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain import latex
from db.domain.records import Date, Person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
UNDATED = Date()
_UNICODE = "-unicode"  # the ending of a field's name that holds the text as it was
_TYPE = re.compile(r"[A-Za-z][A-Za-z0-9]*\Z")
_URL_UNSAFE = {character: f"%{ord(character):02X}" for character in ' "{}\\^`|<>'}
_INFERRED = "Year inferred"


@dataclass(frozen=True, slots=True)
class BibEntry:
    """One paper as it is to be exported; `seen` says where it came from ("full.txt, record 3")."""

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


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """Which fields beyond title, authors and date are written."""

    abstract: bool = True
    keywords: bool = True
    note: bool = True
    url: bool = True


def write(entries: Iterable[BibEntry], options: ExportOptions | None = None) -> Iterator[str]:
    """Yield one entry after another, each with a blank line behind it."""
    chosen = options or ExportOptions()
    for entry in entries:
        yield entry_text(entry, chosen)


def entry_text(entry: BibEntry, options: ExportOptions) -> str:
    """Return one entry; the fields always stand in the same order."""
    kind = entry.entry_type.lower() if _TYPE.match(entry.entry_type) else "misc"
    lines = [f"@{kind}{{{entry.key},\n"]
    lines.extend(f"  {name} = {value},\n" for name, value in _fields(entry, options))
    return "".join(lines) + "}\n\n"


def _fields(entry: BibEntry, options: ExportOptions) -> Iterator[tuple[str, str]]:
    yield "title", _braced(latex.encode(entry.title, protect_case=True))
    if entry.authors:
        yield "author", _braced(" and ".join(_name(person) for person in entry.authors))
    if entry.date.year is not None:
        yield "year", _braced(f"{entry.date.year:04d}")
    if entry.date.month and 1 <= entry.date.month <= 12:
        yield "month", MONTHS[entry.date.month - 1]
    if entry.venue:
        yield "howpublished" if entry.entry_type == "misc" else "journal", _braced(latex.encode(entry.venue))
    yield from _identifiers(entry, options.url)
    if options.keywords and entry.keywords:
        yield "keywords", _braced(", ".join(latex.encode(word.replace(",", ";")) for word in entry.keywords))
    if options.note and (note := _note(entry)):
        yield "note", _braced(latex.encode(note))
    if options.abstract and entry.abstract:
        yield "abstract", _braced(latex.encode(entry.abstract))
    yield from _originals(entry, options)


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
    if options.abstract:
        texts.append(("abstract", entry.abstract))
    for name, text in texts:
        if text and latex.lossy(text):
            yield name + _UNICODE, _braced(latex.escape(text))


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


def _note(entry: BibEntry) -> str:
    parts = [f"Seen in {'; '.join(entry.seen)}"] if entry.seen else []
    if entry.date.inferred and entry.date.year is not None:
        # The mark alone: styles print the note, and a bibliography is no place for the evidence.
        parts.append(_INFERRED)
    return ". ".join(parts)


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """One entry as it was read; `fields` holds every field as text, names in small letters."""

    key: str
    entry_type: str
    title: str
    authors: tuple[Person, ...]
    date: Date
    abstract: str
    fields: dict[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class BadEntry:
    """A part of the file that could not be read: its first line, its text, and why."""

    line: int
    text: str
    why: str


def read(text: str) -> Iterator[ReadEntry | BadEntry]:
    """Yield the entries of a .bib file, and what could not be read, in the order of the file."""
    # Imported here: it takes 33 ms, and most starts of the program read no .bib file.
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock
    from bibtexparser.splitter import Splitter

    for block in Splitter(text).split().blocks:
        line = (block.start_line or 0) + 1
        whole = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        if isinstance(whole, Entry):
            values = {field.key.lower(): str(field.value) for field in whole.fields}
            yield _entry(whole.key, whole.entry_type, values, line)
        elif isinstance(block, ParsingFailedBlock):
            yield BadEntry(line, block.raw or "", str(block.error))


def _entry(key: str, kind: str, raw: dict[str, str], line: int) -> ReadEntry:
    fields = {name: _value(name, _bare(value)) for name, value in raw.items()}
    title, abstract = (fields.get(name + _UNICODE) or fields.get(name, "") for name in ("title", "abstract"))
    original = fields.get("author" + _UNICODE)
    authors = (
        _people(original.split("; "), str)
        if original
        else _people(_split_and(_bare(raw.get("author", ""))), latex.decode)
    )
    return ReadEntry(key, kind.lower(), title, authors, _date(fields), abstract, fields, line)


def _value(name: str, bare: str) -> str:
    if name != "url":
        return latex.decode(bare)
    return re.sub(r"\\([%#&_~$])", r"\1", bare)  # other programs escape addresses


def _bare(value: str) -> str:
    """Return a value without its delimiters and with single spaces, as BibTeX sees it."""
    value = value.strip()
    if len(value) >= 2 and value[0] + value[-1] in ("{}", '""'):
        value = value[1:-1]
    return re.sub(r"[ \t\r\n]+", " ", value).strip(" ")


def _date(fields: dict[str, str]) -> Date:
    year = re.search(r"\d{4}", fields.get("year", ""))
    month = fields.get("month", "").strip().lower()
    number = MONTHS.index(month[:3]) + 1 if month[:3] in MONTHS else int(month) if month.isdecimal() else None
    note = fields.get("note", "")
    return Date(
        int(year.group()) if year else None,
        number if number and 1 <= number <= 12 else None,
        inferred=bool(year) and _INFERRED in note,
    )


def _split_and(names: str) -> Sequence[str]:
    """Split at `and` outside of braces."""
    level, parts, start = 0, [], 0
    for match in re.finditer(r"[{}]| and ", names):
        level += {"{": 1, "}": -1}.get(match.group(), 0)
        if match.group() == " and " and level == 0:
            parts.append(names[start : match.start()])
            start = match.end()
    return [part for part in [*parts, names[start:]] if part.strip()]


def _people(names: Sequence[str], decode: Callable[[str], str]) -> tuple[Person, ...]:
    return tuple(_person(name.strip(), decode) for name in names)


def _person(name: str, decode: Callable[[str], str]) -> Person:
    """Return a name that says "Family, Given" or "Given Family"; a name in braces is all family."""
    comma = _outside_braces(name, ",")
    if comma >= 0:
        return Person(decode(name[:comma].strip()), decode(name[comma + 1 :].strip()))
    space = _outside_braces(name[::-1].translate(_MIRROR), " ")
    if space < 0 or decode is str:
        return Person(decode(name))
    return Person(decode(name[len(name) - space :]), decode(name[: len(name) - space - 1]))


_MIRROR = str.maketrans("{}", "}{")


def _outside_braces(text: str, mark: str) -> int:
    """Return the place of the first such character outside of braces, or -1."""
    level = 0
    for at, character in enumerate(text):
        level += {"{": 1, "}": -1}.get(character, 0)
        if character == mark and level == 0:
            return at
    return -1
