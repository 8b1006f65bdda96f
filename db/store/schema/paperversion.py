"""Versions of papers: a preprint and what was published, where both are known or the person told them apart."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base, Versioned


class PaperVersionRow(Versioned, Base):
    """One version of one paper, see `db.domain.records.Version`. A paper without any is known in one version.

    `sightings` are ids, `typed` names of fields. `rule` is the same in all versions of a paper, empty for that of the
    library.
    """

    __tablename__ = "paper_version"
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id", ondelete="CASCADE"))
    kind: Mapped[str]  # preprint, published
    title: Mapped[str] = mapped_column(default="")
    authors: Mapped[list[Any]] = mapped_column(default=list)  # [[family, given], ...]
    author_count: Mapped[int | None]
    arxiv_id: Mapped[str | None]
    arxiv_version: Mapped[int | None]
    doi: Mapped[str | None]
    urls: Mapped[list[Any]] = mapped_column(default=list)
    venue: Mapped[str | None]
    year: Mapped[int | None]
    month: Mapped[int | None]
    day: Mapped[int | None]
    year_inferred: Mapped[bool] = mapped_column(default=False)
    year_evidence: Mapped[str] = mapped_column(default="")
    entry_type: Mapped[str] = mapped_column(default="misc")
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    sightings: Mapped[list[Any]] = mapped_column(default=list)
    typed: Mapped[list[Any]] = mapped_column(default=list)
    is_read: Mapped[bool] = mapped_column(default=False)
    rule: Mapped[str] = mapped_column(default="")
    removed: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        # Holds all that the mark in the table and the filters ask for.
        Index(None, "paper_id", "kind", "removed"),
        Index(None, "arxiv_id", sqlite_where=text("arxiv_id IS NOT NULL")),
        Index(None, "doi", sqlite_where=text("doi IS NOT NULL")),
    )
