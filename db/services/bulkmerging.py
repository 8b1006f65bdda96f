"""What merging all certain sets by a rule would change, before it is done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.records import Verdict
from db.services.merging import foreseen, waiting_sets
from db.services.progress import Progress
from db.store import preferring

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from db.domain.records import TwinSet
    from db.services.library import Library
    from db.services.progress import Report

RULES = tuple(preferring.RULES)
"""The names of the rules: which record of a set is kept, and whose values stand first."""
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class SetForeseen:
    """One set: its papers, the one that is kept, the title it gets, what it gains, and why they are one work.

    `most` is what the record gains that has least of all.
    """

    ids: tuple[int, ...]
    into: int
    title: str
    gains: tuple[str, ...]
    most: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """All certain sets: how many, how many papers go into others, and how many kept papers change in each field."""

    sets: int
    losers: int
    fields: Mapping[str, int]


def foresee(library: Library, rule: str, report: Report, part: Callable[[list[SetForeseen]], None]) -> Foreseen:
    """Work out what merging all certain sets by a rule would change; `part` gets the sets as they come.

    One set is held at a time, so memory does not grow with the queue.
    """
    fields: Counter[str] = Counter()
    losers = 0
    with library.reading() as session:
        certain = [one for one in waiting_sets(session) if one.verdict is Verdict.SAME]
        made: list[SetForeseen] = []
        for done, one in enumerate(certain):
            report(Progress(done, len(certain), "Looking at the sets"))
            merged = foreseen(session, one.ids, {}, rule)
            losers += len(one.ids) - 1
            fields.update(merged.changed)
            title = merged.values["title"]
            made.append(SetForeseen(one.ids, merged.into, title, merged.gains, merged.most, one.why))
            if len(made) == AT_ONCE:
                part(made)
                made = []
        if made:
            part(made)
    return Foreseen(len(certain), losers, dict(fields))


Gains = dict[tuple[int, ...], int]
"""In how many fields a merge fills or betters the record that has least, by the papers of the set."""


def queue_by_gain(library: Library, known: Mapping[tuple[int, ...], int]) -> tuple[list[TwinSet], Gains]:
    """Return the queue with the sets first that gain most, those put off last, and the gains.

    Gains that are `known` are not worked out again: the queue is read after each decision.
    """
    with library.reading() as session:
        waiting = waiting_sets(session)
        gains = {one.ids: known.get(one.ids, -1) for one in waiting}
        for ids, gain in gains.items():
            if gain < 0:
                gains[ids] = len(foreseen(session, ids, {}, preferring.USUAL).most)
    return sorted(waiting, key=lambda one: (one.later, -gains[one.ids])), gains
