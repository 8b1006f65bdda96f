"""Which lines of a text became records or issues, where several of them may share a line."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.domain.formats.account import Account

if TYPE_CHECKING:
    from db.domain.formats.survey import Survey
    from db.domain.records import Ledger


@dataclass(slots=True)
class Cover:
    """Counts each line once: blank lines stay blank unless they are in an issue, a record's line is no issue.

    Records and issues come in the order of their lines (from 1); `blanks` are the blank lines not yet passed.
    """

    lines: int = 0
    blank: int = 0
    blanks: list[int] = field(default_factory=list)
    _records: int = 0
    _issues: int = 0
    _last: int = 0
    _issued: int = 0

    def line(self, text: str) -> None:
        """Count one more line of the text."""
        self.lines += 1
        if not text or text.isspace():
            self.blank += 1
            self.blanks.append(self.lines)

    def record(self, first: int, last: int) -> None:
        """Note that the lines from `first` to `last` belong to a record."""
        if first <= self._issued <= last:
            self._issues -= 1
            self._records += 1
            self._issued = 0
        first = max(first, self._last + 1)
        if first <= last:
            self._records += last - first + 1 - self._blank(first, last)
            self._last = last

    def issue(self, first: int, last: int) -> None:
        """Note that the lines from `first` to `last` were not understood."""
        first = max(first, self._last + 1)
        if first <= last:
            self._issues += last - first + 1
            self.blank -= self._blank(first, last)
            self._last = self._issued = last

    def _blank(self, first: int, last: int) -> int:
        """Count the blank lines from the one to the other."""
        return bisect_right(self.blanks, last) - bisect_left(self.blanks, first)

    def forget(self, before: int) -> None:
        """Note that no line before this one will be asked for again."""
        del self.blanks[: bisect_left(self.blanks, before)]

    def ledger(self, name: str, survey: Survey) -> Ledger:
        """Return the ledger; what is neither record, issue nor blank was furniture."""
        furniture = self.lines - self.blank - self._records - self._issues
        return Account(self.lines, self.blank, furniture, self._issues).ledger(name, survey)
