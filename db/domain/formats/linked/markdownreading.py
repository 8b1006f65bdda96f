"""How a search page as Markdown is read: links that go over many lines are closed by the address they lead to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats import inline
from db.domain.formats.counts import count_of
from db.domain.formats.linked import unmarked
from db.domain.formats.linked.linklines import (
    WIDEST,
    authors_of,
    day_of,
    is_footer,
    is_frame,
    is_login,
    is_title,
    owner,
    paper_of,
    submitter,
    target,
)
from db.domain.formats.linked.linkreading import LinkReading

if TYPE_CHECKING:
    from db.domain.formats.linked.linkcards import Card, Deck

BLOCK_LINES, BLOCK_CHARACTERS = 400, 200_000
"""The longest link: whatever is longer has lost its end."""
FRONT_LINES = 60
_HEADING = re.compile(r"(?P<level>#{1,6})\s*(?P<text>\S.*)")
VOTES = re.compile(r"\s*(?:[-*] )?\[(?:-|\d[\d,.]*[kKmM]?)\]\(\S*/login\?next=\S*papers%2F\S*\)\s*$", re.IGNORECASE)
_BOTH = re.compile(r"(?P<link>\[.*\]\([^()\s]*\))\s*(?P<rest>[·•|].*)")
_REPOSITORY = re.compile(r"GitHub\s*(?P<stars>\d[\d,.]*[kKmM]?)?", re.IGNORECASE)


class Reading(LinkReading):
    """The state of one reading: the papers, and the lines of a link that is not closed yet."""

    def __init__(self, deck: Deck) -> None:
        super().__init__(deck)
        self.block: list[str] = []
        self.at = self.last = self.size = self.depth = 0
        self.heading = False
        self.front = False

    def _line(self, text: str) -> None:
        number = self.deck.account.number
        if self.front or (text == "---" and number == 1):
            self.front = number < FRONT_LINES and (number == 1 or text != "---") and text[:1] not in "#["
            self.deck.frame()
            return
        if self.block:
            if not self._ends_early(text):
                self._more(text)
                return
            self._cut()
        self._first(text)

    def _first(self, text: str) -> None:
        """Read a line that begins something."""
        if text[0] in "-*" and text[1:3] == " [":
            text = text[2:]
        if text[0] == "#":
            match = _HEADING.match(text)
            if match and match["text"][0] == "[":
                self._open(match["text"], heading=True)
            elif match and not is_frame(match["text"]):
                self._heading(match)
            else:
                self.deck.frame(end=True)
        elif text[0] == "[":
            self._open(text, heading=False)
        else:
            self._plain(text)

    def _open(self, text: str, *, heading: bool) -> None:
        self.heading, self.at, self.size, self.depth = heading, self.deck.account.number, 0, 0
        if heading:
            self.deck.ended()
        self._more(text)

    def _more(self, text: str) -> None:
        """Add a line to the open link, and close it when its address has come."""
        self.block.append(text)
        self.last = self.deck.account.number
        self.size += len(text)
        self.depth += unmarked.depth(text)
        url = target(text)
        if url and (self.depth <= 0 or paper_of(url) or is_login(url)):
            self._close(url)
        elif len(self.block) == 1 and self.depth <= 0 and text[-1] != "\\":
            self.block = []
            self._unlinked(text)
        elif len(self.block) > BLOCK_LINES or self.size > BLOCK_CHARACTERS:
            self._cut()

    def _ends_early(self, text: str) -> bool:
        """Say whether a new paper begins although the link was never closed."""
        return text == "·" or is_title(text) or (len(text) < WIDEST and VOTES.match(text) is not None)

    def _end(self) -> None:
        self._cut()

    def _cut(self) -> None:
        """Take what there is of a link whose end is missing."""
        block, self.block = self.block, []
        if not block:
            return
        block[0] = block[0][1:]
        card = self.deck.card
        if self.heading or card is None or not card.title:
            card = self.deck.open()
            card.title, card.line_title = unmarked.words(block), self.at
        elif card.closing or authors_of(unmarked.bare(" ".join(block[-1:]))) is not None:
            card.closing = True
        else:
            card.text(unmarked.words(block, card.links), self.at)
            card.truncated = True
        card.take(self.last, len(block))

    def _close(self, url: str) -> None:
        """Read a whole link."""
        block, self.block = self.block, []
        count = len(block)
        block[-1] = block[-1][: block[-1].rfind("](")]
        block[0] = block[0][1:]
        if is_login(url):
            self._login(url, block, count)
        elif identifier := paper_of(url):
            self._paper(identifier, url, block, count)
        elif self.heading:
            self._titled(None, block, count)
        else:
            self._elsewhere(url, block, count)

    def _login(self, url: str, block: list[str], count: int) -> None:
        shown = unmarked.bare(" ".join(block)).removeprefix("Upvote").strip()
        votes, number = count_of(shown or "-")
        identifier = paper_of(url)
        if not votes or (identifier is None and "papers%2F" not in url):
            self.deck.account.furniture += count
            return
        card = self.deck.open() if self.deck.card is None or not self._belated(identifier) else self.deck.card
        card.upvotes = number
        card.arxiv_id = card.arxiv_id or identifier
        card.take(self.deck.account.number, count)

    def _belated(self, identifier: str | None) -> bool:
        """Some lists show the votes behind the title."""
        card = self.deck.card
        return card is not None and card.upvotes is None and card.arxiv_id == identifier and identifier is not None

    def _paper(self, identifier: str, url: str, block: list[str], count: int) -> None:
        card = self.deck.card
        shown = unmarked.bare(" ".join(block)) if len(block[-1]) < WIDEST else ""
        if "#community" in url and card is not None and card.title:
            votes, number = count_of(shown or "-")
            card.comments = number if votes and card.comments is None else card.comments
            card.take(self.deck.account.number, count)
        elif self.heading or card is None or not card.title:
            if shown or block[0]:
                self._titled(identifier, block, count)
        elif card.arxiv_id not in (None, identifier) and card.closing:
            self._titled(identifier, block, count)
        else:
            self._linked(card, shown, block, count)

    def _linked(self, card: Card, shown: str, block: list[str], count: int) -> None:
        """A link to the paper's page behind its title: the authors, or the abstract."""
        authors = authors_of(shown) if shown else None
        if authors is not None:
            card.count, card.closing = authors, True
        elif not card.closing and (shown or count > 1 or len(block[0]) >= WIDEST):
            card.text(unmarked.words(block, card.links), self.at)
        card.take(self.deck.account.number, count)

    def _titled(self, identifier: str | None, block: list[str], count: int) -> None:
        title = unmarked.words(block)
        if identifier is None and is_frame(title):
            self.deck.account.furniture += count
            return
        card = self.deck.open()
        if card.arxiv_id and identifier and card.arxiv_id != identifier:
            card = self.deck.new()
        card.title, card.line_title = title, self.at
        card.arxiv_id = identifier or card.arxiv_id
        card.take(self.deck.account.number, count)

    def _elsewhere(self, url: str, block: list[str], count: int) -> None:
        """A link that leads away from the paper: an organisation, a repository, the frame of the page."""
        deck, card = self.deck, self.deck.card
        text = " ".join(block)
        shown, slug = unmarked.bare(text), owner(url)
        if card is None or is_footer(shown):
            deck.account.furniture += count
            if is_footer(shown):
                deck.close()
                deck.over = True
        elif self.wants_name and slug:
            card.fields["submitted_by"], self.wants_name = shown or slug, False
            card.take(deck.account.number, count)
        elif card.title and slug and card.name is None and card.count is None and (card.day is None):
            card.slug, card.name, card.closing = slug, unmarked.words([shown]) or slug, True
            card.take(deck.account.number, count)
        else:
            self._named(card, url, shown, text, count)

    def _named(self, card: Card, url: str, shown: str, text: str, count: int) -> None:
        match = _REPOSITORY.fullmatch(shown)
        if inline.repository(url) and match:
            card.fields["github"] = url
            if match["stars"]:
                card.fields["github_stars"] = match["stars"]
        elif shown.lower() == "project page":
            card.fields["project_page"] = url
        elif card.title and not card.closing and "arxiv.org" not in url:
            card.text(unmarked.words([f"[{text}]({url})"], card.links), self.at)
        card.take(self.deck.account.number, count)

    def _heading(self, match: re.Match[str]) -> None:
        """A heading that has lost its link."""
        if len(match["level"]) < 3 and self.deck.over:
            self.deck.frame()
            return
        self.deck.ended()
        self.at = self.deck.account.number
        self._titled(None, [match["text"]], 1)

    def _unlinked(self, text: str) -> None:
        """A line in brackets that is no link, or a link with more behind it."""
        match = _BOTH.fullmatch(text) if len(text) <= WIDEST and "](" in text else None
        if match and (day := day_of(match["rest"])) and self.deck.card is not None:
            self.block = [match["link"]]
            self._close(target(match["link"]))
            self.deck.dated(day, match["rest"], lines=0)
            return
        self._plain(text)

    def _plain(self, text: str) -> None:
        deck, card = self.deck, self.deck.card
        number = deck.account.number
        if day := day_of(text):
            deck.dated(day, text)
        elif (name := submitter(text)) is not None:
            card = deck.open()
            card.take(number)
            card.fields["submitted_by"] = name
            self.wants_name = not name
        elif card is None or (is_footer(text) and card.title):
            self._framed(text)
        elif text.strip("·•|-*\\ ") == "" or text.startswith("!["):
            card.take(number)
            card.closing = card.closing or (bool(card.title) and text[0] in "·•|")
        elif (authors := authors_of(text)) is not None and card.title:
            card.count, card.closing = authors, True
            card.take(number)
        else:
            self._text(card, text)

    def _text(self, card: Card, text: str) -> None:
        """Words without a link: the name of the submitter, or an abstract."""
        if self.wants_name and len(text) < 80:
            card.fields["submitted_by"], self.wants_name = text, False
        elif card.title and not card.closing:
            card.text(unmarked.words([text], card.links), self.deck.account.number)
        elif card.closing and card.day is None and count_of(text)[0]:
            pass
        elif card.closing:
            self.deck.close()
            self._framed(text)
            return
        card.take(self.deck.account.number)
