"""The declarative base: naming convention and the columns that editable tables share."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class JsonText(TypeDecorator[Any]):
    """JSON that is kept as text, to the letter, as SQLite does it."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Any) -> str:
        """Return the text that is stored."""
        return json.dumps(value)

    def process_result_value(self, value: Any, _dialect: Any) -> Any:
        """Return what a text says."""
        return None if value is None else json.loads(value)


# PostgreSQL sorts and folds texts as SQLite does, byte by byte, whatever the language of its server.
TEXT = String().with_variant(String(collation="C"), "postgresql")
NUMBER = Integer().with_variant(BigInteger(), "postgresql")
STORED = JSON().with_variant(JsonText(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """All tables of the library."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {dict[str, Any]: STORED, list[Any]: STORED, str: TEXT, int: NUMBER}  # noqa: RUF012 - SQLAlchemy's protocol


class Versioned:
    """An editable row: a lost update is refused by comparing `version`."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")
