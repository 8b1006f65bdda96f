"""Citation keys that are given for ever: a LaTeX document somewhere may hold them."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class FrozenKey(Base):
    """A key that was exported, cited, or given up after it was pinned, with the paper it stands for.

    Never journalled, so that no undo takes a key back that a document cites, and without a foreign key:
    a key stays reserved when its paper is gone (`paper_id` is then None, unless a redo can bring it back). The
    `title` is that of the paper when the key was frozen: a source that brings the work again gets the key back.
    """

    __tablename__ = "frozen_key"

    id: Mapped[int] = mapped_column(primary_key=True)  # in the order of freezing
    key: Mapped[str] = mapped_column(unique=True)
    paper_id: Mapped[int | None]
    title: Mapped[str] = mapped_column(default="", server_default="")

    __table_args__ = (Index(None, "paper_id"),)
