"""Reading what a person typed into a field; what makes no sense is told in words, as LibraryError."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.domain.records import Person, Status
from db.services.typed_dates import read_date
from db.services.wording import storable

if TYPE_CHECKING:
    from collections.abc import Callable

Columns = dict[str, Any]

_ARXIV = re.compile(r"(?:(\d\d)(\d\d)\.\d{4,5}|[a-z][a-z-]+(?:\.[A-Z]{2})?/(\d\d)(\d\d)\d{3})(?:v\d+)?")
_ARXIV_DRESS = re.compile(r"^(?:(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv:\s*)|\.pdf$", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_DOI_DRESS = re.compile(r"^(?:(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_URL = re.compile(r"(?:(?:https?|ftp)://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_MANY = 100_000
_DIGITS = 9
"""Of a number; Python refuses to read one of thousands."""

__all__ = ["PERSONAL", "read"]
PERSONAL = ("status", "starred", "rating", "notes")


def read(field: str, value: object) -> Columns:
    """Return the columns that a typed value of a field stands for."""
    reader = _READERS.get(field)
    if reader is None:
        raise LibraryError(f"There is no field called {field} that can be edited.")
    return reader(value)


def _clean(value: object) -> str:
    return storable("" if value is None else str(value))


def _line(value: object) -> str:
    return _SPACE.sub(" ", _clean(value)).strip()


def _title(value: object) -> Columns:
    title = _line(value)
    if not title:
        raise LibraryError("A paper needs a title.")
    return {"title": title}


def _abstract(value: object) -> Columns:
    return {"abstract": _clean(value).strip(), "abstract_truncated": False}


def _authors(value: object) -> Columns:
    if isinstance(value, str):
        people = [_person(name) for name in _names(_line(value))]
    elif isinstance(value, list | tuple):
        people = [one if isinstance(one, Person) else _person(_line(one)) for one in value]
    else:
        people = []
    return {"authors": [[_line(p.family), _line(p.given)] for p in people if _line(p.family)]}


def _names(text: str) -> list[str]:
    if ";" in text:
        names = text.split(";")
    elif re.search(r" and ", text):
        names = re.split(r",? and ", text)
    else:
        names = [text]
    return [name.strip() for name in names if name.strip()]


def _person(name: str) -> Person:
    if "," in name:
        family, given = name.split(",", 1)
        return Person(family.strip(), given.strip()) if family.strip() else Person(given.strip())
    given, _space, family = name.rpartition(" ")
    words = given.split()
    # van der, de la ...: small words before the last name belong to it.
    while len(words) > 1 and words[-1].islower():
        family = f"{words.pop()} {family}"
    return Person(family, " ".join(words))


def _number(name: str, least: int = 0, most: int = _MANY) -> Callable[[object], int | None]:
    def number(value: object) -> int | None:
        text = _line(value)
        if not text:
            return None
        if not text.isdecimal() or len(text) > _DIGITS or not least <= int(text) <= most:
            raise LibraryError(f"{name} must be a whole number from {least:,} to {most:,}, or empty; not {text[:40]}.")
        return int(text)

    return number


def _organization(value: object) -> Columns:
    return {"organization": _line(value) or None, "organization_slug": None}


def _arxiv(value: object) -> Columns:
    text = _ARXIV_DRESS.sub("", _line(value))
    if not text:
        return {"arxiv_id": None}
    match = _ARXIV.fullmatch(text)
    if not match or not 1 <= int(match[2] or match[4]) <= 12:
        raise LibraryError(f"{text} is not an arXiv id; they look like 2503.14504 or cs/0601001.")
    return {"arxiv_id": re.sub(r"v\d+$", "", text)}


def _doi(value: object) -> Columns:
    text = _DOI_DRESS.sub("", _line(value))
    if text and not _DOI.fullmatch(text):
        raise LibraryError(f"{text} is not a DOI; they start with 10. and hold a slash, like 10.1145/3292500.")
    return {"doi": text or None}


def _urls(value: object) -> Columns:
    many = value if isinstance(value, list | tuple) else _clean(value).split()
    urls = list(dict.fromkeys(one for one in (_line(url) for url in many) if one))
    for url in urls:
        if not _URL.fullmatch(url):
            raise LibraryError(f"{url} is not a web address; they look like https://example.org/paper.")
    return {"urls": urls}


def _entry_type(value: object) -> Columns:
    kind = _line(value).lower().lstrip("@") or "misc"
    if not re.fullmatch(r"[a-z]{2,30}", kind):
        raise LibraryError(f"{kind} is not an entry type; they are words like article, inproceedings or misc.")
    return {"entry_type": kind}


def _fields(value: object) -> Columns:
    """Read what an entry says beyond the fields that have a place of their own: all of it, by name."""
    if not isinstance(value, Mapping):
        raise LibraryError("The other fields of an entry are names with values.")
    texts = {_line(name).lower(): _clean(text).strip() for name, text in value.items()}
    return {"fields": {name: text for name, text in texts.items() if name and text}}


def _status(value: object) -> Columns:
    try:
        return {"status": Status(_line(value).lower()).value}
    except ValueError:
        raise LibraryError(f"A status is one of {', '.join(Status)}; not {_line(value)}.") from None


def _starred(value: object) -> Columns:
    if not isinstance(value, bool | int) or value not in (0, 1):
        raise LibraryError("A star is there or not: yes or no.")
    return {"starred": bool(value)}


def _rating(value: object) -> Columns:
    return {"rating": _number("A rating", 0, 5)(value) or 0}


def _of(column: str, reader: Callable[[object], object]) -> Callable[[object], Columns]:
    return lambda value: {column: reader(value)}


_READERS: Mapping[str, Callable[[object], Columns]] = {
    "title": _title,
    "abstract": _abstract,
    "authors": _authors,
    "author_count": _of("author_count", _number("The number of authors", 1)),
    "organization": _organization,
    "date": lambda value: read_date(_line(value)),
    "comments": _of("comments", _number("The number of comments", 0, 10_000_000)),
    "arxiv_id": _arxiv,
    "doi": _doi,
    "venue": _of("venue", lambda value: _line(value) or None),
    "urls": _urls,
    "entry_type": _entry_type,
    "fields": _fields,
    "notes": _of("notes", lambda value: _clean(value).replace("\r\n", "\n").rstrip()),
    "status": _status,
    "starred": _starred,
    "rating": _rating,
}
