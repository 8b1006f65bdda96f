"""From a paper of a JSON document to a record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from db.domain.formats import arxiv, doi, urls
from db.domain.formats.jsonfiles import jsonnames
from db.domain.formats.jsonfiles.jsonvalues import date, heading, names, number, people, prose, text, tidy
from db.domain.records import Date, Person, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.jsonfiles.jsonlike import Object

_LONGEST_FIELD = 2_000
_CUT = ("...", "…", "[...]", "…]")
_PUBLISHED = ("Submitted", "Issued", "Available", "None")
_OWN_LINK = re.compile(
    r"https?://(?:(?:dx\.)?doi\.org/10\.|(?:\w+\.)?arxiv\.org/(?:abs|pdf|html)/|huggingface\.co/papers/)", re.IGNORECASE
)


def record(view: Object, key: str = "", **place: Any) -> Record:
    """Return the record of a paper as `jsonlike.view` shows it; `key` is what it stood under, `place` its lines."""
    title = next((said for name in jsonnames.TITLE if (said := heading(_main(view.get(name))))), "")
    if view.get("wrapper") == "info":
        title = title.removesuffix(".")  # dblp ends every title so
    abstract = _abstract(view)
    authors = _authors(view)
    day = _date(view)
    name, slug = _organisation(_first(view, jsonnames.ORGANISATION))
    count = number(_first(view, jsonnames.COUNT))
    return Record(
        title=title,
        abstract=abstract,
        abstract_truncated=abstract.endswith(_CUT),
        authors=authors,
        author_count=len(authors) or count or _listed(view),
        organization=name,
        organization_slug=slug,
        organization_name=name,
        year_explicit=day.year,
        date=day,
        comments=_count(view, jsonnames.COMMENTS),
        upvotes=_count(view, jsonnames.UPVOTES),
        arxiv_id=_arxiv(view, key),
        doi=_doi(view),
        venue=_venue(view),
        **urls.of(abstract, more=_links(view)),
        entry_type=_type(view),
        fields=_fields(view),
        **place,
    )


def _first(view: Object, wanted: Iterable[str]) -> Any:
    for name in wanted:
        value = view.get(name)
        if value not in (None, False, "", [], {}):
            return value
    return None


def _main(value: Any) -> Any:
    """Take the title itself of a list in which subtitles and translations say what they are (DataCite)."""
    if not isinstance(value, list):
        return value
    return [one for one in value if not (isinstance(one, dict) and one.get("titleType"))] or value


def _type(view: Object) -> str | None:
    kinds = view.get("types")
    general = text(kinds.get("resourceTypeGeneral")) if isinstance(kinds, dict) else ""
    return jsonnames.TYPES.get(text(view.get("type")).lower()) or jsonnames.TYPES.get(general.lower())


def _abstract(view: Object) -> str:
    inverted = view.get("abstractinvertedindex")
    if isinstance(inverted, dict) and inverted:
        return _upright(inverted)
    for name in jsonnames.ABSTRACT:
        value = view.get(name)
        if name == "descriptions" and isinstance(value, list):
            told = [one for one in value if isinstance(one, dict) and one.get("descriptionType") == "Abstract"]
            value = next((one.get("description") for one in told), None)
        if name == "tldr" or not value:
            continue
        if found := prose(value):
            return found
    return ""


def _upright(inverted: dict[str, Any]) -> str:
    """OpenAlex gives the places of each word instead of the text."""
    placed = [
        (place, word)
        for word, places in inverted.items()
        for place in (places if isinstance(places, list) else ())
        if isinstance(place, int)
    ]
    return tidy(" ".join(word for _place, word in sorted(placed)))


def _authors(view: Object) -> tuple[Person, ...]:
    if parsed := view.get("authorsparsed"):
        return people(parsed)
    return people(_first(view, jsonnames.AUTHORS))


def _listed(view: Object) -> int | None:
    """Some exports give the number of the authors in the place of their names."""
    value = view.get("authors")
    return number(value) or None if isinstance(value, int) else None


def _date(view: Object) -> Date:
    """Return the fullest date of the first version; the day of the listing only when there is no other."""
    best = Date()
    for name in (*jsonnames.SURE_DATES, *jsonnames.YEARS):
        value = view.get(name)
        if not value:
            continue
        found = date(_dated(value))
        if found.day:
            if not best.year or (best.year == found.year and best.month in (None, found.month)):
                return found
            return best
        if found.year and (not best.year or (found.month and not best.month and found.year == best.year)):
            best = found
    return best


def _dated(value: Any) -> Any:
    """Take the submission of a list of dates or versions (DataCite, arXiv), else its first that is of publication."""
    if not isinstance(value, list) or not value or not isinstance(value[0], dict):
        return value
    kinds = {str(one.get("dateType")): one for one in reversed(value) if isinstance(one, dict)}
    chosen = next((kinds[one] for one in _PUBLISHED if one in kinds), {})
    return chosen.get("date") or chosen.get("created") or chosen.get("value") or chosen


def _organisation(value: Any) -> tuple[str | None, str | None]:
    """Return the name for people and the slug."""
    if isinstance(value, dict):
        slug = text(value.get("name") or value.get("slug"))
        name = text(value.get("fullname") or value.get("displayName") or value.get("name"))
        return name or None, slug or None
    return text(value) or None, None


def _count(view: Object, wanted: Iterable[str]) -> int | None:
    return next((found for name in wanted if (found := number(view.get(name))) is not None), None)


def _arxiv(view: Object, key: str) -> str | None:
    outside = view.get("externalids")
    for name, value in outside.items() if isinstance(outside, dict) else ():
        if name.lower() == "arxiv" and (found := arxiv.plain(text(value))):
            return found
    for value in _texts(view, jsonnames.ARXIV):
        if found := arxiv.plain(value) or arxiv.find(value):
            return found
    for value in (key, *_texts(view, jsonnames.DOI), *_texts(view, jsonnames.URLS)):
        if found := arxiv.plain(value) or arxiv.find(value):
            return found
    return None


def _texts(view: Object, wanted: Iterable[str]) -> Iterator[str]:
    """Yield the texts of keys; objects of identifiers and links give the text that matters."""
    for name in wanted:
        value = view.get(name)
        if not value:
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from (text(inner) for inner in one.values() if isinstance(inner, str))
            elif one:
                yield text(one)


def _doi(view: Object) -> str | None:
    outside = view.get("externalids")
    values = [text(outside.get("DOI"))] if isinstance(outside, dict) else []
    for value in (*values, *_texts(view, (*jsonnames.DOI, "id", "identifiers"))):
        if found := doi.find(value):
            return found
    return None


def _venue(view: Object) -> str | None:
    place = view.get("primarylocation")
    if isinstance(place, dict) and isinstance(place.get("source"), dict):
        return text(place["source"].get("display_name")) or None
    for name in jsonnames.VENUE:
        value = view.get(name)
        if isinstance(value, str | list | dict) and name != "source" and (found := text(value)):
            return found[:500]
    return None


def _links(view: Object) -> list[str]:
    place = view.get("primarylocation")
    more = [text(one) for one in place.values() if isinstance(one, str)] if isinstance(place, dict) else []
    stated = (*_texts(view, (*jsonnames.GITHUB, *jsonnames.PROJECT, *jsonnames.URLS)), *more)
    return [one for one in stated if _elsewhere(one)]


def _elsewhere(value: str) -> bool:
    """Say whether it is a link that says more than the record's own identifiers do."""
    return _is_link(value) and not _OWN_LINK.match(urls.canonical(value))


def _is_link(value: str) -> bool:
    return value.startswith(("http://", "https://")) and len(value) < _LONGEST_FIELD and " " not in value


def _fields(view: Object) -> dict[str, str]:
    found = {name: one for name, one in _known(view) if one}
    for name, value in view.items():
        field = jsonnames.FIELDS.get(name)
        if field and field not in found and isinstance(value, str | int) and (one := text(value)):
            found[field] = one[:_LONGEST_FIELD]
    if isinstance(view.get("comments"), str) and number(view["comments"]) is None:
        found.setdefault("comment", text(view["comments"])[:_LONGEST_FIELD])
    return found


def _known(view: Object) -> Iterator[tuple[str, str]]:
    yield "summary", text(_first(view, jsonnames.SUMMARY))
    words: Iterable[str] = ()
    for name in jsonnames.KEYWORDS:
        if view.get(name) and not (name == "categories" and isinstance(view[name], str)):
            words = names(view[name])
            break
    yield "keywords", "; ".join(dict.fromkeys(words))
    by = _first(view, jsonnames.SUBMITTER)
    yield "submitted_by", text((by.get("fullname") or by.get("name") or by.get("user")) if isinstance(by, dict) else by)
    yield "github", next((one for one in _texts(view, jsonnames.GITHUB) if _is_link(one)), "")
    yield "github_stars", text(_first(view, jsonnames.STARS))
    yield "project_page", next((one for one in _texts(view, jsonnames.PROJECT) if _is_link(one)), "")
    pages = (urls.canonical(one) for one in _texts(view, jsonnames.URLS) if _is_link(one))
    yield "page", next((one for one in pages if one.startswith("https://huggingface.co/papers/")), "")
