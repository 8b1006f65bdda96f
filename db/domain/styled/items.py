"""What a paper is in CSL's terms: a type, and variables by CSL's names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.domain.addresses import arxiv_address
from db.domain.formats.people import people
from db.domain.records import Date, Person
from db.domain.styled.texts import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.domain.formats.bibwrite import BibEntry

TYPES = {
    "article": "article-journal", "periodical": "article-journal", "suppperiodical": "article-journal",
    "inproceedings": "paper-conference", "conference": "paper-conference", "incollection": "chapter",
    "inbook": "chapter", "inreference": "entry-encyclopedia", "book": "book", "mvbook": "book", "proceedings": "book",
    "mvproceedings": "book", "collection": "book", "manual": "book", "booklet": "pamphlet", "phdthesis": "thesis",
    "mastersthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report",
    "unpublished": "manuscript", "online": "webpage", "electronic": "webpage", "www": "webpage", "patent": "patent",
    "software": "book", "dataset": "document",
}  # fmt: skip
GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis"}
VARIABLES = {
    "volume": "volume", "pages": "page", "publisher": "publisher", "institution": "publisher", "school": "publisher",
    "organization": "publisher", "address": "publisher-place", "location": "publisher-place", "edition": "edition",
    "isbn": "ISBN", "issn": "ISSN", "series": "collection-title", "eventtitle": "event", "type": "genre",
    "chapter": "chapter-number", "version": "version", "shorttitle": "title-short",
}  # fmt: skip
"""Fields of an entry and the variables that they are; the first that is filled wins."""
RAW = frozenset({"DOI", "URL"})
"""Texts that hold no LaTeX: a tilde in an address is one."""
_ARXIV = re.compile(r"\b(?:arxiv|corr)\b", re.IGNORECASE)
_DASHES = re.compile(r"\s*(?:--+|[\u2013\u2014])\s*")
_ENGLISH = re.compile(r"en\b|english|american|british|usenglish|ukenglish", re.IGNORECASE)
_UNSAFE_IN_URL = {character: f"%{ord(character):02X}" for character in ' "<>\\^`{|}'}


UNDATED = Date()


@dataclass(frozen=True, slots=True)
class Item:
    """A paper for the formatter: texts and names by CSL's names of variables, in Unicode and without markup.

    `more` says that there are authors beside the names; `english` that titles may be set in title case.
    """

    key: str
    type: str
    texts: Mapping[str, str]
    names: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    more: bool = False
    issued: Date = UNDATED
    arxiv_id: str = ""
    english: bool = True


def item(entry: BibEntry) -> Item:
    """Return what CSL knows of an entry; what the library does not know is not there."""
    preprint = _is_preprint(entry)
    texts = {name: text for name, given in _texts(entry, preprint) if (text := given if name in RAW else shown(given))}
    return Item(
        key=entry.key,
        type=_type(entry, preprint),
        texts=texts,
        names={role: names for role, names in _names(entry) if names},
        more=entry.more_authors and bool(entry.authors),
        issued=_date(entry.date),
        arxiv_id=entry.arxiv_id or "",
        english=_is_english(entry),
    )


def _is_preprint(entry: BibEntry) -> bool:
    """Tell whether arXiv is all that an entry names as its place."""
    return bool(entry.arxiv_id) and (not entry.venue or bool(_ARXIV.search(entry.venue)))


def _type(entry: BibEntry, preprint: bool) -> str:
    if preprint:
        return "article"
    kind = entry.entry_type.lower()
    if kind in ("misc", "article") and not entry.venue:
        return "document"
    if kind == "misc":
        return "paper-conference" if "booktitle" in entry.fields else "article-journal"
    return TYPES.get(kind, "document")


def _texts(entry: BibEntry, preprint: bool) -> Iterator[tuple[str, str]]:
    """Yield variables and their texts; of two with one name the later one counts, when it is not empty."""
    kind = entry.entry_type.lower()
    for name, variable in reversed(VARIABLES.items()):
        yield variable, entry.fields.get(name, "")
    yield "genre", GENRES.get(kind, "") if not entry.fields.get("type") else ""
    number = entry.fields.get("number") or entry.fields.get("issue") or ""
    yield ("issue" if kind in ("article", "periodical", "misc") else "number"), number
    yield "page", _DASHES.sub("-", entry.fields.get("pages", ""))
    yield "title", entry.title
    if preprint:
        yield "publisher", "arXiv"
        yield "number", f"arXiv:{entry.arxiv_id}"
    elif entry.venue:
        yield _place(kind), entry.venue
    yield "DOI", entry.doi or ""
    yield "URL", "".join(_UNSAFE_IN_URL.get(one, one) for one in _address(entry, preprint))


def _address(entry: BibEntry, preprint: bool) -> str:
    """Return where a paper can be read; an address that its abstract names is that of its code or its data."""
    if preprint:
        return arxiv_address(entry.arxiv_id or "")
    url = entry.url or ""
    bare = url.partition("://")[2].rstrip("/").lower()
    return "" if bare and bare in "".join(entry.abstract.split()).lower() else url


def _place(kind: str) -> str:
    """Return what a venue is for a type of entry: who published it, or what it stands in."""
    whole = ("book", "phdthesis", "mastersthesis", "thesis", "techreport", "report", "manual", "booklet")
    return "publisher" if kind in whole else "container-title"


def _names(entry: BibEntry) -> Iterator[tuple[str, tuple[Person, ...]]]:
    yield "author", tuple(Person(shown(one.family), shown(one.given)) for one in entry.authors)
    for role in ("editor", "translator"):
        text = entry.fields.get(role, "")
        # As BibTeX lists them: the commas are within names, so only `and` parts them.
        yield role, people(shown(text).replace(" and ", "\n") if "," in text else shown(text))


def _date(date: Date) -> Date:
    """Return a date of parts that a calendar has."""
    if date.year is None or not 1 <= date.year <= 9999:
        return UNDATED
    if not date.month or not 1 <= date.month <= 12:
        return Date(date.year)
    return Date(date.year, date.month, date.day if date.day and 1 <= date.day <= 31 else None)


def _is_english(entry: BibEntry) -> bool:
    """Tell whether a title is English: by its language, else because nearly all of its letters are plain."""
    told = entry.fields.get("langid") or entry.fields.get("language")
    if told:
        return bool(_ENGLISH.match(told))
    letters = [character for character in entry.title if character.isalpha()]
    return sum(character.isascii() for character in letters) >= 0.97 * len(letters)
