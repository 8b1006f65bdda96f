"""How a page with addresses on lines of their own is read: words wait for the address that says what they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats import inline
from db.domain.formats.counts import count_of
from db.domain.formats.linked.linklines import (
    WIDEST,
    address,
    authors_of,
    day_of,
    is_footer,
    is_frame,
    is_login,
    joined,
    owner,
    paper_of,
    submitter,
)
from db.domain.formats.linked.linkreading import LinkReading

if TYPE_CHECKING:
    from db.domain.formats.linked.linkcards import Card, Deck

PENDING = 400
"""Lines of text that wait for the address that says what they are; more have lost it."""
VOTES = re.compile(r"\[[- ]?\]\s*(?:Upvote\s*)?(?P<count>-|\d[\d,.]*[kKmM]?)", re.IGNORECASE)
_CLOSED = re.compile(r"(?P<text>[^\[\]]{0,200})\]\((?P<url>[^()\s]*)\)")
_REPOSITORY = re.compile(r"GitHub\s*(?P<stars>\d[\d,.]*[kKmM]?)?", re.IGNORECASE)


class Reading(LinkReading):
    """The state of one reading: the papers, and the words whose address is still to come."""

    def __init__(self, deck: Deck) -> None:
        super().__init__(deck)
        self.pending: list[str] = []
        self.at = self.until = 0

    def _line(self, text: str) -> None:
        if len(text) > WIDEST:
            self._text(text)
        elif text[0] == "[" and (votes := VOTES.fullmatch(text)):
            self._settle()
            card = self.deck.new()
            card.upvotes = count_of(votes["count"])[1]
            card.take(self.deck.account.number)
        elif url := address(text):
            self._url(url, text)
        elif "](" in text and (match := _CLOSED.fullmatch(text)):
            self._closed(match["text"].strip(), match["url"], text)
        else:
            self._words(text)

    def _words(self, text: str) -> None:
        deck, card = self.deck, self.deck.card
        if day := day_of(text):
            self._settle()
            deck.dated(day, text)
        elif card is None and is_frame(text):
            self._settle()
            deck.frame()
        elif card is not None and card.title and text.strip("·•|-*[] ") == "":
            self._settle()
            card.take(deck.account.number)
            card.closing = card.closing or text[0] in "·•|"
        elif (name := submitter(text)) is not None:
            self._submitted(name)
        elif card is not None and card.title and (authors := authors_of(text)) is not None:
            self._settle()
            card.count, card.closing = authors, True
            card.take(deck.account.number)
        elif card is not None and card.title and is_footer(text):
            self._settle()
            deck.frame(end=True)
        else:
            self._text(text)

    def _text(self, text: str) -> None:
        if len(self.pending) >= PENDING:
            self._settle()
        if not self.pending:
            self.at = self.deck.account.number
        self.until = self.deck.account.number
        self.pending.append(text)

    def _submitted(self, name: str) -> None:
        self._settle()
        card = self.deck.open()
        card.fields["submitted_by"], self.wants_name = name, not name
        card.take(self.deck.account.number)

    def _taken(self) -> tuple[str, int]:
        """Return the waiting words and how many lines they have; they wait no longer."""
        text, lines = joined(self.pending), len(self.pending)
        self.pending.clear()
        return text, lines

    def _settle(self, *, cut: bool = False) -> None:
        """Words whose address never came: an abstract behind a title, a title behind votes, or nothing."""
        if not self.pending:
            return
        card = self.deck.card
        text, lines = self._taken()
        if card is None or card.closing:
            self._loose(text, lines)
        elif card.title:
            card.text(text, self.at)
            card.truncated = card.truncated or cut
            card.take(self.until, lines)
        else:
            card.title, card.line_title = text, self.at
            card.take(self.until, lines)

    def _loose(self, text: str, lines: int) -> None:
        """Words between two papers, or in the frame of the page."""
        card = self.deck.card
        count, number = count_of(text)
        if card is not None and count and card.comments is None:
            card.comments = number
            card.take(self.at, lines)
        elif card is None or is_frame(text):
            self.deck.stray(text, lines)
        else:
            self.deck.close()
            self.deck.stray(text, lines)

    def _end(self) -> None:
        """The page ends; words that wait were cut off."""
        card = self.deck.card
        self._settle(cut=card is not None and bool(card.title))

    # What an address says of the words before it

    def _url(self, url: str, text: str) -> None:
        identifier = paper_of(url)
        if is_login(url):
            self._login(identifier)
        elif identifier and "#community" in url:
            self._comments()
        elif identifier:
            self._paper(identifier, text)
        else:
            self._elsewhere(url, text)

    def _login(self, identifier: str | None) -> None:
        deck, card = self.deck, self.deck.card
        if identifier is None:
            self._settle()
            deck.frame()
            return
        count = count_of(self.pending[-1]) if self.pending else (False, None)
        if card is None or card.title:
            if count[0]:
                self.pending.pop()
            self._settle()
            card = deck.open()
            card.take(deck.account.number, 2 if count[0] else 1)
        else:
            lines = self._taken()[1]
            card.take(deck.account.number, lines + 1)
        card.upvotes = count[1] if count[0] else card.upvotes
        card.arxiv_id = card.arxiv_id or identifier

    def _comments(self) -> None:
        card = self.deck.card
        if card is None or not card.title:
            self._settle()
            self.deck.frame()
            return
        count = count_of(self.pending[-1]) if self.pending else (False, None)
        if count[0]:
            card.comments = count[1] if card.comments is None else card.comments
            self.pending.pop()
            card.take(self.deck.account.number, 1)
        self._settle()
        if self.deck.card is card:
            card.take(self.deck.account.number)
        else:
            self.deck.frame()

    def _paper(self, identifier: str, text: str) -> None:
        card, number = self.deck.card, self.deck.account.number
        other = card is not None and card.arxiv_id not in (None, identifier)
        if card is not None and card.title and not card.closing and other:
            self._text(text)
            return
        if card is None or (card.title and other and self.pending):
            if not self.pending:
                self.deck.frame()
                return
            card = self._begun()
        if self.pending and not card.closing:
            self._named(card)
        elif self.pending:
            self._settle()
        card.arxiv_id = card.arxiv_id or identifier
        if self.deck.card is card:
            card.take(number)
        else:
            self.deck.frame()

    def _begun(self) -> Card:
        """Begin a paper at its title: the last of the words that wait."""
        title = self.pending.pop()
        self._settle()
        card = self.deck.new()
        self.at = self.until
        self.pending.append(title)
        return card

    def _named(self, card: Card) -> None:
        """Words before the address of a paper: its title first, then its abstract."""
        at = self.at
        text, lines = self._taken()
        if card.title:
            card.text(text, at)
        else:
            card.title, card.line_title = text, at
        card.take(self.until, lines)

    def _elsewhere(self, url: str, text: str) -> None:
        deck, card = self.deck, self.deck.card
        slug = owner(url)
        if card is None:
            self._settle()
            deck.frame()
        elif slug and self.pending and len(self.pending) <= 2 and len(self.pending[-1]) <= 120:
            self._owned(card, slug)
        elif inline.repository(url) and self.pending and (match := _REPOSITORY.fullmatch(self.pending[-1])):
            self.pending.pop()
            card.fields["github"] = url
            if match["stars"]:
                card.fields["github_stars"] = match["stars"]
            card.take(deck.account.number, 2)
        elif not card.closing:
            self._text(text)
        else:
            self._settle()
            deck.stray(text) if deck.card is None else card.take(deck.account.number)

    def _owned(self, card: Card, slug: str) -> None:
        """A person or an organisation with a page of its own."""
        name = self.pending.pop()
        if self.pending:
            self._settle()
        if self.wants_name:
            card.fields["submitted_by"], self.wants_name = name, False
        elif is_footer(name) or (card.closing and card.day is not None and is_frame(name)):
            self.deck.close()
            self.deck.over = True
            self.deck.account.furniture += 2
            return
        elif card.title and card.name is None and card.count is None:
            card.slug, card.name, card.closing = slug, name, True
        card.take(self.deck.account.number, 2)

    def _closed(self, words: str, url: str, text: str) -> None:
        """The end of a link that began with a bracket on a line before: the authors."""
        card = self.deck.card
        authors = authors_of(words)
        if card is not None and card.title and authors is not None:
            self._settle()
            card.count, card.closing = authors, True
            card.take(self.deck.account.number)
        elif card is not None and card.title and (slug := owner(url)) and words and card.name is None:
            self._settle()
            card.slug, card.name, card.closing = slug, words, True
            card.take(self.deck.account.number)
        else:
            self._text(text)
