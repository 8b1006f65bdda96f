"""What both profiles share: title and names, links, notes, and what an entry came with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain import latex
from db.domain.formats import doi
from db.domain.formats.bibwrite import venues
from db.domain.formats.bibwrite.model import UNICODE, VENUE_FIELDS
from db.domain.formats.bibwrite.pen import address, file, listed, plain_name
from db.domain.formats.ownnote import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.domain.formats.bibwrite.model import BibEntry, ExportOptions, Pairs
    from db.domain.formats.bibwrite.pen import Pen

OF_PAGES = frozenset("summary submitted_by github github_stars project_page page keywords".split())
"""What listing pages say of a paper beyond what an entry has: never exported."""
CLASSES = ("primaryclass", "eprintclass", "primary_category", "primarycategory", "categories")
_CLASS = re.compile(r"[a-z][a-z-]+(?:\.[A-Za-z][A-Za-z-]+)?(?=[\s,;]|\Z)")
_CATEGORY = re.compile(
    r"(?:cs|math|stat|eess|econ|q-bio|q-fin|physics|cond-mat|astro-ph|nlin)\.[A-Za-z-]{2,20}\Z|quant-ph\Z"
)
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]*")
_READ = {"read": "read", "reading": "skimmed"}


def head(entry: BibEntry, pen: Pen) -> Pairs:
    """Return title and authors."""
    pairs = [("title", pen.title(entry.title))]
    if entry.authors:
        pairs.append(("author", pen.names(entry.authors, entry.more_authors)))
    return pairs


def tail(entry: BibEntry, pen: Pen) -> Pairs:
    """Return what every profile writes behind the identifiers, as far as it is wanted."""
    options = pen.options
    pairs: Pairs = []
    if options.url and entry.url:
        pairs.append(("url", f"{{{address(entry.url)}}}"))
    if options.keywords and entry.keywords:
        pairs.append(("keywords", pen.keywords(entry.keywords)))
    if note := _note(entry, options):
        pairs.append(("note", pen.text(note)))
    if options.abstract and entry.abstract:
        pairs.append(("abstract", pen.text(entry.abstract)))
    if options.files and entry.files and (files := ";".join(filter(None, map(file, entry.files)))):
        pairs.append(("file", f"{{{files}}}"))
    if options.personal:
        pairs += _personal(entry, pen)
    return pairs


def _personal(entry: BibEntry, pen: Pen) -> Pairs:
    pairs: Pairs = []
    if entry.notes:
        pairs.append((_annote(pen.options), pen.text(entry.notes)))
    if entry.status in _READ:
        pairs.append(("readstatus", f"{{{_READ[entry.status]}}}"))
    if entry.rating:
        pairs.append(("ranking", f"{{rank{entry.rating}}}"))
    return pairs


def _annote(options: ExportOptions) -> str:
    return "annote" if options.profile == "bibtex" else "annotation"


def _note(entry: BibEntry, options: ExportOptions) -> str:
    said = entry.fields.get("note", "") if options.fields else ""
    if not options.note:
        return said
    # Of the year the mark alone: styles print the note, and a bibliography is no place for the evidence.
    own = written(entry.seen, entry.date.inferred and entry.date.year is not None)
    return ". ".join(filter(None, (said, own)))


def venue_field(entry: BibEntry, pen: Pen, usual: str, renamed: Mapping[str, str]) -> str:
    """Return the venue's field as the entry had it, by this profile's name, else as its type has it."""
    if entry.fields and pen.options.fields:
        for name in VENUE_FIELDS:
            if entry.fields.get(name) == entry.venue:
                return renamed.get(name, name)
    return usual


def is_preprint(entry: BibEntry) -> bool:
    """Say whether arXiv has a work, and nothing else is known to have published it."""
    return bool(entry.arxiv_id) and (not entry.venue or venues.is_preprint(entry.venue))


def bare_doi(entry: BibEntry) -> str:
    """Return the DOI without the address that leads to it."""
    return doi.stated(entry.doi or "") or entry.doi or ""


def primary_class(entry: BibEntry) -> str | None:
    """Return the arXiv category that the paper is said to be of, or its only tag that is one."""
    for name in CLASSES:
        if (text := entry.fields.get(name)) and (match := _CLASS.match(text.strip())):
            return match[0]
    found = [word for word in entry.keywords if _CATEGORY.match(word)]
    return found[0] if len(found) == 1 else None


def kept(entry: BibEntry, options: ExportOptions) -> list[tuple[str, str]]:
    """Return the fields that the entry came with and that are to be written, by name."""
    if not options.fields or not entry.fields:
        return []
    names = sorted(name for name, text in entry.fields.items() if text.strip() and name not in OF_PAGES)
    return [(name, entry.fields[name]) for name in names if _NAME.fullmatch(name) and name != "note"]


def spelled(entry: BibEntry, venue_name: str, pen: Pen) -> dict[str, str]:
    """Return the library's texts that are put into LaTeX, by field, but for names: those have rules of their own."""
    options = pen.options
    texts = {"title": entry.title}
    if entry.venue:
        texts[venue_name] = pen.short(entry.venue)
    if options.keywords:
        texts["keywords"] = listed(entry.keywords)
    texts["note"] = _note(entry, options)
    if options.abstract:
        texts["abstract"] = entry.abstract
    if options.personal:
        texts[_annote(options)] = entry.notes
    return texts


def is_ascii(entry: BibEntry, pen: Pen) -> bool:
    """Say whether every text of an entry, names aside, is ASCII: so nearly all are."""
    venue = pen.short(entry.venue) if entry.venue else ""
    others = "".join([venue, *entry.keywords, *entry.seen, *entry.fields.values()])
    return entry.title.isascii() and entry.abstract.isascii() and entry.notes.isascii() and others.isascii()


def originals(entry: BibEntry, texts: Mapping[str, str], pen: Pen) -> Pairs:
    """Return the texts, of foreign ones and of names, that the encoding had to change, whole."""
    found = [(name + UNICODE, f"{{{latex.escape(text)}}}") for name, text in texts.items() if latex.lossy(text)]
    if entry.authors and pen.changes(entry.authors):
        found.insert(0, ("author" + UNICODE, f"{{{latex.escape('; '.join(map(plain_name, entry.authors)))}}}"))
    return found
