"""One entry of a digest while it is read, and the record of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.domain.formats import arxiv, doi, inline, prose, urls
from db.domain.formats.authors import people
from db.domain.formats.digests.item import generic, is_paper, moment, names, names_first
from db.domain.records import Date, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.domain.formats.inline import Link

MOST_LINES = 2_000
"""Lines of one text; what goes on longer has lost its end and is not kept."""
_PAGES = ("project", "project page", "website", "web", "homepage", "home page", "page")
_OWN_WORDS = re.compile(r"(?:We|Our|This (?:paper|work|study|article)|In this|Here,? we)\b")
_PLACE = re.compile(
    r"(?:^|[,.(]\s*)(?P<name>[A-Z][\w&\-]{1,20}(?: [A-Z][\w&\-]{1,20}){0,3})[ ,']{1,2}(?P<year>(?:19|20)\d\d)\W*$"
)
_NO_VENUE = ("arxiv", "preprint", "-")
UNDATED = Date()
LABELS = {
    "title": "title", "author": "authors", "authors": "authors", "author(s)": "authors", "by": "authors",
    "abstract": "abstract", "tl;dr": "summary", "tldr": "summary", "summary": "summary", "ai summary": "summary",
    "link": "link", "links": "link", "url": "link", "pdf": "link", "paper": "link", "arxiv": "link",
    "paper link": "link", "arxiv link": "link", "pdf link": "link", "paper url": "link", "read": "link",
    "source": "link", "doi": "doi",
    "code": "code", "github": "code", "repo": "code", "code link": "code", "repository": "code",
    "project": "project", "project page": "project", "website": "project", "homepage": "project",
    "date": "date", "published": "date", "publish date": "date", "submitted": "date", "submitted on": "date",
    "published on": "date", "publication date": "date", "updated": "other", "year": "date", "venue": "venue",
    "conference": "venue", "journal": "venue", "published in": "venue", "keywords": "keywords", "tags": "keywords",
    "categories": "keywords", "subjects": "keywords", "category": "keywords", "comments": "other", "comment": "other",
    "affiliation": "other", "affiliations": "other", "institution": "other", "institutions": "other", "score": "other",
    "contributions": "other", "upvotes": "upvotes", "votes": "upvotes", "task": "other", "notes": "other",
}  # fmt: skip
_NAMES = "|".join(re.escape(name) for name in sorted(LABELS, key=len, reverse=True))
LABEL = re.compile(rf"^\W{{0,6}}(?P<name>{_NAMES})\s*[:：]\s*(?P<value>.*)$", re.IGNORECASE)


@dataclass(slots=True)
class Entry:
    """What a digest says of one paper so far; `kind` is bullet, heading, row or plain."""

    kind: str
    indent: int = 0
    level: int = 0
    title: list[str] = field(default_factory=list)
    line_title: int = 0
    line_abstract: int | None = None
    last: int = 0
    lines: int = 0
    authors: list[str] = field(default_factory=list)
    abstract: list[str] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    month_day: str = ""
    date: Date = UNDATED
    venue: str = ""
    doi: str = ""
    keywords: str = ""
    upvotes: int | None = None
    arxiv_id: str | None = None
    into: str = ""
    sure: bool = False
    own: bool = False

    def take(self, number: int) -> None:
        """Count a line as one of the entry's."""
        self.line_title = self.line_title or number
        self.last = number
        self.lines += 1

    def linked(self, links: Iterable[Link]) -> None:
        """Take the links of a line; one to a paper makes the entry one of a paper."""
        for link in links:
            if link.url and len(self.links) < 60:
                self.links.append(link)
                self.sure = self.sure or is_paper(link.url)
        self.arxiv_id = self.arxiv_id or inline.identifier(self.links)

    def labelled(self, name: str, value: str, number: int) -> None:
        """Take a value that stands behind its label."""
        what = self.into = LABELS[name.lower()]
        self.sure = self.sure or what in ("abstract", "authors")
        self.own = self.own or what == "abstract"
        if value:
            self._valued(what, value)
            if what == "abstract":
                self.line_abstract = self.line_abstract or number

    def _valued(self, what: str, value: str) -> None:
        if what in ("title", "authors", "abstract", "summary"):
            getattr(self, what).append(value)
        elif what == "doi":
            self.doi = doi.stated(value) or ""
        elif what in ("venue", "keywords") and value.lower() not in _NO_VENUE:
            setattr(self, what, value)
        elif what == "date":
            self.dated(value)
        elif what == "upvotes" and value.isdecimal():
            self.upvotes = int(value)
        elif what in ("link", "code", "project"):
            self.address(what, value)

    def address(self, what: str, value: str) -> None:
        """Take the bare addresses behind a label."""
        self.linked(inline.Link(what, url) for url in urls.find(value)[0])
        bare = value.split()[0].strip("[]()<>") if value.split() else ""
        if (found := arxiv.find(value) or arxiv.plain(bare)) is not None:
            self.arxiv_id, self.sure = self.arxiv_id or found, True

    def dated(self, text: str) -> None:
        """Take the first date that is stated."""
        if self.date == UNDATED:
            self.month_day, self.date = moment(text)

    def behind(self, rest: str, number: int) -> None:
        """Take what stands behind a title on its line: authors, a place and year, or sentences."""
        if (place := _PLACE.search(rest)) and (not place.start() or names(rest[: place.start()])):
            self.dated(place["year"])
            self.venue = "" if place["name"].lower() in _NO_VENUE else place["name"]
            rest = rest[: place.start()]
        head, listed, tail = names_first(rest)
        if listed:
            self.authors.append(head)
            rest = tail
        if len(rest) < 60 and not rest.endswith((".", "...", "…")):
            self.dated(rest)
        elif rest:
            self.said(rest, number)

    def said(self, text: str, number: int) -> None:
        """Take a line of text: authors, a sentence or the rest of the abstract."""
        text = text.lstrip("> ")
        if not text or generic(text):
            return
        if self.into in ("summary", "authors", "title"):
            values = getattr(self, self.into)
            values.append(text) if len(values) < MOST_LINES else None
            return
        if not self.authors and not self.abstract and names(text):
            self.authors.append(text)
        elif len(self.abstract) < MOST_LINES:
            self.abstract.append(text)
            self.line_abstract = self.line_abstract or number

    def record(self, index: int) -> Record:
        """Return the record of the entry; `index` counts from 1."""
        abstract, summary = prose.join(self.abstract), prose.join(self.summary)
        if not self.own and not summary and prose.is_summary(abstract) and not _OWN_WORDS.match(abstract):
            # One sentence in a list is what the list's author says of the paper.
            abstract, summary = "", abstract
        authors, whole = people(self.authors)
        github = next((link.url for link in self.links if inline.repository(link.url)), "")
        project = next((link.url for link in self.links if link.text.lower().strip("[]() ") in _PAGES), "")
        own = self.doi or next((found for link in self.links if (found := _doi(link.url))), "")
        named = [link.url for link in self.links if is_paper(link.url) and inline.identifier([link]) is None]
        fields = {
            "summary": summary, "github": github, "project_page": project, "keywords": self.keywords,
        }  # fmt: skip
        return Record(
            title=prose.join(self.title),
            abstract=abstract,
            abstract_truncated=prose.is_truncated(abstract),
            authors=authors,
            author_count=len(authors) or None if whole else None,
            month_day=self.month_day or None,
            year_explicit=self.date.year,
            date=self.date,
            upvotes=self.upvotes,
            arxiv_id=self.arxiv_id,
            doi=own or None,
            venue=self.venue or None,
            **urls.of(abstract, more=(github, project, *named)),
            fields={name: value for name, value in fields.items() if value},
            index=index,
            line_title=self.line_title,
            line_abstract=self.line_abstract,
            line_end=self.last,
        )


def _doi(url: str) -> str | None:
    """Return the identifier that an address of doi.org leads to, without what is asked for behind it."""
    return doi.find(url.partition("?")[0].partition("#")[0]) if "doi.org/" in url.lower() else None
