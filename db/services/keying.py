"""Proposing citation keys for many papers at once, each unique in the library."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from db.domain.citekeys import KeyPattern, unique
from db.domain.records import Person
from db.store import imports, keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.services.matching import Draft
    from db.store.sessions import Session

REMEMBERED = 100_000
"""Keys that are remembered at most, but for one batch."""


class KeyRing:
    """The citation keys that are in use, looked up a batch at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._pattern = KeyPattern(keys.pattern(session))
        self._taken: set[str] = set()
        self._asked: set[str] = set()

    def propose(self, drafts: Sequence[Draft]) -> None:
        """Give each draft the key that the library's pattern makes of it; a key that still fits stays."""
        wanted = [(draft, self._base(draft)) for draft in drafts]
        wanted = [(draft, base) for draft, base in wanted if not _fits(draft.columns["citation_key"], base)]
        self._look_up({base for _draft, base in wanted})
        crowded = {base for _draft, base in wanted if base in self._taken}
        self._look_up({base + letter for base in crowded for letter in ascii_lowercase})
        for draft, base in wanted:
            key = unique(base, self._is_taken)
            self._taken.add(key)
            draft.columns["citation_key"] = key
            draft.changed.add("citation_key")

    def take(self, keys: Iterable[str]) -> None:
        """Note that keys are in use from now on; call it before each batch, for here old ones are forgotten.

        The library has them by now, so they are looked up there: a dump of any size needs the same memory.
        """
        if len(self._asked) > REMEMBERED:
            self._taken, self._asked = set(), set()
        self._taken.update(keys)

    def _base(self, draft: Draft) -> str:
        columns = draft.columns
        if draft.key_parts is not None:
            return self._pattern.put_together(draft.key_parts, columns["title"], columns["year"])
        authors = tuple(Person(*name) for name in columns["authors"])
        return self._pattern.propose(columns["title"], authors, columns["year"])

    def _look_up(self, keys: set[str]) -> None:
        fresh = keys - self._asked
        self._taken |= imports.used_keys(self._session, fresh)
        self._asked |= fresh

    def _is_taken(self, key: str) -> bool:
        if key not in self._taken and key not in self._asked:
            self._look_up({key})
        return key in self._taken


def _fits(key: str, base: str) -> bool:
    """Tell whether a key is `base`, with or without the letters that make it unique."""
    rest = key.removeprefix(base) if key.startswith(base) else "-"
    return rest == "" or (rest.isalpha() and rest.islower() and len(rest) <= 2)
