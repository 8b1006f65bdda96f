"""Papers like one paper, by the rare words of title and abstract; quick in a library of any size."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain import terms
from db.domain.errors import LibraryError
from db.store import alike as store
from db.store.edits import live
from db.store.texts import texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.services.library import Library
    from db.store.sessions import Session

WORDS = 80
"""Words of the paper that are looked up."""
COMMON = 20_000
"""A word that so many papers have tells none of them apart; counting goes no further."""
ASKED, EACH = 30_000, 4_000
"""Candidates are gathered from the rarest words on, up to so many, and so many from one word."""
READ = 300
"""Candidates with the most in common whose texts are read."""
LEAST = 0.06
"""Papers less alike than that have met by chance."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A paper like another one: how much, 0 to 1, and the words that both have, the most telling first."""

    id: int
    title: str
    likeness: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlikePapers:
    """Papers like one, the likest first; `words` is how many words there were to go by."""

    id: int
    title: str
    words: int
    papers: tuple[Alike, ...]


def papers_like(library: Library, paper_id: int, limit: int = 50) -> AlikePapers:
    """Return the papers that are most like one; LibraryError when it is gone."""
    with library.reading() as session:
        if not live(session, [paper_id]):
            raise LibraryError("This paper is no longer in the library, or in the trash.")
        ((_id, title, abstract),) = texts(session, [paper_id])
        own = terms.words(title, abstract)
        counts, rarities = _weighed(session, own)
        found = []
        for other, its_title, its_abstract in texts(session, _candidates(session, paper_id, own, counts, rarities)):
            likeness, shared = terms.likeness(own, terms.words(its_title, its_abstract), rarities)
            if likeness >= LEAST:
                found.append(Alike(other, its_title, likeness, shared))
    found.sort(key=lambda one: (-one.likeness, one.id))
    return AlikePapers(paper_id, title, len(own), tuple(found[:limit]))


def _weighed(session: Session, own: Mapping[str, terms.Word]) -> tuple[dict[str, int], dict[str, float]]:
    """Return how many papers have each word that is looked up, and how rare that makes it."""
    total = store.total(session)
    counts = {root: store.frequency(session, own[root].forms, COMMON) for root in terms.telling(own, WORDS)}
    return counts, {root: terms.rarity(papers, total) for root, papers in counts.items()}


def _candidates(
    session: Session,
    paper_id: int,
    own: Mapping[str, terms.Word],
    counts: Mapping[str, int],
    rarities: Mapping[str, float],
) -> list[int]:
    """Return the live papers that share most with the paper, by its rarest words."""
    scores: defaultdict[int, float] = defaultdict(float)
    asked = 0
    for root in sorted((one for one in counts if counts[one] > 1), key=lambda one: (counts[one], one)):
        if asked >= ASKED or counts[root] >= COMMON:
            break
        holders = store.having(session, own[root].forms, EACH)
        asked += len(holders)
        gain = own[root].weight * rarities[root] ** 2
        for one in holders:
            scores[one] += gain
    scores.pop(paper_id, None)
    best = sorted(scores, key=lambda one: (-scores[one], one))[: 2 * READ]
    there = frozenset(live(session, best))
    return [one for one in best if one in there][:READ]
