"""Live .bib files: which papers a file of a LaTeX project follows, and which entries of it are Sheaf's."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class LiveFileRow(Base):
    """A file and what it follows: `kind` collection, search or cited, `value` its id, text or keys.

    Never journalled, nor are the entries: they say what stands in a file on the disk, and no undo changes that.
    A collection is named by its id without a foreign key: one that is deleted may come back by an undo, and a file
    that lost it is left as it is. `name` tells the collection from a later one that got its id.
    """

    __tablename__ = "live_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    path: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    value: Mapped[str]
    name: Mapped[str]
    options: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(default="pending")  # written, pending, failed
    reason: Mapped[str] = mapped_column(default="")
    written_at: Mapped[str | None]  # ISO 8601 in UTC, None before the first time
    questions: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(default="")  # of the bytes in which all of Sheaf's entries stood as written


class LiveEntryRow(Base):
    """An entry that Sheaf wrote: its key, paper, and the marks of its texts, the newest first, with blanks between.

    It outlives its paper, or nobody would know that the entry has to go; so there is no foreign key. `left`: the
    person sees to the entry of this key herself.
    """

    __tablename__ = "live_entry"

    file_id: Mapped[int] = mapped_column(ForeignKey("live_file.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    paper_id: Mapped[int]
    marks: Mapped[str] = mapped_column(default="")
    left: Mapped[bool] = mapped_column(default=False)
