"""A search text as the library understands it: the saved searches that it names are what they find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.query import LONGEST, SavedSearches, bounded, parse
from db.store import saved as store

if TYPE_CHECKING:
    from db.domain.query import Node, Query, Term
    from db.store.sessions import Session


def understood(session: Session, text: str, longest: int = LONGEST) -> Query:
    """Return the tree of a search text, in which saved searches are replaced by what they stand for."""
    known: list[SavedSearches] = []

    def resolve(term: Term) -> tuple[Node, str]:
        if not known:  # most searches name none
            known.append(saved_searches(session))
        return known[0](term)

    query = parse(text, longest, resolve)
    return bounded(query, len(text)) if known else query


def saved_searches(session: Session) -> SavedSearches:
    """Return all saved searches, as parts of others."""
    return SavedSearches(store.searches(session), store.collection_names(session))
