"""What a live .bib file follows: a collection, a search, keys, or all that a LaTeX document cites."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.domain.query import parse
from db.services import documents
from db.store import livefiles as store
from db.store import search

if TYPE_CHECKING:
    from db.store.sessions import Session

COLLECTION, SEARCH, CITED, DOCUMENT = "collection", "search", "cited", "document"
_BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Follow:
    """What is followed: `kind`, the `value` (a collection's id, a search text, keys) and a `name` for the person."""

    kind: str
    value: str
    name: str


class LostError(LibraryError):
    """What a file followed is gone, so that nobody knows what should stand in it."""


def of_collection(collection_id: int, name: str) -> Follow:
    """Follow a collection."""
    return Follow(COLLECTION, str(collection_id), name)


def of_search(text: str, scope: str = "") -> Follow:
    """Follow what a search finds, within a scope of the sidebar if there is one."""
    # Beside an `or`, the scope must hold for all of the text.
    value = f"{scope} ({text})" if scope and text else scope or text
    return Follow(SEARCH, value.strip(), text or scope)


def of_keys(text: str) -> Follow:
    """Follow citation keys, with commas or blanks between them."""
    keys = cited_keys(text)
    if not keys:
        raise LibraryError("Give the citation keys that the file should hold, with commas between them.")
    return Follow(CITED, " ".join(keys), ", ".join(keys[:3]) + (", ..." if len(keys) > 3 else ""))


def of_document(path: Path) -> Follow:
    """Follow what a .tex, .aux or .bcf file cites. Raises LibraryError when it cannot be read."""
    documents.cited_keys(path)
    return Follow(DOCUMENT, str(path), path.name)


def cited_keys(value: str) -> list[str]:
    """Return the citation keys that stand in a text, each once."""
    return list(dict.fromkeys(key for key in _BETWEEN.split(value) if key))


def lost(follow: Follow) -> LostError:
    """Return the failure that says that a collection is gone."""
    return LostError(f"the collection {follow.name} is no longer there, so the file was left as it is")


def sources(follow: Follow) -> list[Path]:
    """Return the files that say what is followed, to be watched."""
    if follow.kind != DOCUMENT:
        return []
    try:
        return documents.cited_keys(Path(follow.value))[1]
    except LibraryError:
        return [Path(follow.value)]


def _of_document(follow: Follow) -> list[str]:
    try:
        return documents.cited_keys(Path(follow.value))[0]
    except LibraryError as error:
        raise LostError(f"{error.message}, so the file was left as it was") from error


def current(session: Session, follow: Follow, *, was_lost: bool = False) -> Follow:
    """Return it with the name that its collection has by now; LostError when that is gone.

    `was_lost` says that it was gone before: ids are used again, so that only one of the same name is taken for it.
    """
    if follow.kind != COLLECTION:
        return follow
    name = store.collection_name(session, int(follow.value))
    if name is None or (was_lost and name != follow.name):
        raise lost(follow)
    return replace(follow, name=name)


def papers(session: Session, follow: Follow) -> dict[str, int]:
    """Return the papers that are followed, by the key that they are to stand under, the oldest first.

    A key that leads to a paper which has another one by now stays as it is cited; keys that the library does not know
    are left out.
    """
    if follow.kind == CITED:
        return store.by_key(session, cited_keys(follow.value))
    if follow.kind == DOCUMENT:
        return store.by_key(session, _of_document(follow))
    query = parse(f"collection:#{follow.value}" if follow.kind == COLLECTION else follow.value)
    ids = search.find_ids(session, query, "added", descending=False)
    return {key: paper_id for paper_id, key in store.keys_of(session, ids.tolist())}
