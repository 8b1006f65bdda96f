"""The most frequent terms of papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.domain.terms.bags import Bags
    from db.domain.terms.vocabulary import Term

COVERED = 0.8
"""A word that stands in a pair so often says nothing beside it."""


def frequent(bags: Bags, limit: int) -> list[tuple[Term, int]]:
    """Return up to `limit` terms with the number of papers that have them, the most frequent first."""
    terms, papers = bags.vocabulary.terms, bags.counts()
    covered = {
        part for number, times in papers.items() for part in terms[number].parts if times >= COVERED * papers[part]
    }
    shown = ((number, times) for number, times in papers.items() if terms[number].telling and number not in covered)
    ordered = sorted(shown, key=lambda one: (-one[1], terms[one[0]].label.casefold()))
    return [(terms[number], times) for number, times in ordered[:limit]]
