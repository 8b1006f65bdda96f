"""Lines that a person marked as title, abstract or ignore, for readers that know nothing of marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from db.domain.formats import urls
from db.domain.formats.lines import clean
from db.domain.records import Ledger, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from db.domain.formats import Format, Survey
    from db.domain.records import Issue

TITLE, ABSTRACT, IGNORE = "title", "abstract", "ignore"
KINDS = (TITLE, ABSTRACT, IGNORE)
NEAR = 3
"""Lines that may stand between a marked title and its marked abstract."""

_HEADING = re.compile(r"#{1,6} |[*•·-] +|\d{1,3}[.)] ")
_NAMED = re.compile(r"""["']?(?:title|abstract|summary)["']?\s*[:=]\s*[{"']*|(?:TI|T1|AB|N2) {1,2}- """, re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]+)\]\(\S*?\)")


@dataclass(slots=True)
class _Run:
    """Marked lines that are a record of their own: its title and its abstract, as they are read."""

    title: list[int]
    abstract: list[int] = field(default_factory=list)
    texts: dict[int, str] = field(default_factory=dict)
    line_end: int = 0

    @property
    def last(self) -> int:
        return (self.abstract or self.title)[-1]


def read(
    fmt: Format, lines: Iterable[str], survey: Survey, opened: Callable[[], Iterable[str]]
) -> Iterator[Record | Issue | Ledger]:
    """Yield what the format reads, with ignored lines left out and marked titles made records of their own.

    `opened` opens the same lines anew. Readers that heed marks by themselves are left alone.
    """
    if not survey.marks or getattr(fmt, "heeds_marks", False):
        yield from fmt.read(lines, survey)
        return
    runs = _runs(survey.marks)
    ignored = {line for line, kind in survey.marks.items() if kind == IGNORE}
    if runs:
        known = _starts(fmt, _Overlay(opened(), ignored, ()), survey, {one for run in runs for one in run.title})
        runs = [run for run in runs if known.isdisjoint(run.title)]
    overlay = _Overlay(lines, ignored, runs)
    yield from overlay.mended(fmt.read(overlay, survey))


def _runs(marks: Mapping[int, str]) -> list[_Run]:
    """Return the marked titles with the marked abstracts that follow them closely."""
    runs: list[_Run] = []
    for line in sorted(marks):
        if marks[line] == TITLE:
            if runs and not runs[-1].abstract and runs[-1].title[-1] == line - 1:
                runs[-1].title.append(line)
            else:
                runs.append(_Run([line]))
        elif marks[line] == ABSTRACT and runs and line - runs[-1].last <= NEAR:
            runs[-1].abstract.append(line)
    return runs


def _starts(fmt: Format, lines: Iterable[str], survey: Survey, wanted: Collection[int]) -> set[int]:
    """Return those of the lines at which the reader begins a record by itself."""
    items = fmt.read(lines, survey)
    return {item.line_title for item in items if isinstance(item, Record) and item.line_title in wanted}


class _Overlay:
    """Gives a reader blank lines in the place of marked ones, and puts their records among those it reads."""

    def __init__(self, lines: Iterable[str], ignored: Collection[int], runs: Iterable[_Run]) -> None:
        self._lines = lines
        self._ignored = ignored
        self._waiting = list(runs)
        self._of_line = {line: run for run in self._waiting for line in (*run.title, *run.abstract)}
        self._left_out = self._taken = self._number = self._index = 0

    def __iter__(self) -> Iterator[str]:
        for number, line in enumerate(self._lines, start=1):
            self._number = number
            run = self._of_line.get(number)
            if run is not None:
                run.texts[number] = line
                self._taken += bool(line.strip())
                yield ""
            elif number in self._ignored:
                self._left_out += bool(line.strip())
                yield ""
            else:
                yield line

    def mended(self, items: Iterable[Record | Issue | Ledger]) -> Iterator[Record | Issue | Ledger]:
        """Yield the items with the marked records in their places and the ledger mended."""
        for item in items:
            if isinstance(item, Record):
                yield from self._due(item.line_title)
                yield self._numbered(self._cut(item))
            elif isinstance(item, Ledger):
                yield from self._due(self._number + 1)
                yield self._ledger(item)
            else:
                yield item

    def _due(self, before: int) -> Iterator[Record]:
        while self._waiting and self._waiting[0].title[0] < before and self._waiting[0].last <= self._number:
            made = _record(self._waiting.pop(0))
            if made is not None:
                yield self._numbered(made)

    def _numbered(self, record: Record) -> Record:
        self._index += 1
        return replace(record, index=self._index)

    def _cut(self, record: Record) -> Record:
        """End a record where a marked one begins in it, which gets the rest of its lines."""
        inside = [run for run in self._waiting if record.line_title < run.title[0] <= record.line_end]
        if not inside:
            return record
        inside[-1].line_end = record.line_end
        end = inside[0].title[0] - 1
        abstract = record.line_abstract
        return replace(
            record, line_end=end, line_abstract=abstract if abstract is not None and abstract <= end else None
        )

    def _ledger(self, ledger: Ledger) -> Ledger:
        """Count the lines as what they are: the reader took them for blank ones."""
        moved = self._left_out + self._taken
        blank = min(moved, ledger.blank_lines)
        return replace(
            ledger,
            blank_lines=ledger.blank_lines - blank,
            furniture_lines=ledger.furniture_lines + self._left_out,
            # A reader for which blank lines are part of a record has counted them there.
            record_lines=ledger.record_lines + self._taken - (moved - blank),
        )


def _record(run: _Run) -> Record | None:
    title = _joined(run.texts[line] for line in run.title if line in run.texts)
    if not title:
        return None
    abstract = _joined(run.texts[line] for line in run.abstract if line in run.texts)
    return Record(
        title=title,
        abstract=abstract,
        **urls.of(abstract),
        line_title=run.title[0],
        line_abstract=run.abstract[0] if run.abstract else None,
        line_end=max(run.line_end, run.last),
    )


def _joined(texts: Iterable[str]) -> str:
    return " ".join(text for text in map(_plain, texts) if text)


def _plain(line: str) -> str:
    """Return the words of a line: without the marks of Markdown, or the name of the field and its quotes."""
    text = clean(line)
    if named := _NAMED.match(text):
        return text[named.end() :].rstrip(" ,").rstrip("\"'}")
    return _LINK.sub(r"\1", _HEADING.sub("", text, count=1) if _HEADING.match(text) else text).strip("[]\\ ")
