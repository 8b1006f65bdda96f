"""EndNote's XML, which Mendeley and others export too: one record at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from db.domain.formats import arxiv, doi, urls
from db.domain.formats.bibread.files import local
from db.domain.formats.cover import Cover
from db.domain.formats.html.htmltree import whole
from db.domain.formats.jsonfiles.jsonvalues import clean, tidy
from db.domain.formats.jsonfiles.jsonwindow import Window
from db.domain.formats.moments import moment
from db.domain.formats.people import counted, named, stated
from db.domain.formats.survey import Survey
from db.domain.formats.textfile import WHOLE
from db.domain.formats.xmlentries import records
from db.domain.records import Attachment, Date, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.records import Issue, Ledger, Person

TYPES = {
    "17": "article", "47": "inproceedings", "10": "inproceedings", "6": "book", "28": "book", "5": "incollection",
    "32": "phdthesis", "27": "techreport", "36": "unpublished", "34": "unpublished", "12": "online", "9": "software",
    "59": "dataset", "25": "patent", "19": "article", "23": "article",
}  # fmt: skip
"""The type of a bibliography for the number of EndNote's."""
FIELDS = {
    "volume": "volume", "number": "number", "pages": "pages", "edition": "edition", "section": "section",
    "publisher": "publisher", "pub-location": "address", "isbn": "isbn", "language": "language",
    "accession-num": "accession-number", "call-num": "call-number", "work-type": "type", "short-title": "shorttitle",
    "tertiary-title": "series", "alt-title": "shortjournal", "num-vols": "volumes", "remote-database-name": "database",
}  # fmt: skip
LONGEST_ISSUE = 2_000
"""Characters of a record that was not understood."""
_RECORD = re.compile(r"<(record)(?=[\s>])")
_START = re.compile(r"(?:<\?xml[^>]*\?>\s*|<!--.{0,5000}?-->\s*)*<xml>\s*<records>", re.DOTALL)
_PAGES = re.compile(r"(\w+) ?[-–] ?(\w+)")
_KEY = re.compile(r"[A-Za-z][^\s,{}\\%#~\"]+")
_INTERNAL = "internal-pdf://"
"""How EndNote names a file in its own folder, which lies beside no export."""
_PLACED = frozenset(
    "abstract contributors database dates electronic-resource-num foreign-keys keywords label notes periodical "
    "rec-number ref-type research-notes source-app titles urls".split()
)
"""Parts of a record that are no fields: what a record has a place for, and what is about its database."""
_OTHERS = ("tertiary-authors", "subsidiary-authors", "translated-authors")


class EndnoteXml:
    """Reads EndNote's XML as a bibliography: tags, notes and files are the person's own."""

    name = "endnote-xml"
    label = "EndNote XML"
    kind = "bibliography"
    longest = WHOLE
    reader = 2

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is such an export."""
        return 0.97 if _START.match(head.lstrip("\ufeff \t\r\n")) else 0.0

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return nothing: every record says all of itself."""
        return Survey(encoding=getattr(lines, "encoding", ""))

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the records and what is broken, in order, and at last the ledger."""
        cover = Cover()
        yield from records(Window(lines, cover), cover, _RECORD, _record, longest_issue=LONGEST_ISSUE)
        yield cover.ledger(self.name, survey)


class _Parts:
    """The texts of one record by the path of their element."""

    def __init__(self, root: Any) -> None:
        self._root = root

    def all(self, path: str) -> list[str]:
        """Return the texts of all elements at a path."""
        found = [clean("".join(one.itertext())).strip() for one in self._root.iterfind(path)]
        return [text for text in found if text]

    def one(self, *paths: str) -> str:
        """Return the first text at the first path that has any, on one line."""
        return next((tidy(text) for path in paths for text in self.all(path)), "")

    def rest(self) -> dict[str, str]:
        """Return what stands beside the parts that are known, by the name of its element."""
        names = dict.fromkeys(str(one.tag) for one in self._root if isinstance(one.tag, str))
        return {name: text for name in names if name not in _PLACED and name not in FIELDS and (text := self.one(name))}

    def people(self, path: str) -> list[Person]:
        """Return the persons at a path."""
        return [one for name in self.all(path) if (one := named(tidy(name)))]


def _record(text: str, **place: Any) -> Record | None:
    from lxml import etree

    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(whole(text).encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return None
    parts = _Parts(root) if root is not None else None
    return _made(parts, root, place) if parts and parts.one("titles/title") else None


def _made(parts: _Parts, root: Any, place: dict[str, Any]) -> Record:
    authors, count = counted(parts.people("contributors/authors/author"))
    links = [link for text in parts.all("urls/related-urls/url") for link in urls.find(text)[0]]
    kind = root.find("ref-type")
    abstract = parts.one("abstract")
    date = _date(parts)
    notes = [*parts.all("notes"), *parts.all("research-notes")]
    label = parts.one("label")
    return Record(
        title=parts.one("titles/title"),
        abstract=abstract,
        authors=authors,
        author_count=count,
        date=date,
        year_explicit=date.year,
        doi=doi.stated(parts.one("electronic-resource-num")) or doi.find(" ".join(links)),
        arxiv_id=next((found for text in (*links, parts.one("accession-num")) if (found := arxiv.find(text))), None),
        venue=parts.one("titles/secondary-title", "periodical/full-title") or None,
        **urls.of(abstract, first=links),
        citation_key=label if _KEY.fullmatch(label) else None,
        entry_type=TYPES.get(tidy(kind.text or "") if kind is not None else "", "misc"),
        fields=_fields(parts),
        keywords=tuple(dict.fromkeys(map(tidy, parts.all("keywords/keyword")))),
        attachments=tuple(Attachment(local(path)) for path in parts.all("urls/pdf-urls/url") if _is_path(path)),
        notes="\n\n".join(dict.fromkeys(notes)),
        **place,
    )


def _is_path(path: str) -> bool:
    return not path.startswith((_INTERNAL, "http:", "https:"))


def _date(parts: _Parts) -> Date:
    day = moment(parts.one("dates/pub-dates/date"))
    year = moment(parts.one("dates/year"))
    return day if day.year and day.year == (year.year or day.year) else year


def _fields(parts: _Parts) -> dict[str, str]:
    found = {name: text for path, name in FIELDS.items() if (text := parts.one(path, f"titles/{path}"))}
    for role, field in (("secondary-authors", "editor"), *((one, one) for one in _OTHERS)):
        if people := parts.people(f"contributors/{role}/author"):
            found[field] = " and ".join(map(stated, people))
    if "pages" in found:
        found["pages"] = _PAGES.sub(r"\1--\2", found["pages"])  # as a bibliography has it
    label = parts.one("label")
    if label and not _KEY.fullmatch(label):
        found["label"] = label
    if internal := [path for path in parts.all("urls/pdf-urls/url") if path.startswith(_INTERNAL)]:
        found["internal-pdf"] = "; ".join(path.removeprefix(_INTERNAL) for path in internal)
    return parts.rest() | found
