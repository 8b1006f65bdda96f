"""Proposing citation keys for many papers at once, each unique in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.citekeys import KeySpace, fits
from db.store.keyworks import Naming, rule_of
from db.store.usedkeys import UsedKeys

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.services.matching import Draft
    from db.store.sessions import Session

REMEMBERED = 100_000
"""Keys that are remembered at most, but for one batch."""


class KeyRing:
    """The citation keys that are in use, looked up a batch at a time."""

    def __init__(self, session: Session) -> None:
        self._naming = Naming(session, rule_of(session))
        self._used = UsedKeys(session)
        self._space = KeySpace(self._used.among)

    @property
    def columns(self) -> frozenset[str]:
        """The columns of a paper that its key is made of."""
        return self._naming.columns

    def propose(self, drafts: Sequence[Draft]) -> None:
        """Give each draft the key that the library's pattern makes of it; a key that still fits stays."""
        wanted = [(draft, self._naming.key(draft.columns, draft.key_parts)) for draft in drafts]
        wanted = [(draft, base) for draft, base in wanted if not fits(draft.columns["citation_key"], base)]
        self._space.look_up(base for _draft, base in wanted)
        for draft, base in wanted:
            key = self._space.unique(base)
            self._space.give(key)
            draft.columns["citation_key"] = key
            draft.changed.add("citation_key")
        self._used.note(draft.columns["citation_key"] for draft, _base in wanted)

    def take(self, keys: Iterable[str]) -> None:
        """Note that keys are in use from now on; call it before each batch, for here old ones are forgotten.

        The library has them by now, so they are looked up there: a dump of any size needs the same memory.
        """
        self._space.forget(REMEMBERED)
        held = list(keys)
        self._used.note(held)
        for key in held:
            self._space.give(key)
