"""What a paper is compared by: its own row, each of its versions, and the papers that were merged into it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.domain.duplicates import Candidate, Score, compare
from db.domain.records import Person, Verdict
from db.domain.versions import shown
from db.store import known, versions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from db.domain.records import Version
    from db.store.sessions import Session

Forms = tuple[Candidate, ...]
"""A work as it is known, the row of its paper first."""


def candidate_of(columns: Mapping[str, Any]) -> Candidate:
    """Return what a paper is compared by."""
    return Candidate(
        title=columns["title"],
        abstract=columns["abstract"],
        authors=tuple(Person(*name) for name in columns["authors"]),
        author_count=columns["author_count"],
        year=columns["year"],
        year_inferred=columns["year_inferred"],
        arxiv_id=columns["arxiv_id"],
        doi=columns["doi"],
        organization=columns["organization"],
        venue=columns["venue"] or "",
        volume=columns["fields"].get("volume", ""),
        pages=columns["fields"].get("pages", ""),
    )


class Beside:
    """Knows the versions of papers, and the papers that went into them."""

    def __init__(self, session: Session, ids: Collection[int]) -> None:
        self._versions = versions.load(session, ids)
        self._members = known.members(session, ids)

    def __contains__(self, paper_id: int) -> bool:
        return paper_id in self._versions or paper_id in self._members

    def forms(self, paper_id: int, own: Candidate) -> Forms:
        """Return all that a paper is known by: what is one of them is the work, however the others differ."""
        if paper_id not in self:
            return (own,)
        inside = map(candidate_of, self._members.get(paper_id, ()))
        return (own, *_versions(own, self._versions.get(paper_id, ())), *inside)


def _versions(own: Candidate, held: Iterable[Version]) -> Iterator[Candidate]:
    for one in shown(held):
        yield replace(
            own,
            title=one.title or own.title,
            authors=one.authors or own.authors,
            year=one.date.year,
            year_inferred=one.date.inferred,
            arxiv_id=one.arxiv_id,
            doi=one.doi,
            venue=one.venue or "",
            volume=one.fields.get("volume", ""),
            pages=one.fields.get("pages", ""),
        )


def compare_forms(a: Sequence[Candidate], b: Sequence[Candidate]) -> Score:
    """Return the surest of what the forms of two works say."""
    if len(a) == len(b) == 1:
        return compare(a[0], b[0])
    return max((compare(one, other) for one in a for other in b), key=_certainty)


def _certainty(score: Score) -> tuple[int, float]:
    return (Verdict.DIFFERENT, Verdict.MAYBE, Verdict.SAME).index(score.verdict), score.score
