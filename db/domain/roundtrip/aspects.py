"""What an entry says, aspect by aspect: the same of a paper, of a record, and of what either was once."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from db.domain.addresses import arxiv_address
from db.domain.formats.bibwrite import BibEntry
from db.domain.formats.bibwrite.common import OF_PAGES
from db.domain.formats.bibwrite.model import VENUE_FIELDS
from db.domain.names import tag_name
from db.domain.records import Status

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from db.domain.records import Record

Aspects = dict[str, Any]
FIELD = "fields."
"""Begins the aspects of fields that have no place of their own."""
IDS = "ids"
PRIVATE = {"keywords": "keywords", "files": "files", "notes": "personal", "status": "personal", "rating": "personal"}
"""Aspects that are the person's own, and the options without which they stay as the entry has them."""
_OPTIONAL = {"abstract": "abstract", "url": "url"}
_NAMES = {
    "type": ("entry_type",), "title": ("title",), "authors": ("authors", "more_authors"), "date": ("date",),
    "abstract": ("abstract",), "url": ("url",), "arxiv_id": ("arxiv_id",), "doi": ("doi",), "venue": ("venue",),
    "keywords": ("keywords",), "files": ("files",), "notes": ("notes",), "status": ("status",), "rating": ("rating",),
    IDS: ("aliases",),
}  # fmt: skip
_DATED = ("date", "year", "month", "day")
_MOST_STARS = 5
_TOLD = (Status.READ, Status.READING)


def entry_of(record: Record) -> BibEntry:
    """Return a record of a bibliography as the paper that an import makes of it."""
    count, authors = record.author_count, record.authors
    return BibEntry(
        key=record.citation_key or "",
        title=record.title,
        authors=authors,
        more_authors=bool(authors) if count is None else count > len(authors),
        date=record.date,
        abstract=record.abstract,
        url=record.urls[0] if record.urls else arxiv_url(record.arxiv_id),
        arxiv_id=record.arxiv_id,
        doi=record.doi,
        venue=record.venue,
        keywords=record.keywords,
        entry_type=record.entry_type or "misc",
        fields=record.fields,
        files=record.attachments,
        notes=record.notes.strip(),
        status=(record.status or Status.UNREAD).value,
        rating=min(max(record.rating, 0), _MOST_STARS),
        brought=True,
    )


def arxiv_url(arxiv_id: str | None) -> str | None:
    """Return the address of a paper on arXiv."""
    return arxiv_address(arxiv_id) if arxiv_id else None


def venue_renamed(fields: Mapping[str, str], old: str | None, new: str | None) -> dict[str, str]:
    """Return the fields of an entry with those that repeat its venue, such as the journal of a misc, as it is now.

    They go when it has no venue any more, which `new` says as None.
    """
    repeats = {name for name in VENUE_FIELDS if old and fields.get(name) == old}
    renamed = {name: new if name in repeats else text for name, text in fields.items()}
    return {name: text for name, text in renamed.items() if text is not None}


def state(entry: BibEntry) -> str:
    """Return a digest of all that is not private of an entry."""
    date = entry.date
    people = [(one.family, one.given) for one in entry.authors]
    fields = sorted(_fields(entry).items())
    plain = (entry.entry_type.lower(), entry.title, entry.abstract, entry.url, entry.arxiv_id, entry.doi, entry.venue)
    return _digest((plain, people, entry.more_authors, date.year, date.month, date.day, fields))


def aspects(entry: BibEntry) -> Aspects:
    """Return what an entry says, by aspect; what it does not say is left out."""
    date = entry.date
    found: Aspects = {
        "type": entry.entry_type.lower(),
        "title": entry.title,
        "authors": ([(one.family, one.given) for one in entry.authors], entry.more_authors) if entry.authors else None,
        "date": (date.year, date.month, date.day) if date.year or date.month else None,
        "abstract": entry.abstract,
        "url": entry.url,
        "arxiv_id": entry.arxiv_id,
        "doi": entry.doi,
        "venue": entry.venue,
        IDS: sorted(one for one in entry.aliases if one != entry.key),
    }
    found |= {FIELD + name: text for name, text in _fields(entry).items()}
    return {name: value for name, value in found.items() if value} | private(entry)


def private(entry: BibEntry) -> Aspects:
    """Return what an entry says of what is the person's own, by aspect."""
    files = (one.path for one in entry.files)
    return private_of(entry.keywords, files, entry.notes, entry.status, entry.rating)


def private_of(keywords: Iterable[str], files: Iterable[str], notes: str, status: str | None, rating: int) -> Aspects:
    """Return these values by aspect as `private` does, in a form in which order, case and blanks make no difference."""
    found: Aspects = {
        "keywords": sorted({name.casefold() for word in keywords if (name := tag_name(word))}),
        "files": sorted(set(files)),
        "notes": notes.strip(),
        "status": status if status in _TOLD else "",
        "rating": rating,
    }
    return {name: value for name, value in found.items() if value}


def _fields(entry: BibEntry) -> dict[str, str]:
    if not entry.fields:
        return {}
    return {
        name.lower(): text
        for name, text in entry.fields.items()
        if text.strip() and name not in OF_PAGES and not (name in VENUE_FIELDS and text == entry.venue)
    }


def digests(entry: BibEntry) -> dict[str, str]:
    """Return a short digest of each aspect."""
    return {name: _digest(value) for name, value in aspects(entry).items()}


def _digest(value: Any) -> str:
    return hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> set[str]:
    """Return the aspects that differ, also those that one of the two does not have."""
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


def option_of(aspect: str) -> str | None:
    """Return the option of an export without which an aspect is not added to entries, None when there is none."""
    return "fields" if aspect.startswith(FIELD) else _OPTIONAL.get(aspect)


def composed(said: BibEntry, now: BibEntry, changed: Collection[str]) -> BibEntry:
    """Return an entry as it stood with the aspects that have changed as they are now."""
    names = [name for aspect, names in _NAMES.items() if aspect in changed for name in names]
    fields = dict(said.fields)
    if "date" in changed:
        # What said more than a date, such as a range, said it of the old one.
        fields = {name: text for name, text in fields.items() if name not in _DATED or FIELD + name in changed}
    if "venue" in changed:
        fields = venue_renamed(fields, said.venue, now.venue)
    lower = {name.lower(): name for name in now.fields}
    for aspect in changed:
        if aspect.startswith(FIELD):
            name = aspect.removeprefix(FIELD)
            held = next((one for one in fields if one.lower() == name), name)
            fields.pop(held, None)
            if name in lower:
                fields[held] = now.fields[lower[name]]
    return said._replace(**{name: getattr(now, name) for name in names}, fields=fields)
