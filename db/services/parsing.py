"""Reading files without a library: sniff, survey, read, with the dates resolved."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from contextlib import closing
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.domain.formats import textfile
from db.services import preparing, recognising
from db.services.meter import Meter
from db.services.progress import Report, silent
from db.services.recognising import OPEN, Choice, Form, Item, Lines, Part
from db.services.tape import Chunk

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from db.services.preparing import Ready

OWN_PROCESS_BYTES = 4_000_000
"""Bigger files are read in a process of their own: a long regex would stall the window."""
HASH_BYTES = 1_048_576


def parse(
    source: Path,
    report: Report,
    *,
    choice: Choice = OPEN,
    recognised: Callable[[Form], None] | None = None,
) -> Generator[Item]:
    """Yield the records and issues of a file and at last its ledger; dates are resolved.

    A year in `choice` overrides the inferred one; stated years always win. `recognised` is told the format
    before the first item. Raises LibraryError when the file cannot be read or is no format that Sheaf knows.
    """
    meter = Meter(report, size_of(source), source.name)
    with closing(stream(source, meter.at, choice)) as items:
        for item, done in items:
            meter.at(done)
            if isinstance(item, Form):
                if recognised is not None:
                    recognised(item)
            elif not isinstance(item, Chunk):
                yield item
    meter.end()


def parse_text(text: str, name: str, report: Report = silent, *, choice: Choice = OPEN) -> Iterator[Item]:
    """Yield the items of a text, as `parse` does for a file; `name` is for messages."""
    meter = Meter(report, len(text), name)
    for item, done in recognising.read(text_lines(text), name, choice):
        meter.at(done)
        if not isinstance(item, Chunk | Form):
            yield item
    meter.end()


def stream(source: Path, tick: Callable[[int], None], choice: Choice = OPEN) -> Generator[tuple[Part, int]]:
    """Yield (item, characters read so far) of a file, big files from another process.

    `tick` is called with the characters read while nothing comes; it may raise Cancelled.
    """
    size = size_of(source)
    if size > OWN_PROCESS_BYTES:
        from db.services import parsing_process

        return parsing_process.stream(source, tick, choice)
    return recognising.read(file_lines(source), source.name, choice)


def stream_prepared(source: Path, tick: Callable[[int], None], choice: Choice = OPEN) -> Generator[tuple[Ready, int]]:
    """Yield what `stream` does for the library: with chunks of the text, and another process prepares the records."""
    if size_of(source) > OWN_PROCESS_BYTES:
        from db.services import parsing_process

        return parsing_process.stream(source, tick, choice, preparing.prepared, keep=True)
    return recognising.read(file_lines(source), source.name, choice, keep=True)


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


def hashed(source: Path, tick: Callable[[], None]) -> tuple[str, os.stat_result]:
    """Return the SHA-256 of a file and its state when that was taken; `tick` may raise Cancelled."""
    digest = hashlib.sha256()
    try:
        with source.open("rb") as file:
            state = os.fstat(file.fileno())
            while block := file.read(HASH_BYTES):
                digest.update(block)
                tick()
    except OSError as error:
        raise LibraryError(f"{source.name} cannot be read: {reason(error)}.") from error
    return digest.hexdigest(), state


def hashed_text(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


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
