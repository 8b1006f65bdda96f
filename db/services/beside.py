"""Work in a process of its own, which sends what it makes through a pipe.

The process is spawned, never forked: a fork would copy threads of the window and open connections. It ends with the
`with` that started it, whatever way that ends, and notices by the broken pipe when its parent is gone.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from queue import Queue
from typing import TYPE_CHECKING, Any, NamedTuple

from db.domain.errors import LibraryError
from db.services import sweeping

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    if sys.platform == "win32":
        from multiprocessing.connection import PipeConnection as Connection
    else:
        from multiprocessing.connection import Connection

SWITCH_SECONDS = 0.001
"""How long sending waits for the work to give way in the other process; Python's own five milliseconds add up."""
Work = Callable[..., None]
"""A function of a module, as it is looked up there by the other process: (desk, *args)."""


class StoppedError(Exception):
    """The other process ended before its work did; `status` is what it ended with, a negative number a signal."""

    def __init__(self, status: int | None) -> None:
        super().__init__(f"ended unexpectedly (status {status})")
        self.status = status


class Beside(NamedTuple):
    """The other process while it works."""

    process: SpawnProcess
    pipe: Connection

    def ready(self, seconds: float = 0) -> bool:
        """Tell whether something came, or will within so many seconds; the end counts, too."""
        try:
            return self.pipe.poll(seconds)
        except OSError:
            return True

    def ask(self, question: object) -> None:
        """Hand over what the work is to be about next."""
        try:
            self.pipe.send(question)
        except OSError as error:
            raise self._stopped() from error

    def take(self) -> Any:
        """Return the next value, None at the end; raise what the work raised, StoppedError if it cannot say."""
        try:
            kind, value = self.pipe.recv()
        except (EOFError, OSError) as error:
            raise self._stopped() from error
        if kind == "error":
            raise value
        if kind == "bug":
            raise RuntimeError(f"{self.process.name} failed:\n{value}")
        return value if kind == "value" else None

    def _stopped(self) -> StoppedError:
        self.process.join(1)
        return StoppedError(self.process.exitcode)


@contextmanager
def working(name: str, ahead: int, work: Work, *args: object) -> Iterator[Beside]:
    """Let a process of this name run `work`; up to `ahead` values (0: any number) are made before they are taken."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, ahead, work, args), daemon=True, name=name)
    with _no_interrupts():
        process.start()
    theirs.close()
    try:
        yield Beside(process, ours)
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Let the child inherit a blocked SIGINT: Ctrl+C is the parent's business."""
    if sys.platform == "win32":
        yield
        return
    # Starting the resource tracker, which spawning needs, would unblock the signal again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _run(pipe: Connection, ahead: int, work: Work, args: tuple[object, ...]) -> None:
    """Work and send what comes of it; runs in the child."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.setswitchinterval(SWITCH_SECONDS)
    waiting: Queue[tuple[str, Any]] = Queue(ahead)
    sender = threading.Thread(target=_send, args=(pipe, waiting))
    sender.start()
    try:
        with sweeping.rarely():
            work(Desk(pipe, waiting), *args)
        waiting.put(("end", None))
    except LibraryError as error:
        waiting.put(("error", error))
    except Exception:
        waiting.put(("bug", traceback.format_exc()))
    sender.join()


class Desk:
    """Where work in the other process finds what it is asked, and puts what it has made."""

    def __init__(self, pipe: Connection, waiting: Queue[tuple[str, Any]]) -> None:
        self._pipe, self._waiting = pipe, waiting

    def __iter__(self) -> Iterator[Any]:
        """Yield what the parent asks until it is gone."""
        while True:
            try:
                yield self._pipe.recv()
            except (EOFError, OSError):
                os._exit(1)

    def put(self, value: object) -> None:
        """Hand a value over; wait while as many as may be are made ahead."""
        self._waiting.put(("value", value))


def _send(pipe: Connection, waiting: Queue[tuple[str, Any]]) -> None:
    """Send what is waiting up to the last message, so that the work goes on while the parent is busy."""
    try:
        with pipe:
            kind = "value"
            while kind == "value":
                kind, value = waiting.get()
                pipe.send((kind, value))
    except (BrokenPipeError, ConnectionResetError):
        os._exit(1)  # nobody listens any more, and the work may be waiting for room
    except Exception:
        traceback.print_exc()
        os._exit(2)
