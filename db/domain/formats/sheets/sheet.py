"""The page of one paper while it is read, and the record of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.domain.formats import inline, prose, urls
from db.domain.formats.authors import people
from db.domain.formats.counts import count
from db.domain.formats.moments import printed
from db.domain.formats.organisations import accounts, named, slugged
from db.domain.formats.sheets.pagelines import Part
from db.domain.records import Date, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.formats.inline import Link
    from db.domain.formats.sheets.pagelines import PageLine

KEYWORD = 50
"""Characters of a keyword; what is longer is text."""
_ENDS = re.compile(r"[.?!:][\"'”’)\]]*$")
_COUNTED = re.compile(r"(?P<count>\d[\d,]*) authors?", re.IGNORECASE)


@dataclass(slots=True)
class Sheet:
    """What the page of one paper states so far; `held` counts lines that are furniture if it is no such page."""

    arxiv_id: str | None = None
    title: list[PageLine] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    summary: list[PageLine] = field(default_factory=list)
    abstract: list[PageLine] = field(default_factory=list)
    month_day: str = ""
    year: int | None = None
    name: str = ""
    upvotes: int | None = None
    organization: str = ""
    slug: str = ""
    github: str = ""
    stars: str = ""
    project: str = ""
    keywords: list[str] = field(default_factory=list)
    labelled: bool = False
    sure: bool = False
    wants: str = ""
    held: int = 0
    first: int = 0
    last: int = 0

    def take(self, line: PageLine) -> None:
        """Count a line as one of the paper's."""
        self.first = self.first or line.number
        self.last = line.number
        self.held += 1
        if line.links and self.arxiv_id is None:
            self.arxiv_id = inline.identifier(line.links)

    def buttons(self, links: Sequence[Link], stars: str) -> None:
        """Take the addresses behind the buttons below the abstract."""
        self.arxiv_id = self.arxiv_id or inline.identifier(links)
        self.stars = self.stars or stars
        for link in links:
            if link.text.lower().startswith("github") and inline.repository(link.url):
                self.github = self.github or link.url
            elif link.text.lower() == "project page":
                self.project = self.project or link.url

    def organised(self, line: PageLine) -> None:
        """Take an organisation from a line of its own between the date and the votes."""
        text = line.text.strip(" ·•-")
        linked = accounts(line.links)
        slug, name = (linked[0][0], text) if linked else named(text)
        if self.organization and not self.slug and slugged(self.organization, name):
            self.slug, self.organization = self.organization, name
        elif not self.organization and name and len(name) <= 80 and not _ENDS.search(name):
            self.slug, self.organization = slug, name

    def settle(self) -> None:
        """Divide the text below `Abstract` into summary, abstract and keywords."""
        if not self.labelled:
            self.abstract, self.summary = self.summary, []
        elif not self.summary and self.abstract:
            # The label stands before the summary: that is the first paragraph.
            cut = _paragraph(self.abstract)
            if prose.is_summary(prose.join(line.text for line in self.abstract[:cut])):
                self.summary, self.abstract = self.abstract[:cut], self.abstract[cut:]
        self._keywords()

    def _keywords(self) -> None:
        """Keywords stand on short lines of their own behind the last sentence, or before the first one."""
        lines = self.abstract or self.summary
        end = len(lines)
        while end > 1 and _keyword(lines[end - 1].text):
            end -= 1
        if end < len(lines) and _ENDS.search(lines[end - 1].text):
            self.keywords += [line.text.strip(" ,;·•-") for line in lines[end:]]
            del lines[end:]
        if self.labelled and self.abstract and (start := _leading(self.abstract)):
            self.keywords += [line.text.strip(" ,;·•-") for line in self.abstract[:start]]
            del self.abstract[:start]

    def record(self, index: int) -> Record:
        """Return the record of the page; `index` counts from 1."""
        self.settle()
        title = prose.join(line.text for line in self.title)
        abstract = prose.join(line.text for line in self.abstract)
        counted = _COUNTED.fullmatch(" ".join(self.authors).strip())
        authors, whole = ((), False) if counted else people(self.authors)
        text = self.abstract or self.summary
        return Record(
            title=title,
            abstract=abstract,
            abstract_truncated=prose.is_truncated(abstract),
            authors=authors,
            author_count=int(counted["count"].replace(",", "")) if counted else len(authors) or None if whole else None,
            organization=self.organization or None,
            organization_slug=self.slug or None,
            organization_name=self.organization or None,
            month_day=self.month_day or None,
            year_explicit=self.year,
            date=printed(self.month_day, self.year) or Date(),
            upvotes=self.upvotes,
            arxiv_id=self.arxiv_id,
            **urls.of(abstract, more=(self.github, self.project)),
            fields=self._fields(),
            index=index,
            line_title=self.title[0].number,
            line_abstract=text[0].number if text else None,
            line_end=self.last,
        )

    def _fields(self) -> dict[str, str]:
        values = {
            "summary": prose.join(line.text for line in self.summary),
            "submitted_by": self.name,
            "github": self.github,
            "github_stars": self.stars,
            "project_page": self.project,
            "keywords": "; ".join(dict.fromkeys(word for word in self.keywords if word)),
            "page": inline.page(self.arxiv_id),
        }
        return {name: value for name, value in values.items() if value}

    def votes(self, text: str) -> None:
        """Take the number of upvotes as printed."""
        self.upvotes = count(text) if self.upvotes is None else self.upvotes


def _keyword(text: str) -> bool:
    return len(text) <= KEYWORD and not _ENDS.search(text) and text[0] not in ".,;:)"


def _paragraph(lines: list[PageLine]) -> int:
    """Return where the first paragraph ends: at a blank line, else after the first full stop at a line's end."""
    if blank := next((at for at, line in enumerate(lines) if at and line.gap and _ENDS.search(lines[at - 1].text)), 0):
        return blank
    return next((at + 1 for at, line in enumerate(lines) if _ENDS.search(line.text)), len(lines))


def _leading(lines: list[PageLine]) -> int:
    """Return how many lines before the text are keywords.

    A text whose keywords are links is broken at them too, but then the next line goes on in small letters.
    """
    at = 0
    while at < len(lines) and _keyword(lines[at].text):
        at += 1
    if at < 2 or at == len(lines):
        return 0
    begins = lines[at].text[:1].isupper() and len(lines[at].text) > KEYWORD + 10
    return at if begins and not any(line.text[:3] in ("We ", "Thi", "Our", "In ") for line in lines[:at]) else 0


def is_text(line: PageLine) -> bool:
    """Say whether a line may be part of a title."""
    return line.part is Part.TEXT and len(line.text) <= 300
