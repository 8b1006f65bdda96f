"""Collections, nested, and which paper is in them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base, Versioned


class CollectionRow(Versioned, Base):
    """A named bundle of papers, perhaps inside another."""

    __tablename__ = "collection"
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"))


class PaperCollection(Base):
    """A paper is in a collection."""

    __tablename__ = "paper_collection"

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"), primary_key=True)
    collection_id: Mapped[int] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index(None, "collection_id"),)
