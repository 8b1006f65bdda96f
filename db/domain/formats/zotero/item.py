"""From an item of Zotero to a record; every field that a record has no place for stays a field."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.domain.formats import arxiv, doi, urls
from db.domain.formats.bibwrite import venue_name
from db.domain.formats.jsonfiles.jsonvalues import clean, prose, tidy
from db.domain.formats.moments import dated, moment
from db.domain.formats.people import stated
from db.domain.formats.zotero import extra, notes, tables
from db.domain.records import Attachment, Date, Person, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Item = dict[str, Any]
AUTOMATIC = "automatic"
"""The tag in which tags stand that a web page gave an item and no person."""
OURS = frozenset(
    "key itemType library dateAdded betterBibtexKey creators tags automaticTags collections notes annotations "
    "attachments links".split()
)
"""The parts of an item that are none of its fields."""
_OF_ARXIV = ("arXiv", "number", "publicationTitle", "archiveLocation")
"""Fields that may hold an arXiv id and nothing else."""
_BY_ITSELF = frozenset({"date-added", "entrysubtype"})
"""Fields that every item has."""
_MARKUP = re.compile(r"</?(?:i|b|sub|sup|span|sc|em|strong)\b[^<>]{0,200}>", re.IGNORECASE)
_SQL_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?: (.*))?$", re.DOTALL)
_YEARS = re.compile(r"\s*(\d{4})\s*[-–/]\s*(\d{4})\s*")
_PAGES = re.compile(r"(\w+) ?[-–] ?(\w+)")
_ANNOTATED = {"note": "Note", "image": "Picture", "ink": "Drawing"}


def record(item: Item, **place: Any) -> Record:
    """Return the record of an item; `place` is its number and lines."""
    kind = _line(item.get("itemType", ""))
    left = {name: text for name, value in item.items() if name not in OURS and (text := _text(value))}
    said = extra.read(left.pop("extra", ""), left)
    left |= said.fields
    title = _MARKUP.sub("", tidy(left.pop("title", "")))
    date, undated = _date(left.pop("date", ""))
    people = _people(item.get("creators", ()))
    authors = people.pop("author", ())
    pointers = _pointers(left, item)
    entry_type = tables.entry_type(kind, left.get("type", ""))
    venue = _venue(left, entry_type, preprint=pointers["arxiv_id"] is not None)
    fields = _fields(left, kind) | {role: " and ".join(map(stated, names)) for role, names in people.items()}
    fields |= {"date": undated, "extra": said.rest, "date-added": _text(item.get("dateAdded"))}
    return Record(
        title=title,
        authors=authors,
        author_count=len(authors) or None,
        date=date,
        year_explicit=date.year,
        venue=venue,
        entry_type=entry_type,
        fields={name: text for name, text in fields.items() if text},
        keywords=_tags(item),
        collections=tuple(tuple(map(_line, path)) for path in item.get("collections", ())),
        attachments=tuple(map(_file, item.get("attachments", ()))),
        notes=_notes(item),
        **pointers,
        **place,
    )


def says_something(found: Record) -> bool:
    """Tell whether there is anything in an item but what it is and when it was made."""
    parts = (
        found.title, found.abstract, found.authors, found.date.year, found.venue, found.arxiv_id, found.doi, found.urls,
        found.citation_key, found.keywords, found.attachments, found.notes, found.fields.keys() - _BY_ITSELF,
    )  # fmt: skip
    return any(parts)


def _pointers(left: dict[str, str], item: Item) -> dict[str, Any]:
    """Take the abstract, the key, identifiers and links out of the fields; return them by their names in a record."""
    abstract = prose(left.pop("abstractNote", ""))
    arxiv_id, version = _arxiv(left)
    stated, number = left.get("url", ""), doi.stated(left.get("DOI", ""))
    addresses = urls.find(stated)[0]
    for name, gone in (("url", addresses == (stated,)), ("DOI", number is not None)):
        if gone:
            del left[name]  # what is no address or number, or more than that, stays a field
    links = [*addresses, *(link for one in item.get("links", ()) for link in urls.find(str(one))[0])]
    return {
        "abstract": abstract,
        "arxiv_id": arxiv_id,
        "arxiv_version": version,
        "doi": number,
        "citation_key": left.pop("citationKey", "") or _text(item.get("betterBibtexKey")) or None,
        "identity": f"zotero/{_line(item.get('library', ''))}/{_line(item.get('key', ''))}",
        **urls.of(abstract, first=links),
    }


def _text(value: Any) -> str:
    return clean(str(value)).strip() if isinstance(value, str | int | float) else ""


def _line(value: Any) -> str:
    return tidy(str(value))


def _date(text: str) -> tuple[Date, str]:
    """Return the date, and what else there is to keep: a text without a year, or from which year to which.

    Zotero puts YYYY-MM-DD before what was typed.
    """
    match = _SQL_DATE.match(text)
    typed = (match[4] or "") if match else text
    found = dated(match[1], match[2], match[3]) if match and match[1] != "0000" else moment(typed)
    if years := _YEARS.fullmatch(typed):
        return found, f"{years[1]}/{years[2]}"
    return found, "" if found.year else typed or text


def _arxiv(left: dict[str, str]) -> tuple[str | None, int | None]:
    """Return the arXiv id and version, wherever an item says them; what says nothing else goes."""
    for name in (*_OF_ARXIV, "DOI", "url"):
        text = left.get(name, "")
        if found := _arxiv_id(name, text):
            for other in _OF_ARXIV:
                if found in left.get(other, ""):
                    del left[other]
            if left.get("publisher", "").lower() == "arxiv":
                del left["publisher"]
            return found, arxiv.revision(text)
    return None, None


def _arxiv_id(name: str, text: str) -> str | None:
    if found := arxiv.find(text):
        return found
    lower = text.lower()
    if name == "DOI" and "48550/arxiv." in lower:
        return arxiv.plain(text[lower.index("arxiv.") :])
    return arxiv.plain(text.split(" ")[0]) if name == "arXiv" or "arxiv" in lower else None


def _people(creators: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Person, ...]]:
    """Return the persons by role, in order; those who made the item are its authors."""
    found: dict[str, list[Person]] = {}
    for one in creators:
        person = Person(_line(one.get("last", "")), _line(one.get("first", "")))
        if person.given and not person.family:
            person = replace(person, family=person.given, given="")
        if person.family:
            found.setdefault(str(one.get("role", "author")), []).append(person)
    if "author" not in found and (made := next((role for role in tables.PRIMARY if role in found), None)):
        found["author"] = found.pop(made)
    author = tuple(found.pop("author", ()))
    others = {tables.ROLES.get(role, tables.field_name(role)): tuple(names) for role, names in found.items()}
    return others | {"author": author}


def _venue(left: dict[str, str], entry_type: str, *, preprint: bool) -> str | None:
    """Return where it came out, which is no field any more."""
    names = ["publicationTitle", "conferenceName", "meetingName"]
    if venue_name(entry_type) in ("publisher", "school", "institution") or not preprint:
        names.append("publisher")
    if venue_name(entry_type) == "publisher":
        names.insert(0, "publisher")
    name = next((one for one in names if left.get(one)), None)
    return _MARKUP.sub("", _line(left.pop(name))) if name else None


def _fields(left: Mapping[str, str], kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, text in left.items():
        field = tables.field_name(name)
        found[field if field not in found else name.lower()] = text if "\n" in text else _line(text)
    if "pages" in found:
        found["pages"] = _PAGES.sub(r"\1--\2", found["pages"])  # as a bibliography has it
    if "accessDate" in left:
        found["urldate"] = found.pop("access-date")[:10]
    if kind and kind not in tables.PLAIN:
        found["entrysubtype"] = kind
    return found


def _tags(item: Item) -> tuple[str, ...]:
    own = [_line(one) for one in item.get("tags", ())]
    by_itself = [f"{AUTOMATIC}/{_line(one)}" for one in item.get("automaticTags", ()) if _line(one) not in own]
    return tuple(dict.fromkeys(one for one in (*own, *by_itself) if one))


def _file(one: Mapping[str, Any]) -> Attachment:
    return Attachment(_text(one.get("path")), _line(one.get("title", "")), _line(one.get("type", "")))


def _notes(item: Item) -> str:
    """Return the notes of an item, and what was marked in its files, as one text."""
    found = [notes.markdown(clean(str(note))) for note in item.get("notes", ())]
    for one in item.get("annotations", ()):
        name = _line(one.get("file", "")) or "a file"
        marks = [text for mark in one.get("marks", ()) if (text := _mark(mark))]
        if marks:
            found.append("\n\n".join([f"## Marked in {notes.plain(name)}", *marks]))
    return "\n\n".join(text for text in found if text)


def _mark(mark: Mapping[str, Any]) -> str:
    """Return what was marked as a quotation with its page, and what was written beside it."""
    quoted = notes.plain(" ".join(clean(str(mark.get("text") or "")).split()))
    said = notes.plain(clean(str(mark.get("comment") or "")))
    page = _line(mark.get("page") or "")
    where = f" (p. {page})" if page else ""
    if quoted:
        return f"> {quoted}{where}" + (f"\n\n{said}" if said else "")
    kind = _ANNOTATED.get(str(mark.get("kind")), "Mark")
    return f"{kind}{where}: {said}" if said else ""
