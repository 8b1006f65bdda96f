"""Which citation keys are in use, whatever their case: BibTeX takes two that differ in case alone for one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy.orm import Session

_ASKED = "IN (SELECT value FROM json_each(?1))"
# All states are named, as the index over the keys begins with the state.
_TAKEN = (
    f"SELECT lower(citation_key) FROM paper WHERE state IN ('live', 'trash') AND lower(citation_key) {_ASKED} "
    f"UNION ALL SELECT lower(key) FROM key_alias WHERE lower(key) {_ASKED} "
    f"UNION ALL SELECT lower(key) FROM frozen_key WHERE lower(key) {_ASKED}"
)
_ALL = (
    "SELECT lower(citation_key) FROM paper WHERE state IN ('live', 'trash') "
    "UNION SELECT lower(key) FROM key_alias UNION SELECT lower(key) FROM frozen_key"
)
_SMALL = (
    f"SELECT citation_key FROM paper WHERE state IN ('live', 'trash', 'merged') AND citation_key {_ASKED} "
    f"UNION ALL SELECT key FROM key_alias WHERE key {_ASKED} UNION ALL SELECT key FROM frozen_key WHERE key {_ASKED} "
    f"UNION ALL SELECT key FROM temp.mixed_key WHERE key {_ASKED}"
)
_MIXED = (
    "INSERT OR IGNORE INTO temp.mixed_key "
    "SELECT lower(citation_key) FROM paper WHERE state IN ('live', 'trash', 'merged') "
    "AND citation_key <> lower(citation_key) "
    "UNION SELECT lower(key) FROM key_alias WHERE key <> lower(key) "
    "UNION SELECT lower(key) FROM frozen_key WHERE key <> lower(key)"
)


def taken(session: Session, keys: Collection[str]) -> set[str]:
    """Return those of the keys, all in small letters, that are in use; looks through all keys of the library once."""
    return _listed(session, _TAKEN, keys)


def all_taken(session: Session) -> set[str]:
    """Return all keys that are in use, in small letters."""
    return set(session.connection().exec_driver_sql(_ALL).scalars())


def _listed(session: Session, sql: str, keys: Collection[str]) -> set[str]:
    return {key for (key,) in session.connection().exec_driver_sql(sql, (json.dumps(list(keys)),))} if keys else set()


class UsedKeys:
    """Answers for an import of any size which keys are in use: by the index, with a table for those with capitals.

    The table is a temporary one of the writer's connection, and goes with a transaction that is rolled back.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._ready = False

    def among(self, keys: Collection[str]) -> set[str]:
        """Return those of the keys, all in small letters, that are in use."""
        if not self._ready:
            self._prepare()
        return _listed(self._session, _SMALL, keys)

    def note(self, keys: Iterable[str]) -> None:
        """Note keys that papers are about to get."""
        mixed = [(small,) for key in keys if (small := key.lower()) != key]
        if mixed:
            if not self._ready:
                self._prepare()
            run = self._session.connection().exec_driver_sql
            run("INSERT OR IGNORE INTO temp.mixed_key VALUES (?)", mixed)

    def _prepare(self) -> None:
        run = self._session.connection().exec_driver_sql
        run("DROP TABLE IF EXISTS temp.mixed_key")
        run("CREATE TEMP TABLE mixed_key (key TEXT PRIMARY KEY) WITHOUT ROWID")
        run(_MIXED)
        self._ready = True
