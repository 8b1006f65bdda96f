"""Rules about what stands where: missing fields, values in another's field, said twice, page ranges."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from db.domain.findings.finding import Finding, Fix, Kind
from db.domain.findings.texts import PREFIX, VERBATIM, short, with_field
from db.domain.formats import arxiv, doi
from db.domain.formats.bibwrite import lacking, venue_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.domain.findings.finding import Around
    from db.domain.records import Paper

VENUE = "venue"
ALIKE = (
    ("journal", "journaltitle"), ("address", "location"), ("school", "institution"), ("annote", "annotation"),
    ("keywords", "keyword"),
)  # fmt: skip
"""Fields that are one under two names."""
_RANGE = re.compile(r"(?<![\w-])([A-Za-z]?\d+) ?(?:-|–|—|−) ?([A-Za-z]?\d+)(?![\w-])")
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DOI_LINK = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s?)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ADDRESSES = VERBATIM | {"howpublished"}
"""Fields that are, or in which styles want, an address."""
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(\S+)", re.IGNORECASE)


def missing(paper: Paper, _around: Around) -> Iterator[Finding]:
    """What the type of the entry asks for and the paper lacks."""
    kind = paper.entry_type.lower()
    if not paper.title.strip():
        yield Finding(Kind.MISSING, "title", "There is no title")
    for name in lacking(paper, kind, linked=bool(paper.urls)):
        yield Finding(Kind.MISSING, name, f"@{kind} asks for {name}", _preprint(paper, name))


def _preprint(paper: Paper, name: str) -> Fix | None:
    """An article without a journal that arXiv has is a preprint, which is @misc."""
    if name != "journal" or not paper.arxiv_id:
        return None
    return Fix("Make it @misc: it is a preprint", replace(paper, entry_type="misc"))


def misplaced(paper: Paper, _around: Around) -> Iterator[Finding]:
    """An identifier or address that stands in the field of something else."""
    yield from _of_doi(paper)
    yield from _of_links(paper)
    if paper.venue and _WEB.fullmatch(paper.venue.strip()):
        link = paper.venue.strip()
        urls = paper.urls if link in paper.urls else (*paper.urls, link)
        fix = Fix("Move it to the links", replace(paper, venue=None, urls=urls))
        yield Finding(Kind.MISPLACED, VENUE, f"The venue is an address: {short(link)}", fix)
    yield from _of_fields(paper)
    for name in ("note", "url", "howpublished"):
        text = paper.fields.get(name, "")
        found = doi.find(text) if text and not paper.doi else None
        if found:
            fix = Fix(f"Take {found} as the DOI", replace(paper, doi=found))
            yield Finding(Kind.MISPLACED, PREFIX + name, f"The field {name} holds the DOI {found}", fix)


def _of_doi(paper: Paper) -> Iterator[Finding]:
    stated = (paper.doi or "").strip()
    if not stated:
        return
    if not doi.whole(stated):
        found = doi.find(stated)
        words = f"The DOI is not written as one: {short(stated)}"
        if found:
            yield Finding(Kind.MISPLACED, "doi", words, Fix(f"Write {found}", replace(paper, doi=found)))
        elif _WEB.fullmatch(stated):
            moved = replace(paper, doi=None, urls=tuple(dict.fromkeys((*paper.urls, stated))))
            yield Finding(Kind.MISPLACED, "doi", words, Fix("Move it to the links", moved))
        else:
            yield Finding(Kind.MISPLACED, "doi", words)
    match = _ARXIV_DOI.fullmatch(stated)
    if match and not paper.arxiv_id and (identifier := arxiv.plain(match[1])):
        fix = Fix(f"Take {identifier} as the arXiv id", replace(paper, arxiv_id=identifier))
        yield Finding(Kind.MISPLACED, "doi", f"The DOI is arXiv's, and there is no arXiv id: {short(stated)}", fix)


def _of_fields(paper: Paper) -> Iterator[Finding]:
    """Fields of something else that are an address and nothing more."""
    for name, text in paper.fields.items():
        link, low = text.strip(), name.lower()
        if _WEB.fullmatch(link) and (low == "doi" or (low not in _ADDRESSES and "url" not in low)):
            urls = tuple(dict.fromkeys((*paper.urls, link)))
            fix = Fix("Move it to the links", with_field(replace(paper, urls=urls), name, None))
            yield Finding(Kind.MISPLACED, PREFIX + name, f"The field {name} is an address: {short(link)}", fix)


def _of_links(paper: Paper) -> Iterator[Finding]:
    """Links that are identifiers; one to another work, which only the first link of a paper never is, is left alone."""
    first = paper.urls[0] if paper.urls else ""
    match = _DOI_LINK.fullmatch(first)
    if match and not paper.doi and (found := doi.stated(match[1])):
        fix = Fix(f"Take {found} as the DOI", replace(paper, doi=found, urls=paper.urls[1:]))
        yield Finding(Kind.MISPLACED, "urls", f"The link is a DOI: {short(first)}", fix)


def duplicated(paper: Paper, _around: Around) -> Iterator[Finding]:
    """A field that stands twice, under names that differ in small ways or mean the same."""
    first: dict[str, str] = {}
    for name, text in paper.fields.items():
        low = name.lower()
        if low in first:
            yield from _twice(paper, first[low], name, text)
        first.setdefault(low, name)
    for one, other in ALIKE:
        low, name = first.get(one, ""), first.get(other, "")
        if low and name and _same(paper.fields[low], paper.fields[name]):
            yield from _twice(paper, low, name, paper.fields[name])
    for link in paper.urls:
        match = _DOI_LINK.fullmatch(link)
        if match and paper.doi and _same(doi.stated(match[1]) or "", paper.doi):
            left = tuple(other for other in paper.urls if other != link)
            fix = Fix("Drop the link: the DOI leads there", replace(paper, urls=left))
            yield Finding(Kind.DUPLICATED, "urls", f"A link is the DOI once more: {short(link)}", fix)
    yield from _of_its_own(paper, first)


def _of_its_own(paper: Paper, first: Mapping[str, str]) -> Iterator[Finding]:
    """Fields that say once more what the paper itself says."""
    own = {"title": paper.title, "abstract": paper.abstract, "doi": paper.doi or ""}
    place = venue_name(paper.entry_type)
    venues = dict.fromkeys((place, *(("journaltitle",) if place == "journal" else ())), paper.venue or "")
    for name, value in {**own, **venues}.items():
        if value and name in first and _same(paper.fields[first[name]], value):
            fix = Fix(f"Drop the field {first[name]}", with_field(paper, first[name], None))
            yield Finding(Kind.DUPLICATED, PREFIX + first[name], f"The {name} stands twice", fix)


def _twice(paper: Paper, one: str, other: str, text: str) -> Iterator[Finding]:
    if _same(paper.fields[one], text):
        fix = Fix(f"Drop the field {other}", with_field(paper, other, None))
        yield Finding(Kind.DUPLICATED, PREFIX + other, f"The fields {one} and {other} say the same", fix)
    else:
        words = f"The fields {one} and {other} are one field with two values: {short(paper.fields[one])}, {short(text)}"
        yield Finding(Kind.DUPLICATED, PREFIX + other, words)


def _same(one: str, other: str) -> bool:
    return " ".join(one.split()).lower() == " ".join(other.split()).lower()


def pages(paper: Paper, _around: Around) -> Iterator[Finding]:
    """A page range with one hyphen, which LaTeX prints as a hyphen, or with a dash of Unicode."""
    for name, text in paper.fields.items():
        if name.lower() == "pages":
            mended = _RANGE.sub(r"\1--\2", text)
            if mended != text:
                fix = Fix(f"Write {mended}", with_field(paper, name, mended))
                yield Finding(Kind.PAGES, PREFIX + name, f"The page range {short(text)} wants two hyphens", fix)
