"""Papers: one row per work; merged and trashed papers keep their row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base, Versioned


class PaperRecord(Versioned, Base):
    """One work. `state` is live, trash or merged (then `merged_into` names the paper that took it in).

    `origins` maps a field to the sighting id that gave it, 0 for the person, or -1 for words that stayed when
    no sighting told them any more; a field that is not in it came from the paper's first sighting.
    `year_inferred` holds until something states the year.
    """

    __tablename__ = "paper"
    __mapper_args__ = {"version_id_col": Versioned.version}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    title_sort: Mapped[str] = mapped_column(default="")
    abstract: Mapped[str] = mapped_column(default="")
    abstract_truncated: Mapped[bool] = mapped_column(default=False)
    authors: Mapped[list[Any]] = mapped_column(default=list)  # [[family, given], ...]
    authors_sort: Mapped[str] = mapped_column(default="")
    author_count: Mapped[int | None]
    organization: Mapped[str | None]
    organization_slug: Mapped[str | None]
    year: Mapped[int | None]
    month: Mapped[int | None]
    day: Mapped[int | None]
    date_sort: Mapped[int] = mapped_column(default=0)  # yyyymmdd, 0 when the year is unknown
    year_inferred: Mapped[bool] = mapped_column(default=False)
    year_evidence: Mapped[str] = mapped_column(default="")
    month_day: Mapped[str | None]
    comments: Mapped[int | None]
    upvotes: Mapped[int | None]
    arxiv_id: Mapped[str | None]
    doi: Mapped[str | None]
    venue: Mapped[str | None]
    urls: Mapped[list[Any]] = mapped_column(default=list)
    entry_type: Mapped[str] = mapped_column(default="misc")
    fields: Mapped[dict[str, Any]] = mapped_column(default=dict)
    citation_key: Mapped[str]
    key_frozen: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(default="unread")
    starred: Mapped[bool] = mapped_column(default=False)
    rating: Mapped[int] = mapped_column(default=0)  # 0 none, 1 to 5
    notes: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="live")
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    origins: Mapped[dict[str, Any]] = mapped_column(default=dict)
    added_at: Mapped[str]
    content_hash: Mapped[str] = mapped_column(default="")
    own_kind: Mapped[str] = mapped_column(default="", server_default="")  # of version: preprint, published or unknown

    __table_args__ = (
        # A key is unique among all papers that could come back, trash included.
        Index("uq_paper_citation_key", "citation_key", unique=True, sqlite_where=text("state != 'merged'")),
        Index(None, "state", "title_sort"),
        Index(None, "state", "date_sort"),
        Index(None, "state", "status"),
        # One index for each column that the table sorts by: rows are wide, and sorting them would read them all.
        Index(None, "state", "authors_sort", "author_count"),
        Index(None, "state", "comments"),
        Index(None, "state", "citation_key"),
        Index(None, "state", "starred"),
        Index(None, "state", "rating"),
        Index(None, "state", "year_inferred"),
        Index(None, "state", "own_kind"),
        Index(None, "added_at"),
        # Ids in order, without a look at the wide rows; and those of the few papers that a filter asks for.
        Index(None, "state"),
        Index("ix_paper_with_notes", "state", sqlite_where=text("notes != ''")),
        Index("ix_paper_without_abstract", "state", sqlite_where=text("abstract = ''")),
        Index("ix_paper_frozen", "state", sqlite_where=text("key_frozen")),
        # Deleting a paper looks for papers merged into it: without an index, through the whole table. Few papers
        # have these three, and the others need not be in the index.
        Index(None, "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
        Index(None, "arxiv_id", sqlite_where=text("arxiv_id IS NOT NULL")),
        Index(None, "doi", sqlite_where=text("doi IS NOT NULL")),
    )
