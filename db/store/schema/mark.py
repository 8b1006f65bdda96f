"""Marks: lines of a source that a person read for the program."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class MarkRow(Base):
    """One line (from 1) of a source that a person called a title, part of an abstract, or to be ignored."""

    __tablename__ = "mark"

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # title, abstract, ignore
