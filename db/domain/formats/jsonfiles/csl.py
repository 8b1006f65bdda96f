"""CSL-JSON: what Zotero, pandoc and citeproc exchange; entries with `type`, `issued` and names in parts."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.domain.formats import arxiv, doi, urls
from db.domain.formats.jsonfiles.jsonarchive import JsonArchive, is_csl
from db.domain.formats.jsonfiles.jsonvalues import clean
from db.domain.formats.moments import dated, moment
from db.domain.formats.people import counted
from db.domain.records import Date, Person, Record

if TYPE_CHECKING:
    from collections.abc import Mapping

TYPES = {
    "article": "misc", "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "paper-conference": "inproceedings", "chapter": "incollection", "entry-encyclopedia": "incollection",
    "book": "book", "thesis": "phdthesis", "report": "techreport", "manuscript": "unpublished",
}  # fmt: skip
FIELDS = {
    "volume": "volume", "issue": "number", "number": "number", "page": "pages", "publisher": "publisher",
    "publisherplace": "address", "edition": "edition", "issn": "issn", "isbn": "isbn", "language": "language",
    "titleshort": "shorttitle", "collectiontitle": "series", "genre": "type", "medium": "medium", "archive": "archive",
    "eventtitle": "eventtitle", "event": "eventtitle", "license": "license", "status": "pubstate",
}  # fmt: skip
_MARKUP = re.compile(r"</?(?:i|b|sub|sup|span|sc|em|strong|p|jats:\w+)\b[^<>]{0,200}>", re.IGNORECASE)
_KEY = re.compile(r"[^\s,{}\\%#~\"]+")
_YES = (True, "true", 1, "1")
_PAGES = re.compile(r"(\w+) ?[-–] ?(\w+)")
_ADDRESS = re.compile(r"https?://|/")


class CslJson(JsonArchive):
    """Reads CSL-JSON as a bibliography: keys, keywords and notes are the person's own."""

    name = "csl-json"
    label = "CSL-JSON"
    kind = "bibliography"

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is CSL-JSON."""
        return 0.97 if is_csl(head) and super().sniff(head) > 0 else 0.0

    def record(self, view: Mapping[str, Any], key: str, **lines: Any) -> Record:
        """Return the record of an entry, whose names are in small letters without marks."""
        names, count = counted([one for name in _list(view.get("author")) if (one := _person(name))])
        date = _date(view.get("issued"))
        links = urls.find(_text(view.get("url")))[0]
        abstract = _plain(view.get("abstract"))
        note = _text(view.get("note"))
        return Record(
            title=_plain(view.get("title")),
            abstract=abstract,
            authors=names,
            author_count=count,
            date=date,
            year_explicit=date.year,
            arxiv_id=_arxiv(view, note, *links),
            doi=doi.stated(_text(view.get("doi"))),
            venue=_plain(view.get("containertitle")) or None,
            **urls.of(abstract, first=links),
            citation_key=_citation_key(view, key),
            entry_type=TYPES.get(_text(view.get("type")), "misc"),
            fields=_fields(view),
            keywords=_keywords(view.get("keyword") or view.get("categories")),
            notes="\n\n".join(filter(None, (note, _text(view.get("annote"))))),
            **lines,
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next((one for one in value if one), "")
    return clean(str(value)).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _plain(value: Any) -> str:
    """Return a text without the few tags that CSL allows."""
    return " ".join(_MARKUP.sub("", _text(value)).split())


def _person(value: Any) -> Person | None:
    if not isinstance(value, dict):
        return Person(_text(value)) if _text(value) else None
    if literal := _text(value.get("literal")):
        return Person(literal)
    family = [_text(value.get(part)) for part in ("dropping-particle", "non-dropping-particle", "family", "suffix")]
    whole = " ".join(part for part in family if part)
    given = _text(value.get("given"))
    return Person(whole, given) if whole else Person(given) if given else None


def _date(value: Any) -> Date:
    if not isinstance(value, dict):
        return moment(_text(value))
    parts = next(iter(_list(value.get("date-parts"))), None)
    numbers = [part for part in _list(parts) if re.fullmatch(r"\d{1,4}", str(part))]
    date = dated(*numbers[:3]) if numbers else moment(_text(value.get("raw")) or _text(value.get("literal")))
    return replace(date, inferred=True) if date.year and value.get("circa") in _YES else date


def _arxiv(view: Mapping[str, Any], *texts: str) -> str | None:
    stated = _text(view.get("number")) or _text(view.get("archivelocation"))
    return arxiv.find(stated) or next(
        (one for text in (_text(view.get("doi")), *texts) if (one := arxiv.find(text))), None
    )


def _citation_key(view: Mapping[str, Any], key: str) -> str | None:
    """Return the key: what says that it is one, else the id unless that is an address or a number."""
    for text in (_text(view.get("citationkey")), _text(view.get("citationlabel"))):
        if _KEY.fullmatch(text):
            return text
    text = _text(view.get("id")) or key
    return text if _KEY.fullmatch(text) and not text.isdigit() and not _ADDRESS.search(text) else None


def _keywords(value: Any) -> tuple[str, ...]:
    words = [_text(one) for one in value] if isinstance(value, list) else re.split(r"\s*[,;]\s*", _text(value))
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))


def _fields(view: Mapping[str, Any]) -> dict[str, str]:
    own = view.get("custom")
    found = {str(name): _plain(value) for name, value in own.items() if _plain(value)} if isinstance(own, dict) else {}
    found |= {name: text for given, name in FIELDS.items() if (text := _plain(view.get(given)))}
    if arxiv.plain(found.get("number", "")):
        del found["number"]
        if issue := _plain(view.get("issue")):
            found["number"] = issue
    if found.get("archive", "").lower() == "arxiv" and arxiv.plain(_text(view.get("archivelocation"))):
        del found["archive"]
    if "pages" in found:
        found["pages"] = _PAGES.sub(r"\1--\2", found["pages"])  # as a bibliography has it
    editors = [one for value in _list(view.get("editor")) if (one := _person(value))]
    if editors:
        found["editor"] = " and ".join(f"{one.family}, {one.given}" if one.given else one.family for one in editors)
    return found
