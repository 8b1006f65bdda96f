"""The papers of a page that was saved with its links: what its lines state, put together to records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.domain.formats import inline, prose, urls
from db.domain.formats.account import Account
from db.domain.formats.moments import printed
from db.domain.records import Date, Issue, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.domain.formats.linked.linklines import Day
    from db.domain.formats.survey import Survey
    from db.domain.records import Ledger

NO_TITLE = "No title stands behind this line, so it belongs to no paper."
NO_PAPER = "What begins with this line stands behind no title and states nothing of a paper, so it was left out."
MANY = 2_000
"""Lines of one paper; more means that the page has ended."""
NO_DAY = "There is no such day as {}; the paper was kept without a date."
NO_DATE = Date()


@dataclass(slots=True)
class Card:
    """What the page shows of one paper so far; `lines` were taken, `first` and `last` are numbers of lines."""

    first: int = 0
    last: int = 0
    lines: int = 0
    arxiv_id: str | None = None
    title: str = ""
    line_title: int = 0
    abstract: list[str] = field(default_factory=list)
    line_abstract: int | None = None
    truncated: bool = False
    links: list[str] = field(default_factory=list)
    upvotes: int | None = None
    count: int | None = None
    slug: str | None = None
    name: str | None = None
    closing: bool = False
    day: Day | None = None
    date: Date = NO_DATE
    comments: int | None = None
    fields: dict[str, str] = field(default_factory=dict)

    def take(self, number: int, lines: int = 1) -> None:
        """Make the line, or the lines that end with it, part of the paper."""
        self.first = self.first or number - lines + 1
        self.last = max(self.last, number)
        self.lines += lines

    def text(self, text: str, number: int, links: Sequence[str] = ()) -> None:
        """Add a piece of the abstract that begins at line `number`."""
        if not text:
            return
        self.abstract.append(text)
        self.closing = self.closing or self.lines >= MANY
        self.line_abstract = self.line_abstract or number
        self.links += links

    def record(self, index: int) -> Record:
        """Return the record; `index` counts from 1."""
        abstract = " ".join(self.abstract)
        more = (*self.links, *(self.fields.get(name, "") for name in ("github", "project_page")))
        if self.arxiv_id:
            self.fields["page"] = inline.page(self.arxiv_id)
        day = self.day
        return Record(
            title=self.title,
            abstract=abstract,
            abstract_truncated=self.truncated or prose.is_truncated(abstract),
            author_count=self.count,
            organization=self.name or self.slug,
            organization_slug=self.slug,
            organization_name=self.name or self.slug,
            month_day=day.month_day if day else None,
            year_explicit=day.year if day else None,
            date=self.date,
            comments=self.comments,
            upvotes=self.upvotes,
            arxiv_id=self.arxiv_id,
            **urls.of(abstract, more=more),
            fields=self.fields,
            index=index,
            line_title=self.line_title,
            line_abstract=self.line_abstract,
            line_end=self.last,
        )


class Deck:
    """Takes what lines state, one after another, and hands out the records when they are whole.

    `over` says that the frame of the page has come back since the last paper, or that none has come yet.
    """

    def __init__(self, survey: Survey, name: str) -> None:
        self.survey, self.name = survey, name
        self.account = Account()
        self.out: list[Record | Issue] = []
        self.card: Card | None = None
        self.over = True
        self.strayed = False
        self.index = 0

    def new(self) -> Card:
        """Begin a paper."""
        self.close()
        self.over = self.strayed = False
        self.card = Card()
        return self.card

    def close(self) -> None:
        """End the paper; lines without a title become an issue."""
        card, self.card = self.card, None
        if card is None:
            return
        if card.title:
            self.index += 1
            self.out.append(card.record(self.index))
        elif card.lines:
            self.account.issues += card.lines
            self.out.append(Issue(card.first, "", NO_TITLE))

    def ended(self) -> None:
        """End the open paper when it has a title: another one comes."""
        if self.card is not None and self.card.title:
            self.close()

    def open(self) -> Card:
        """Return the paper whose title is to come: the open one, or a new one."""
        card = self.card
        return card if card is not None and not card.title and not card.closing else self.new()

    def frame(self, *, end: bool = False) -> None:
        """Count a line as furniture; `end`: the paper before it has ended, and the frame goes on."""
        self.account.furniture += 1
        if end:
            self.close()
            self.over = True

    def stray(self, text: str, lines: int = 1) -> None:
        """Count lines that belong to nothing: in the frame they are furniture, elsewhere an issue."""
        if self.over:
            self.account.furniture += lines
        else:
            self.account.issues += lines
            if not self.strayed:
                self.out.append(Issue(self.account.number - lines + 1, text[:200], NO_PAPER))
            self.strayed = True

    def dated(self, day: Day, text: str, lines: int = 1) -> None:
        """Take the date of the open paper; in the frame of the page it is that of the page."""
        card = self.card
        if card is None or card.day is not None or not card.title:
            self.stray(text, lines)
        elif (date := printed(day.month_day, day.year)) is None:
            self.account.issues += lines
            self.out.append(Issue(self.account.number, text[:200], NO_DAY.format(text[:40].strip(" ·•-"))))
            card.closing = True
        else:
            card.take(self.account.number, lines)
            card.day, card.date, card.closing = day, date, True
            card.comments = day.comments if card.comments is None else card.comments

    def end(self) -> Iterator[Record | Issue | Ledger]:
        """Yield what is left when the page was read to its end, and its ledger."""
        self.close()
        yield from self.out
        yield self.account.ledger(self.name, self.survey)
