"""From an entry's fields to a record: what has a place of its own goes there, everything else stays a field.

A field is left out of `Record.fields` only when the record holds all of it, so that an export writes it again:
the venue stays under its own name too where an export would choose another one (`venue_name`), a date that is a range
or uncertain stays, and so does an `eprint` of another archive. The one exception is biblatex's `subtitle`: it is joined
to the title, for twins and people, and written as part of it, which prints alike in every style.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from db.domain.formats import arxiv, urls
from db.domain.formats.bibread import dates, files, identifiers, names
from db.domain.formats.bibread.values import decoded, one_line, verbatim
from db.domain.formats.bibwrite import UNICODE, venue_name
from db.domain.formats.bibwrite.model import VENUE_FIELDS
from db.domain.formats.ownnote import INFERRED, OWN
from db.domain.records import Record, Status

if TYPE_CHECKING:
    from db.domain.formats.bibread.groups import Path
    from db.domain.records import Attachment, Date, Person

_AUTHORS = "author" + UNICODE
_VERBATIM = re.compile(
    r"url|doi|eprint|pdf|ps|ee|biburl|urlraw|local-url|bdsk-(?:url|file)-\d+|date-\w+|\w*date|timestamp"
)
_VOLUMES = frozenset("book mvbook collection mvcollection proceedings mvproceedings reference periodical".split())
_NOTES = ("review", "annote", "annotation", "comment")
_STATUS = {"read": Status.READ, "skimmed": Status.READING}
_RANK = re.compile(r"(?:rank)?([1-5])")
_TAG = re.compile(r"(?<!\\)[{}]|[,;]")
_ENTITY = re.compile(r"\\?&(?:amp|lt|gt|quot|apos|#39);")
MOST_KEYWORDS = 2_000
Fields = dict[str, str]


class Place(NamedTuple):
    """Where an entry stands: its number among the entries, its lines (all from 1), and its columns in them if it
    shares its first or last line with something else.
    """

    number: int
    first: int
    last: int
    abstract: int | None
    columns: tuple[int, int] | None = None


def record(kind: str, key: str, raw: Fields, place: Place, paths: tuple[Path, ...]) -> Record:
    """Return the record of an entry that is in the collections `paths`.

    `raw` holds the contents of its fields as LaTeX, names in small letters.
    """
    left = _whole(raw)
    title, abstract = _title(left).strip(), _abstract(left)
    authors, count = _authors(left)
    notes = _notes(left)
    plain = {name: _value(name, text) for name, text in left.items()}
    date = _date(plain)
    status, rating = _special(plain)
    return Record(
        title=title or plain.get("booktitle") or plain.get("maintitle") or "",
        abstract=abstract,
        authors=authors,
        author_count=count,
        date=date,
        venue=_venue(kind, plain),
        citation_key=key or None,
        entry_type=kind,
        keywords=_keywords(left, plain),
        attachments=_attachments(left, plain),
        notes=notes,
        status=status,
        rating=rating,
        collections=paths,
        index=place.number,
        line_title=place.first,
        line_abstract=place.abstract if abstract else None,
        line_end=place.last,
        columns=place.columns,
        **_pointers(left, plain, abstract),
        fields={name: text for name, text in plain.items() if text},
    )


def _pointers(left: Fields, plain: Fields, abstract: str) -> dict[str, Any]:
    """Return identifiers and links."""
    doi, arxiv_id = _identifiers(left, plain)
    revision = arxiv.revision(verbatim(left.get("eprint", "")[:100])) if arxiv_id else None
    return {
        "doi": doi,
        "arxiv_id": arxiv_id,
        "arxiv_version": revision,
        **urls.of(abstract, first=_addresses(left, plain)),
    }


def _whole(raw: Fields) -> Fields:
    """Return the fields, each as it was before LaTeX could not print it; authors are read from a list of their own."""
    left = dict(raw)
    for name in [one for one in raw if one.endswith(UNICODE) and one != _AUTHORS]:
        left[name.removesuffix(UNICODE)] = left.pop(name)
    return left


def _title(left: Fields) -> str:
    text = _text(left.pop("title", ""))
    subtitle = _text(left.pop("subtitle", ""))
    if subtitle and subtitle.lower() not in text.lower():
        text = f"{text}{' ' if text[-1:] in ('?', '!', ':', '.') else ': '}{subtitle}" if text else subtitle
    return text


def _abstract(left: Fields) -> str:
    return _text(left.pop("abstract", ""))


def _text(raw: str) -> str:
    return decoded(one_line(raw)) if raw else ""


def _authors(left: Fields) -> tuple[tuple[Person, ...], int | None]:
    original, listed = left.pop(_AUTHORS, ""), left.pop("author", "")
    found, more = names.people(listed)
    if original:
        found = names.originals(original)
    return found, len(found) if found and not more else None


def _notes(left: Fields) -> str:
    """Return what the person wrote; the name of who wrote it stands before it where JabRef keeps one."""
    found = []
    for name in [one for one in left if one in _NOTES or one.startswith("comment-")]:
        text = _paragraphs(left.pop(name))
        who = name.partition("comment-")[2]
        if text:
            found.append(f"{who}: {text}" if who else text)
    return "\n\n".join(dict.fromkeys(found))


def _paragraphs(raw: str) -> str:
    lines = [" ".join(line.split()) for line in raw.strip().split("\n")]
    return decoded("\n".join(lines))


def _value(name: str, raw: str) -> str:
    if name == "file":
        return raw
    return verbatim(raw) if _is_verbatim(name) else decoded(one_line(raw))


@lru_cache(maxsize=1_000)
def _is_verbatim(name: str) -> bool:
    return _VERBATIM.fullmatch(name) is not None


def _date(plain: Fields) -> Date:
    found, said = dates.date(plain)
    for name in said:
        plain.pop(name, None)
    note = plain.get("note", "")
    if own := OWN.search(note):
        if own[0].endswith(INFERRED):
            found = type(found)(found.year, found.month, found.day, inferred=found.year is not None)
        # Written by Sheaf itself; it is no note of anybody, and an export writes it anew.
        plain["note"] = note[: own.start()].removesuffix(". ").strip()
    return found


def _identifiers(left: Fields, plain: Fields) -> tuple[str | None, str | None]:
    doi, whole = identifiers.doi(left)
    if whole:
        plain.pop("doi", None)
    arxiv_id, whole = identifiers.arxiv_id(left, doi)
    if whole:
        for name in ("eprint", "archiveprefix", "eprinttype"):
            plain.pop(name, None)
    return doi, arxiv_id


def _addresses(left: Fields, plain: Fields) -> tuple[str, ...]:
    found: list[str] = []
    for name in ("url", "howpublished"):
        value = left.get(name, "")
        if value and (name == "url" or "\\url" in value or "\\href" in value or "://" in value):
            found += identifiers.addresses(value)
            if name == "url" and found and identifiers.is_address(value):
                plain.pop("url", None)
    return tuple(dict.fromkeys(found))


def _venue(kind: str, plain: Fields) -> str | None:
    """Return where it was published; its field goes when an export writes the venue under that name by itself."""
    for name in VENUE_FIELDS:
        text = plain.get(name, "")
        if not text or (name == "booktitle" and kind in _VOLUMES) or (name == "howpublished" and "://" in text):
            continue
        if name.removesuffix("title" if name == "journaltitle" else "") == venue_name(kind):
            del plain[name]
        return text
    return None


def _keywords(left: Fields, plain: Fields) -> tuple[str, ...]:
    found: list[str] = []
    for name in ("keywords", "keyword", "mendeley-tags"):
        if plain.pop(name, ""):
            found += _tags(one_line(left[name]))
    return tuple(dict.fromkeys(found))[:MOST_KEYWORDS]


@lru_cache(maxsize=5_000)
def _tags(raw: str) -> tuple[str, ...]:
    """Split at commas, or at semicolons where these are as many; what stands in braces is one keyword."""
    if "&" in raw:
        raw = _ENTITY.sub(lambda entity: html.unescape(entity[0].removeprefix("\\")), raw)
    if not raw or ("," not in raw and ";" not in raw):
        return (tag,) if (tag := decoded(raw).strip()) else ()
    mark = ";" if raw.count(";") >= raw.count(",") else ","
    parts, level, start = [], 0, 0
    for match in _TAG.finditer(raw):
        level = max(0, level + {"{": 1, "}": -1}.get(match[0], 0))
        if match[0] == mark and level == 0:
            parts.append(raw[start : match.start()])
            start = match.end()
    return tuple(tag for part in [*parts, raw[start:]] if (tag := decoded(part).strip()))


def _attachments(left: Fields, plain: Fields) -> tuple[Attachment, ...]:
    plain.pop("file", None)
    return files.attachments(left["file"]) if left.get("file") else ()


def _special(plain: Fields) -> tuple[Status | None, int]:
    """The marks of JabRef and BibDesk: how far it is read, and how many stars it has."""
    status = _STATUS.get(plain.get("readstatus", "").strip().lower())
    name = "ranking" if plain.get("ranking") else "rating"
    rank = _RANK.fullmatch(plain.get(name, "").strip())
    if status:
        del plain["readstatus"]
    if rank:
        del plain[name]
    return status, int(rank[1]) if rank else 0
