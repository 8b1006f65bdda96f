"""Saved searches: keeping one under a name, nesting, changing and counting them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.domain.query import LONGEST, Problem, Query, SavedSearches, names, plain, renamed
from db.services.understanding import saved_searches, understood
from db.services.wording import name_of, storable
from db.store import collections, finding
from db.store import saved as store

if TYPE_CHECKING:
    from db.domain.records import SavedSearch
    from db.services.changes import Changes
    from db.services.library import Library
    from db.store.question import Question
    from db.store.sessions import Session

WHAT = "saved search"
KINDS = ("search", "any", "all")


@dataclass(frozen=True, slots=True)
class Preview:
    """What a search would find if it were saved so, what of its text is not understood, and what it stands for."""

    count: int
    text: str
    message: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Deleted:
    """What a deletion changed, and which searches name what is gone: they find nothing now."""

    changes: Changes
    users: tuple[str, ...] = ()


def searches(library: Library) -> list[SavedSearch]:
    """Return the saved searches by name."""
    with library.reading() as session:
        return store.searches(session)


def save(library: Library, search: SavedSearch) -> tuple[int, Changes]:
    """Keep a new search (`id` 0), or change one in name, text, kind and place; return its id and the change.

    Raises LibraryError when the name is taken, there is nothing to search for, or a search would use itself.
    """
    search = _checked(search)
    label = "Change" if search.id else "Save"
    with library.writing(f"{label} search {search.name}") as write:
        session = write.session
        _check_name(session, search)
        _check_place(session, search)
        if search.id:
            before = store.get(session, search.id)
            if before != search:
                _change(session, before, search)
            number = search.id
        else:
            number = store.add(session, search)
        _refuse_loops(session)
    return number, write.changes


def rename(library: Library, search_id: int, name: str) -> Changes:
    """Rename a saved search; those that name it follow."""
    with library.reading() as session:
        before = store.get(session, search_id)
    name = name_of(name, WHAT)
    with library.writing(f"Rename search {before.name} to {name}") as write:
        search = replace(store.get(write.session, search_id), name=name)
        _check_name(write.session, search)
        _change(write.session, store.get(write.session, search_id), search)
        _refuse_loops(write.session)
    return write.changes


def move(
    library: Library, search_id: int, *, parent_id: int | None = None, collection_id: int | None = None
) -> Changes:
    """Put a saved search inside another one or a collection, or at the top."""
    with library.reading() as session:
        name = store.get(session, search_id).name
        into = store.get(session, parent_id).name if parent_id is not None else ""
        into = collections.get(session, collection_id).name if collection_id is not None else into
    with library.writing(f"Move search {name} {f'into {into}' if into else 'to the top'}") as write:
        before = store.get(write.session, search_id)
        search = replace(before, parent_id=parent_id, collection_id=collection_id)
        _check_place(write.session, search)
        if search != before:
            _change(write.session, before, search)
        _refuse_loops(write.session)
    return write.changes


def delete(library: Library, search_id: int) -> Deleted:
    """Delete a saved search and those inside it; no paper is touched."""
    with library.reading() as session:
        name = store.get(session, search_id).name
    with library.writing(f"Delete search {name}") as write:
        gone = set(store.under(write.session, search_id))
        everyone = store.searches(write.session)
        store.drop(write.session, search_id)
    lost = {plain(one.name) for one in everyone if one.id in gone}
    users = (one.name for one in everyone if one.id not in gone and lost & names(one.text))
    return Deleted(write.changes, tuple(users))


def preview(library: Library, search: SavedSearch, question: Question | None = None) -> Preview:
    """Return what a search would find. Raises Cancelled when the question is withdrawn."""
    with library.reading(question) as session:
        others = [one for one in store.searches(session) if one.id != search.id]
        number = search.id or 1 + max((one.id for one in others), default=0)
        known = SavedSearches([*others, replace(search, id=number)], store.collection_names(session))
        node, why = known.node(number)
        problems = understood(session, search.text).problems if search.kind == "search" else ()
        hints = Query(node, problems).hints or ((why,) if why else ())
        return Preview(finding.count(session, Query(node)), known.text(number), " ".join(hints), problems)


def spelled(library: Library, text: str) -> str:
    """Return a search text for people to read: saved searches by their names."""
    with library.reading() as session:
        return saved_searches(session).spelled(text)


def _checked(search: SavedSearch) -> SavedSearch:
    """Return a search as it can be kept."""
    if search.kind not in KINDS:
        raise LibraryError(f"A saved search is one of {', '.join(KINDS)}, not {search.kind!r}.")
    text = storable(search.text).strip() if search.kind == "search" else ""
    if search.kind == "search" and not text:
        raise LibraryError("Type what this search is to look for, or make it a group of other searches.")
    if len(text) > LONGEST:
        raise LibraryError(
            f"A search that is saved can have {LONGEST:,} characters; this one has {len(text):,}. "
            "To keep a choice of papers, put them in a collection."
        )
    return replace(search, name=name_of(search.name, WHAT), text=text)


def _check_name(session: Session, search: SavedSearch) -> None:
    alike = (one for one in store.searches(session) if one.id != search.id and plain(one.name) == plain(search.name))
    if next(alike, None) is not None:
        raise LibraryError(f"There is a saved search called {search.name} already. Choose another name.")


def _check_place(session: Session, search: SavedSearch) -> None:
    if search.parent_id is not None and search.collection_id is not None:
        raise LibraryError("A saved search stands in one place: in another search, or in a collection.")
    if search.collection_id is not None:
        collections.get(session, search.collection_id)
    if search.parent_id is not None:
        store.get(session, search.parent_id)
        if search.id and search.parent_id in store.under(session, search.id):
            raise LibraryError(f"{search.name} cannot be moved into itself or into a search inside it.")


def _change(session: Session, before: SavedSearch, after: SavedSearch) -> None:
    values = {name: value for name, value in asdict(after).items() if value != getattr(before, name)}
    if values:
        store.change(session, after.id, values)
    if before.name != after.name:
        for one in store.searches(session):
            text = renamed(one.text, before.name, after.name)
            if text != one.text:
                store.change(session, one.id, {"text": text})


def _refuse_loops(session: Session) -> None:
    if loop := saved_searches(session).find_loop():
        raise LibraryError(f"{loop[0]} would use itself: {' → '.join(loop)}. Nothing was changed.")
