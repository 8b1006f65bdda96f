"""Reading files without a library: sniff, survey, read, with the dates resolved."""

from __future__ import annotations

import io
import stat
import time
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.domain import formats
from db.domain.errors import LibraryError
from db.domain.formats import textfile
from db.domain.records import Issue, Ledger, Record
from db.services.progress import Progress, Report, silent

if TYPE_CHECKING:
    from pathlib import Path

OWN_PROCESS_BYTES = 4_000_000
"""Bigger files are read in a process of their own: a long regex would stall the window."""
CHUNK_CHARACTERS = 262_144
HEAD_LINES = 400
BY_HAND = "{} was set by hand for the whole page"
"""The evidence of a year that a person gave for a source."""
EVERY_CALLS = 200
EVERY_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of the file's decoded lines, joined by newlines, as UTF-8 under zlib."""

    line_start: int
    line_end: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """What a source was recognised as; comes before everything else that is read from it."""

    format: str
    dialect: str


Item = Record | Issue | Ledger
Part = Item | Chunk | Form
Lines = Callable[[], textfile.TextLines]
"""Opens the lines of one source anew: a file is read twice, for the survey and for the records."""


def parse(
    source: Path,
    report: Report,
    *,
    year: int | None = None,
    recognised: Callable[[Form], None] | None = None,
) -> Generator[Item]:
    """Yield the records and issues of a file and at last its ledger; dates are resolved.

    `year` overrides the inferred render year; stated years always win. `recognised` is told the format
    before the first item. Raises LibraryError when the
    file cannot be read or is no format that Sheaf knows.
    """
    meter = Meter(report, size_of(source), source.name)
    with closing(stream(source, meter.at, year=year)) as items:
        for item, done in items:
            meter.at(done)
            if isinstance(item, Form):
                if recognised is not None:
                    recognised(item)
            elif not isinstance(item, Chunk):
                yield item
    meter.end()


def parse_text(text: str, name: str, report: Report = silent, *, year: int | None = None) -> Iterator[Item]:
    """Yield the items of a text, as `parse` does for a file; `name` is for messages."""
    meter = Meter(report, len(text), name)
    for item, done in read(text_lines(text), name, year=year):
        meter.at(done)
        if not isinstance(item, Chunk | Form):
            yield item
    meter.end()


class Meter:
    """Reports often enough to cancel by (every 200 calls or 50 ms), never going backwards."""

    def __init__(self, report: Report, total: int, label: str) -> None:
        self.label = label
        self.start = 0
        self._report, self._total = report, total
        self._done, self._calls, self._at = 0, 0, -1.0

    def at(self, done: int) -> None:
        """Note that the current source is read up to `done`; sources count from `start`."""
        self._done = max(self._done, min(self.start + done, self._total))
        self._calls += 1
        now = time.monotonic()
        if self._calls >= EVERY_CALLS or now - self._at >= EVERY_SECONDS:
            self._calls, self._at = 0, now
            self._report(Progress(self._done, self._total, self.label, "bytes"))

    def stay(self) -> None:
        """Note that there is work between two readings."""
        self.at(0)

    def end(self) -> None:
        """Report that everything is read."""
        self._report(Progress(self._total, self._total, self.label, "bytes"))


def stream(source: Path, tick: Callable[[int], None], *, year: int | None = None) -> Generator[tuple[Part, int]]:
    """Yield (item or chunk of text, characters read so far) of a file, big files from another process.

    `tick` is called with the characters read while nothing comes; it may raise Cancelled.
    """
    size = size_of(source)
    if size > OWN_PROCESS_BYTES:
        from db.services import parsing_process

        return parsing_process.stream(source, tick, year=year)
    return read(file_lines(source), source.name, year=year)


def size_of(source: Path) -> int:
    """Return the bytes of a regular file; LibraryError says why it cannot be read."""
    try:
        status = source.stat()
    except OSError as error:
        raise LibraryError(f"{source.name} cannot be read: {reason(error)}.") from error
    if stat.S_ISDIR(status.st_mode):
        raise LibraryError(f"{source.name} is a folder; name the files in it.")
    if not stat.S_ISREG(status.st_mode):
        raise LibraryError(f"{source.name} is not a regular file, so it was left alone.")
    if status.st_size == 0:
        raise LibraryError(f"{source.name} is empty.")
    return status.st_size


def reason(error: OSError) -> str:
    """Say in plain words why the system refused a file."""
    known = {
        FileNotFoundError: "there is no such file",
        PermissionError: "permission denied",
        IsADirectoryError: "it is a folder",
    }
    for kind, words in known.items():
        if isinstance(error, kind):
            return words
    if "symbolic links" in str(error.strerror):
        return "its link leads in a circle"
    return (error.strerror or str(error)).lower()


def file_lines(source: Path) -> Lines:
    """Return an opener for the lines of a file, whose encoding is found out once."""
    lines = textfile.open_lines(source)
    return lambda: lines


def text_lines(text: str) -> Lines:
    """Return an opener for the lines of a text."""
    return lambda: textfile.lines_of(io.StringIO(text))


def read(lines: Lines, name: str, *, year: int | None = None) -> Generator[tuple[Part, int]]:
    """Yield (item, characters read so far); chunks of the text come between the items."""
    head = "\n".join(_first(lines(), HEAD_LINES))
    fmt, confidence = formats.sniff_format(head)
    if not confidence:
        raise LibraryError(
            f"{name} does not look like a listing of papers that Sheaf can read. Nothing of it was kept. "
            "Copy the text of a search page, with titles and abstracts, into a file and import that."
        )
    survey = fmt.survey(lines())
    shown_year = year if year is not None else survey.render_year
    evidence = BY_HAND.format(year) if year is not None else survey.evidence
    yield Form(fmt.name, survey.dialect), 0
    tape = Tape(lines())
    for item in fmt.read(tape, survey):
        yield from tape.full_chunks()
        if isinstance(item, Record):
            yield formats.resolve(item, shown_year, evidence), tape.characters
        elif isinstance(item, Ledger):
            yield from tape.rest()
            yield replace(item, render_year=shown_year, render_year_evidence=evidence), tape.characters
        else:
            yield item, tape.characters


def _first(lines: Iterable[str], count: int) -> list[str]:
    found = []
    for line in lines:
        found.append(line)
        if len(found) == count:
            break
    return found


class Tape:
    """Passes lines on to a reader and keeps them, packed, for the library."""

    def __init__(self, lines: textfile.TextLines) -> None:
        self._lines = lines
        self._kept: list[str] = []
        self._size = 0
        self._number = 0
        self._chunks: list[Chunk] = []
        self.characters = 0

    @property
    def encoding(self) -> str:
        """Return what the text was read as."""
        return self._lines.encoding

    @property
    def cleaned(self) -> int:
        """Return how many characters were left out because no library can hold them."""
        return self._lines.cleaned

    @property
    def first_cleaned(self) -> int:
        """Return the first line that was cleaned, 0 when none was."""
        return self._lines.first_cleaned

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._kept.append(line)
            self._size += len(line) + 1
            self._number += 1
            self.characters += len(line) + 1
            if self._size >= CHUNK_CHARACTERS:
                self._pack()
            yield line

    def _pack(self) -> None:
        data = zlib.compress("\n".join(self._kept).encode("utf-8"), 3)
        self._chunks.append(Chunk(self._number - len(self._kept) + 1, self._number, data))
        self._kept, self._size = [], 0

    def full_chunks(self) -> Iterator[tuple[Chunk, int]]:
        """Yield the chunks that are full."""
        while self._chunks:
            yield self._chunks.pop(0), self.characters

    def rest(self) -> Iterator[tuple[Chunk, int]]:
        """Yield what is left at the end of the source."""
        if self._kept:
            self._pack()
        yield from self.full_chunks()
