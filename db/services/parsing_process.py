"""Reading a big file in a process of its own, so that the window never waits for a long regex.

The pipe holds some batches only: a slow importer slows the reader down.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from itertools import islice
from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.services import beside

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.recognising import Choice, Part

BATCH = 200
AHEAD = 20
"""Batches that are read before the importer asks for them."""
POLL_SECONDS = 0.1

Batch = list[tuple[Any, int]]
Work = Callable[[Generator[tuple["Part", int]]], Generator[tuple[Any, int]]]
"""A function of a module, as it is looked up there by the other process."""


def as_read(items: Generator[tuple[Part, int]]) -> Generator[tuple[Part, int]]:
    """Return the items as they are."""
    return items


def stream(
    source: Path, tick: Callable[[int], None], choice: Choice, work: Work = as_read, *, keep: bool = False
) -> Generator[tuple[Any, int]]:
    """Yield what `work` makes of what is read; both happen in another process, and an error in `tick` kills it."""
    done = 0
    with beside.working(f"the reader of {source.name}", AHEAD, _batches, source, choice, work, keep) as reader:
        while True:
            while not reader.ready(POLL_SECONDS):
                tick(done)
            batch = _next(reader, source.name)
            if batch is None:
                return
            for item, done in batch:
                yield item, done


def _next(reader: beside.Beside, name: str) -> Batch | None:
    """Return the next batch, None at the end."""
    try:
        batch: Batch | None = reader.take()
    except beside.StoppedError as error:
        raise LibraryError(
            f"Reading {name} stopped halfway: the process that read it {error}. "
            "Nothing of this file was kept; try it again."
        ) from error
    return batch


def _batches(desk: beside.Desk, source: Path, choice: Choice, work: Work, keep: bool) -> None:
    from db.domain.formats import textfile
    from db.services import recognising

    lines = textfile.open_lines(source)
    items = work(recognising.read(lambda: lines, source.name, choice, keep=keep))
    while batch := list(islice(items, BATCH)):
        desk.put(batch)
