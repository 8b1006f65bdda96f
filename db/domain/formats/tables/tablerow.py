"""One row of a table as a record, by the fields of its columns."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from db.domain.formats import arxiv, doi, urls
from db.domain.formats.moments import moment
from db.domain.formats.people import counted, people_of_table
from db.domain.formats.tables.headings import IGNORE, MANY, OWN
from db.domain.records import Attachment, Date, Record, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

TARGETS = (
    "title", "abstract", "authors", "year", "date", "venue", "doi", "arxiv_id", "urls", "keywords", "notes",
    "citation_key", "entry_type", "attachments", "collections", "organization", "upvotes", "comments", "rating",
    "status", OWN, IGNORE,
)  # fmt: skip
"""What a column can be, in the order in which a person is offered them."""

TYPES = {
    "journal article": "article", "journalarticle": "article", "article": "article",
    "conference paper": "inproceedings", "conferencepaper": "inproceedings", "inproceedings": "inproceedings",
    "proceedings paper": "inproceedings", "book": "book", "book chapter": "incollection",
    "booksection": "incollection", "thesis": "phdthesis", "phdthesis": "phdthesis", "report": "techreport",
    "techreport": "techreport", "preprint": "misc",
}  # fmt: skip
BIBTEX = frozenset(
    "article inproceedings conference proceedings collection incollection inbook book booklet phdthesis mastersthesis"
    " thesis techreport report manual patent unpublished online software dataset misc".split()
)
"""Types of BibTeX and BibLaTeX, which some tables name as they are."""
INFERRED = "year-inferred"
"""The heading that says of a row that no source states its year."""
_YES = frozenset({"yes", "true", "1"})
_FITS: Mapping[str, Callable[[str], object]] = {
    "year": lambda text: moment(text).year,
    "date": lambda text: moment(text).year,
    "doi": doi.stated,
    "arxiv_id": lambda text: _arxiv(text),
    "urls": lambda text: urls.find(text)[0],
    "citation_key": lambda text: _key(text),
    "comments": lambda text: _count(text) is not None,
    "upvotes": lambda text: _count(text) is not None,
    "rating": lambda text: _count(text) is not None,
    "status": lambda text: _status(text),
}


def has_place(field: str, text: str, before: Sequence[str]) -> bool:
    """Say whether a record can hold this cell of a field, given the row's cells `before` it of the same field."""
    if before and field not in MANY:
        return text in before
    return field not in _FITS or bool(_FITS[field](text))


def record_of(values: Mapping[str, list[str]], own: Mapping[str, str], line: int, last: int) -> Record:
    """Return the record of a row; `values` holds the cells of each field, `own` those without one, by heading."""

    def one(field: str) -> str:
        return next((text for text in values.get(field, ()) if text), "")

    names, count = counted(people_of_table(one("authors")))
    date = _date(one("date"), one("year"))
    own = dict(own)
    if own.pop(INFERRED, "").lower() in _YES and date.year is not None:
        date = replace(date, inferred=True)
    links = [link for text in values.get("urls", ()) for link in urls.find(text)[0]]
    return Record(
        title=_space(one("title")),
        abstract=_space(one("abstract")),
        authors=names,
        author_count=count,
        organization=one("organization") or None,
        date=date,
        year_explicit=date.year,
        comments=_count(one("comments")),
        upvotes=_count(one("upvotes")),
        arxiv_id=_arxiv(one("arxiv_id"), one("doi"), *links),
        doi=doi.stated(one("doi")),
        venue=_space(one("venue")) or None,
        **urls.of(one("abstract"), first=links),
        citation_key=_key(one("citation_key")),
        entry_type=_type(one("entry_type")),
        fields={heading: text for heading, text in own.items() if text},
        keywords=_words(values.get("keywords", ())),
        collections=tuple(
            tuple(part.strip() for part in path.split("/") if part.strip()) for path in _words([one("collections")])
        ),
        attachments=tuple(Attachment(path) for path in _words(values.get("attachments", ()), ";\n")),
        notes="\n\n".join(text for text in values.get("notes", ()) if text),
        status=_status(one("status")),
        rating=min(5, _count(one("rating")) or 0),
        line_title=line,
        line_end=last,
    )


def _space(text: str) -> str:
    return " ".join(text.split())


def _type(text: str) -> str:
    known = text.strip().lower()
    return known if known in BIBTEX else TYPES.get(known, "misc")


def _date(text: str, year: str) -> Date:
    date, stated = moment(text), moment(year)
    return date if date.year is not None and stated.year in (None, date.year) else stated


def _count(text: str) -> int | None:
    match = re.match(r"\s*(\d[\d,]{0,11})(?:\.0+)?\s*$", text)
    return int(match[1].replace(",", "")) if match else None


def _arxiv(stated: str, *links: str) -> str | None:
    return arxiv.plain(stated) or next((found for text in (stated, *links) if (found := arxiv.find(text))), None)


def _key(text: str) -> str | None:
    return text if text and not re.search(r"[\s,{}\\%#~\"]", text) else None


def _words(texts: object, marks: str = ";,|\n") -> tuple[str, ...]:
    """Split lists at the first of the marks that they use."""
    found: dict[str, None] = {}
    for text in texts if isinstance(texts, list | tuple) else ():
        mark = next((m for m in marks if m in text), None)
        found |= dict.fromkeys(word.strip() for word in (text.split(mark) if mark else [text]) if word.strip())
    return tuple(found)


def _status(text: str) -> Status | None:
    known = {status.value: status for status in Status}
    return known.get(text.strip().lower())
