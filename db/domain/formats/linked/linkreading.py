"""What the readers of pages with links have in common: going through the lines, and the frame of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.formats.lines import clean
from db.domain.formats.linked.linklines import WIDEST, is_footer, is_frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.linked.linkcards import Deck
    from db.domain.records import Issue, Ledger, Record


class LinkReading:
    """The state of one reading: the papers so far; `wants_name`: the submitter stands on the next line."""

    def __init__(self, deck: Deck) -> None:
        self.deck = deck
        self.wants_name = False

    def run(self, lines: Iterable[str]) -> Iterator[Record | Issue | Ledger]:
        """Go through the lines once."""
        deck = self.deck
        account, out = deck.account, deck.out
        for raw in lines:
            account.number += 1
            text = clean(raw) if len(raw) <= WIDEST else raw.strip()
            if not text:
                account.blank += 1
                continue
            self._line(text)
            if out:
                yield from out
                out.clear()
        self._end()
        yield from deck.end()

    def _line(self, text: str) -> None:
        """Read a line that is not blank."""
        raise NotImplementedError

    def _end(self) -> None:
        """The page ends; what waits for more was cut off."""
        raise NotImplementedError

    def _settle(self) -> None:
        """Decide what lines are that wait for a later one; most readers have none."""

    def _framed(self, text: str) -> None:
        """A line in the frame of the page, or between two papers."""
        if is_footer(text):
            self._settle()
            self.deck.frame(end=True)
        elif self.deck.over or is_frame(text):
            self.deck.frame()
        else:
            self.deck.stray(text)
