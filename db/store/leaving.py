"""Some members leave a merge: they get back what is their own, and the rest is what it would be without them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select, update

from db.store import frozen, joining, journal, keys, mergenotes, parting, twins, versions_apart
from db.store.imports import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.store.apart import Merge, Row
    from db.store.meetings import Pair

SIGHTING = TABLES["sighting"]
NAMING = ("title", "authors", "year")


class Leaving(NamedTuple):
    """A merge, and what it is to be, with fewer members: the others stand for themselves again.

    `columns` are those to write of the kept paper and of those that leave, `keep` says who keeps what was changed of
    what hangs on the paper, `told` are the pairs that are different works from now on.
    """

    merge: Merge
    rest: Merge
    columns: Mapping[int, Row]
    keep: Mapping[str, Collection[int]]
    told: Sequence[Pair]


def leave(session: Session, plan: Leaving) -> None:
    """Let some members leave."""
    merge, rest, columns, keep, told = plan
    gone = replace(merge, members={one: state for one, state in merge.members.items() if one not in rest.members})
    rows = mergenotes.columns(session, [merge.into, *merge.members])
    moved = mergenotes.moved(session, merge.id)
    changes = parting.held(session, merge, gone.members)
    said = versions_apart.noted(session, merge.id)
    # What a paper without records says of its versions is its own row, so that is what it was meanwhile.
    mergenotes.write(session, merge.into, {name: merge.before[name] for name in columns[merge.into]})
    _free(session, gone, rows, columns)
    for what, change in changes.items():
        parting.part_beside(session, merge, what, change, keep.get(what, (merge.into,)))
    parting.part_sightings(session, merge, moved)
    parting.part_pairs(session, merge)
    twins.decide(session, told, "different", journal.now())
    versions_apart.part(session, merge, said)
    leaving = {sighting_id for sighting_id, paper_id in moved.items() if paper_id in gone.members}
    closed = joining.closed(session, merge.into, list(rest.members), merge.at)
    mergenotes.lessen(session, rest, closed, gone.members)
    noted = _merge_versions(session, rest, rows)
    _write_kept(session, merge, rows[merge.into], columns[merge.into])
    versions_apart.finish(session, merge.id, merge.into, noted)
    gained: dict[str, Iterable[object]] = {"sightings": leaving, **{what: one.gained for what, one in changes.items()}}
    mergenotes.leave_out(session, replace(merge, before=rest.after), gained)
    parting.fit_keys(session, gone.members)
    frozen.settle(session)


def _free(session: Session, gone: Merge, rows: Mapping[int, Row], columns: Mapping[int, Row]) -> None:
    """Let those that leave stand for themselves, each with its key and with what it keeps."""
    parting.part_papers(session, gone, {one: rows[one]["citation_key"] for one in gone.members})
    for one in gone.members:
        if columns[one]:
            mergenotes.write(session, one, columns[one])


def _write_kept(session: Session, merge: Merge, now: Row, new: Row) -> None:
    """Write the columns of the kept paper, and let its key follow them."""
    as_before = all(new[name] == merge.before[name] for name in NAMING)
    mergenotes.write(session, merge.into, new | (parting.old_key(session, merge, now) if as_before else {}))
    if not as_before:
        keys.follow(session, {merge.into: [name for name in new if new[name] != now[name]]})


def _merge_versions(session: Session, rest: Merge, rows: Mapping[int, Row]) -> Mapping[str, Any]:
    """Let versions and sightings of those that stay be those of the kept paper again; return what is to be noted."""
    staying = {rest.into: rest.before, **{one: rows[one] for one in rest.members}}
    noted = versions_apart.merge(session, staying, rest.into, rest.after["title"])
    theirs = select(SIGHTING.c.id).where(SIGHTING.c.paper_id.in_(rest.members))
    session.execute(update(SIGHTING).where(SIGHTING.c.id.in_(theirs)).values(paper_id=rest.into))
    return noted
