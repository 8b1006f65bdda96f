"""Settings that belong to the library, not to the machine: the key pattern above all."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from db.store.schema.base import Base


class Setting(Base):
    """One named value."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
