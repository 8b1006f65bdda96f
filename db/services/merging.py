"""Twins: finding them, the queue of doubtful ones, merging, and telling apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.domain.records import TwinSet, Verdict
from db.services.gains import changed, gains, texts
from db.services.progress import Progress, silent
from db.services.twinsets import Linked, sets
from db.services.wording import papers
from db.services.works import Beside, candidate_of, compare_forms
from db.store import frozen, joining, keys, meetings, merges, preferring, versions_apart
from db.store import twins as store

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence, Set

    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.progress import Report
    from db.services.works import Forms
    from db.store.sessions import Session

STEP = 250
"""Comparisons between two reports."""
REMEMBERED = 1_000
"""Papers of larger sets that are held while sets are made."""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """The sets that wait for a person after a search, and how many papers went into others."""

    sets: tuple[TwinSet, ...]
    merged: int
    changes: Changes


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would make: the values as text, the paper each comes from, and what the kept paper gains.

    `changed` are the fields in which the kept paper says something else then, `most` is what the record gains that
    has least of all.
    """

    into: int
    values: Mapping[str, str]
    from_id: Mapping[str, int]
    gains: tuple[str, ...]
    changed: tuple[str, ...]
    most: tuple[str, ...]


def queue(library: Library) -> list[TwinSet]:
    """Return the sets that wait for a person: certain ones, doubtful ones, then those put off."""
    with library.reading() as session:
        return waiting_sets(session)


def waiting_sets(session: Session, report: Report = silent) -> list[TwinSet]:
    """Return the sets that wait for a person, in the order of the queue."""

    def tick(done: int, total: int) -> None:
        report(Progress(done, total, "Putting sets together"))

    links = [
        Linked(row.low_id, row.high_id, Verdict(row.verdict), row.score, tuple(row.why), row.decision == "later")
        for row in store.waiting(session, tick)
    ]
    apart = _apart(session, {(link.low, link.high) for link in links})
    return sets(links, apart, lambda: tick(len(links), len(links)))


def _works(session: Session, ids: Collection[int]) -> dict[int, Forms]:
    beside = Beside(session, ids)
    rows = store.compared(session, ids)
    return {paper_id: beside.forms(paper_id, candidate_of(row)) for paper_id, row in rows.items()}


def _apart(session: Session, waiting: Set[tuple[int, int]]) -> Callable[[int, int], bool]:
    """Return the rule of what may never be in one set: pairs told apart, and contradictions by a third."""
    told = store.decided(session, "different")

    # Most sets are pairs that wait, and those need no look at the papers.
    @lru_cache(maxsize=REMEMBERED)
    def work(paper_id: int) -> Forms:
        return _works(session, [paper_id])[paper_id]

    def apart(a: int, b: int) -> bool:
        pair = (a, b) if a < b else (b, a)
        if pair in told:
            return True
        return pair not in waiting and compare_forms(work(a), work(b)).contradicts

    return apart


def find_duplicates(library: Library, report: Report, *, merge: bool = False) -> Duplicates:
    """Look for twins among all live papers; with `merge` the certain ones become one paper each.

    Pairs that were told apart stay apart. What is found waits in the queue. Nobody else waits for the comparison: only
    its outcome is written under the lock.
    """
    with library.reading() as session:
        compared = _compare_all(session, report)
    with library.writing("Merge certain duplicates" if merge else "Find duplicates", report=report) as write:
        session = write.session
        store.remember(session, compared, lambda done, total: report(Progress(done, total, "Writing them down")))
        merged = _merge_certain(session, report) if merge else 0
        found = tuple(waiting_sets(session, report))
    return Duplicates(found, merged, write.changes)


def _compare_all(session: Session, report: Report) -> dict[tuple[int, int], dict[str, Any]]:
    told = store.decided(session, "different")
    met = meetings.meetings(session, lambda done, total: report(Progress(done, total, "Looking for duplicates")))
    pairs = [pair for pair in met if pair not in told]
    found: dict[tuple[int, int], dict[str, Any]] = {}
    for done in range(0, len(pairs), STEP):
        report(Progress(done, len(pairs), "Comparing papers"))
        # A few papers at a time: the abstracts of a large library do not fit into memory.
        batch = pairs[done : done + STEP]
        works = _works(session, {paper_id for pair in batch for paper_id in pair})
        for low, high in batch:
            score = compare_forms(works[low], works[high])
            if score.verdict is not Verdict.DIFFERENT:
                found[low, high] = {"verdict": score.verdict.value, "score": score.score, "why": list(score.why)}
    return found


def preview(
    library: Library, ids: Sequence[int], choices: Mapping[str, int] | None = None, *, rule: str = preferring.USUAL
) -> MergePreview:
    """Return what merging papers would make.

    `choices` names the paper whose value of a field wins, `rule` whose values stand first (`preferring.RULES`).
    """
    with library.reading() as session:
        return foreseen(session, ids, choices or {}, rule)


def foreseen(session: Session, ids: Sequence[int], choices: Mapping[str, int], rule: str) -> MergePreview:
    """Return what merging papers would make, in a session that is open."""
    rows, into = _members(session, ids, None, rule)
    merged = _combined(session, rows, into, choices, rule)
    before, after = rows[into], merged.columns
    most = max((gains(row, after) for row in rows.values()), key=len)
    return MergePreview(into, texts(after), merged.from_id, gains(before, after), changed(before, after), most)


def _combined(
    session: Session, rows: Mapping[int, merges.Row], into: int, choices: Mapping[str, int], rule: str
) -> merges.Merged:
    # By the usual rule the values of the kept paper stand first, however many papers are merged at once.
    usual = rule == preferring.USUAL
    order = None if usual else [row["id"] for row in preferring.preferred(list(rows.values()), rule)]
    return merges.combine(list(rows.values()), into, choices, store.first_sightings(session, rows), order=order)


def _members(session: Session, ids: Sequence[int], into: int | None, rule: str) -> tuple[dict[int, merges.Row], int]:
    rows = store.papers(session, dict.fromkeys(ids))
    if len(rows) < 2 or (into is not None and into not in rows):
        raise LibraryError(
            "These papers cannot be merged: fewer than two of them are still in the library. Nothing was changed."
        )
    # A paper in the trash never takes one in that is not.
    live = [row for row in rows.values() if row["state"] == "live"] or list(rows.values())
    if into is None:
        into = merges.best(live, store.given_keys(session, rows), preferring.RULES[rule])
    return rows, into


def merge(
    library: Library,
    ids: Sequence[int],
    *,
    into: int | None = None,
    choices: Mapping[str, int] | None = None,
) -> Changes:
    """Make several papers one; `choices` names, by field, the paper whose value wins.

    Sightings, tags, notes, collections, the star, the best rating and frozen keys of all survive.
    """
    with library.writing(f"Merge {papers(len(set(ids)))}") as write:
        join(write.session, ids, into, choices or {})
        frozen.settle(write.session)
    return write.changes


def join(
    session: Session,
    ids: Sequence[int],
    into: int | None,
    choices: Mapping[str, int],
    rule: str = preferring.USUAL,
) -> None:
    """Make several papers one, as `merge` does, in a session that is open."""
    rows, into = _members(session, ids, into, rule)
    merged = _combined(session, rows, into, choices, rule)
    losers = [paper_id for paper_id in rows if paper_id != into]
    noted = versions_apart.merge(session, rows, into, merged.columns["title"])
    versions_apart.finish(session, joining.merge(session, into, losers, merged, _now()), into, noted)
    kept, columns = rows[into], merged.columns
    keys.follow(session, {into: [name for name in columns if columns[name] != kept[name]]})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")


def merge_all_same(library: Library, report: Report = silent, *, rule: str = preferring.USUAL) -> Changes:
    """Merge all certain sets of the queue in one step; `rule` says whose values stand first (`preferring.RULES`).

    A cancel leaves nothing of it.
    """
    number = sum(one.verdict is Verdict.SAME for one in queue(library))
    label = f"Merge {number:,} certain set{'' if number == 1 else 's'}"
    with library.writing(label, report=report) as write:
        _merge_certain(write.session, report, rule)
    return write.changes


def _merge_certain(session: Session, report: Report, rule: str = preferring.USUAL) -> int:
    """Merge the certain sets of the queue; return how many papers went into others."""
    merged = 0
    certain = [one for one in waiting_sets(session, report) if one.verdict is Verdict.SAME]
    taken: set[int] = set()
    for done, one in enumerate(certain):
        report(Progress(done, len(certain), "Merging"))
        if taken & set(one.ids):
            continue
        taken |= set(one.ids)
        join(session, one.ids, None, {}, rule)
        merged += len(one.ids) - 1
    if merged:
        frozen.settle(session)
    return merged


def different(library: Library, ids: Sequence[int]) -> Changes:
    """Remember for ever that no two of these papers are one work."""
    unique = sorted(set(ids))
    with library.writing(f"Mark {papers(len(unique))} as different") as write:
        known = store.papers(write.session, unique)
        store.decide(write.session, combinations(sorted(known), 2), "different", _now())
    return write.changes


def later(library: Library, ids: Sequence[int]) -> Changes:
    """Send a set to the end of the queue."""
    unique = sorted(set(ids))
    with library.writing(f"Review {papers(len(unique))} later") as write:
        store.put_off(write.session, unique, _now())
    return write.changes
