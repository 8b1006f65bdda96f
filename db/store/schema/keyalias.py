"""Citation keys that a paper had before: old LaTeX documents still find it."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class KeyAlias(Base):
    """A key that leads to a paper beside its own: one that it gave up, by hand or in a merge, or that was added to it.

    Derived from `frozen_key` and `added_key` after each change.
    """

    __tablename__ = "key_alias"

    key: Mapped[str] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"))

    __table_args__ = (Index(None, "paper_id"),)
