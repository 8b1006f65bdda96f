"""Blocking keys: papers that share one are compared as possible twins."""

from __future__ import annotations

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class Block(Base):
    """One blocking key (a signed 64-bit hash) of one paper; rebuilt from the paper, not journalled."""

    __tablename__ = "block"

    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index(None, "paper_id"), {"sqlite_with_rowid": False})
