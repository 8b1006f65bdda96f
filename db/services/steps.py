"""What a write does beside its own work: it begins and closes a step of the history, and keeps the index up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.services.changes import Changes
from db.services.progress import Progress, Report
from db.store import ids, index, journal

if TYPE_CHECKING:
    from db.store.sessions import Session

INDEXING = "Bringing the search index up to date"


def begin(session: Session, label: str) -> int:
    """Begin a step of the history; return its number."""
    return journal.begin(session, label)


def finish(session: Session, label: str, step: int | None, report: Report) -> tuple[Changes, int | None]:
    """Bring the index up to date, note which ids were used, and close the step, if any.

    Returns what has changed, and the step again unless nothing has.
    """
    journal.pause(session)
    indexed = index.refresh(session, lambda done, total: report(Progress(done, total, INDEXING)))
    ids.note(session)
    if step is None:
        parts = frozenset({"paper"}) if indexed else frozenset()
        return Changes(label, parts, None if indexed else frozenset()), None
    if journal.close(session, step):
        parts, touched = journal.touched(session, step)
        return Changes(label, parts, touched, step), step
    return Changes(label), None
