"""Frozen keys whose papers are gone: a source that brings such a work again gets its keys back.

An undone import, an emptied trash or a restored backup takes papers away, but no document that cites them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.names import normal_title
from db.services.givenkeys import Wish
from db.store import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.services.matching import Draft
    from db.store.sessions import Session

WORDS = 3
"""Titles of fewer words are shared by too many works."""


class LostKeys:
    """Knows the lost keys by the titles of their papers."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._keys: dict[str, list[str]] | None = None

    def wishes(self, drafts: Iterable[Draft]) -> list[Wish]:
        """Return the keys that new papers should have again, the one that was frozen last first."""
        if self._keys is None:
            self._keys = self._read()
        if not self._keys:
            return []
        found: list[Wish] = []
        for draft in drafts:
            keys = self._keys.pop(normal_title(draft.columns["title"]), ())
            found += [Wish(draft, key, 0) for key in reversed(keys)]
        return found

    def _read(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for key, title in frozen.lost(self._session):
            normal = normal_title(title)
            if len(normal.split()) >= WORDS:
                found.setdefault(normal, []).append(key)
        return found
