"""Merges: what each member was, so that a merged paper can be taken apart at any later time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class MergeRow(Base):
    """One merge that stands. The papers that went into `paper_id` keep their rows, tags, collections and files.

    So only what the kept paper was needs to be noted: `before` holds its columns (fields, origins, key), `after` those
    that the merge changed; `sources` names for each field the paper whose value won, `own` the tags, collections,
    files and sightings that it had itself, `twins` the pairs that the merge touched, as they were and as it left them.
    """

    __tablename__ = "merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"))
    at: Mapped[str]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    sources: Mapped[dict[str, Any]]
    own: Mapped[dict[str, Any]]
    twins: Mapped[dict[str, Any]]
    versions: Mapped[dict[str, Any]] = mapped_column(server_default="{}")  # what happened to those of the members

    __table_args__ = (Index(None, "paper_id"),)


class MergeMember(Base):
    """A paper that went into another by a merge, and its state (live, trash) before."""

    __tablename__ = "merge_member"

    merge_id: Mapped[int] = mapped_column(ForeignKey("merge.id", ondelete="CASCADE"), primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str]

    __table_args__ = (Index(None, "paper_id"),)


class MergeSighting(Base):
    """A sighting that a merge moved, and the member that it came from."""

    __tablename__ = "merge_sighting"

    merge_id: Mapped[int] = mapped_column(ForeignKey("merge.id", ondelete="CASCADE"), primary_key=True)
    sighting_id: Mapped[int] = mapped_column(ForeignKey("sighting.id", ondelete="CASCADE"), primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"))

    __table_args__ = (Index(None, "sighting_id"), Index(None, "paper_id"))
