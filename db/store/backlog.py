"""New papers of an import on their way into the index, which takes many at once far faster than few."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from db.domain.duplicates import blocking_keys
from db.store.index import BLOCKED, ROOM, people, search_among

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session


class Backlog:
    """Papers that were just inserted and have nothing beside them yet.

    Their blocking keys are stored at once, the search index follows by the thousand. Papers that are never
    settled here stay noted as dirty, and `index.refresh` finds them.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: dict[int, tuple[Any, ...]] = {}

    def add(self, papers: Sequence[Mapping[str, Any]], keys: Mapping[int, Iterable[int]]) -> None:
        """Take papers in, with the blocking keys that are known of them."""
        blocks = []
        for paper in papers:
            number, title, abstract = paper["id"], paper["title"], paper["abstract"]
            blocks += [(key, number) for key in keys.get(number) or blocking_keys(title, abstract)]
            names = people(paper["authors"], paper["organization"])
            self._waiting[number] = (number, title, abstract, paper["notes"], names, paper["citation_key"])
        if blocks:
            self._run(BLOCKED, sorted(blocks))

    def drop(self, ids: Iterable[int]) -> None:
        """Leave papers that changed, or were rolled back, to `index.refresh`."""
        for number in ids:
            self._waiting.pop(number, None)

    @property
    def is_full(self) -> bool:
        """Tell whether it is time to settle."""
        return len(self._waiting) >= ROOM

    def settle(self, tick: Callable[[], None]) -> None:
        """Put the papers that wait into the search index; `tick` is called every now and then."""
        search_among(self._session, list(self._waiting.values()), tick)
        if self._waiting:
            ids = (json.dumps(list(self._waiting)),)
            self._run("DELETE FROM dirty WHERE paper_id IN (SELECT value FROM json_each(?))", ids)
        self._waiting = {}

    def _run(self, sql: str, rows: Any) -> None:
        self._session.connection().exec_driver_sql(sql, rows)
