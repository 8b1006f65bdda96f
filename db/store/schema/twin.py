"""Twins: pairs that wait for a person, and what people decided, remembered for ever."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class TwinRow(Base):
    """A pair of papers with low_id < high_id. `decision` is open, later, different or merged."""

    __tablename__ = "twin"

    id: Mapped[int] = mapped_column(primary_key=True)
    low_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"))
    high_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"))
    verdict: Mapped[str]  # same, maybe
    score: Mapped[float]
    why: Mapped[list[Any]] = mapped_column(default=list)
    decision: Mapped[str] = mapped_column(default="open")
    decided_at: Mapped[str | None]

    __table_args__ = (
        Index("uq_twin_low_id_high_id", "low_id", "high_id", unique=True),
        Index(None, "high_id"),
        Index(None, "decision"),
    )
