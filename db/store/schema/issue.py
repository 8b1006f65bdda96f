"""Issues: lines or records of a source that need a look."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class IssueRow(Base):
    """One line or record that was not understood, with its text and the reason in words."""

    __tablename__ = "issue"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    line: Mapped[int]
    text: Mapped[str]
    why: Mapped[str]

    __table_args__ = (Index(None, "source_id", "line"),)
