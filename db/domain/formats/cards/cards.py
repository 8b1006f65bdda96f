"""Cards of trending and daily pages: what one holds, two copies of one made one, and the record of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.domain.formats import inline, prose, urls
from db.domain.formats.cards.cardlines import Mark
from db.domain.formats.moments import printed
from db.domain.formats.organisations import accounts, named, slugged
from db.domain.formats.plain.evidence import Line
from db.domain.formats.plain.segment import segment
from db.domain.names import normal_title
from db.domain.records import Date, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.formats.cards.cardlines import CardLine
    from db.domain.formats.survey import Survey

_STOPS = (".", "?", "!", ":", ";", ",")


@dataclass(slots=True)
class Card:
    """The lines of one card and what they state; `lines` counts those that are not blank."""

    first: int = 0
    last: int = 0
    lines: int = 0
    title: list[CardLine] = field(default_factory=list)
    texts: list[CardLine] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    arxiv_id: str | None = None
    name: str = ""
    submitted: bool = False
    organization: str = ""
    slug: str = ""
    count: int | None = None
    month_day: str = ""
    year: int | None = None
    upvotes: int | None = None
    comments: int | None = None
    github: str = ""
    stars: str = ""
    dotted: bool = False
    opening: bool = False
    closed: bool = False
    tail: bool = False
    wants: str = ""
    abstract: str = ""
    summary: str = ""

    @property
    def marked(self) -> bool:
        """Say whether anything but its wording shows that this is a card."""
        stated = self.submitted or self.tail or self.closed or self.arxiv_id is not None
        return stated or any(line.heading or line.links for line in self.title)

    def take(self, line: CardLine) -> None:
        """Count a line as one of the card's, and keep what its links and images tell."""
        self.first = self.first or line.number
        self.last = line.number
        self.lines += 1
        self.images += line.images[:2]
        if line.links or line.mark is Mark.URL:
            self.linked(line)

    def linked(self, line: CardLine) -> None:
        """Take the paper's identifier and its repository from the links of a line."""
        addresses = [link.url for link in line.links] or [line.text.strip("<>")]
        links = [inline.Link("", address) for address in addresses]
        if self.arxiv_id is None:
            self.arxiv_id = inline.identifier(links)
        if line.mark in (Mark.GITHUB, Mark.URL, Mark.NUMBER) and not self.github:
            self.github = next((one for one in addresses if inline.repository(one)), "")

    def settle(self, survey: Survey) -> None:
        """Divide the text into title, abstract or summary."""
        if self.texts and not (self.title[0].heading or self.title[0].links):
            self.title, self.texts = divided([*self.title, *self.texts], survey)
        text = prose.join(line.text for line in self.texts)
        if prose.is_summary(text):
            self.summary = text
        else:
            self.abstract = text

    def fill(self, other: Card) -> None:
        """Take over from the other copy of the card what this one lacks."""
        for name in (
            "arxiv_id", "name", "organization", "slug", "count", "month_day", "year", "upvotes", "comments", "github",
            "stars", "abstract", "summary",
        ):  # fmt: skip
            if getattr(self, name) in (None, ""):
                setattr(self, name, getattr(other, name))
        self.last, self.lines = other.last, self.lines + other.lines

    def names(self) -> tuple[str, ...]:
        """Return what two copies of one card have in common: the identifier, and the wording of the title."""
        title = normal_title(self.heading())
        return tuple(key for key in (self.arxiv_id, title) if key)

    def same(self, other: Card) -> bool:
        """Say whether the other card shows the same paper."""
        if self.arxiv_id and other.arxiv_id:
            return self.arxiv_id == other.arxiv_id
        return normal_title(self.heading()) == normal_title(other.heading())

    def heading(self) -> str:
        """Return the title in one line."""
        return prose.join(line.text for line in self.title)

    def record(self, index: int) -> Record:
        """Return the record of the card; `index` counts from 1."""
        fields = {
            "summary": self.summary, "submitted_by": self.name, "github": self.github, "github_stars": self.stars,
            "page": inline.page(self.arxiv_id),
        }  # fmt: skip
        return Record(
            title=self.heading(),
            abstract=self.abstract,
            abstract_truncated=prose.is_truncated(self.abstract),
            author_count=self.count,
            organization=self.organization or None,
            organization_slug=self.slug or None,
            organization_name=self.organization or None,
            month_day=self.month_day or None,
            year_explicit=self.year,
            date=printed(self.month_day, self.year) or Date(),
            comments=self.comments,
            upvotes=self.upvotes,
            arxiv_id=self.arxiv_id,
            **urls.of(self.abstract, more=(self.github,)),
            fields={name: value for name, value in fields.items() if value},
            index=index,
            line_title=self.title[0].number,
            line_abstract=self.texts[0].number if self.texts else None,
            line_end=self.last,
        )


def divided(lines: list[CardLine], survey: Survey) -> tuple[list[CardLine], list[CardLine]]:
    """Return the lines of the title and those of the text after it."""
    if len(lines) > 2:
        weighed = [Line(line.number, line.text, line.gap) for line in lines]
        drafts, _ = segment(weighed, survey, closed=True, final=False)
        size = len(drafts[0].title)
        joined = sum(len(line.text) + 1 for line in lines[:size])
        if size < len(lines) and joined <= 250 and not lines[0].text.endswith("."):
            return lines[:size], lines[size:]
    return lines[:1], lines[1:]


def linked_account(line: CardLine) -> tuple[str, str]:
    """Return (slug, display name) of the organisation that a line links to, empty texts when there is none."""
    return next((one for one in accounts(line.links) if one[1]), ("", ""))


def organised(card: Card, line: CardLine) -> None:
    """Take the organisation that stands before a date: on its line, or on the last lines of the text."""
    slug, name = linked_account(line)
    if not name and line.name:
        slug, name = named(line.name)
    taken = 0
    if not name and card.count is None and card.texts:
        slug, name, taken = _trailing(card.texts)
    if not name:
        return
    if taken:
        del card.texts[-taken:]
    elif card.texts and slugged(card.texts[-1].text, name) and _short(card.texts[-1].text):
        slug = slug or card.texts.pop().text
    if not slug:
        alts = (alt.rpartition(":")[2].rpartition("：")[2].strip() for alt in card.images)
        slug = next((alt for alt in alts if " " not in alt and alt and slugged(alt, name)), "")
    card.organization, card.slug = name, slug


def _trailing(texts: Sequence[CardLine]) -> tuple[str, str, int]:
    """Find the organisation on the last text lines before a date: (slug, name, lines)."""
    last = texts[-1]
    slug, name = linked_account(last)
    if name:
        return slug, name, 1
    if not _short(last.text):
        return "", "", 0
    if len(texts) > 1 and _short(texts[-2].text) and slugged(texts[-2].text, last.text):
        return texts[-2].text, last.text, 2
    return *named(last.text), 1


def _short(text: str) -> bool:
    return len(text) <= 90 and not text.endswith(_STOPS)
