"""Answers of arXiv's API (Atom) and its daily feeds (RSS): one entry at a time, whatever stands around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_plus

from db.domain.formats.cover import Cover
from db.domain.formats.html.htmltree import whole
from db.domain.formats.jsonfiles.jsonpaper import record
from db.domain.formats.jsonfiles.jsonvalues import tidy
from db.domain.formats.jsonfiles.jsonwindow import Window
from db.domain.formats.survey import Survey
from db.domain.formats.textfile import WHOLE
from db.domain.formats.xmlentries import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.jsonfiles.jsonlike import Object
    from db.domain.records import Issue, Ledger, Record

_HEAD = 20_000
_ENTRY = re.compile(r"<(entry|item)(?=[\s>])")
_OPEN, _CLOSE = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">',
    "</feed>",
)
_FEED = re.compile(
    r"(?:<\?xml[^>]*\?>\s*|<\?xml-stylesheet[^>]*\?>\s*|<!--.{0,5000}?-->\s*)*<(?:\w+:)?(?:feed|rss|RDF)\b", re.S
)
_SEARCH = re.compile(r"search_query=([^&<\"]*)")
_ANNOUNCED = re.compile(r"^arXiv:\S+ Announce Type: \S+\s+Abstract:\s*")
_NAMES = {
    "title": "title", "summary": "abstract", "description": "abstract", "published": "published", "pubDate": "pubdate",
    "doi": "doi", "journal_ref": "journalref", "comment": "comment", "primary_category": "primarycategory",
}  # fmt: skip


class ArxivAtom:
    """Reads answers of arXiv's API and other feeds of papers."""

    name = "arxiv-atom"
    label = "arXiv feed"
    kind = "dump"
    longest = WHOLE
    reader = 1

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is a feed of papers."""
        start = head.lstrip("\ufeff \t\r\n")
        if not _FEED.match(start):
            return 0.0
        if "arxiv.org" in start.lower():
            return 0.97
        return 0.6 if _ENTRY.search(start) and ("<summary" in start or "creator>" in start) else 0.1

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return what was searched for; the dates of a feed are whole."""
        head, size = [], 0
        for line in lines:
            head.append(line[:_HEAD])
            size += len(line)
            if size > _HEAD:
                break
        match = _SEARCH.search("\n".join(head))
        search = unquote_plus(match[1]).strip() if match else ""
        return Survey("feed", encoding=getattr(lines, "encoding", ""), search=search)

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the papers and what is broken, in order, and at last the ledger."""
        cover = Cover()
        yield from records(Window(lines, cover), cover, _ENTRY, _record)
        yield cover.ledger(self.name, survey)


def _record(text: str, *, index: int, line_title: int, line_end: int) -> Record | None:
    """Return the paper that an entry says; None when it says none."""
    view = _view(text)
    if view is None:
        return None
    abstract = re.search(r"<(?:summary|description)\b", text) if view.get("abstract") else None
    line = line_title + text.count("\n", 0, abstract.start()) if abstract else None
    return record(view, index=index, line_title=line_title, line_abstract=line, line_end=line_end)


def _view(text: str) -> Object | None:
    """Return the parts of one entry under the names that the reader of JSON knows; None when it is no paper."""
    from lxml import etree

    parser = etree.XMLParser(encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring((_OPEN + whole(text) + _CLOSE).encode("utf-8", "replace"), parser)
    except etree.LxmlError:
        return None
    if root is None or not len(root):
        return None
    view: Object = {"authors": [], "categories": []}
    for element in root[0]:
        if isinstance(element.tag, str):
            _part(view, element.tag.rpartition("}")[2], element)
    error = "/api/errors" in str(view.get("id", ""))
    return view if view.get("title") and not error and _is_paper(view) else None


def _is_paper(view: Object) -> bool:
    return bool(view["authors"] or view.get("abstract"))


def _part(view: Object, name: str, element: Any) -> None:
    inside = tidy("".join(element.itertext()))
    if name == "author":
        names = [tidy("".join(one.itertext())) for one in element if str(one.tag).endswith("}name")]
        view["authors"].extend(names or [inside])
    elif name == "creator":
        view["authors"].extend(one.strip() for one in inside.split(",") if one.strip())
    elif name == "category":
        view["categories"].append(element.get("term") or inside)
    elif name in ("id", "guid", "link"):
        address = inside or element.get("href") or ""
        view.setdefault("id" if name != "link" else "url", address)
    elif name in _NAMES:
        value = inside or element.get("term") or ""
        view.setdefault(_NAMES[name], _ANNOUNCED.sub("", value))
