"""The journal: labelled steps and the row images under them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class StepRow(Base):
    """One use case that changed something; `undone` steps wait for a redo."""

    __tablename__ = "step"

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    at: Mapped[str]
    undone: Mapped[bool] = mapped_column(default=False)


class ChangeRow(Base):
    """The image of one row before and after (JSON text), written by triggers.

    An inserted row has no image until it is undone: its `after` is taken when the undo deletes it,
    so that an import does not write everything twice.
    """

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("step.id", ondelete="CASCADE"))
    table_name: Mapped[str]
    row_key: Mapped[str]  # JSON list of the primary key's values
    before: Mapped[str | None]
    after: Mapped[str | None]

    __table_args__ = (Index(None, "step_id"),)


class JournalState(Base):
    """One row: the step that triggers write under, or NULL while nothing is journalled."""

    __tablename__ = "journal_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int | None]
