"""Reading a big file in a process of its own, so that the window never waits for a long regex.

The pipe holds some batches only: a slow importer slows the reader down. The process ends with the
generator, whatever way that ends, and notices by the broken pipe when its parent is gone.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from queue import Queue
from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.services import sweeping
from db.services.spawning import no_interrupts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
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
    with _reader(source, choice, work, keep) as (process, pipe):
        while True:
            while not pipe.poll(POLL_SECONDS):
                tick(done)
            batch = _receive(process, pipe, source.name)
            if batch is None:
                return
            for item, done in batch:
                yield item, done


@contextmanager
def _reader(source: Path, choice: Choice, work: Work, keep: bool) -> Iterator[tuple[SpawnProcess, Connection]]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, source, choice, work, keep), daemon=True, name="sheaf-reader")
    with no_interrupts():
        process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()


def _receive(process: SpawnProcess, pipe: Connection, name: str) -> Batch | None:
    """Return the next batch, None at the end; raise what the reader raised."""
    try:
        kind, value = pipe.recv()
    except (EOFError, OSError) as error:
        process.join(1)
        raise LibraryError(
            f"Reading {name} stopped halfway: the process that read it ended unexpectedly "
            f"(status {process.exitcode}). Nothing of this file was kept; try it again."
        ) from error
    if kind == "error":
        raise value
    if kind == "bug":
        raise RuntimeError(f"the reader of {name} failed:\n{value}")
    return value if kind == "items" else None


def _run(pipe: Connection, source: Path, choice: Choice, work: Work, keep: bool) -> None:
    """Read `source` and send it; runs in the child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    waiting: Queue[tuple[str, Any]] = Queue(AHEAD)
    sender = threading.Thread(target=_send, args=(pipe, waiting))
    sender.start()
    try:
        with sweeping.rarely():
            for batch in _batches(source, choice, work, keep):
                waiting.put(("items", batch))
        waiting.put(("end", None))
    except LibraryError as error:
        waiting.put(("error", error))
    except Exception:
        waiting.put(("bug", traceback.format_exc()))
    sender.join()


def _batches(source: Path, choice: Choice, work: Work, keep: bool) -> Iterator[Batch]:
    from db.domain.formats import textfile
    from db.services import recognising

    batch: Batch = []
    lines = textfile.open_lines(source)
    for item in work(recognising.read(lambda: lines, source.name, choice, keep=keep)):
        batch.append(item)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    yield batch


def _send(pipe: Connection, waiting: Queue[tuple[str, Any]]) -> None:
    """Send what is waiting up to the last message, so that reading goes on while the importer is busy."""
    try:
        with pipe:
            kind = "items"
            while kind == "items":
                kind, value = waiting.get()
                pipe.send((kind, value))
    except BrokenPipeError:
        os._exit(1)  # nobody listens any more, and the reader may be waiting for room
    except Exception:
        traceback.print_exc()
        os._exit(2)
