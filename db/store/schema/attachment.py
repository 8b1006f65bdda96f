"""Attachments: files that belong to a paper."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class AttachmentRow(Base):
    """One file of one paper; `path` is as the source gave it: a relative one is seen from the source's folder."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"))
    path: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    mime: Mapped[str] = mapped_column(default="")

    __table_args__ = (Index(None, "paper_id"),)
