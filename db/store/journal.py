"""Steps of the journal: opening and closing one, and what it changed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, insert, select, text, update

from db.domain.records import Step
from db.store import frozen
from db.store.schema import ChangeRow, JournalState, StepRow

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MANY = 10_000
"""Above so many papers a change is announced as touching many, without their ids."""

LONG = 20 * MANY
"""Rows of a step above which its papers are not counted: a server would go through all of them first."""

# Sightings, files, added keys, versions and twins are about papers, too; what a step deleted or moved, its image tells.
TOUCHED = """
SELECT json_extract(row_key, '$[0]') AS id FROM change
 WHERE step_id = :step AND table_name IN ('paper', 'paper_tag', 'paper_collection')
UNION SELECT s.paper_id FROM change c JOIN sighting s ON s.id = json_extract(c.row_key, '$[0]')
 WHERE c.step_id = :step AND c.table_name = 'sighting'
UNION SELECT a.paper_id FROM change c JOIN attachment a ON a.id = json_extract(c.row_key, '$[0]')
 WHERE c.step_id = :step AND c.table_name = 'attachment'
UNION SELECT k.paper_id FROM change c JOIN added_key k ON k.id = json_extract(c.row_key, '$[0]')
 WHERE c.step_id = :step AND c.table_name = 'added_key'
UNION SELECT t.low_id FROM change c JOIN twin t ON t.id = json_extract(c.row_key, '$[0]')
 WHERE c.step_id = :step AND c.table_name = 'twin'
UNION SELECT t.high_id FROM change c JOIN twin t ON t.id = json_extract(c.row_key, '$[0]')
 WHERE c.step_id = :step AND c.table_name = 'twin'
UNION SELECT CAST(i.value AS INTEGER) FROM change c JOIN json_each(coalesce(c.before, c.after)) i
    ON i.key IN ('paper_id', 'low_id', 'high_id')
 WHERE c.step_id = :step AND c.table_name IN ('sighting', 'attachment', 'added_key', 'paper_version', 'twin')
LIMIT :limit
"""


def now() -> str:
    """Return the time as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def begin(session: Session, label: str) -> int:
    """Open a step; from now on the triggers write under it."""
    # Explicit, as ids of dropped steps must not be used again while views may still hold them.
    step = (session.scalar(select(func.max(StepRow.id))) or 0) + 1
    session.execute(insert(StepRow).values(id=step, label=label, at=now(), undone=False))
    session.execute(update(JournalState).values(step_id=step))
    return step


def pause(session: Session) -> None:
    """Let the triggers write nothing from here on."""
    session.flush()
    session.execute(update(JournalState).values(step_id=None))


def close(session: Session, step: int) -> bool:
    """Close a step; one without changes leaves no trace. Return whether there were any."""
    pause(session)
    if session.scalar(select(ChangeRow.id).where(ChangeRow.step_id == step).limit(1)) is None:
        session.execute(delete(StepRow).where(StepRow.id == step))
        return False
    drop_undone(session, step)
    return True


def drop_undone(session: Session, before: int) -> None:
    """Forget the undone steps: after a new change there is nothing to redo."""
    gone = select(StepRow.id).where(StepRow.undone, StepRow.id < before)
    if session.scalar(gone.limit(1)) is None:
        return
    # No object stands for a change, so SQLAlchemy need not be told which went: there may be a million.
    forgotten = delete(ChangeRow).where(ChangeRow.step_id.in_(gone))
    session.execute(forgotten, execution_options={"synchronize_session": False})
    session.execute(delete(StepRow).where(StepRow.undone, StepRow.id < before))
    frozen.forget_lost(session)


def touched(session: Session, step: int) -> tuple[frozenset[str], frozenset[int] | None]:
    """Return the tables that a step changed and the ids of its papers, None when they are many."""
    tables = select(ChangeRow.table_name).where(ChangeRow.step_id == step).distinct()
    parts = frozenset(session.scalars(tables))
    some = select(ChangeRow.id).where(ChangeRow.step_id == step).limit(LONG + 1).subquery()
    if session.scalars(select(func.count()).select_from(some)).one() > LONG:
        return parts, None
    rows = session.execute(text(TOUCHED), {"step": step, "limit": MANY + 1}).scalars().all()
    ids = None if len(rows) > MANY else frozenset(int(one) for one in rows)
    return parts, ids


def exists(session: Session, step: int) -> bool:
    """Tell whether the history has a step."""
    return session.get(StepRow, step) is not None


def steps(session: Session, limit: int) -> list[Step]:
    """Return the steps, newest first."""
    rows = session.scalars(select(StepRow).order_by(StepRow.id.desc()).limit(limit))
    return [Step(row.id, row.label, row.at, row.undone) for row in rows]
