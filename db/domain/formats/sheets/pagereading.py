"""Reading the pages of single papers one line at a time: which part of which page a line belongs to."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from db.domain.formats.account import Account
from db.domain.formats.moments import printed
from db.domain.formats.sheets.pagelines import WIDEST, PageLine, Part, look, view
from db.domain.formats.sheets.sheet import Sheet, is_text
from db.domain.records import Issue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from db.domain.formats.survey import Survey
    from db.domain.records import Ledger, Record

TITLE_LINES = 6
"""Lines of a title; more before the next part of the page mean that it is no title."""
HEAD_LINES = 120
"""Lines between the title and the authors: votes and the pictures of those who gave them."""
NAME_LINES = 20_000
"""Lines of authors; the largest collaborations have some 3,000 people, with a comma on a line of its own."""
TEXT_LINES = 2_000
"""Lines of an abstract whose end is missing."""
NO_DAY = "There is no such day as {}; the paper was kept without a date."
NO_TITLE = "No title stands here where a paper's page begins, so it became no paper."
_ON_DAY = re.compile(r"\s+on \w{3,9}\.? \d{1,2}(?:, \d{4})?(?:\s*[·•#].*)?$")


class Reading:
    """The state of one reading: the open page, the part of it that the next line belongs to, and what stood before."""

    def __init__(self, survey: Survey, name: str) -> None:
        self.survey, self.name = survey, name
        self.account = Account()
        self.out: list[Record | Issue] = []
        self.sheet: Sheet | None = None
        self.begun: Sheet | None = None
        self.state = Reading._outside
        self.before: deque[PageLine] = deque(maxlen=TITLE_LINES)
        self.index = 0

    def run(self, lines: Iterable[str]) -> Iterator[Record | Issue | Ledger]:
        """Go through the lines once."""
        gap = False
        for raw in lines:
            self.account.number += 1
            line = look(self.account.number, raw, gap=gap)
            if line.part is Part.BLANK:
                gap = True
                self.account.blank += 1
                continue
            gap = gap if line.part is Part.BREAK else False
            self.state(self, line)
            if self.out:
                yield from self.out
                self.out.clear()
        self._end()
        yield from self.out
        yield self.account.ledger(self.name, self.survey)

    # Outside of a page's upper part: header, comments, footers

    def _outside(self, line: PageLine) -> None:
        if line.part is Part.ID:
            self.begun = Sheet(arxiv_id=line.value, held=1, first=line.number, last=line.number)
            self.state = Reading._head
        elif self._opens(line) and (title := self._title_before()):
            self.begun = Sheet(title=title, held=len(title), first=title[0].number)
            self.account.furniture -= len(title)
            self.state = Reading._head
            self._head(line)
        else:
            self._furniture(line)

    def _opens(self, line: PageLine) -> bool:
        """Say whether a page whose first lines are missing goes on here; comments may address `Authors:` too."""
        return line.part is Part.PUBLISHED or (line.part is Part.AUTHORS and self.sheet is None and not self.index)

    def _title_before(self) -> list[PageLine]:
        """Return the lines right before that can be the title of a page whose first lines are missing."""
        found: list[PageLine] = []
        for line in reversed(self.before):
            if not is_text(line) or (found and (found[0].gap or found[0].heading)):
                break
            found.insert(0, line)
        return found if sum(len(line.text) for line in found) <= WIDEST else []

    def _furniture(self, line: PageLine) -> None:
        self.account.furniture += 1
        self.before.append(line)
        sheet = self.sheet
        if sheet is None:
            return
        if line.part is Part.BUTTONS:
            sheet.buttons(line.links, line.value)
            sheet.wants = "stars" if line.text.lower().endswith("github") else ""
        elif line.part is Part.COUNT and sheet.wants == "stars":
            sheet.stars, sheet.wants = sheet.stars or line.value, ""
        else:
            sheet.wants = ""
            if line.part is Part.AFTER and line.value:
                sheet.arxiv_id = sheet.arxiv_id or line.value

    # Title, date, votes

    def _head(self, line: PageLine) -> None:
        sheet = self.begun
        assert sheet is not None
        if line.part is Part.ID and not sheet.title:
            sheet.arxiv_id = line.value
            sheet.take(line)
        elif line.part in (Part.BREAK, Part.FLOATING):
            self.account.furniture += 1
        elif line.part is Part.TEXT and not sheet.sure and sheet.wants != "name":
            self._title(sheet, line)
        elif line.part in _STATES:
            _STATES[line.part](self, sheet, line)
        elif line.part in (Part.BUTTONS, Part.AFTER) and sheet.sure:
            self._open(sheet)
            self._outside_again(line)
        elif line.part is Part.ID or sheet.held > HEAD_LINES:
            self._wrong(line)
        else:
            sheet.take(line)
            self._detail(sheet, line)

    def _title(self, sheet: Sheet, line: PageLine) -> None:
        sheet.take(line)
        sheet.title.append(line)
        if len(sheet.title) > TITLE_LINES or len(line.text) > WIDEST:
            self._wrong(None)

    def _wrong(self, line: PageLine | None) -> None:
        """What began like a page is none: an identifier in a comment, or a page without any of its parts."""
        sheet, self.begun = self.begun, None
        self.state = Reading._outside
        if sheet is not None and sheet.sure:
            self._open(sheet)
        elif sheet is not None:
            self.account.furniture += sheet.held
        if line is not None:
            self._outside(line)

    def _sure(self, sheet: Sheet) -> bool:
        if not sheet.title:
            self.out.append(Issue(sheet.first or self.account.number, sheet.arxiv_id or "", NO_TITLE))
            self.account.issues += sheet.held + 1
            self.begun, self.state = None, Reading._outside
            return False
        sheet.sure = True
        return True

    def _published(self, sheet: Sheet, line: PageLine) -> None:
        if not self._sure(sheet):
            return
        sheet.take(line)
        if sheet.month_day:
            return
        if printed(line.month_day, line.year) is None:
            self.out.append(Issue(line.number, line.text, NO_DAY.format(line.month_day)))
            return
        sheet.month_day, sheet.year = line.month_day, line.year
        if line.more:
            self._detail(sheet, look(line.number, line.more))

    def _detail(self, sheet: Sheet, line: PageLine) -> None:
        """Take submitter, votes or organisation."""
        wants, sheet.wants = sheet.wants, ""
        if line.part is Part.SUBMITTED:
            sheet.name, sheet.wants = line.value, "" if line.value else "name"
        elif wants == "name" and line.part in (Part.TEXT, Part.FRAME):
            sheet.name = _ON_DAY.sub("", line.text)
        elif wants == "votes" and line.part is Part.COUNT:
            sheet.votes(line.value)
        elif line.part is Part.IMAGE or (wants and line.part in (Part.DOT, Part.ON)):
            sheet.wants = wants
        elif line.part is Part.TEXT and sheet.upvotes is None and sheet.month_day:
            sheet.organised(line)

    def _upvote(self, sheet: Sheet, line: PageLine) -> None:
        if not self._sure(sheet):
            return
        sheet.take(line)
        sheet.votes(line.value) if line.value else None
        sheet.wants = "" if line.value else "votes"

    def _authors(self, sheet: Sheet, line: PageLine) -> None:
        if not self._sure(sheet):
            return
        sheet.take(line)
        if line.value:
            sheet.authors.append(line.value)
        self.state = Reading._names

    def _abstract(self, sheet: Sheet, line: PageLine) -> None:
        if not sheet.sure and (self.sheet is not None or self.index):
            # Below another page's abstract this is more likely a comment that quotes one.
            self._wrong(line)
            return
        if not self._sure(sheet):
            return
        sheet.take(line)
        sheet.labelled = line.part is Part.GENERATED
        self.state = Reading._text

    # Authors

    def _names(self, line: PageLine) -> None:
        sheet = self.begun
        assert sheet is not None
        if line.part in (Part.ABSTRACT, Part.GENERATED):
            self._abstract(sheet, line)
        elif line.part in (Part.BREAK, Part.FLOATING):
            self.account.furniture += 1
        elif line.part in (Part.BUTTONS, Part.AFTER, Part.ID) or len(line.text) > 4 * WIDEST or sheet.held > NAME_LINES:
            self._open(sheet)
            self._outside_again(line)
        else:
            sheet.take(line)
            if line.part not in (Part.IMAGE, Part.DOT):
                sheet.authors.append(line.text)

    # Summary and abstract

    def _text(self, line: PageLine) -> None:
        sheet = self.begun
        assert sheet is not None
        if line.part is Part.GENERATED and not sheet.labelled:
            sheet.labelled = True
            sheet.take(line)
        elif line.part in (Part.BREAK, Part.FLOATING):
            self.account.furniture += 1
        elif self._closes(sheet, line):
            self._open(sheet)
            self._outside_again(line)
        else:
            sheet.take(line)
            if line.part is not Part.IMAGE:
                (sheet.abstract if sheet.labelled else sheet.summary).append(line)
                # A text without end would fill the memory; what follows is taken for the page's frame.
                if len(sheet.abstract) + len(sheet.summary) > TEXT_LINES:
                    self._open(sheet)

    def _closes(self, sheet: Sheet, line: PageLine) -> bool:
        """Say whether the abstract has ended; a lone `GitHub` inside of a sentence is a word of it."""
        if line.part in (Part.ID, Part.AFTER) or view(line):
            return True
        if line.part is not Part.BUTTONS:
            return False
        text = sheet.abstract or sheet.summary
        return not text or text[-1].text.endswith((".", "?", "!", ")")) or " " in line.text

    # The end of a page

    def _open(self, sheet: Sheet) -> None:
        """Keep the page that was read; what stands below its abstract may still add to it."""
        self._emit()
        self.sheet, self.begun = sheet, None
        self.state = Reading._outside
        self.before.clear()

    def _outside_again(self, line: PageLine) -> None:
        self._outside(line)

    def _emit(self) -> None:
        sheet, self.sheet = self.sheet, None
        if sheet is not None:
            self.index += 1
            self.out.append(sheet.record(self.index))

    def _end(self) -> None:
        """A page may be cut anywhere; a title alone is kept when nothing else was found."""
        sheet = self.begun
        if sheet is not None and (sheet.sure or (sheet.title and not self.index and self.sheet is None)):
            self._open(sheet)
        elif sheet is not None:
            self.account.furniture += sheet.held
        self._emit()


_STATES: dict[Part, Any] = {
    Part.PUBLISHED: Reading._published, Part.UPVOTE: Reading._upvote, Part.AUTHORS: Reading._authors,
    Part.ABSTRACT: Reading._abstract, Part.GENERATED: Reading._abstract,
}  # fmt: skip
