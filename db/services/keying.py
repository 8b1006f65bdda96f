"""Proposing citation keys for many papers at once, each unique in the library."""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from db.domain.citekeys import fits, unique
from db.store.keyworks import Naming, rule_of
from db.store.usedkeys import UsedKeys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.services.matching import Draft
    from db.store.sessions import Session

REMEMBERED = 100_000
"""Keys that are remembered at most, but for one batch."""


class KeyRing:
    """The citation keys that are in use, in small letters, looked up a batch at a time."""

    def __init__(self, session: Session) -> None:
        self._naming = Naming(session, rule_of(session))
        self._used = UsedKeys(session)
        self._taken: set[str] = set()
        self._asked: set[str] = set()

    @property
    def columns(self) -> frozenset[str]:
        """The columns of a paper that its key is made of."""
        return self._naming.columns

    def propose(self, drafts: Sequence[Draft]) -> None:
        """Give each draft the key that the library's pattern makes of it; a key that still fits stays."""
        wanted = [(draft, self._naming.key(draft.columns, draft.key_parts)) for draft in drafts]
        wanted = [(draft, base) for draft, base in wanted if not fits(draft.columns["citation_key"], base)]
        bases = {base.lower() for _draft, base in wanted}
        self._look_up(bases)
        self._look_up({base + letter for base in bases & self._taken for letter in ascii_lowercase})
        for draft, base in wanted:
            key = unique(base, self._is_taken)
            self._taken.add(key.lower())
            draft.columns["citation_key"] = key
            draft.changed.add("citation_key")
        self._used.note(draft.columns["citation_key"] for draft, _base in wanted)

    def take(self, keys: Iterable[str]) -> None:
        """Note that keys are in use from now on; call it before each batch, for here old ones are forgotten.

        The library has them by now, so they are looked up there: a dump of any size needs the same memory.
        """
        if len(self._asked) > REMEMBERED:
            self._taken, self._asked = set(), set()
        held = list(keys)
        self._used.note(held)
        self._taken.update(key.lower() for key in held)

    def _look_up(self, keys: set[str]) -> None:
        fresh = keys - self._asked
        self._taken |= self._used.among(fresh)
        self._asked |= fresh

    def _is_taken(self, key: str) -> bool:
        key = key.lower()
        if key not in self._taken and key not in self._asked:
            self._look_up({key})
        return key in self._taken
