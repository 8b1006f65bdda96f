"""Tags and which paper has them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base, Versioned


class TagRow(Versioned, Base):
    """A label; `colour` is an index into the eight tag colours, `digit` its number key (1 to 9).

    Names are unique without regard to case. A digit is one tag's at most, which is seen to where it is given: a
    unique index would stand in the way of undo, which puts rows back one by one.
    """

    __tablename__ = "tag"
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)  # casefolded
    colour: Mapped[int] = mapped_column(default=0)
    digit: Mapped[int | None]


class PaperTag(Base):
    """A paper has a tag."""

    __tablename__ = "paper_tag"

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)

    # Both columns, so that counting the papers of a tag reads no row.
    __table_args__ = (Index(None, "tag_id", "paper_id"),)


class TagRefusal(Base):
    """A tag that a person does not want offered for a paper again."""

    __tablename__ = "tag_refusal"

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index(None, "tag_id"),)
