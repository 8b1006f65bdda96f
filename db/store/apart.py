"""A merged paper taken apart: what was changed since the merge, and what each member is without the others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from db.store.absorb import USER
from db.store.merges import COLUMNS, PERSONAL, combine

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Merge:
    """A merge that stands: `before` and `after` are the columns of the kept paper `into` then."""

    id: int
    into: int
    at: str
    before: Row
    after: Row
    sources: Mapping[str, int]
    own: Mapping[str, list[Any]]
    twins: Mapping[str, list[Row]]
    members: Mapping[int, str]


def chosen(merge: Merge, rows: Mapping[int, Row], moved: Mapping[int, int]) -> dict[str, int]:
    """Return the fields that a merge did not make as it would unasked, and the member whose value each got.

    `rows` are those of the members, `moved` says which sightings came from which.
    """
    members = [merge.before | {"id": merge.into}, *(rows[one] for one in merge.members)]
    unasked = combine(members, merge.into, {}, _first(merge, moved)).columns
    own = {row["id"]: row for row in members}
    found = {}
    for field, names in COLUMNS.items():
        source = own.get(merge.sources.get(field, 0))
        odd = any(unasked[name] != merge.after[name] for name in names)
        # What several fill together may stand in another order alone.
        if source is not None and odd and all(source[name] == merge.after[name] for name in names):
            found[field] = int(source["id"])
    return found


def remaining(merge: Merge, rows: Mapping[int, Row], leaving: Collection[int], moved: Mapping[int, int]) -> Merge:
    """Return a merge as it would have been without those of its members that are `leaving`."""
    members = {one: state for one, state in merge.members.items() if one not in leaving}
    choices = {field: one for field, one in chosen(merge, rows, moved).items() if one not in leaving}
    there = [merge.before | {"id": merge.into}, *(rows[one] for one in members)]
    made = combine(there, merge.into, choices, _first(merge, moved))
    return replace(merge, after=merge.before | made.columns, sources=made.from_id, members=members)


def _first(merge: Merge, moved: Mapping[int, int]) -> dict[int, int]:
    """Return the first sighting of each member that had one."""
    found = {merge.into: min(merge.own["sightings"])} if merge.own["sightings"] else {}
    for sighting_id in sorted(moved, reverse=True):
        found[moved[sighting_id]] = sighting_id
    return found


def usual(merge: Merge, now: Row, moved: Mapping[int, int], field: str) -> int:
    """Return the member that a later change of a field belongs to.

    What a record told belongs to the paper that the record goes to (`moved`: where those go that leave); what a person
    typed, to the member whose value it took the place of.
    """
    origin = now["origins"].get(field, USER)
    if field in _DELTAS or field in PERSONAL:
        return merge.into
    if origin != USER:
        return moved.get(origin, merge.into)
    source = merge.sources.get(field, merge.into)
    return source if source in merge.members else merge.into


def changed_since(merge: Merge, now: Row) -> list[str]:
    """Return the fields of the kept paper that say something else than the merge made of them."""
    return [field for field, names in COLUMNS.items() if any(now[name] != merge.after[name] for name in names)]


def kept_again(merge: Merge, now: Row, keep: Mapping[str, Collection[int]], gone: Collection[int]) -> Row:
    """Return the columns of the kept paper without the others; `gone` are the sightings that leave with them."""
    before, after = merge.before, merge.after
    since = set(changed_since(merge, now))
    columns: Row = {}
    origins = dict(before["origins"])
    # What else is noted there (that no source shows the paper any more) is no origin of a field.
    origins |= {name: origin for name, origin in now["origins"].items() if name not in COLUMNS}
    for field, names in COLUMNS.items():
        if field in since and merge.into in keep.get(field, ()):
            columns |= rebased(field, after, before, now)
            origin = now["origins"].get(field)
            if origin is not None and origin not in gone:
                origins[field] = origin
        else:
            columns |= {name: before[name] for name in names}
    return columns | {"origins": origins}


def other_again(
    paper: Row, merge: Merge, now: Row, keep: Mapping[str, Collection[int]], moved: Mapping[int, int]
) -> Row:
    """Return the columns of a member that went in; later edits that it is to `keep` count as the person's.

    Unless one of the records told them that go back to it (`moved`: sightings and the members they came from).
    """
    columns: Row = {}
    origins = dict(paper["origins"])
    for field in changed_since(merge, now):
        if paper["id"] not in keep.get(field, ()):
            continue
        new = rebased(field, merge.after, paper, now)
        if any(paper[name] != value for name, value in new.items()):
            columns |= new
            if field not in PERSONAL:
                origin = now["origins"].get(field, USER)
                origins[field] = origin if moved.get(origin) == paper["id"] else USER
    return columns | {"origins": origins} if columns else {}


def without(merge: Merge, later: Merge) -> tuple[Row, Row]:
    """Return what a later merge of the same paper notes, `before` and `after`, as if the earlier one had not been."""
    made = []
    for image in (later.before, later.after):
        row = dict(image)
        for field, names in COLUMNS.items():
            if field in _DELTAS and (field != "notes" or image[field].startswith(merge.after[field])):
                row |= rebased(field, merge.after, image, merge.before)
            elif all(image[name] == merge.after[name] for name in names):
                row |= {name: merge.before[name] for name in names}
        made.append(row)
    return made[0], made[1]


def rebased(field: str, old: Row, own: Row, now: Row) -> Row:
    """Return the columns of a field after doing to `own` what was done to `old` until it was `now`."""
    if field in _DELTAS:
        return {field: _DELTAS[field](old[field], own[field], now[field])}
    return {name: now[name] for name in COLUMNS[field]}


def _links(old: Sequence[str], own: Sequence[str], now: Sequence[str]) -> list[str]:
    kept = [url for url in own if url in now or url not in old]
    return kept + [url for url in now if url not in old and url not in own]


def _fields(old: Mapping[str, Any], own: Mapping[str, Any], now: Mapping[str, Any]) -> Row:
    kept = {name: value for name, value in own.items() if name in now or name not in old}
    return kept | {name: value for name, value in now.items() if name not in old or old[name] != value}


def _notes(old: str, own: str, now: str) -> str:
    if now.startswith(old) and own != old:
        return own + now[len(old) :]
    return now + own[len(old) :] if own.startswith(old) else now


_DELTAS: Mapping[str, Any] = {"urls": _links, "fields": _fields, "notes": _notes}
"""What several members fill together: an edit adds to it or takes from it."""
