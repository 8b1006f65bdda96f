"""Searches that are kept under a name, nested in one another and in collections."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base, Versioned


class SavedSearchRow(Versioned, Base):
    """A search (`kind` search, with its text), or a group of any or all of those inside it.

    It stands inside another one, inside a collection, or neither. Names are unique, which is seen to where they are
    given: a unique index would stand in the way of undo, which puts rows back one by one.
    """

    __tablename__ = "saved_search"
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="search")
    text: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("saved_search.id", ondelete="CASCADE"))
    collection_id: Mapped[int | None] = mapped_column(ForeignKey("collection.id", ondelete="CASCADE"))
