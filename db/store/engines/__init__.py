"""What the engines do each in its own way; all else is SQL that both understand, see `spoken`."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Generator, Hashable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from typing import Any

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.engine.interfaces import DBAPICursor
    from sqlalchemy.orm import Session


class Engine(Protocol):
    """What a module of an engine offers."""

    def image(self, table: Table, row: str) -> str:
        """Return the SQL expression of a whole row as JSON text."""

    def triggers(self) -> Sequence[str]:
        """Return the triggers that keep the journal and the list of papers to index anew, as SQL."""

    def drop_triggers(self, session: Session) -> None:
        """Drop the triggers that this or another version made."""

    def inserts_unnoted(self, session: Session) -> AbstractContextManager[None]:
        """Let the triggers on inserted papers and sightings note nothing inside."""

    def defer_foreign_keys(self, session: Session) -> None:
        """Check foreign keys at the end of the transaction only."""

    def search_among(self, session: Session, rows: Sequence[tuple[Any, ...]]) -> None:
        """Put papers, (id, title, abstract, notes, authors, key), into the search index."""

    def held(self, session: Session, low: int, high: int) -> Mapping[int, Any]:
        """Return what the search index holds of changed papers from `low` to `high`, to compare `as_held` with."""

    def as_held(self, row: tuple[Any, ...]) -> Any:
        """Return what `held` says of a paper that is in the search index with this row."""

    def best(self, session: Session, words: str, most: int) -> tuple[str, list[Any]]:
        """Return the statement for the papers that fit an FTS5 expression, best first, of more than `most` some."""

    def empty_search(self, session: Session) -> None:
        """Empty the search index."""

    def json_text(self, document: Any, path: str) -> ColumnElement[str]:
        """Return the text at a path of a JSON column."""

    def stopping(self, session: Session) -> AbstractContextManager[Callable[[], None]]:
        """Give what ends the statement that a session runs, from any thread and without waiting."""

    def ids(
        self, session: Session, sql: str, values: Iterable[object] = (), *, is_long: bool, begins: bool = False
    ) -> Generator[array[int]]:
        """Yield the ids that a statement finds; of a long answer that `begins` with few rows, those come first."""

    def groups(
        self, session: Session, sql: str, values: Iterable[object] = (), *, is_long: bool
    ) -> Iterator[tuple[Hashable, array[int]]]:
        """Yield each `value` that a statement finds once, with the `id`s that it finds beside it."""

    def cursor(self, session: Session, sql: str, values: Iterable[object] = (), *, is_long: bool) -> DBAPICursor:
        """Run a statement past SQLAlchemy; of a long answer the first rows are there before the last."""

    def damage(self, session: Session) -> Iterator[tuple[str, int | None]]:
        """Yield what the engine's own checks find, with the row."""


def of(session: Session) -> Engine:
    """Return the engine of a session."""
    return cast("Engine", importlib.import_module(f"{__name__}.{session.get_bind().dialect.name}"))
