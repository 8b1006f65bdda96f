"""Merging rows: one paper gets what hangs on the others, and what each was is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, or_, select, update

from db.store import mergenotes
from db.store.frozen import PAPER
from db.store.imports import TABLES
from db.store.mergenotes import NOTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.store.merges import Merged, Row

TWIN, SIGHTING = TABLES["twin"], TABLES["sighting"]
OWN: Mapping[str, tuple[str, str]] = {
    "tags": ("paper_tag", "tag_id"),
    "collections": ("paper_collection", "collection_id"),
    "files": ("attachment", "path"),
}
"""What members of a merge share: the table, and the column that tells two apart."""
BESIDE = {"files": ("title", "mime")}


def merge(session: Session, into: int, losers: Sequence[int], merged: Merged, at: str) -> int:
    """Give `into` the merged columns and all that hangs on the losers, which stay as merged rows; return its note.

    They keep their own tags, collections and files, which live papers alone are counted by, so that they have them
    when the merge is taken apart.
    """
    rows = mergenotes.columns(session, [into, *losers])
    before = {name: rows[into][name] for name in NOTED}
    changed = {name: value for name, value in merged.columns.items() if before[name] != value}
    own = {what: holders(session, what, [into])[into] for what in OWN}
    own["sightings"] = list(session.scalars(select(SIGHTING.c.id).where(SIGHTING.c.paper_id == into)))
    values = {"paper_id": into, "at": at, "before": before, "after": changed, "own": own, "twins": {}}
    states = {one: rows[one]["state"] for one in losers}
    merge_id = mergenotes.note(session, values | {"sources": dict(merged.from_id)}, states)
    if changed:
        mergenotes.write(session, into, changed)
    session.execute(update(SIGHTING).where(SIGHTING.c.paper_id.in_(losers)).values(paper_id=into))
    for what in OWN:
        _share(session, what, losers, into)
    gone = update(PAPER).where(PAPER.c.id.in_(losers))
    session.execute(gone.values(state="merged", merged_into=into, version=PAPER.c.version + 1))
    mergenotes.set_twins(session, merge_id, closed(session, into, losers, at))
    return merge_id


def holders(session: Session, what: str, ids: Sequence[int]) -> dict[int, list[Any]]:
    """Return what papers have of `what` (tags, collections, files), by paper."""
    name, other = OWN[what]
    table = TABLES[name]
    found: dict[int, list[Any]] = {one: [] for one in ids}
    rows = select(table.c.paper_id, table.c[other]).where(table.c.paper_id.in_(ids)).order_by(*table.primary_key)
    for paper_id, one in session.execute(rows):
        found[paper_id].append(one)
    return found


def _share(session: Session, what: str, losers: Sequence[int], into: int) -> None:
    name, other = OWN[what]
    table = TABLES[name]
    known = set(holders(session, what, [into])[into])
    names = (other, *BESIDE.get(what, ()))
    fresh = []
    rows = select(*(table.c[one] for one in names)).where(table.c.paper_id.in_(losers)).order_by(*table.primary_key)
    for row in session.execute(rows).mappings():
        if row[other] not in known:
            known.add(row[other])
            fresh.append({"paper_id": into, **row})
    if fresh:
        session.execute(insert(table), fresh)


def pairs(session: Session, ids: Sequence[int]) -> dict[tuple[int, int], Row]:
    """Return the rows of the pairs in which any of the papers is."""
    touching = select(TWIN).where(or_(TWIN.c.low_id.in_(ids), TWIN.c.high_id.in_(ids))).order_by(TWIN.c.id)
    return {(row["low_id"], row["high_id"]): dict(row) for row in session.execute(touching).mappings()}


def closed(session: Session, into: int, losers: Sequence[int], at: str) -> dict[str, list[Row]]:
    """Close the pairs of a merge; return those that changed, as they were and as they are."""
    before = pairs(session, [into, *losers])
    _close(session, into, losers, at)
    after = pairs(session, [into, *losers])
    return {
        "before": [row for pair, row in before.items() if after.get(pair) != row],
        "after": [row for pair, row in after.items() if before.get(pair) != row],
    }


def _close(session: Session, into: int, losers: Sequence[int], at: str) -> None:
    """Close the pairs inside a merged set, and let those with others speak of the paper that was kept."""
    members = {into, *losers}
    touching = select(TWIN).where(or_(TWIN.c.low_id.in_(losers), TWIN.c.high_id.in_(losers)))
    for row in session.execute(touching.order_by(TWIN.c.id)).all():
        one = update(TWIN).where(TWIN.c.id == row.id)
        outside = {row.low_id, row.high_id} - members
        if not outside:
            session.execute(one.values(decision="merged", decided_at=at))
            continue
        low, high = sorted((into, outside.pop()))
        pair = (TWIN.c.low_id == low) & (TWIN.c.high_id == high)
        known = session.execute(select(TWIN.c.id, TWIN.c.decision).where(pair)).one_or_none()
        if known is None:
            session.execute(one.values(low_id=low, high_id=high))
            continue
        session.execute(delete(TWIN).where(TWIN.c.id == row.id))
        if row.decision == "different" != known.decision:
            apart = update(TWIN).where(TWIN.c.id == known.id)
            session.execute(apart.values(decision="different", decided_at=row.decided_at))
