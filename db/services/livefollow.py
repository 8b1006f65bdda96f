"""What a live .bib file follows: a collection, a search, keys, or all that a LaTeX document cites."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.domain.query import LONGEST_SCOPE, Query, both
from db.services import documents
from db.services.understanding import saved_searches, understood
from db.store import finding
from db.store import livefiles as store

if TYPE_CHECKING:
    from db.services.livewatch import Seen
    from db.store.sessions import Session

COLLECTION, SEARCH, CITED, DOCUMENT = "collection", "search", "cited", "document"
NUMBERED = "in:#"
"""Begins the term that names a saved search by its id."""
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Follow:
    """What is followed: `kind`, the `value` (a collection's id, a search text, keys) and a `name` for the person."""

    kind: str
    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Followed:
    """The papers that are followed, by the key that they are to stand under, the oldest first.

    A key that leads to a paper which has another one by now stays as it is cited. `seen` are the files that said so.
    """

    papers: dict[str, int]
    seen: Seen = field(default_factory=dict)


class LostError(LibraryError):
    """What a file followed is gone, so that nobody knows what should stand in it."""


def of_collection(collection_id: int, name: str) -> Follow:
    """Follow a collection."""
    return Follow(COLLECTION, str(collection_id), name)


def of_search(text: str, scope: str = "") -> Follow:
    """Follow what a search finds, within a scope of the sidebar if there is one."""
    # On lines of their own, so that no parenthesis or quotation mark of the text lets it out of the scope.
    return Follow(SEARCH, f"{scope}\n{text}" if scope and text else scope or text, text or scope)


def of_keys(text: str) -> Follow:
    """Follow citation keys, with commas or blanks between them."""
    keys = cited_keys(text)
    if not keys:
        raise LibraryError("Give the citation keys that the file should hold, with commas between them.")
    return Follow(CITED, " ".join(keys), ", ".join(keys[:3]) + (", ..." if len(keys) > 3 else ""))


def of_document(path: Path) -> Follow:
    """Follow what a .tex, .aux or .bcf file cites."""
    return Follow(DOCUMENT, str(path), path.name)


def check(follow: Follow) -> None:
    """Raise LibraryError when a document that is to be followed cannot be read."""
    if follow.kind == DOCUMENT:
        documents.cited_keys(Path(follow.value))


def cited_keys(value: str) -> list[str]:
    """Return the citation keys that stand in a text, each once."""
    return list(dict.fromkeys(key for key in _BETWEEN.split(value) if key))


def lost(follow: Follow) -> LostError:
    """Return the failure that says that a collection is gone."""
    return LostError(f"the collection {follow.name} is no longer there, so the file was left as it is")


def root(follow: Follow) -> list[Path]:
    """Return the file that says what is followed, as far as one does."""
    return [Path(follow.value)] if follow.kind == DOCUMENT else []


def current(session: Session, follow: Follow) -> Follow:
    """Return it with the name that its collection or saved search has by now; LostError when that is gone."""
    if follow.kind == SEARCH and NUMBERED in follow.name:
        return replace(follow, name=saved_searches(session).spelled(follow.name))
    if follow.kind != COLLECTION:
        return follow
    name = store.collection_name(session, int(follow.value))
    if name is None:
        raise lost(follow)
    return replace(follow, name=name)


def papers(session: Session, follow: Follow) -> Followed:
    """Return what is followed; keys that the library does not know are left out."""
    if follow.kind == CITED:
        return Followed(store.by_key(session, cited_keys(follow.value)))
    if follow.kind == DOCUMENT:
        try:
            keys, seen = documents.cited_keys(Path(follow.value))
        except LibraryError as error:
            raise LostError(f"{error.message}, so the file was left as it was") from error
        return Followed(store.by_key(session, keys), seen)
    scope, _end, text = (f"collection:#{follow.value}" if follow.kind == COLLECTION else follow.value).partition("\n")
    within, asked = understood(session, scope, LONGEST_SCOPE), understood(session, text)
    for problem in within.problems + asked.problems:
        if problem.saved:
            raise LostError(f"{problem.why.rstrip('.')}, so the file was left as it is")
    query = Query(both(within.node, asked.node))
    ids = finding.find_ids(session, query, "added", descending=False)
    return Followed({key: paper_id for paper_id, key in store.keys_of(session, ids.tolist())})
