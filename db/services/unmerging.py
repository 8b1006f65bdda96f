"""Taking merged papers apart again, at any later time: what they were made of, and what happened to them since."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.services.gains import texts
from db.services.wording import papers
from db.store import apart, journal, mergenotes, names, parting, twins, versions_apart

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

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

    `sightings` are the records that came to the paper after the merge: they stay with it.
    """

    made_of: MadeOf
    since: tuple[Since, ...]
    sightings: int


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


def preview(library: Library, merge_id: int) -> Apart:
    """Return what taking a merge apart would make; LibraryError when it does not stand any more."""
    with library.reading() as session:
        merge, rows = _standing(session, merge_id)
        now = rows[merge.into]
        old_texts, new_texts = texts(merge.after), texts(now)
        moved = mergenotes.moved(session, merge.id)
        since = [
            Since(field, old_texts[field], new_texts[field], (apart.usual(merge, now, moved, field),))
            for field in apart.changed_since(merge, now)
        ]
        since += _beside(session, merge)
        return Apart(_made_of(session, merge), tuple(since), mergenotes.sightings_since(session, merge))


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
    library: Library, merge_id: int, keep: Mapping[str, Collection[int]] | None = None, *, different: bool = True
) -> Changes:
    """Let the papers of a merge stand for themselves again, with what they had, in one step.

    `keep` names for each later change the papers that keep it (none: it is dropped); what it does not name goes where
    the preview says. With `different`, the search for duplicates never brings them together again.
    Raises LibraryError when the merge does not stand any more.
    """
    with library.reading() as session:
        merge, _rows = _standing(session, merge_id)
    with library.writing(f"Take {papers(len(merge.members) + 1)} apart") as write:
        session = write.session
        merge, rows = _standing(session, merge_id)
        _part(session, merge, rows, keep or {})
        if different:
            together = sorted((merge.into, *merge.members))
            twins.decide(session, combinations(together, 2), "different", journal.now())
    return write.changes


def _part(session: Session, merge: Merge, rows: Mapping[int, Row], keep: Mapping[str, Collection[int]]) -> None:
    now = rows[merge.into]
    moved = mergenotes.moved(session, merge.id)
    usual = {field: (apart.usual(merge, now, moved, field),) for field in apart.changed_since(merge, now)}
    wanted: dict[str, Any] = {**usual, **dict.fromkeys(BESIDE, (merge.into,)), **keep}
    columns = {one: apart.other_again(rows[one], merge, now, wanted, moved) for one in merge.members}
    columns[merge.into] = apart.kept_again(merge, now, wanted, moved)
    changes: dict[str, Held] = parting.held(session, merge)
    versions = versions_apart.noted(session, merge.id)
    parting.take_apart(session, merge, columns, changes, wanted)
    versions_apart.part(session, merge, versions)


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
