"""Twins: pairs that wait, decisions that last, and likely pairs of a whole library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, or_, select, update

from db.store.frozen import FROZEN, PAPER
from db.store.imports import TABLES, batches
from db.store.merges import COLUMNS, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from db.store.meetings import Pair

TWIN, SIGHTING = TABLES["twin"], TABLES["sighting"]
AT_ONCE = 250
"""Pairs between two reports."""
FEW = 5_000
"""Pairs whose papers are asked for one by one, and papers between two reports."""
COMPARED = (
    "title", "abstract", "authors", "author_count", "year", "year_inferred", "arxiv_id", "doi", "organization", "venue",
    "fields",
)  # fmt: skip


def quietly(_done: int, _total: int) -> None:
    """Tell nobody."""


def papers(session: Session, ids: Iterable[int]) -> dict[int, Row]:
    """Return the rows of those of the papers that are not merged into another."""
    names = ["id", "state", "citation_key", "key_frozen", "origins"]
    names += [name for columns in COLUMNS.values() for name in columns]
    return _rows(session, select(*(PAPER.c[name] for name in names)).where(PAPER.c.state != "merged"), ids)


def compared(session: Session, ids: Iterable[int]) -> dict[int, Row]:
    """Return what the papers are compared by."""
    return _rows(session, select(PAPER.c.id, *(PAPER.c[name] for name in COMPARED)), ids)


def _rows(session: Session, wanted: Select[Any], ids: Iterable[int]) -> dict[int, Row]:
    found: dict[int, Row] = {}
    for batch in batches(ids):
        for row in session.execute(wanted.where(PAPER.c.id.in_(batch))).mappings():
            found[row["id"]] = dict(row)
    return found


def first_sightings(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """Return the first sighting of each paper that has one."""
    found: dict[int, int] = {}
    first = select(SIGHTING.c.paper_id, func.min(SIGHTING.c.id)).group_by(SIGHTING.c.paper_id)
    for batch in batches(ids):
        found.update((row[0], row[1]) for row in session.execute(first.where(SIGHTING.c.paper_id.in_(batch))))
    return found


def given_keys(session: Session, ids: Iterable[int]) -> set[int]:
    """Return those of the papers whose key is frozen for ever."""
    given = select(PAPER.c.id).join(FROZEN, FROZEN.c.key == PAPER.c.citation_key)
    return {i for batch in batches(ids) for i in session.scalars(given.where(PAPER.c.id.in_(batch)))}


def live_ids(session: Session) -> list[int]:
    """Return all live papers."""
    return list(session.scalars(select(PAPER.c.id).where(PAPER.c.state == "live").order_by(PAPER.c.id)))


def decided(session: Session, decision: str) -> set[Pair]:
    """Return the pairs with this decision."""
    rows = session.execute(select(TWIN.c.low_id, TWIN.c.high_id).where(TWIN.c.decision == decision))
    return {(low, high) for low, high in rows}


def waiting(session: Session, tick: Callable[[int, int], None] = quietly) -> list[Any]:
    """Return the rows of pairs of live papers that wait for a person, those put off last.

    `tick` is told (done, total) every now and then and may raise.
    """
    rows: list[Any] = []
    wanted = select(TWIN).where(TWIN.c.decision.in_(("open", "later"))).execution_options(yield_per=AT_ONCE)
    for part in session.execute(wanted).partitions(AT_ONCE):
        tick(0, 0)
        rows += part
    live = live_among(session, [(row.low_id, row.high_id) for row in rows], lambda: tick(0, len(rows)))
    found = [row for row in rows if row.low_id in live and row.high_id in live]
    return sorted(found, key=lambda row: (row.decision == "later", row.decided_at or "", -row.score, row.id))


def live_among(session: Session, pairs: Collection[Pair], tick: Callable[[], None]) -> set[int]:
    """Return the live papers, at least those of the pairs; `tick` is called every now and then and may raise."""
    live = select(PAPER.c.id).where(PAPER.c.state == "live")
    if len(pairs) < FEW:
        ids = {paper_id for pair in pairs for paper_id in pair}
        return {one for some in batches(ids) for one in session.scalars(live.where(PAPER.c.id.in_(some)))}
    # An index holds all of them; the rows of so many papers lie far apart.
    found: set[int] = set()
    for part in session.scalars(live.execution_options(yield_per=FEW)).partitions(FEW):
        tick()
        found.update(part)
    return found


def remember(session: Session, compared: Mapping[Pair, dict[str, Any]], tick: Callable[[int, int], None]) -> None:
    """Queue pairs; one that waits gets the new verdict, one that was decided stays decided.

    A pair of which a paper is no longer live is left out: the comparison took its time. `tick` is told (done, total)
    every now and then and may raise.
    """
    live = live_among(session, compared, lambda: tick(0, len(compared)))
    there = [(pair, values) for pair, values in compared.items() if live.issuperset(pair)]
    for done, batch in enumerate(batches(there, AT_ONCE)):
        tick(done * AT_ONCE, len(there))
        _remember(session, dict(batch))


def _remember(session: Session, found: Mapping[Pair, dict[str, Any]]) -> None:
    known = {
        (row.low_id, row.high_id): row
        for batch in batches({low for low, _high in found})
        for row in session.execute(select(TWIN).where(TWIN.c.low_id.in_(batch)))
    }
    fresh = [
        {"low_id": low, "high_id": high, "decision": "open", "decided_at": None, **values}
        for (low, high), values in found.items()
        if (low, high) not in known
    ]
    if fresh:
        session.execute(insert(TWIN), fresh)
    for pair, row in known.items():
        if pair in found and row.decision != "different" and _differs(row, found[pair]):
            decision = "open" if row.decision == "merged" else row.decision
            again = update(TWIN).where(TWIN.c.id == row.id).values(decision=decision, **found[pair])
            session.execute(again)


def _differs(row: Any, values: dict[str, Any]) -> bool:
    now = {"verdict": row.verdict, "score": row.score, "why": row.why}
    return row.decision == "merged" or now != values


def decide(session: Session, pairs: Iterable[Pair], decision: str, at: str) -> None:
    """Write a decision on pairs; a pair nobody proposed is remembered too."""
    for low, high in pairs:
        pair = (TWIN.c.low_id == low) & (TWIN.c.high_id == high)
        row = session.execute(select(TWIN.c.id, TWIN.c.decision).where(pair)).one_or_none()
        if row is None:
            values = {"low_id": low, "high_id": high, "verdict": "maybe", "score": 0.0, "why": []}
            session.execute(insert(TWIN), [values | {"decision": decision, "decided_at": at}])
        elif row.decision != decision:
            session.execute(update(TWIN).where(TWIN.c.id == row.id).values(decision=decision, decided_at=at))


def told_apart(session: Session, text: str, limit: int) -> tuple[list[Any], int]:
    """Return pairs that were told apart with the titles of both, the newest first, and how many there are."""
    low, high = PAPER.alias(), PAPER.alias()
    rows = (
        select(TWIN, low.c.title.label("low_title"), high.c.title.label("high_title"))
        .join(low, low.c.id == TWIN.c.low_id)
        .join(high, high.c.id == TWIN.c.high_id)
        .where(TWIN.c.decision == "different", low.c.state != "merged", high.c.state != "merged")
    )
    if text:
        rows = rows.where(or_(*(one.c.title.contains(text, autoescape=True) for one in (low, high))))
    total = session.scalar(select(func.count()).select_from(rows.subquery())) or 0
    newest = rows.order_by(TWIN.c.decided_at.desc(), TWIN.c.id.desc()).limit(limit)
    return list(session.execute(newest).all()), total


def reopen(session: Session, pairs: Iterable[Pair]) -> None:
    """Take decisions back: pairs that a search had found wait again, others are forgotten."""
    for low, high in pairs:
        pair = (TWIN.c.low_id == low) & (TWIN.c.high_id == high) & (TWIN.c.decision == "different")
        session.execute(update(TWIN).where(pair, TWIN.c.score > 0).values(decision="open", decided_at=None))
        session.execute(delete(TWIN).where(pair, TWIN.c.score <= 0))


def put_off(session: Session, ids: Sequence[int], at: str) -> None:
    """Send the waiting pairs among papers to the end of the queue."""
    among = TWIN.c.low_id.in_(ids) & TWIN.c.high_id.in_(ids) & TWIN.c.decision.in_(("open", "later"))
    session.execute(update(TWIN).where(among).values(decision="later", decided_at=at))
