"""What is noted of merges, so that they can be taken apart: writing it, reading it, and letting go of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, exists, func, insert, or_, select, update

from db.store.apart import Merge, without
from db.store.frozen import PAPER
from db.store.ids import next_id
from db.store.imports import TABLES, batches
from db.store.merges import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.store.apart import Row

MERGE, MEMBER, MOVED = (TABLES[name] for name in ("merge", "merge_member", "merge_sighting"))
CHANGE, SIGHTING = TABLES["change"], TABLES["sighting"]
FIELDS = tuple(name for names in COLUMNS.values() for name in names)
NOTED = (*FIELDS, "origins", "citation_key", "key_frozen")


def note(session: Session, values: Mapping[str, Any], members: Mapping[int, str]) -> int:
    """Note a merge and its members with their states; the sightings that it is about to move are noted with it."""
    merge_id = next_id(session, "merge")
    session.execute(insert(MERGE), [{**values, "id": merge_id}])
    session.execute(insert(MEMBER), [{"merge_id": merge_id, "paper_id": i, "state": s} for i, s in members.items()])
    seen = select(SIGHTING.c.id, SIGHTING.c.paper_id).where(SIGHTING.c.paper_id.in_(members))
    moved = [{"merge_id": merge_id, "sighting_id": one, "paper_id": paper} for one, paper in session.execute(seen)]
    if moved:
        session.execute(insert(MOVED), moved)
    return merge_id


def set_twins(session: Session, merge_id: int, twins: Mapping[str, Sequence[Row]]) -> None:
    """Note which pairs a merge touched."""
    session.execute(update(MERGE).where(MERGE.c.id == merge_id).values(twins=twins))


def of_paper(session: Session, paper_id: int) -> list[Merge]:
    """Return the merges into a paper that stand, the newest first."""
    return _read(session, MERGE.c.paper_id == paper_id)


def get(session: Session, merge_id: int) -> Merge | None:
    """Return a merge, None when it does not stand any more."""
    found = _read(session, MERGE.c.id == merge_id)
    return found[0] if found else None


def _read(session: Session, which: Any) -> list[Merge]:
    rows = session.execute(select(MERGE).where(which).order_by(MERGE.c.id.desc())).all()
    found = []
    for row in rows:
        inside = select(MEMBER).where(MEMBER.c.merge_id == row.id).order_by(MEMBER.c.paper_id)
        members = {one.paper_id: one.state for one in session.execute(inside)}
        after = row.before | row.after
        sources = {field: int(one) for field, one in row.sources.items()}
        found.append(Merge(row.id, row.paper_id, row.at, row.before, after, sources, row.own, row.twins, members))
    return found


def unnoted(session: Session, paper_id: int) -> int:
    """Return how many papers went into a paper before merges were noted."""
    noted = exists().where(MEMBER.c.paper_id == PAPER.c.id)
    lost = select(func.count()).where(PAPER.c.merged_into == paper_id, PAPER.c.state == "merged", ~noted)
    return session.scalar(lost) or 0


def moved(session: Session, merge_id: int) -> dict[int, int]:
    """Return the sightings that a merge moved and that are there, with the member that each came from."""
    rows = select(MOVED.c.sighting_id, MOVED.c.paper_id).where(MOVED.c.merge_id == merge_id)
    return {row.sighting_id: row.paper_id for row in session.execute(rows)}


def sightings_since(session: Session, merge: Merge) -> int:
    """Return how many sightings came to the kept paper after a merge."""
    known = (
        select(MOVED.c.sighting_id).join(MERGE, MERGE.c.id == MOVED.c.merge_id).where(MERGE.c.paper_id == merge.into)
    )
    now = select(SIGHTING.c.id).where(SIGHTING.c.paper_id == merge.into, SIGHTING.c.id.not_in(known))
    return len(set(session.scalars(now)).difference(merge.own["sightings"]))


def drop(session: Session, merge_id: int) -> None:
    """Forget a merge: it was taken apart."""
    for table in (MOVED, MEMBER):
        session.execute(delete(table).where(table.c.merge_id == merge_id))
    session.execute(delete(MERGE).where(MERGE.c.id == merge_id))


def lessen(session: Session, rest: Merge, twins: Mapping[str, Sequence[Row]], gone: Collection[int]) -> None:
    """Note of a merge what it is without those of its members that are `gone`."""
    changed = {name: value for name, value in rest.after.items() if rest.before[name] != value}
    values = {"after": changed, "sources": dict(rest.sources), "twins": twins, "versions": {}}
    session.execute(update(MERGE).where(MERGE.c.id == rest.id).values(**values))
    for table in (MOVED, MEMBER):
        session.execute(delete(table).where(table.c.merge_id == rest.id, table.c.paper_id.in_(gone)))


def leave_out(session: Session, merge: Merge, gained: Mapping[str, Iterable[Any]]) -> None:
    """Let later merges of the paper note it as if this one had not been; `gained` came to the paper by it."""
    for later in of_paper(session, merge.into):
        if later.id <= merge.id:
            continue
        before, after = without(merge, later)
        own = {
            what: [one for one in values if one not in set(gained.get(what, ()))] for what, values in later.own.items()
        }
        changed = {name: value for name, value in after.items() if before[name] != value}
        values = {"before": before, "after": changed, "own": own}
        session.execute(update(MERGE).where(MERGE.c.id == later.id).values(**values))


def columns(session: Session, ids: Iterable[int]) -> dict[int, Row]:
    """Return what merges note of papers, and their ids, states and heirs, by id."""
    found: dict[int, Row] = {}
    names = ("id", "state", "merged_into", *NOTED)
    for batch in batches(ids):
        rows = session.execute(select(*(PAPER.c[name] for name in names)).where(PAPER.c.id.in_(batch))).mappings()
        found.update((row["id"], dict(row)) for row in rows)
    return found


def write(session: Session, paper_id: int, values: Row) -> None:
    """Write columns of a paper; counts as an edit of it."""
    one = update(PAPER).where(PAPER.c.id == bindparam("paper"))
    session.execute(one.values(version=PAPER.c.version + 1, **values), {"paper": paper_id})


def forget(session: Session, ids: Sequence[int]) -> None:
    """Drop the journal's images of merges that speak of papers which are about to be deleted for good.

    A merge into such a paper goes wholly, and no paper goes into it again; of other merges only this member goes.
    """
    heir = [func.json_extract(image, "$.merged_into").in_(ids) for image in (CHANGE.c.before, CHANGE.c.after)]
    session.execute(delete(CHANGE).where(CHANGE.c.table_name == PAPER.name, or_(*heir)))
    into = [func.json_extract(image, "$.paper_id").in_(ids) for image in (CHANGE.c.before, CHANGE.c.after)]
    first = func.json_extract(CHANGE.c.row_key, "$[0]")
    theirs = select(MERGE.c.id).where(MERGE.c.paper_id.in_(ids))
    whole = set(session.scalars(theirs))
    whole |= set(session.scalars(select(first).where(CHANGE.c.table_name == "merge", or_(*into))))
    for batch in batches(whole):
        names = CHANGE.c.table_name.in_((MERGE.name, MEMBER.name, MOVED.name))
        session.execute(delete(CHANGE).where(names, first.in_(batch)))
    second = func.json_extract(CHANGE.c.row_key, "$[1]")
    session.execute(delete(CHANGE).where(CHANGE.c.table_name == MEMBER.name, second.in_(ids)))
    from_them = select(MOVED.c.sighting_id).where(MOVED.c.paper_id.in_(ids))
    on_them = select(SIGHTING.c.id).where(SIGHTING.c.paper_id.in_(ids))
    gone = or_(second.in_(from_them), second.in_(on_them), *into)
    session.execute(delete(CHANGE).where(CHANGE.c.table_name == MOVED.name, gone))
