"""The highest ids that rows ever had."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class LastId(Base):
    """The highest id that a row of a table ever had; not journalled, so that no undo lets an id come again."""

    __tablename__ = "last_id"

    table_name: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[int]
