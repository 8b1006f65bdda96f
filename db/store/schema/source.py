"""Sources: imported files with their whole text, kept for ever."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class SourceRow(Base):
    """One imported file, paste or lookup. `sha256` is of the bytes as they were dropped."""

    __tablename__ = "source"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # dump, paste
    name: Mapped[str]
    path: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(unique=True)
    bytes: Mapped[int] = mapped_column(default=0)
    format: Mapped[str] = mapped_column(default="")
    dialect: Mapped[str] = mapped_column(default="")
    encoding: Mapped[str] = mapped_column(default="")
    imported_at: Mapped[str]
    lines: Mapped[int] = mapped_column(default=0)
    records: Mapped[int] = mapped_column(default=0)
    record_lines: Mapped[int] = mapped_column(default=0)
    furniture_lines: Mapped[int] = mapped_column(default=0)
    blank_lines: Mapped[int] = mapped_column(default=0)
    issue_lines: Mapped[int] = mapped_column(default=0)
    render_year: Mapped[int | None]
    render_year_evidence: Mapped[str] = mapped_column(default="")
    year_override: Mapped[int | None]
    search: Mapped[str] = mapped_column(default="", server_default="")  # what the page was searched for
    reader: Mapped[int] = mapped_column(default=0, server_default="0")  # version of the reader that read it


class SourceChunk(Base):
    """A run of a source's lines, zlib-compressed UTF-8 joined by newlines; not journalled, never edited.

    The chunk of line 0, if there is one, holds what the lines leave out of their file.
    """

    __tablename__ = "source_chunk"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_sha256: Mapped[str]
    line_start: Mapped[int]
    line_end: Mapped[int]
    data: Mapped[bytes]

    __table_args__ = (Index(None, "source_sha256", "line_start"),)
