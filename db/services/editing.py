"""Editing papers: fields, star, status, rating, notes and the trash. (Citation keys: see `keys`.)"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.services.keypatterns import key_pattern, set_key_pattern
from db.services.keys import pin_key, regenerate_keys, set_key, unpin_key
from db.services.progress import Progress, silent
from db.services.typed import PERSONAL, Columns, read
from db.services.wording import papers
from db.store import edits as store
from db.store import keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.progress import Report

__all__ = [
    "add_paper",
    "empty_trash",
    "key_pattern",
    "pin_key",
    "regenerate_keys",
    "restore",
    "set_fields",
    "set_key",
    "set_key_pattern",
    "trash",
    "unpin_key",
]

WORDS = {
    "author_count": "number of authors",
    "arxiv_id": "arXiv id",
    "doi": "DOI",
    "urls": "links",
    "entry_type": "entry type",
    "fields": "other fields",
}


def set_fields(
    library: Library, ids: Sequence[int], values: Mapping[str, object], *, expected_version: int | None = None
) -> Changes:
    """Set fields of papers to values as they were typed; LibraryError, in words, for one that makes no sense.

    `expected_version` is the version the person was looking at: when the paper has another one by now,
    nothing is changed. Unfrozen citation keys follow what they are made of.
    """
    fields = {field: read(field, value) for field, value in values.items()}
    own: Columns = {}
    for field in fields.keys() & set(PERSONAL):
        own |= fields[field]
    typed = {field: columns for field, columns in fields.items() if field not in PERSONAL}
    ids = list(dict.fromkeys(ids))
    with library.writing(_label(fields, len(ids))) as write:
        session = write.session
        if expected_version is not None:
            _check_versions(store.versions(session, ids), ids, expected_version)
        if own:
            store.set_personal(session, ids, own)
        if typed:
            changed = store.set_typed(session, ids, typed)
            names = [name for columns in typed.values() for name in columns]
            keys.follow(session, dict.fromkeys(changed, names))
    return write.changes


def _check_versions(found: Mapping[int, int], ids: Sequence[int], expected: int) -> None:
    for paper_id in ids:
        if paper_id not in found:
            raise LibraryError("This paper is no longer in the library; your change was not saved.")
        if found[paper_id] != expected:
            raise LibraryError(
                "This paper was changed elsewhere meanwhile; your change was not saved. "
                "Look at it again and repeat your change if it is still wanted."
            )


def _label(fields: Mapping[str, Columns], number: int) -> str:
    of = f" of {papers(number)}" if number > 1 else ""
    if len(fields) != 1:
        return f"Edit {len(fields)} fields{of}"
    ((field, columns),) = fields.items()
    if field == "status":
        return f"Mark {papers(number)} as {columns['status']}"
    if field == "starred":
        return f"{'Star' if columns['starred'] else 'Unstar'} {papers(number)}"
    if field == "rating":
        stars = columns["rating"]
        if not stars:
            return f"Clear rating of {papers(number)}"
        return f"Rate {papers(number)} {stars} star{'' if stars == 1 else 's'}"
    return f"Edit {WORDS.get(field, field)}{of}"


def trash(library: Library, ids: Sequence[int]) -> Changes:
    """Move papers to the trash; their citation keys stay theirs."""
    with library.writing(f"Move {papers(len(ids))} to the trash") as write:
        store.set_state(write.session, ids, "live", "trash")
    return write.changes


def restore(library: Library, ids: Sequence[int]) -> Changes:
    """Take papers out of the trash."""
    with library.writing(f"Restore {papers(len(ids))}") as write:
        store.set_state(write.session, ids, "trash", "live")
    return write.changes


def empty_trash(library: Library, report: Report = silent) -> Changes:
    """Delete the papers in the trash for good, with every trace in the history: this cannot be undone.

    Frozen citation keys stay reserved. `report` may cancel it, which leaves the trash as it was.
    """
    gone: set[int] = set()
    with library.writing("Empty the trash", journalled=False, report=report) as write:
        session = write.session
        ids = store.trashed(session)
        if ids:
            gone = store.purge(session, ids, lambda done, total: report(Progress(done, total, "Deleting")))
    if not gone:
        return write.changes
    parts = frozenset({"attachment", "paper", "paper_tag", "paper_collection", "sighting", "twin"})
    return replace(write.changes, parts=parts, ids=frozenset(gone), step=None)


def add_paper(library: Library, values: Mapping[str, object]) -> tuple[int, Changes]:
    """Add a paper that the person typed; the title is needed. Return its id and the change."""
    fields = {field: read(field, value) for field, value in {"title": "", **values}.items()}
    columns: Columns = {}
    for one in fields.values():
        columns |= one
    columns["origins"] = {field: 0 for field in fields if field not in PERSONAL}
    columns["added_at"] = datetime.now(UTC).isoformat(timespec="microseconds")
    with library.writing("Add paper") as write:
        session = write.session
        columns["citation_key"] = keys.propose(session, {"authors": (), "year": None, "fields": {}} | columns)
        paper_id = store.add(session, columns)
    return paper_id, write.changes
