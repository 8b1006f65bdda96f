"""Looking through one file before it is imported: quickly first, then up to a bound of text and time."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from db.domain import formats
from db.domain.errors import LibraryError
from db.domain.records import Issue, Ledger, Record
from db.services.bringing import Bringing
from db.services.forecast import Fate, FilePreview, Reading
from db.services.nearby import Nearby
from db.services.progress import Progress
from db.services.recognising import Form

if TYPE_CHECKING:
    from db.services.excerpts import Text
    from db.services.expecting import Fates
    from db.services.forecast import Expected
    from db.services.progress import Report
    from db.services.recognising import Choice, Part

MOST_SECONDS = 20.0
"""Reading for a preview ends then: what is known is at least what the file holds."""
FIRST, BATCH = 20, 200
SHOWN_ISSUES = 50
TELL_SECONDS = 0.25

Tell = Callable[[FilePreview], None]


class Enough(Exception):  # noqa: N818 - no failure: the time for a preview is over
    """The reading has taken as long as a preview may."""


def recognised(state: FilePreview, text: Text, choice: Choice) -> FilePreview:
    """Return the preview with the formats that know the text, and what is chosen or likeliest.

    Raises LibraryError when it is no text at all.
    """
    lines = text.lines()
    head = lines.head(formats.HEAD_CHARACTERS)
    found = formats.guesses(head)
    guesses = tuple(Reading(one.format.name, one.format.label, one.confidence) for one in found)
    state = replace(state, guesses=guesses, readable=True, encoding=lines.encoding)
    fmt = formats.by_name(choice.format) if choice.format else found[0].format if found else None
    if fmt is None:
        return state
    sure = 1.0 if choice.format else found[0].confidence
    state = replace(state, format=fmt.name, label=fmt.label, confidence=sure)
    targets = tuple(getattr(fmt, "targets", ()))
    if targets:
        columns = {**fmt.survey(iter(head.split("\n"))).columns, **choice.columns}
        state = replace(state, targets=targets, columns=columns)
    return state


@dataclass(slots=True)
class Look:
    """One pass over a text, which adds up what it finds on top of the preview `state`."""

    state: FilePreview
    fates: Fates
    report: Report
    shown: int
    remember: bool = True
    tell: Tell = lambda _state: None
    _records: list[Record] = field(default_factory=list)
    _late: list[Issue] = field(default_factory=list)
    _years: set[int] = field(default_factory=set)
    _bringing: Bringing = field(init=False)
    _until: float = 0.0
    _told: float = 0.0
    _end: int = 0

    def __post_init__(self) -> None:
        self._bringing = Bringing(Nearby(self.state.path).lacks)

    def run(self, text: Text, choice: Choice) -> FilePreview:
        """Read the text to its end, or as far as a preview goes; LibraryError when it cannot be read."""
        self._until = time.monotonic() + MOST_SECONDS
        self.fates.begin()
        unfinished = text.cut
        try:
            with closing(text.items(self._tick, replace(choice, year=None))) as items:
                for number, (item, done) in enumerate(items):
                    if not number % 50:
                        self._tick(done)
                    self._take(item)
                    if len(self._records) >= (BATCH if self.state.records else FIRST):
                        self._place(done / max(1, text.size) * text.part)
        except Enough:
            unfinished = True
        self._place(1.0)
        self._note(self._late if not unfinished else [one for one in self._late if one.line < self._end])
        if not self.state.records and not unfinished:
            raise LibraryError(f"No papers were found in {text.name}, so nothing of it would be imported.")
        return replace(self.state, cut=unfinished, done=1.0)

    def _tick(self, _done: int) -> None:
        self.report(Progress(0, 0, self.state.name))
        if time.monotonic() > self._until:
            raise Enough

    def _take(self, item: Part) -> None:
        if isinstance(item, Record):
            self._records.append(item)
            self._end = max(self._end, item.line_end)
            self._note(self._late)
            self._late = []
        elif isinstance(item, Issue):
            # A text that was cut off ends with complaints that the whole would not cause.
            self._late.append(item)
        elif isinstance(item, Form):
            fmt = formats.by_name(item.format)
            label = fmt.label if fmt else item.format
            self.state = replace(self.state, format=item.format, label=label, dialect=item.dialect)
        elif isinstance(item, Ledger):
            self.state = replace(
                self.state,
                render_year=item.render_year,
                evidence=item.render_year_evidence,
                page_date=item.page_date,
                search=item.search,
                dialect=item.dialect or self.state.dialect,
            )

    def _note(self, issues: list[Issue]) -> None:
        if not issues:
            return
        room = SHOWN_ISSUES - len(self.state.first_issues)
        first = (*self.state.first_issues, *issues[: max(0, room)])
        self.state = replace(self.state, issues=self.state.issues + len(issues), first_issues=first)

    def _place(self, done: float) -> None:
        """Find out what would become of the records read since the last time, and tell of it."""
        if not self._records:
            return
        records, self._records = self._records, []
        found, refused = self.fates.of(records, remember=self.remember)
        self._note(refused)
        self._bringing.add(records, {(one.line, one.text) for one in refused})
        counts = {fate: sum(one.fate is fate for one in found) for fate in Fate}
        state = replace(
            self.state,
            records=self.state.records + len(records),
            new=self.state.new + counts[Fate.NEW],
            same=self.state.same + counts[Fate.SAME],
            maybe=self.state.maybe + counts[Fate.MAYBE],
            repeated=self.state.repeated + counts[Fate.REPEATED],
            brought=self._bringing.sum(),
            expected=tuple(itertools.islice(itertools.chain(self.state.expected, found), self.shown)),
            done=max(self.state.done, min(done, 1.0)),
        )
        self.state = self._dated(state, records, found)
        now = time.monotonic()
        if now - self._told >= TELL_SECONDS:
            self._told = now
            self.tell(self.state)

    def _dated(self, state: FilePreview, records: list[Record], found: list[Expected]) -> FilePreview:
        """Add up what the dates of some records say."""
        self._years.update(one.year_explicit for one in records if one.year_explicit)
        state = replace(
            state,
            inferred_dates=state.inferred_dates + sum(one.date.inferred for one in records),
            yearless_dates=state.yearless_dates + sum(bool(one.date.month) and not one.date.year for one in records),
            years=tuple(sorted(self._years)),
        )
        hung = next((one.date for one in found if one.hangs and one.date.inferred), None)
        if hung is None or state.render_year is not None:
            return state
        # The ledger, which says it of the page, comes last.
        return replace(state, render_year=hung.year, evidence=hung.evidence)
