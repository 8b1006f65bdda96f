"""How a search page with numbered links is read: links that go over many lines are closed by their number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.counts import count_of
from db.domain.formats.linked import unmarked
from db.domain.formats.linked.linklines import (
    WIDEST,
    authors_of,
    day_of,
    is_footer,
    is_frame,
    submitter,
)
from db.domain.formats.linked.linkreading import LinkReading
from db.domain.formats.linked.refnumbers import RefNumbers, definition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.linked.linkcards import Card, Deck
    from db.domain.records import Issue, Ledger, Record

BLOCK_LINES, BLOCK_CHARACTERS = 400, 200_000
"""The longest link: whatever is longer has lost its end."""
CLOSED = re.compile(r"\]\s?\[(?P<number>\d{1,9})\]\s*$")
LONE = re.compile(r"\]\s?\[\d{1,9}\]")
TITLE = re.compile(r"\s*#{1,6}\s*\[.*\]\s?\[\d{1,9}\]\s*$")
_BREAKS = frozenset("#·`\u200b\ufeff")
"""No line that begins with one of these goes on with a link unseen."""
_HEADING = re.compile(r"(?P<level>#{1,6})\s*(?P<text>\S.*)")
_OWNER = re.compile(r"(?:\[(?P<alt>[^\[\]]*)\])?\s*(?P<name>[^\[\]]*)")


def linked(text: str) -> str | None:
    """Return the link in a heading, None when there is none."""
    match = _HEADING.match(text)
    return match["text"] if match and match["text"][0] == "[" and match["text"][:2] != "[[" else None


class Reading(LinkReading):
    """The state of one reading: the papers, and the lines of a link that is not closed yet."""

    def __init__(self, deck: Deck, papers: RefNumbers) -> None:
        super().__init__(deck)
        self.papers = papers
        self.block: list[str] = []
        self.at = self.begins = self.last = self.size = self.depth = 0
        self.votes: tuple[int | None, int, int] | None = None
        self.heading = False
        self.place = -1

    def run(self, lines: Iterable[str]) -> Iterator[Record | Issue | Ledger]:
        """Go through the lines once; words within an open link, which most lines are, are passed on at once."""
        return super().run(self._beside_words(lines))

    def _beside_words(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield the lines that may be anything but words of the open link."""
        for raw in lines:
            text = raw.strip()
            if self.block and text and "]" not in text and "[" not in text and text[0] not in _BREAKS:
                self.deck.account.number += 1
                self._words(text)
            else:
                yield text

    def _end(self) -> None:
        self._cut()
        self._settle()

    def _words(self, text: str) -> None:
        """Add a line without brackets to the open link."""
        self.block.append(text)
        self.last = self.deck.account.number
        self.size += len(text)
        self.begins = self.begins or self.deck.account.number
        if len(self.block) > BLOCK_LINES or self.size > BLOCK_CHARACTERS:
            self._cut()

    def _line(self, text: str) -> None:
        if text[0] == "#" and linked(text) is not None:
            self.place += 1
        if self.block:
            if not self._ends_early(text):
                self._more(text)
                return
            self._cut()
        if text[0] == "#":
            self._heading(text)
        elif text[0] == "[" and definition(text) is None:
            self._open(text, heading=False)
        else:
            self._plain(text)

    def _heading(self, text: str) -> None:
        match = _HEADING.match(text)
        rest = match["text"] if match else ""
        if linked(text) is not None:
            self._open(rest, heading=True)
        elif match is None or is_frame(rest) or (self.deck.over and len(match["level"]) < 3):
            self.deck.frame(end=not self.deck.over)
        else:
            self.at = self.last = self.deck.account.number
            self.heading = False
            self._titled([rest], 1)

    def _card(self) -> Card:
        card = self.deck.card
        return card if card is not None and not card.title else self.deck.new()

    def _open(self, text: str, *, heading: bool) -> None:
        self.heading, self.at, self.size, self.depth = heading, self.deck.account.number, 0, 0
        self.begins = 0
        self._more(text)

    def _more(self, text: str) -> None:
        """Add a line to the open link, and close it when its number has come."""
        self.block.append(text)
        self.last = self.deck.account.number
        self.size += len(text)
        self.depth += unmarked.depth(text)
        if not self.begins and text.strip("[ "):
            self.begins = self.deck.account.number
        closed = CLOSED.search(text) if text[-1] == "]" else None
        if closed and (self.depth <= 0 or LONE.fullmatch(text)):
            self._close(closed.start())
        elif len(self.block) == 1 and self.depth <= 0 and not self.heading:
            self.block = []
            self._plain(text)
        elif len(self.block) > BLOCK_LINES or self.size > BLOCK_CHARACTERS:
            self._cut()

    def _ends_early(self, text: str) -> bool:
        """Say whether something else begins although the link was never closed."""
        if text in ("[", "·") or (text[0] == "#" and TITLE.match(text)):
            return True
        if self.heading and len(self.block) > 3:
            return True
        return is_footer(text) and text[0] in "[`"

    def _cut(self) -> None:
        """Take what there is of a link whose end is missing."""
        block, self.block = self.block, []
        if not block:
            return
        lines = len(block)
        end = CLOSED.search(block[-1])
        if end:
            block[-1] = block[-1][: end.start()]
        block[0] = block[0][1:]
        shown = unmarked.narrow(block)
        card = self.deck.card
        if self.heading:
            self._titled(block, lines)
        elif count_of(shown or "-")[0] and (card is None or not card.title or card.closing or card.abstract):
            self._voted(count_of(shown or "-")[1], lines)
        elif card is None or not card.title or card.closing:
            self.deck.stray(shown, lines)
        else:
            if authors_of(shown) is None and shown:
                card.text(shown, self.begins)
                card.truncated = end is None
            card.take(self.last, lines)

    def _close(self, end: int) -> None:
        """Read a whole link; its text ends at column `end` of its last line."""
        block, self.block = self.block, []
        lines = len(block)
        block[-1] = block[-1][:end]
        block[0] = block[0][1:]
        shown = unmarked.narrow(block)
        card = self.deck.card
        if self.heading:
            self._titled(block, lines)
        elif count_of(shown.removeprefix("Upvote").strip())[0]:
            self._voted(count_of(shown.removeprefix("Upvote").strip())[1], lines)
        elif card is None or is_footer(shown):
            self.deck.account.furniture += lines
            if card is not None:
                self._settle()
                self.deck.close()
                self.deck.over = True
        elif not card.title:
            card.take(self.deck.account.number, lines)
        else:
            self._behind(card, shown, block, lines)

    def _titled(self, block: list[str], lines: int) -> None:
        votes, self.votes = self.votes, None
        card = self._card()
        if votes is not None:
            card.upvotes = votes[0]
            card.take(*votes[1:])
        card.title, card.line_title = unmarked.narrow(block), self.at
        card.arxiv_id = self.papers.identifier(self.place) if self.heading else None
        card.take(self.last, lines)

    def _voted(self, count: int | None, lines: int) -> None:
        """Votes stand before a title; of two such numbers in a row the first one counts comments."""
        self._settle()
        self.votes = count, self.last, lines

    def _settle(self) -> None:
        """A number that no title came after counts the comments of the paper before it."""
        votes, self.votes = self.votes, None
        card = self.deck.card
        if votes is None:
            return
        if card is not None and card.title:
            card.comments = votes[0] if card.comments is None else card.comments
            card.take(*votes[1:])
        elif self.deck.over:
            self.deck.account.furniture += votes[2]
        else:
            self.deck.account.issues += votes[2]

    def _behind(self, card: Card, shown: str, block: list[str], lines: int) -> None:
        """A link behind the title: the abstract, the authors or the organisation."""
        number = self.deck.account.number
        authors = authors_of(next((one for one in reversed(block) if one.strip()), ""))
        owner = _OWNER.fullmatch(shown) if len(shown) <= 120 else None
        if authors is not None and (lines > 1 or authors_of(shown) is not None) and len(shown) < WIDEST:
            card.count, card.closing = authors, True
        elif self.wants_name and owner:
            card.fields["submitted_by"], self.wants_name = owner["name"] or owner["alt"] or "", False
        elif owner and (owner["alt"] or card.abstract) and not card.closing:
            card.slug = self.papers.slugs.get(self.place) or owner["alt"] or None
            card.name, card.closing = owner["name"].strip() or card.slug, True
        elif not card.closing:
            card.text(shown, self.begins)
        card.take(number, lines)

    def _plain(self, text: str) -> None:
        deck, card = self.deck, self.deck.card
        if definition(text):
            self._settle()
            deck.frame(end=True)
        elif day := day_of(text):
            deck.dated(day, text)
        elif (name := submitter(text)) is not None:
            card = self._card()
            card.take(deck.account.number)
            card.fields["submitted_by"], self.wants_name = name, not name
        elif card is None or (is_footer(text) and (card.title or text[0] == "`")):
            self._framed(text)
        elif text.strip("·•|-*[] ") == "":
            card.take(deck.account.number)
        elif (authors := authors_of(text)) is not None and card.title:
            card.count, card.closing = authors, True
            card.take(deck.account.number)
        else:
            self._text(card, text)

    def _text(self, card: Card, text: str) -> None:
        """Words outside of any link: a submitter, an abstract that lost its brackets, or the frame."""
        if self.wants_name and len(text) < 80:
            card.fields["submitted_by"], self.wants_name = text, False
        elif card.title and not card.closing:
            card.text(unmarked.narrow([text]), self.deck.account.number)
        elif card.closing:
            self.deck.close()
            self._framed(text)
            return
        card.take(self.deck.account.number)
