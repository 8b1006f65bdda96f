"""Reading the cards of a trending or daily page one line at a time."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from db.domain.formats import inline
from db.domain.formats.account import Account
from db.domain.formats.cards.cardlines import CardLine, Mark, look
from db.domain.formats.cards.cards import Card, organised
from db.domain.formats.counts import count
from db.domain.formats.moments import printed
from db.domain.records import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from db.domain.formats.survey import Survey
    from db.domain.records import Ledger, Record

REMEMBERED = 4_096
"""Papers back to which a copy of a card is known as one."""
MANY = 400
"""Lines of one card; more means that its end is missing."""
NO_TITLE = "No title stands behind this line, so it belongs to no paper."
NO_CARD = "These lines have the look of no card (no submitter, date or votes), so they became no paper."
NO_DAY = "There is no such day as {}; the paper was kept without a date."


class Reading:
    """The state of one reading: the open card, the finished one that may get a copy, and what was seen before."""

    def __init__(self, survey: Survey, name: str) -> None:
        self.survey, self.name = survey, name
        self.account = Account()
        self.out: list[Record | Issue] = []
        self.card: Card | None = None
        self.done: Card | None = None
        self.seen: OrderedDict[str, None] = OrderedDict()
        self.loose = 0
        self.index = 0
        self.over = False

    def run(self, lines: Iterable[str]) -> Iterator[Record | Issue | Ledger]:
        """Go through the lines once."""
        gap = False
        for raw in lines:
            self.account.number += 1
            line = look(self.account.number, raw, gap=gap) if raw else None
            if line is None or line.mark is Mark.BLANK:
                self.account.blank += 1
                gap = True
                continue
            gap = False
            self._line(line)
            if self.out:
                yield from self.out
                self.out.clear()
        self._finish()
        self._emit()
        yield from self.out
        yield self.account.ledger(self.name, self.survey)

    def _line(self, line: CardLine) -> None:
        if self.card is not None and (self.card.opening or self.card.wants) and self._wanted(self.card, line):
            return
        action = _ACTIONS.get(line.mark)
        if action is not None:
            action(self, line)
        elif self.card is None:
            self.account.furniture += 1
        else:
            self._stated(self.card, line)

    # What an earlier line waits for

    def _wanted(self, card: Card, line: CardLine) -> bool:
        if card.opening:
            return self._opened(card, line)
        wants = card.wants
        if wants == "name":
            return self._name(card, line)
        card.wants = ""
        if wants == "upvotes" and line.mark in (Mark.NUMBER, Mark.DOT, Mark.IMAGE):
            card.upvotes = count(line.count) if card.upvotes is None else card.upvotes
        elif wants == "stars" and line.mark is Mark.NUMBER:
            card.stars = card.stars or line.count
        else:
            return False
        card.take(line)
        return True

    def _opened(self, card: Card, line: CardLine) -> bool:
        """A title goes on until its link is closed."""
        card.opening = not line.links and len(card.title) < 4
        if line.heading or line.mark in (Mark.SUBMITTED, Mark.AUTHORS, Mark.DATE, Mark.UPVOTE) or len(line.text) > 300:
            card.opening = False
            return False
        if line.text:
            card.title.append(line)
        card.take(line)
        return True

    def _name(self, card: Card, line: CardLine) -> bool:
        if line.mark in (Mark.IMAGE, Mark.DOT) or (line.mark is Mark.TEXT and line.text.lower().endswith("avatar")):
            card.take(line)
            return True
        card.wants = ""
        if line.heading or line.mark in (Mark.SUBMITTED, Mark.THUMB, Mark.DATE) or len(line.text) > 60:
            return False
        card.name = line.text
        card.take(line)
        return True

    # Lines that begin or end a card

    def _new(self, line: CardLine) -> Card:
        self._finish(keep_loose=True)
        card = self.card = Card()
        card.lines, self.loose, self.over = self.loose, 0, False
        card.take(line)
        return card

    def _submitted(self, line: CardLine) -> None:
        card = self.card
        if card is not None and not card.title and not card.submitted:
            card.take(line)
        else:
            card = self._new(line)
        card.submitted, card.name, card.wants = True, line.name, "" if line.name else "name"

    def _thumb(self, line: CardLine) -> None:
        card = self.card
        if card is not None and card.title and not card.closed and not card.tail:
            found = inline.identifier(line.links)
            if found is None or card.arxiv_id in (None, found):
                card.take(line)
                return
        if card is None or card.title:
            self._new(line)
        else:
            card.take(line)

    def _title(self, line: CardLine) -> None:
        card = self.card
        if card is not None and card.title and not line.heading and not card.closed and not card.tail:
            own = inline.identifier(line.links)
            if own is not None and own == card.arxiv_id:
                self._text(line)
                return
        if card is None or card.title:
            card = self._new(line)
        else:
            card.take(line)
        card.title.append(line)

    def _open(self, line: CardLine) -> None:
        card = self.card
        if card is not None and card.title and not line.heading and not card.closed and not card.tail:
            self._text(line)
            return
        self._title(line)
        if self.card is not None:
            self.card.opening = True

    def _text(self, line: CardLine) -> None:
        card = self.card
        if card is None and self.over:
            self.account.furniture += 1
        elif card is None or card.tail or card.closed or card.lines > MANY:
            self._new(line).title.append(line)
        elif not card.title:
            card.take(line)
            if line.text != card.name:
                card.title.append(line)
        else:
            card.take(line)
            card.texts.append(line)

    def _header(self, line: CardLine) -> None:
        """A word of the page's frame; inside of a text it is a word of the text."""
        card = self.card
        if card is not None and card.texts and not card.tail and not card.closed and not line.gap and not line.heading:
            self._text(line)
            return
        self._finish()
        self.over = line.mark is Mark.FOOTER
        self.account.furniture += 1

    # What a card states

    def _stated(self, card: Card, line: CardLine) -> None:
        if line.mark is Mark.NUMBER and not self._number(card, line):
            return
        if line.mark in (Mark.IMAGE, Mark.DOT) and card.tail and not line.links and not line.images:
            self.loose += 1
            return
        card.lines, self.loose = card.lines + self.loose, 0
        card.take(line)
        if line.mark is Mark.AUTHORS:
            card.count, card.closed = int(line.count.replace(",", "")), True
        elif line.mark is Mark.DOT:
            card.dotted = card.dotted or line.text in "·•∙⋅・●|"
        elif line.mark is Mark.UPVOTE:
            card.tail = True
            card.upvotes, card.wants = (count(line.count), "") if line.count else (card.upvotes, "upvotes")
        elif line.mark in (Mark.GITHUB, Mark.ARXIV):
            card.tail = True
            card.stars = card.stars or line.stars
            card.wants = "stars" if line.mark is Mark.GITHUB and not line.stars else ""

    def _number(self, card: Card, line: CardLine) -> bool:
        """Take a count: votes stand before the text, comments at its end; False when it is text."""
        comments = any("#community" in link.url for link in line.links)
        if comments or card.closed:
            card.comments = count(line.count) if card.comments is None else card.comments
        elif card.upvotes is None and not card.texts:
            card.upvotes = count(line.count)
        elif not card.tail:
            self._text(line)
            return False
        return True

    def _date(self, line: CardLine) -> None:
        card = self.card
        header = card is None or (not card.marked and not line.marked and not card.dotted and line.year is None)
        if card is None or header or not card.title:
            self._finish() if header else None
            self._furniture(line)
            return
        card.take(line)
        if line.name and line.name.split()[0].isdecimal() and "author" in line.name:
            card.count = int(line.name.split()[0])
        elif not card.organization:
            organised(card, line)
        card.closed = True
        if line.count and card.comments is None:
            card.comments = count(line.count)
        if printed(line.month_day, line.year) is None:
            self.out.append(Issue(line.number, line.text, NO_DAY.format(line.month_day)))
        elif not card.month_day:
            card.month_day, card.year = line.month_day, line.year

    def _furniture(self, line: CardLine) -> None:
        if self.card is not None:
            self.card.take(line)
        else:
            self.account.furniture += 1

    # The end of a card

    def _finish(self, *, keep_loose: bool = False) -> None:
        """Close the open card: a copy of the one before joins it, an older paper's copy is furniture."""
        card, self.card = self.card, None
        if not keep_loose:
            self.account.furniture += self.loose
            self.loose = 0
        if card is None:
            return
        if not card.title or not card.marked:
            self._nothing(card)
            return
        card.settle(self.survey)
        if self.done is not None and self.done.same(card):
            self.done.fill(card)
        elif any(key in self.seen for key in card.names()):
            self.account.furniture += card.lines
        else:
            self._emit()
            self.done = card

    def _nothing(self, card: Card) -> None:
        """Lines before the first card are the page's frame; later they need a look."""
        if not self.index and self.done is None and not card.submitted:
            self.account.furniture += card.lines
            return
        self.account.issues += card.lines
        text = (card.title[0].text if card.title else card.name) or "Submitted by"
        self.out.append(Issue(card.first, text, NO_CARD if card.title else NO_TITLE))

    def _emit(self) -> None:
        card, self.done = self.done, None
        if card is None:
            return
        self.index += 1
        self.out.append(card.record(self.index))
        for key in card.names():
            self.seen[key] = None
        while len(self.seen) > REMEMBERED:
            self.seen.popitem(last=False)


_ACTIONS: dict[Mark, Any] = {
    Mark.SUBMITTED: Reading._submitted, Mark.THUMB: Reading._thumb, Mark.TITLE: Reading._title,
    Mark.OPEN: Reading._open, Mark.TEXT: Reading._text, Mark.HEADER: Reading._header,
    Mark.FOOTER: Reading._header, Mark.DATE: Reading._date,
}  # fmt: skip
