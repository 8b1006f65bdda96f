"""The papers that cited keys may mean which the library does not have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db.domain.documents import KeyBook
from db.services import docentries
from db.services.progress import Progress
from db.store import cited as store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.services.docentries import Entry
    from db.services.matching import Match
    from db.services.progress import Report
    from db.store.sessions import Session

COMPARED = 300
"""For so many unknown keys alike ones are looked for; a document with more of them is not of this library."""
STEP = 20


class Likeness(StrEnum):
    """Why a paper may be what an unknown key means: the .bib entry is it, or may be it, or the keys are alike."""

    SAME = "same"
    MAYBE = "maybe"
    KEY = "key"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A paper that an unknown key may mean; `score` is 0 to 1."""

    paper_id: int
    citation_key: str
    title: str
    likeness: Likeness
    score: float


def suggested(
    session: Session, keys: Sequence[str], entries: Mapping[str, Entry], report: Report
) -> dict[str, tuple[Suggestion, ...]]:
    """Return the papers that unknown keys may mean: what the .bib says counts more than how a key is spelt."""
    by_work = docentries.papers_of(session, entries, keys)
    certain = {key for key, match in by_work.items() if match.same is not None}
    by_key = _alike(session, [key for key in keys if key not in certain][:COMPARED], report)
    held = store.titles(session, {paper_id for found in by_key.values() for paper_id, _score in found})
    suggestions: dict[str, tuple[Suggestion, ...]] = {}
    for key in keys:
        found = {one.paper_id: one for one in _of_work(by_work.get(key))}
        for paper_id, score in by_key.get(key, ()):
            if one := held.get(paper_id):
                alike = Suggestion(paper_id, one.citation_key, one.title, Likeness.KEY, score / 100)
                found.setdefault(paper_id, alike)
        suggestions[key] = tuple(found.values())
    return suggestions


def _of_work(match: Match | None) -> Iterator[Suggestion]:
    if match is None:
        return
    if match.same is not None:
        one = match.same.columns
        yield Suggestion(match.same.id, one["citation_key"], one["title"], Likeness.SAME, 1.0)
    for draft, score in match.maybe:
        one = draft.columns
        yield Suggestion(draft.id, one["citation_key"], one["title"], Likeness.MAYBE, score.score)


def _alike(session: Session, keys: Sequence[str], report: Report) -> dict[str, list[tuple[int, float]]]:
    found: dict[str, list[tuple[int, float]]] = {}
    book = KeyBook(store.named(session) if keys else ())
    for at, key in enumerate(keys):
        if at % STEP == 0:
            report(Progress(at, len(keys), "Looking for the closest keys"))
        found[key] = book.closest(key)
    return found
