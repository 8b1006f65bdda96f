"""Pages that describe papers in their own tags: citation meta tags, and the listings of arXiv."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.domain.formats.html.htmltree import classes, line_of, words
from db.domain.formats.jsonfiles.jsonpaper import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.domain.formats.jsonfiles.jsonlike import Object
    from db.domain.records import Record

_NAMES = {
    "citation_title": "title", "citation_author": "authors", "citation_authors": "authors",
    "citation_date": "publicationdate", "citation_publication_date": "publicationdate",
    "citation_online_date": "published", "citation_year": "year", "citation_doi": "doi", "citation_arxiv_id": "arxivid",
    "citation_abstract": "abstract", "citation_journal_title": "journal", "citation_conference_title": "conference",
    "citation_inbook_title": "booktitle", "citation_keywords": "keywords", "citation_publisher": "publisher",
    "citation_volume": "volume", "citation_issue": "issue", "citation_language": "language", "citation_issn": "issn",
    "citation_isbn": "isbn", "citation_pmid": "pmid", "citation_firstpage": "firstpage",
    "citation_lastpage": "lastpage",
    "dc.title": "title", "dc.creator": "authors", "dc.date": "publicationdate", "dc.identifier": "identifier",
    "dc.description": "description", "dcterms.abstract": "abstract", "prism.doi": "doi",
    "prism.publicationdate": "publicationdate", "prism.publicationname": "journal",
}  # fmt: skip
_MANY = frozenset({"authors", "keywords"})
_LABEL = re.compile(r"^(?:Title|Authors?|Abstract|Comments|Subjects|Journal-ref)\s*:\s*", re.IGNORECASE)
_ABSTRACTS = (
    "//blockquote[contains(@class, 'abstract')]", "//*[@id='abstract' or @id='Abs1-content' or @id='abstracts']//p",
    "//*[contains(concat(' ', @class, ' '), ' abstract ')]",
)  # fmt: skip


def described(root: Any, lines: Sequence[str]) -> tuple[Record, ...]:
    """Return the one paper that a page's meta tags describe."""
    view, numbers = _tags(root, lines)
    if not view.get("title") or not (view.get("authors") or view.get("doi") or view.get("arxivid")):
        return ()
    abstract, line = _abstract(root, lines)
    if abstract and len(abstract) > len(view.get("abstract", "")):
        view["abstract"] = abstract
    if view.get("firstpage"):
        view["pages"] = "--".join(view[name] for name in ("firstpage", "lastpage") if view.get(name))
    first, last = min(numbers), max(numbers)
    found = record(view, index=1, line_title=first, line_abstract=line or None, line_end=max(last, line))
    return (replace(found, line_abstract=max(first, line)) if found.abstract else replace(found, line_abstract=None),)


def _tags(root: Any, lines: Sequence[str]) -> tuple[Object, list[int]]:
    view: Object = {}
    numbers: list[int] = []
    citation = root.xpath("boolean(//meta[starts-with(@name, 'citation_title')])")
    for element in root.iter("meta"):
        called = (element.get("name") or element.get("property") or "").lower().strip()
        name, content = _NAMES.get(called), (element.get("content") or "").strip()
        if not name or not content or (citation and not called.startswith("citation_") and name in view):
            continue
        if citation and name in ("title", "authors") and not called.startswith("citation_"):
            continue
        if name in _MANY:
            one = [part for part in content.split(";") if part.strip()] if ";" in content else [content]
            view.setdefault(name, []).extend(one)
        else:
            view.setdefault(name, content)
        numbers.append(line_of(element, lines))
    return view, numbers


def _abstract(root: Any, lines: Sequence[str]) -> tuple[str, int]:
    for path in _ABSTRACTS:
        for element in root.xpath(path)[:1]:
            found = _LABEL.sub("", words(element))
            if len(found) > 100:
                return found.removeprefix("Abstract").strip(), line_of(element, lines)
    return "", 0


def listed(root: Any, lines: Sequence[str]) -> tuple[Record, ...]:
    """Return the papers of a listing or search page of arXiv."""
    views = [*_listing(root), *_results(root)]
    made: list[Record] = []
    for view, first, last in views:
        if view.get("title"):
            numbers = line_of(first, lines), line_of(last, lines)
            made.append(
                record(view, index=len(made) + 1, line_title=min(numbers), line_abstract=None, line_end=max(numbers))
            )
    return tuple(made)


def _listing(root: Any) -> Iterator[tuple[Object, Any, Any]]:
    """Each paper is a `dt` with its identifier and the `dd` after it."""
    for term in root.xpath("//dl[.//a[contains(@href, '/abs/')]]/dt"):
        body = term.getnext()
        if body is None or body.tag != "dd":
            continue
        link = term.xpath(".//a[contains(@href, '/abs/')]/@href")
        view = _parts(body, {"list-title": "title", "list-authors": "authors", "list-comments": "comment"})
        view["arxivid"] = str(link[0]).rpartition("/abs/")[2] if link else ""
        view["abstract"] = " ".join(words(one) for one in body.xpath(".//p[contains(@class, 'mathjax')]"))
        yield view, term, _last(body)


def _results(root: Any) -> Iterator[tuple[Object, Any, Any]]:
    for item in root.xpath("//li[contains(@class, 'arxiv-result')]"):
        link = item.xpath(".//a[contains(@href, '/abs/')]/@href")
        view = _parts(item, {"title": "title", "authors": "authors", "comments": "comment"})
        view["arxivid"] = str(link[0]).rpartition("/abs/")[2] if link else ""
        for one in item.xpath(".//span[contains(@class, 'abstract-full')]")[:1]:
            view["abstract"] = re.sub(r"\s*△ Less$", "", words(one))
        for one in item.xpath(".//p[contains(., 'Submitted')]")[:1]:
            view["submitted"] = words(one).partition("Submitted")[2].partition(";")[0].strip(" :.")
        yield view, item, _last(item)


def _parts(body: Any, wanted: dict[str, str]) -> Object:
    view: Object = {}
    for element in body.iter("div", "p"):
        name = next((wanted[one] for one in classes(element) if one in wanted), None)
        if name and name not in view:
            found = _LABEL.sub("", words(element))
            view[name] = [words(link) for link in element.iter("a")] if name == "authors" else found
    return view


def _last(element: Any) -> Any:
    found = element
    for inner in element.iter():
        found = inner
    return found
