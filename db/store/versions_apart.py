"""Versions of papers when a merge is taken apart: each goes back to the paper that it was of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from db.store import versions
from db.store.imports import TABLES
from db.store.sources import TITLED
from db.store.versions import SIGHTING, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.store.apart import Merge
    from db.store.merges import Row

MERGE = TABLES["merge"]
NOTHING: Mapping[str, Any] = {"before": [], "after": [], "made": [], "titled": []}
COUNTED = ("id", "paper_id", "version")


def merge(session: Session, rows: Mapping[int, Row], into: int, title: str) -> Mapping[str, Any]:
    """Let the versions of papers be those of the paper `into`, before the rest of them; `finish` is to follow.

    Returns what `part` needs to take it back.
    """
    before = _held(session, rows)
    made, titled = versions.before_merge(session, rows, into, title)
    return {"before": before, "made": made, "titled": sorted(titled)}


def finish(session: Session, merge_id: int, into: int, noted: Mapping[str, Any]) -> None:
    """Let the merged paper have the versions that its sightings tell of, and note with the merge what it did."""
    versions.refresh(session, [into])
    noted = {**noted, "after": _held(session, [into])}
    if noted != NOTHING:
        session.execute(update(MERGE).where(MERGE.c.id == merge_id).values(versions=noted))


def noted(session: Session, merge_id: int) -> Mapping[str, Any]:
    """Return what was noted with a merge."""
    return session.scalar(select(MERGE.c.versions).where(MERGE.c.id == merge_id)) or NOTHING


def part(session: Session, merge: Merge, said: Mapping[str, Any]) -> None:
    """Let the papers of a merge, which stand for themselves again, have their versions; edits since stay in these."""
    ids = [merge.into, *merge.members]
    _forget_titles(session, said["titled"])
    if said["made"]:
        session.execute(delete(VERSION).where(VERSION.c.id.in_(said["made"]), VERSION.c.paper_id == merge.into))
    there = {row["id"]: row for row in _held(session, ids)}
    back = [row for row in said["before"] if row["paper_id"] in ids]
    left = {row["id"]: row for row in said["after"]}
    for row in back:
        now = there.get(row["id"])
        if now is None and not _is_there(session, row["id"]):
            session.execute(insert(VERSION), [row])
        elif now is not None and now["paper_id"] == merge.into:
            again = _again(row, left.get(row["id"], now), now) | {"paper_id": row["paper_id"]}
            session.execute(update(VERSION).where(VERSION.c.id == row["id"]).values(**again))
    _forget(session, merge, {*said["made"], *(row["id"] for row in back if row["paper_id"] != merge.into)})
    versions.refresh(session, ids)


def _again(before: Row, after: Row, now: Row) -> Row:
    """Return the columns of a version before a merge, with what was changed since."""
    return {name: now[name] if now[name] != after[name] else before[name] for name in before if name not in COUNTED}


def _held(session: Session, ids: Iterable[int]) -> list[Row]:
    rows = select(VERSION).where(VERSION.c.paper_id.in_(list(ids))).order_by(VERSION.c.id)
    return [dict(row) for row in session.execute(rows).mappings()]


def _forget_titles(session: Session, sighting_ids: Sequence[int]) -> None:
    column = SIGHTING.c["values"]
    for sighting_id, values in session.execute(
        select(SIGHTING.c.id, column).where(SIGHTING.c.id.in_(sighting_ids))
    ).all():
        told = {name: value for name, value in values.items() if name != TITLED}
        session.execute(update(SIGHTING).where(SIGHTING.c.id == sighting_id).values({column: told}))


def _is_there(session: Session, version_id: int) -> bool:
    return session.scalar(select(VERSION.c.id).where(VERSION.c.id == version_id)) is not None


def _forget(session: Session, merge: Merge, gone: Iterable[int]) -> None:
    """Let later merges of the kept paper know nothing of versions that are no longer its own."""
    left: Sequence[Any] = session.execute(
        select(MERGE.c.id, MERGE.c.versions).where(MERGE.c.paper_id == merge.into, MERGE.c.id > merge.id)
    ).all()
    lost = set(gone)
    for merge_id, said in left:
        if said and any(row["id"] in lost for row in said["before"]):
            kept = {**said, "before": [row for row in said["before"] if row["id"] not in lost]}
            session.execute(update(MERGE).where(MERGE.c.id == merge_id).values(versions=kept))
