"""Which papers are worth a comparison: those that share a blocking key, an arXiv id or a DOI.

The look through a large library takes seconds, so it goes in slices that are short enough to cancel between them.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from db.domain.duplicates import bare_numbers
from db.store import forms

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

Pair = tuple[int, int]
BLOCK_CAP = 60
"""A key that more papers share tells little: each is compared with its neighbours only."""
NEIGHBOURS = 8
READ_AT_ONCE = 5_000
SLICES = 512
"""Of the keys, which are hashes and so spread evenly over 64 bits."""
BINS = 64
"""Of the numbers: those of one bin are held as Python objects at a time, those of the others as bare integers."""
_LIVE = "SELECT id FROM paper WHERE state = 'live'"
# The database brings the holders of a key together: most keys have one, and are never read.
_CROWDS = "SELECT group_concat(paper_id, ' ') FROM block WHERE key BETWEEN ? AND ? GROUP BY key HAVING count(*) > 1"
_NUMBERED = (
    "SELECT arxiv_id, NULL, id FROM paper WHERE arxiv_id IS NOT NULL",
    "SELECT NULL, doi, id FROM paper WHERE doi IS NOT NULL",
    "SELECT arxiv_id, doi, paper_id FROM paper_version WHERE NOT removed AND coalesce(arxiv_id, doi) IS NOT NULL",
)


def meetings(session: Session, tick: Callable[[int, int], None]) -> list[Pair]:
    """Return the pairs of live papers that share a key or number, of whatever version or member, in order.

    `tick` is told (done, total) some hundred times and may raise.
    """
    steps = _Steps(tick, SLICES + BINS)
    live = {paper_id for (paper_id,) in _rows(session, _LIVE, steps)}
    heirs = forms.heirs(session)
    met: set[Pair] = set()
    for ids in _crowds(session, steps):
        met.update(_near(sorted(live.intersection(ids))))
    for ids in _numbered(session, heirs, steps):
        met.update(_near(sorted(live.intersection(ids))))
    return sorted(met)


class _Steps:
    """Counts steps of a job."""

    def __init__(self, tick: Callable[[int, int], None], total: int) -> None:
        self._tick, self._total, self._done = tick, total, 0

    def __call__(self, *, done: bool = True) -> None:
        self._tick(self._done, self._total)
        self._done += done


def _rows(session: Session, statement: str, steps: _Steps) -> Iterator[Sequence[Any]]:
    """Yield the rows of a statement as they come."""
    found = session.connection().exec_driver_sql(statement, execution_options={"yield_per": READ_AT_ONCE})
    for part in found.partitions(READ_AT_ONCE):
        steps(done=False)
        yield from part


def _crowds(session: Session, steps: _Steps) -> Iterator[Iterable[int]]:
    """Yield the papers that share a blocking key."""
    run = session.connection().exec_driver_sql
    width = 2**64 // SLICES
    for low in range(-(2**63), 2**63, width):
        steps()
        for (ids,) in run(_CROWDS, (low, low + width - 1)):
            yield map(int, ids.split())


def _numbered(session: Session, heirs: Mapping[int, int], steps: _Steps) -> Iterator[Collection[int]]:
    """Yield the papers that share an arXiv id or a DOI, however it is spelled."""
    bins = [array("q") for _ in range(BINS)]
    for statement in _NUMBERED:
        for arxiv_id, doi, paper_id in _rows(session, statement, steps):
            for number in bare_numbers(arxiv_id, doi):
                hashed = hash(number)  # of this process only
                bins[hashed % BINS].extend((hashed, heirs.get(paper_id, paper_id)))
    for one in bins:
        steps()
        holders: dict[int, set[int]] = {}
        for hashed, paper_id in zip(one[::2], one[1::2], strict=True):
            holders.setdefault(hashed, set()).add(paper_id)
        yield from (ids for ids in holders.values() if len(ids) > 1)


def _near(members: Sequence[int]) -> Iterator[Pair]:
    reach = len(members) if len(members) <= BLOCK_CAP else NEIGHBOURS
    for at, low in enumerate(members):
        for high in members[at + 1 : at + 1 + reach]:
            yield low, high
