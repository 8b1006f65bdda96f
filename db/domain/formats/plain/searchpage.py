"""The plain-text search page: dialects A (full), B (glued pairs) and C (bare pairs) with one reader."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.account import Account
from db.domain.formats.lines import (
    SHORT_LINE,
    Kind,
    Meta,
    cut_authors,
    cut_date,
    is_page_number,
    known,
    read_line,
    unglued,
)
from db.domain.formats.plain import surveying
from db.domain.formats.plain.evidence import Line
from db.domain.formats.plain.segment import Draft, segment
from db.domain.formats.plain.values import Stated, closing, record
from db.domain.formats.textfile import LONGEST
from db.domain.records import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.survey import Survey
    from db.domain.records import Ledger, Record

BLOCK_LINES, WAITING_LINES = 240, 48
"""Lines that are read at once, and the newest of them that are read again with what comes after them."""
BLOCK_CHARACTERS = 400_000
NO_TITLE = "No title stands before this line, so it belongs to no paper."
NO_ABSTRACT = "This is a record without an abstract; it was kept. Check that its title is one."
_SENTENCE_END = re.compile(r"[.?!)]$|/\S+$")


class SearchPage:
    """Reads the text of a search page of a papers site, with or without author lines, dates and blanks."""

    name = "search-page"
    label = "Search page"
    kind = "dump"
    longest = LONGEST
    reader = 1
    heeds_marks = True

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is such a page."""
        from db.domain.formats.plain.sniffing import confidence

        return confidence(head)

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return the layout and render year of the page."""
        return surveying.survey(lines)

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the records and issues in order and at last the ledger; memory does not grow with the page."""
        return _Reading(survey, self.name).run(lines)


class _Reading:
    """The state of one reading: the uncertain lines so far, and the record that waits for its date."""

    def __init__(self, survey: Survey, name: str) -> None:
        self.survey, self.name = survey, name
        self.out: list[Record | Issue] = []
        self.block: list[Line] = []
        self.size = 0
        self.pending: Draft | None = None
        self.tail: Line | None = None
        self.last: Draft | None = None
        self.stated = Stated()
        self.orphan = False
        self.gap = False
        self.header = True
        self.index = 0
        self.account = Account()
        self.marks = survey.marks
        self.patience = 4

    def run(self, lines: Iterable[str]) -> Iterator[Record | Issue | Ledger]:
        """Go through the lines once."""
        out, account = self.out, self.account
        for raw in lines:
            account.number += 1
            text, kind, meta = known(raw) if len(raw) <= SHORT_LINE else read_line(raw)
            if kind is Kind.BLANK:
                account.blank += 1
                self.gap = True
                continue
            mark = self.marks.get(account.number) if self.marks else None
            if mark == "ignore":
                account.furniture += 1
                continue
            if mark:
                self._marked(text, mark)
            else:
                self._line(text, kind, meta)
            self.gap = False
            if out:
                yield from out
                out.clear()
        self._end()
        yield from out
        yield self.account.ledger(self.name, self.survey)

    def _line(self, text: str, kind: Kind, meta: Meta | None) -> None:
        if self.tail is not None:
            self._not_cut()
        if kind is not Kind.TEXT:
            self._other(kind, meta or Meta(), text)
        elif self.header and is_page_number(text):
            self.account.furniture += 1
        elif self.pending is None or not self._may_be_cut(text):
            if self.pending is not None or self.size > BLOCK_CHARACTERS or len(self.block) >= BLOCK_LINES:
                self._make_room()
            self._text(text)

    def _marked(self, text: str, mark: str) -> None:
        """A person said what this line is, whatever it looks like."""
        line = Line(self.account.number, text, self.gap, mark=mark)
        if mark == "abstract" and self.pending is not None and self.tail is None:
            self.pending.abstract.append(line)
            return
        self._not_cut()
        self.header = False
        self._append(line)

    def _may_be_cut(self, text: str) -> bool:
        """A date that the page ends in looks like a short title until it is known to be the last line."""
        waiting = self.stated.month_day is None and self.stated.issue is None
        if waiting and self.stated.separated and not self.gap and cut_date(text):
            self.tail = Line(self.account.number, text, self.gap)
            return True
        return False

    def _not_cut(self) -> None:
        tail, self.tail = self.tail, None
        self._make_room()
        if tail is not None:
            self._append(tail)

    def _end(self) -> None:
        """The last record may end in any field, and in the middle of a line."""
        if self.tail is not None:
            self.stated.line_end = self.tail.number
        elif len(self.block) > 1:
            last = self.block[-1]
            cut, count = cut_authors(last.text)
            if cut and not last.mark:
                self.block.pop()
                self._flush(closed=True, final=True)
                self.stated.count, self.stated.line_end = count, last.number
        self._flush(closed=False, final=True)
        self._release()

    def _text(self, text: str) -> None:
        if self.header and text.startswith("Subscribe"):
            text = unglued(text)
        self.header = False
        self._append(Line(self.account.number, text, self.gap))

    def _append(self, line: Line) -> None:
        self.orphan = False
        self.block.append(line)
        self.size += len(line.text)

    def _other(self, kind: Kind, meta: Meta, text: str) -> None:
        if kind is Kind.STRONG:
            self._release()
            self._trailing_furniture()
            self.account.furniture += 1
            self.header = True
        elif kind is Kind.WEAK:
            self._release()
            if self.header:
                self.account.furniture += 1
            else:
                self._append(Line(self.account.number, text, self.gap, kind))
        elif kind is Kind.DATE:
            self._date(meta, text)
        else:
            self._meta(kind, meta, text)

    def _trailing_furniture(self) -> None:
        """A `new` right before a line that is furniture for certain is furniture too."""
        while self.block and self.block[-1].kind is Kind.WEAK:
            self.size -= len(self.block.pop().text)
            self.account.furniture += 1

    def _date(self, meta: Meta, text: str) -> None:
        if self.pending is not None and self.stated.month_day is None and self.stated.issue is None:
            self.account.issues += not self.stated.dated(meta, self.account.number, text)
            self.stated.line_end = self.account.number
            self._release()
        elif self.header and not self.orphan and self.pending is None and not meta.separated:
            self.account.furniture += 1
        elif meta.separated or self.orphan:
            self._meta(Kind.DATE, meta, text)
        else:
            self._release()
            if self.block:
                last = self.block[-1]
                last.followed = last.kind is Kind.TEXT and len(last.text) < 90 and not last.mark
            self._append(Line(self.account.number, text, self.gap, Kind.DATE, meta))

    def _meta(self, kind: Kind, meta: Meta, text: str) -> None:
        """An author line, a separator or a marked date: whatever stands before it is a whole record."""
        again = self.stated.count is not None if meta.count is not None else self.stated.separated
        if self.pending is None or again:
            self._release()
            self._close(kind)
        if self.pending is None:
            self.orphan = True
            self.account.issues += 1
            self.out.append(
                Issue(self.account.number, text, "No title stands before this line, so it belongs to no paper.")
            )
            return
        self._take(kind, meta, text)
        if meta.month_day:
            self._release()

    def _close(self, kind: Kind) -> None:
        if self.block and kind is not Kind.META:
            last = self.block[-1]
            short = last.kind is Kind.TEXT and len(last.text) < 90 and not last.mark
            last.followed = short and not _SENTENCE_END.search(last.text)
        self._flush(closed=True, final=False)

    def _take(self, kind: Kind, meta: Meta, text: str) -> None:
        self.stated.line_end = self.account.number
        self.stated.separated = self.stated.separated or kind is Kind.SEPARATOR
        if meta.count is not None:
            self.stated.count = meta.count
        self.stated.organization = meta.organization or self.stated.organization
        if meta.month_day:
            self.stated.dated(meta, self.account.number, text)

    def _make_room(self) -> None:
        """Read what is certain by now; the newest lines wait for what comes after them."""
        self._release()
        if len(self.block) < self.patience or (len(self.block) < BLOCK_LINES and self.size <= BLOCK_CHARACTERS):
            return
        drafts, furniture = segment(self.block, self.survey, closed=False, final=False)
        keep = self.block[max(len(self.block) * 5 // 8, len(self.block) - WAITING_LINES)].number
        done = [draft for draft in drafts[:-2] if draft.title[0].number < keep]
        if not done and len(self.block) > 4 * BLOCK_LINES:
            done = drafts[:-1] or drafts
        rest = drafts[len(done)].title[0].number if len(done) < len(drafts) else self.account.number
        self.account.furniture += sum(1 for line in furniture if line.number < rest) if done else 0
        for draft in done:
            self._emit(draft, Stated())
        if done:
            self.block = [line for line in self.block if line.number >= rest]
            self.size = sum(len(line.text) for line in self.block)
        # What is uncertain throughout is not read again for each line that comes: that would take for ever.
        self.patience = 4 if done else len(self.block) * 5 // 4

    def _flush(self, *, closed: bool, final: bool) -> None:
        """Read the whole block; the last record waits for its date when an author line closes it."""
        if not self.block:
            return
        drafts, furniture = segment(self.block, self.survey, closed=closed, final=final)
        self.block, self.size, self.patience = [], 0, 4
        self.account.furniture += len(furniture)
        # A page that was cut after a title is nothing to look at; a gap in the middle is.
        self.last = drafts[-1] if final and drafts else None
        for draft in drafts[:-1] if closed else drafts:
            self._emit(draft, Stated())
        if closed and drafts:
            self.pending, self.stated = drafts[-1], Stated()

    def _release(self) -> None:
        if self.pending is not None:
            self._emit(self.pending, self.stated)
            self.pending, self.stated = None, Stated()

    def _emit(self, draft: Draft, stated: Stated) -> None:
        self.account.issues += closing(draft, stated) if draft.closing else 0
        self.index += 1
        self.out.append(record(draft, stated, self.index))
        if stated.issue is not None:
            self.out.append(stated.issue)
        title = draft.title[0]
        if not draft.abstract and draft is not self.last and not title.mark:
            self.out.append(Issue(title.number, title.text, NO_ABSTRACT))
