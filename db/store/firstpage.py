"""The beginning of a long answer: what fits on the screen is known long before all of it.

Whatever is handed over here is a beginning of the whole answer, so nothing moves on the screen when that comes.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from db.store import ordering

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from sqlalchemy.orm import Session

    Ids = array[int]
    Statement = tuple[str, list[object]]
    Span = tuple[int, int]
    First = Callable[[Ids], None]

ENOUGH = 256
"""Rows to begin with: several screens."""
SPAN, GROWTH, SPANS = 4_096, 4, 3
"""Ids looked through at first, by how much more each time, and how often: what is rarer is soon found whole."""
TRIED = 1_000, 8_000
"""Papers at the head of a sorted list that are tried one after the other."""


def newest(session: Session, ask: Callable[[Span], Statement], *, descending: bool) -> Ids:
    """Return the beginning of what matches by the time of adding; `ask` makes the statement for a span of ids."""
    starts, highest = ordering.imports(session), ordering.highest(session)
    found = array("q")
    for turn, span in enumerate(_spans(starts if descending else array("q", [1]), highest)):
        if len(found) >= ENOUGH or turn == SPANS:
            break
        ids = ordering.ids_of(session, *ask(span))
        ids = array("q", sorted(ids))
        found.extend(ordering.newest_first(ids, starts) if descending else ids)
    return found


def _spans(starts: Ids, highest: int) -> Iterator[Span]:
    """Yield ids from the newest import to the oldest: small ones together, a large one piece by piece."""
    width, end, at = SPAN, highest, len(starts) - 1
    while end > 0:
        low = starts[at] if at >= 0 else 1
        while at > 0 and end - starts[at - 1] < width:
            at -= 1
            low = starts[at]
        for first in range(low, end + 1, width):
            yield first, min(end, first + width - 1)
        width, end, at = width * GROWTH, low - 1, at - 1


def tried(parts: Iterable[Ids], keep: Callable[[Ids], Ids]) -> Ids:
    """Return the beginning of a sorted list in which only some count: `keep` returns those of a few, in their order."""
    found, head = array("q"), array("q")
    wanted = iter(TRIED)
    number = next(wanted)
    for part in parts:
        head.extend(part)
        if len(head) < number:
            continue
        found.extend(keep(head[:number]))
        head = head[number:]
        number = next(wanted, 0)
        if len(found) >= ENOUGH or not number:
            break
    return found


def collect(parts: Iterable[Ids], first: First | None) -> Ids:
    """Return the ids of all parts; `first` is told a beginning once there is enough of it."""
    whole = array("q")
    for part in parts:
        whole.extend(part)
        if first is not None and len(whole) >= ENOUGH:
            first(whole[:])
            first = None
    return whole
