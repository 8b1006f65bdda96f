"""Work on many papers, batch by batch, of which a second process makes its share.

Whoever is free takes the next batch, and the values come in order. Nobody ever waits for the other process: what it
has not delivered when it is wanted is made here. So one that is slow to start, hangs or is killed loses nothing.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from db.services import beside
from db.services.library import Library
from db.store.imports import batches
from db.store.sessions import Session

MANY = 20_000
"""Papers from which on a second process pays: before it has started, fewer are done."""
FIRST, AT_ONCE = 40, 3
"""Batches that the other process is asked for when it starts, and how many it has before it later on."""
MOMENT = 0.005
"""Seconds to wait for the next of several values that the other process has ready."""
MOST = 100
"""Batches that are kept until their turn comes: an export's are half a megabyte each."""

Make = Callable[[Session, Sequence[int], Any], Any]
"""A function of a module, as the other process looks it up: (session, ids, what it is told) -> value."""


@contextmanager
def shared(
    library: Library, ids: Sequence[int], make: Make, told: object
) -> Iterator[Callable[[Session], Iterator[Any]]]:
    """Give what yields `make` of each batch of papers, in order; `told` is what it needs besides, and is sent.

    The other process reads what was last committed: nothing that `make` reads may change before the last value.
    """
    cut = list(batches(ids))
    with ExitStack() as stack:
        other = None
        if len(ids) >= MANY and _processors() > 1 and not library.read_only:
            with suppress(OSError):  # a system that has no room for it has no less time
                work = beside.working("the second writer", 0, _answers, library.whole_address, make, told)
                other = stack.enter_context(work)
        shares = _Shares(cut, other)
        yield lambda session: shares.values(lambda batch: make(session, batch, told))


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _answers(desk: beside.Desk, address: str, make: Make, told: object) -> None:
    """Hand over number and value of the batches that are asked for; runs in the other process."""
    with Library.beside(address).reading() as session:
        for question in desk:
            for number, batch in question:
                desk.put((number, make(session, batch, told)))


class _Shares:
    """Which batches are made, asked for and still free; free ones are given out in order."""

    def __init__(self, cut: Sequence[list[int]], other: beside.Beside | None) -> None:
        self._batches, self._other = cut, other
        self._made: dict[int, Any] = {}
        self._asked: deque[int] = deque()
        self._free = 0
        self._deal(FIRST)

    def values(self, make: Callable[[list[int]], Any]) -> Iterator[Any]:
        """Yield the values in order."""
        for number in range(len(self._batches)):
            while number not in self._made:
                self._listen()
                if number not in self._made:
                    mine = self._mine(number)
                    self._made[mine] = make(self._batches[mine])
            yield self._made.pop(number)

    def _mine(self, wanted: int) -> int:
        """Return what to make here: a free batch, else one that the other process would come to last."""
        if self._other is not None and len(self._made) < MOST:
            if self._free == len(self._batches):
                return self._asked.pop()
            wanted = self._free
        if wanted == self._free:
            self._free += 1
        elif wanted in self._asked:
            self._asked.remove(wanted)
        return wanted

    def _listen(self) -> None:
        """Take what the other process has made, and let it have more."""
        seconds = 0.0
        try:
            while self._other is not None and self._other.ready(seconds):
                number, value = self._other.take()
                if number in self._asked:
                    self._asked.remove(number)
                    self._made[number] = value
                # A pipe holds less than one of them: those that are ready need a moment to come.
                seconds = MOMENT if len(self._asked) > AT_ONCE else 0.0
        except beside.StoppedError:
            self._other = None
        self._deal(AT_ONCE)

    def _deal(self, most: int) -> None:
        """Ask the other process for free batches, so that it has up to `most` before it."""
        end = min(self._free + most - len(self._asked), len(self._batches))
        if self._other is None or end <= self._free:
            return
        dealt = range(self._free, end)
        try:
            self._other.ask([(number, self._batches[number]) for number in dealt])
        except beside.StoppedError:
            self._other = None
            return
        self._asked += dealt
        self._free = end
