"""Taking merged papers apart again, at any later time: what they were made of, and what happened to them since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from db.domain.errors import LibraryError
from db.services import merging
from db.services.gains import texts
from db.services.wording import papers
from db.store import apart, frozen, journal, mergenotes, names, parting, twins, versions_apart
from db.store import leaving as store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from db.services.changes import Changes
    from db.services.library import Library
    from db.store.apart import Merge, Row
    from db.store.parting import Held
    from db.store.sessions import Session

BESIDE = ("tags", "collections", "files")
"""What hangs on a paper, beside its fields, and is asked about in the same way."""
GONE = (
    "This merge does not stand any more: it was undone or taken apart already, or the merged paper has gone into "
    "another one since. Nothing was changed. Take that one apart first, if there is one."
)


@dataclass(frozen=True, slots=True)
class Member:
    """A paper that a merged one was made of; `kept` for the one that took in the others."""

    paper_id: int
    title: str
    citation_key: str
    kept: bool = False


@dataclass(frozen=True, slots=True)
class MadeOf:
    """One merge that stands; `at` is ISO 8601 in UTC."""

    merge_id: int
    at: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Origins:
    """What a paper was made of, the newest merge first; `unnoted`: papers that went in before merges were noted."""

    merges: tuple[MadeOf, ...] = ()
    unnoted: int = 0

    def __bool__(self) -> bool:
        return bool(self.merges or self.unnoted)


@dataclass(frozen=True, slots=True)
class Since:
    """Something that was changed after a merge, as text, and the members that keep it unless the person says other."""

    field: str
    was: str
    now: str
    usual: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Apart:
    """What taking a merge apart makes of it: the papers, later changes to decide on, and what stays for certain.

    `sightings` are the records that came to the kept paper after the merge: they stay with it. `groups` are the papers
    that come of it, each with the members that it is made of; the first of these stands for it in `since`.
    """

    made_of: MadeOf
    since: tuple[Since, ...]
    sightings: int
    groups: tuple[tuple[int, ...], ...]


def made_of(library: Library, paper_id: int) -> Origins:
    """Return which papers a paper was made of, and whether it can be taken apart."""
    with library.reading() as session:
        merges = mergenotes.of_paper(session, paper_id)
        return Origins(tuple(_made_of(session, one) for one in merges), mergenotes.unnoted(session, paper_id))


def _made_of(session: Session, merge: Merge) -> MadeOf:
    titles = mergenotes.columns(session, [merge.into, *merge.members])
    kept = Member(merge.into, merge.before["title"], titles[merge.into]["citation_key"], kept=True)
    others = [Member(one, titles[one]["title"], titles[one]["citation_key"]) for one in merge.members]
    return MadeOf(merge.id, merge.at, (kept, *others))


def preview(library: Library, merge_id: int, leaving: Collection[int] = ()) -> Apart:
    """Return what taking a merge apart would make; LibraryError when it does not stand any more.

    `leaving` are the members that leave while the others stay together; none stands for all.
    """
    with library.reading() as session:
        merge, rows = _standing(session, merge_id)
        now = rows[merge.into]
        old_texts, new_texts = texts(merge.after), texts(now)
        moved = mergenotes.moved(session, merge.id)
        groups = _groups(merge, leaving)
        stands_for = {member: group[0] for group in groups for member in group}
        since = [
            Since(field, old_texts[field], new_texts[field], (stands_for[apart.usual(merge, now, moved, field)],))
            for field in apart.changed_since(merge, now)
        ]
        since += _beside(session, merge)
        return Apart(_made_of(session, merge), tuple(since), mergenotes.sightings_since(session, merge), groups)


def _groups(merge: Merge, leaving: Collection[int]) -> tuple[tuple[int, ...], ...]:
    """Return the papers that come of a merge, that of the kept member first, each with its members."""
    members = [merge.into, *merge.members]
    staying = tuple(one for one in members if leaving and one not in leaving)
    if len(staying) < 2 or len(staying) == len(members):
        return tuple((one,) for one in members)
    return tuple(
        sorted([staying, *((one,) for one in members if one not in staying)], key=lambda one: members.index(one[0]))
    )


def _beside(session: Session, merge: Merge) -> list[Since]:
    found = []
    for what, change in parting.held(session, merge).items():
        removed = change.removed if what != "files" else frozenset()
        added = names.of(session, what, change.added)
        was, now = ", ".join(names.of(session, what, removed)), ", ".join(added)
        if was or now:
            found.append(Since(what, was, now, (merge.into,)))
    return found


def take_apart(
    library: Library,
    merge_id: int,
    keep: Mapping[str, Collection[int]] | None = None,
    *,
    different: bool = True,
    leaving: Collection[int] = (),
) -> Changes:
    """Let the papers of a merge stand for themselves again, with what they had, in one step.

    `keep` names for each later change the papers that keep it (none: it is dropped); what it does not name goes where
    the preview says. With `different`, the search for duplicates never brings them together again. `leaving` are the
    members that leave while the others stay merged with what is theirs; none stands for all.
    Raises LibraryError when the merge does not stand any more.
    """
    with library.reading() as session:
        merge, _rows = _standing(session, merge_id)
        groups = _groups(merge, leaving)
    alone = sum(len(one) == 1 for one in groups)
    label = f"Take {papers(alone)} apart" if alone == len(groups) else f"Take {papers(alone)} out of a merged one"
    with library.writing(label) as write:
        session = write.session
        merge, rows = _standing(session, merge_id)
        moved = mergenotes.moved(session, merge.id)
        told = list(_told_apart(groups)) if different else []
        plan = _Plan(merge, rows, moved, _wanted(merge, rows[merge.into], moved, keep or {}), groups, told)
        if len(groups[0]) > 1:
            _leave(session, plan)
        else:
            _part(session, plan)
    return write.changes


def _told_apart(groups: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of members that are in different papers."""
    for one, other in combinations(groups, 2):
        for a, b in product(one, other):
            yield min(a, b), max(a, b)


def _wanted(
    merge: Merge, now: Row, moved: Mapping[int, int], keep: Mapping[str, Collection[int]]
) -> dict[str, Collection[int]]:
    """Return who keeps each later change."""
    usual = {field: (apart.usual(merge, now, moved, field),) for field in apart.changed_since(merge, now)}
    return {**usual, **dict.fromkeys(BESIDE, (merge.into,)), **keep}


class _Plan(NamedTuple):
    """A merge and its members, where its sightings go, who keeps each later change, and what comes of it."""

    merge: Merge
    rows: Mapping[int, Row]
    moved: Mapping[int, int]
    wanted: Mapping[str, Collection[int]]
    groups: Sequence[Sequence[int]]
    told: Sequence[tuple[int, int]]


def _part(session: Session, plan: _Plan) -> None:
    """Let all members stand for themselves, and those of them be one again that stay together without the kept one."""
    merge, rows, moved, wanted, groups, told = plan
    now = rows[merge.into]
    columns = {one: apart.other_again(rows[one], merge, now, wanted, moved) for one in merge.members}
    columns[merge.into] = apart.kept_again(merge, now, wanted, moved)
    changes: dict[str, Held] = parting.held(session, merge)
    versions = versions_apart.noted(session, merge.id)
    chosen = apart.chosen(merge, rows, moved)
    parting.take_apart(session, merge, columns, changes, wanted)
    versions_apart.part(session, merge, versions)
    twins.decide(session, told, "different", journal.now())
    for group in groups:
        if len(group) > 1:
            since = {field for field, keepers in wanted.items() if not set(group).isdisjoint(keepers)}
            choices = {field: one for field, one in chosen.items() if one in group and field not in since}
            merging.join(session, group, None, choices)
            frozen.settle(session)


def _leave(session: Session, plan: _Plan) -> None:
    """Let some members leave while the kept one stays with others: a change that any of those keeps stays with it."""
    merge, rows, moved, wanted, groups, told = plan
    now, staying = rows[merge.into], groups[0]
    kept = {field: {merge.into if one in staying else one for one in keepers} for field, keepers in wanted.items()}
    leaving = [one for one in merge.members if one not in staying]
    rest = apart.remaining(merge, rows, leaving, moved)
    gone = [sighting_id for sighting_id, paper_id in moved.items() if paper_id in leaving]
    columns = {one: apart.other_again(rows[one], merge, now, kept, moved) for one in leaving}
    columns[merge.into] = apart.kept_again(replace(merge, before=rest.after), now, kept, gone)
    store.leave(session, store.Leaving(merge, rest, columns, kept, told))


def _standing(session: Session, merge_id: int) -> tuple[Merge, dict[int, Row]]:
    merge = mergenotes.get(session, merge_id)
    rows = mergenotes.columns(session, [merge.into, *merge.members]) if merge is not None else {}
    if merge is None or not _stands(merge, rows):
        raise LibraryError(GONE)
    return merge, rows


def _stands(merge: Merge, rows: Mapping[int, Row]) -> bool:
    inside: Sequence[bool] = [
        one in rows and rows[one]["state"] == "merged" and rows[one]["merged_into"] == merge.into
        for one in merge.members
    ]
    return bool(inside) and all(inside) and rows[merge.into]["state"] != "merged"
