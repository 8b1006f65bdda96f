"""Taking rows of a merge apart: what hung on the members goes back to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, insert, select, update

from db.domain.citekeys import fits
from db.store import frozen, keys, mergenotes, usedkeys
from db.store.frozen import FROZEN, PAPER
from db.store.imports import TABLES, batches
from db.store.joining import BESIDE, OWN, holders, pairs
from db.store.keyworks import Naming

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.store.apart import Merge, Row

TWIN, SIGHTING = TABLES["twin"], TABLES["sighting"]
Pair = tuple[int, int]


class Held(NamedTuple):
    """What the kept paper has of one kind: through those that leave alone, added since, removed since, and for good."""

    gained: frozenset[Any]
    added: frozenset[Any]
    removed: frozenset[Any]
    own: frozenset[Any]


def held(session: Session, merge: Merge, leaving: Collection[int] | None = None) -> dict[str, Held]:
    """Return what the kept paper has of tags, collections and files, measured by what the members had.

    `leaving` are those of the members that leave; None stands for all.
    """
    gone = merge.members if leaving is None else leaving
    found = {}
    for what in OWN:
        of_each = holders(session, what, [merge.into, *merge.members])
        now = set(of_each.pop(merge.into))
        theirs = {one for paper_id in gone for one in of_each[paper_id]}
        own = {*merge.own[what], *(one for paper_id in of_each if paper_id not in gone for one in of_each[paper_id])}
        merged = own | theirs
        # What is gone from the library was removed from everywhere, not from this paper.
        removed = (merged - now) & (theirs | _there(session, what, own - now))
        found[what] = Held(frozenset((theirs - own) & now), frozenset(now - merged), frozenset(removed), frozenset(own))
    return found


def _there(session: Session, what: str, ids: Collection[Any]) -> set[Any]:
    table = {"tags": TABLES["tag"], "collections": TABLES["collection"]}.get(what)
    if table is None:
        return set(ids)
    return {one for batch in batches(ids) for one in session.scalars(select(table.c.id).where(table.c.id.in_(batch)))}


def part_beside(session: Session, merge: Merge, what: str, change: Held, keep: Collection[int]) -> None:
    """Take from the kept paper what it had through the merge; what was changed since is for those that `keep` it."""
    lost = set(change.gained)
    back: set[Any] = set()
    if merge.into not in keep:
        lost |= change.added
        back = set(change.removed & change.own)
    carried = {one for one in keep if one != merge.into}
    rows = _rows(session, what, merge.into, change.added) if carried else []
    for paper_id in carried:
        mine = set(holders(session, what, [paper_id])[paper_id])
        _put(session, what, paper_id, [row for row in rows if row[OWN[what][1]] not in mine])
        _take(session, what, paper_id, change.removed)
    _take(session, what, merge.into, lost)
    _put(session, what, merge.into, [{OWN[what][1]: one} for one in sorted(back)] if what != "files" else [])


def _rows(session: Session, what: str, paper_id: int, ones: Collection[Any]) -> list[Row]:
    name, other = OWN[what]
    table = TABLES[name]
    names = (other, *BESIDE.get(what, ()))
    rows = select(*(table.c[one] for one in names)).where(table.c.paper_id == paper_id, table.c[other].in_(list(ones)))
    return [dict(row) for row in session.execute(rows).mappings()]


def _put(session: Session, what: str, paper_id: int, rows: Sequence[Row]) -> None:
    if rows:
        session.execute(insert(TABLES[OWN[what][0]]), [{"paper_id": paper_id, **row} for row in rows])


def _take(session: Session, what: str, paper_id: int, ones: Iterable[Any]) -> None:
    name, other = OWN[what]
    table = TABLES[name]
    for batch in batches(ones):
        session.execute(delete(table).where(table.c.paper_id == paper_id, table.c[other].in_(batch)))


def part_sightings(session: Session, merge: Merge, moved: Mapping[int, int]) -> None:
    """Give the sightings back that the kept paper has from others."""
    for sighting_id, paper_id in moved.items():
        mine = (SIGHTING.c.id == sighting_id) & (SIGHTING.c.paper_id == merge.into)
        session.execute(update(SIGHTING).where(mine).values(paper_id=paper_id))


def part_papers(session: Session, merge: Merge, keys_of: Mapping[int, str]) -> None:
    """Let the papers that went in stand for themselves again, each under a key that nobody else has."""
    for paper_id, state in merge.members.items():
        key = keys_of[paper_id]
        if _is_taken(session, key, paper_id):
            key = keys.free(session, key)
        change = update(PAPER).where(PAPER.c.id == paper_id)
        values = {"state": state, "merged_into": None, "citation_key": key, "version": PAPER.c.version + 1}
        session.execute(change.values(**values))


def old_key(session: Session, merge: Merge, now: Row) -> Row:
    """Return the kept paper's key from before, when nobody was given the one that it has now."""
    key = merge.before["citation_key"]
    if now["key_frozen"] or now["citation_key"] == key or _is_taken(session, key, merge.into):
        return {}
    return {"citation_key": key}


def _is_taken(session: Session, key: str, paper_id: int) -> bool:
    """Tell whether a key, in any case, stands for another paper: a frozen or an old key of its own does not count."""
    small = key.lower()
    if small not in usedkeys.taken(session, [small]):
        return False
    given = select(FROZEN.c.id).where(FROZEN.c.key == key, FROZEN.c.paper_id == paper_id)
    pinned = select(PAPER.c.id).where(PAPER.c.id == paper_id, PAPER.c.citation_key == key, PAPER.c.key_frozen)
    its_own = any(session.scalar(one) is not None for one in (given, pinned))
    return not its_own or frozen.is_anothers(session, key, paper_id)


def fit_keys(session: Session, ids: Iterable[int]) -> None:
    """Propose the unfrozen keys of papers anew that the pattern would not make: it may be another one by now."""
    naming = Naming(session, keys.rule_of(session))
    odd = [one.paper_id for one in keys.wanted(session, naming, ids) if not fits(one.key, one.base)]
    if odd:
        keys.repropose(session, odd)


def part_pairs(session: Session, merge: Merge) -> None:
    """Bring the pairs back that the merge closed or moved; what a person decided since stands for all of them."""
    ids = [merge.into, *merge.members]
    now, before = pairs(session, ids), {_pair(row): row for row in merge.twins["before"]}
    left = {_pair(row): row for row in merge.twins["after"]}
    for pair, row in left.items():
        if now.get(pair) == row:
            session.execute(delete(TWIN).where(TWIN.c.id == row["id"]))
    there = set(pairs(session, ids))
    for pair, row in before.items():
        if pair not in there and _both_there(session, pair):
            _bring(session, row | _decided_since(merge, pair, left, now))


def _pair(row: Row) -> Pair:
    return row["low_id"], row["high_id"]


def _decided_since(merge: Merge, pair: Pair, left: Mapping[Pair, Row], now: Mapping[Pair, Row]) -> Row:
    """Return the decision on the merged paper and a third one, when it was made after the merge."""
    others = [one for one in pair if one not in merge.members]
    if len(others) != 1 or others[0] == merge.into:
        return {}
    stood = (min(merge.into, others[0]), max(merge.into, others[0]))
    new, old = now.get(stood), left.get(stood)
    if new is None or old is None or new["decision"] == old["decision"]:
        return {}
    return {name: new[name] for name in ("decision", "decided_at")}


def _both_there(session: Session, pair: Pair) -> bool:
    return len(session.scalars(select(PAPER.c.id).where(PAPER.c.id.in_(pair))).all()) == 2


def _bring(session: Session, row: Row) -> None:
    """Insert a pair under its old id, or under a new one when another pair has that by now."""
    if session.scalar(select(TWIN.c.id).where(TWIN.c.id == row["id"])) is not None:
        row = {name: value for name, value in row.items() if name != "id"}
    session.execute(insert(TWIN), [row])


def take_apart(
    session: Session, merge: Merge, columns: Mapping[int, Row], changes: Mapping[str, Held], keep: Mapping[str, Any]
) -> None:
    """Undo a merge: `columns` are those to write of the members, `keep` says who keeps what hangs on the paper."""
    rows = mergenotes.columns(session, [merge.into, *merge.members])
    moved = mergenotes.moved(session, merge.id)
    kept = columns[merge.into] | old_key(session, merge, rows[merge.into])
    mergenotes.write(session, merge.into, kept)
    part_papers(session, merge, {one: rows[one]["citation_key"] for one in merge.members})
    for one in merge.members:
        if columns[one]:
            mergenotes.write(session, one, columns[one])
    part_sightings(session, merge, moved)
    for what, change in changes.items():
        part_beside(session, merge, what, change, keep.get(what, (merge.into,)))
    part_pairs(session, merge)
    mergenotes.leave_out(session, merge, {"sightings": moved} | {what: one.gained for what, one in changes.items()})
    mergenotes.drop(session, merge.id)
    fit_keys(session, [merge.into, *merge.members])
    frozen.settle(session)
