"""Sightings: one paper as one source shows it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class SightingRow(Base):
    """The place of one record in a source and the values it held; the raw text is in the source's chunks."""

    __tablename__ = "sighting"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"))
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    position: Mapped[int]  # the record's number in the source, from 1
    line_start: Mapped[int]
    line_abstract: Mapped[int | None]
    line_end: Mapped[int]
    values: Mapped[dict[str, Any]] = mapped_column(default=dict)  # the record's fields but title and abstract

    __table_args__ = (Index(None, "paper_id", "source_id"), Index(None, "source_id", "line_start"))
