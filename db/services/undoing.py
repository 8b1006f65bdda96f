"""Undo, redo and the history, which survive a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.services.changes import Changes
from db.services.progress import silent
from db.store import addedkeys, journal, replay

if TYPE_CHECKING:
    from db.domain.records import Step
    from db.services.library import Library
    from db.services.progress import Report
    from db.store.sessions import Session

STAYS = "it was exported meanwhile and still leads to the paper"


def undo(library: Library, report: Report = silent) -> Changes:
    """Take back the newest step that stands, and say what of it stays; nothing to undo is no change."""
    return _one(library, report, undone=False)


def redo(library: Library, report: Report = silent) -> Changes:
    """Do the step that was undone last once more; nothing to redo is no change."""
    return _one(library, report, undone=True)


def undo_to(library: Library, step_id: int, report: Report = silent) -> Changes:
    """Make `step_id` the newest step that stands (0: none), undoing or redoing what lies between.

    Raises LibraryError when the history has no such step.
    """
    with library.writing("Go back in history", journalled=False, report=report) as write:
        session = write.session
        if step_id and not journal.exists(session, step_id):
            raise LibraryError("That point of the history is gone: a newer change has replaced it.")
        parts: frozenset[str] = frozenset()
        ids: frozenset[int] | None = frozenset()
        while (step := _towards(session, step_id)) is not None:
            parts, ids = _joined((parts, ids), step)
    return Changes("Go back in history", parts, ids)


def history(library: Library, limit: int = 500) -> list[Step]:
    """Return the steps, newest first."""
    with library.reading() as session:
        return journal.steps(session, limit)


def next_labels(library: Library) -> tuple[str | None, str | None]:
    """Return the labels of what undo and redo would do, None for nothing."""
    with library.reading() as session:
        found = [replay.next_step(session, undone=undone) for undone in (False, True)]
    back, again = (None if step is None else step.label for step in found)
    return back, again


def _one(library: Library, report: Report, *, undone: bool) -> Changes:
    with library.reading() as session:
        found = replay.next_step(session, undone=undone)
    if found is None:
        return Changes("")
    with library.writing(found.label, journalled=False, report=report) as write:
        step = replay.next_step(write.session, undone=undone)
        if step is None:
            return Changes("")
        parts, ids = _replay(write.session, step.id, undone=undone)
        stays = not undone and addedkeys.stays(write.session, step.id)
    return Changes(f"{step.label}; {STAYS}" if stays else step.label, parts, ids, step.id)


Touched = tuple[frozenset[str], frozenset[int] | None]


def _replay(session: Session, step: int, *, undone: bool) -> Touched:
    # Rows that the replay deletes can be looked up before, rows that it brings back only after.
    before = journal.touched(session, step)
    (replay.redo if undone else replay.undo)(session, step)
    return _joined(before, journal.touched(session, step))


def _towards(session: Session, goal: int) -> Touched | None:
    done = replay.next_step(session, undone=False)
    if done is not None and done.id > goal:
        return _replay(session, done.id, undone=False)
    again = replay.next_step(session, undone=True)
    if again is not None and again.id <= goal:
        return _replay(session, again.id, undone=True)
    return None


def _joined(one: Touched, other: Touched) -> Touched:
    ids = None if one[1] is None or other[1] is None else one[1] | other[1]
    return one[0] | other[0], ids
