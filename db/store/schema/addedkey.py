"""Citation keys that a person added to papers beside the keys that these have."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class AddedKey(Base):
    """A key that leads to a paper because a person said so; journalled, so undo takes it back.

    Once it has left the library it is a `frozen_key` as well, and stays that.
    """

    __tablename__ = "added_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"))

    __table_args__ = (Index(None, "paper_id"),)
