"""The columns of a library that facets count, read once and kept in step by being told of changes."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

from db.store import facets as store

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Hashable, Iterable

    from db.domain.facets import Column
    from db.services.changes import Changes
    from db.store.sessions import Session

    Tick = Callable[[], None]
    Counts = dict[Hashable, int]
    Counted = tuple[str, str, array[int] | None]

WHOLLY = {"tag": "tag", "dump": "source sighting", "mark": "attachment"}
"""Tables after whose change a column is read anew, as ids of papers do not tell all of it; that is soon done."""
PARTS = {what: frozenset(parts.split()) for what, parts in store.PARTS.items()}


class Shelf:
    """Columns by field. Asked from several threads; what `note` is told takes effect with the next question."""

    def __init__(self) -> None:
        self._columns: dict[str, Column] = {}
        self._stale: dict[str, set[int]] = {}
        self._turns = dict.fromkeys(PARTS, 0)
        self._reading, self._noting = threading.Lock(), threading.Lock()
        self._counted: dict[str, tuple[Counted, int, Counts]] = {}
        self._turn = 0
        self._versions: Counter[str] = Counter()

    def note(self, changes: Changes) -> None:
        """Take note of a change of the library; returns at once."""
        with self._noting:
            self._turn += 1
            for what, parts in PARTS.items():
                if parts.isdisjoint(changes.parts):
                    continue
                if changes.ids is None or not changes.parts.isdisjoint(WHOLLY.get(what, "").split()):
                    self._drop(what)
                else:
                    self._stale.setdefault(what, set()).update(changes.ids)

    def _drop(self, what: str) -> None:
        self._turns[what] += 1
        self._stale.pop(what, None)
        self._columns.pop(what, None)

    def lacks(self) -> bool:
        """Tell whether any column must be read before it can be counted."""
        return any(name not in self._columns for name in PARTS)

    def column(self, name: str) -> Column | None:
        """Return the column of a field, None when it must be read first."""
        return self._columns.get(name)

    def catch_up(self, session: Session, tick: Tick) -> None:
        """Read the papers that have changed anew; nothing may have been read in the session yet."""
        with self._reading:
            with self._noting:
                stale = {what: ids for what, ids in self._stale.items() if what in self._columns}
                for what in stale:
                    del self._stale[what]
                turns = dict(self._turns)
            done: set[str] = set()
            try:
                for what, ids in stale.items():
                    read = list(store.groups(session, what, sorted(ids), tick))
                    self._take(what, turns[what], read, ids)
                    done.add(what)
            finally:
                with self._noting:
                    for what in stale.keys() - done:
                        self._stale.setdefault(what, set()).update(stale[what])

    def _take(self, what: str, turn: int, read: Iterable[tuple[Hashable, array[int]]], ids: set[int]) -> None:
        column = self._columns.get(what)
        if column is None or self._turns[what] != turn:
            return  # changed meanwhile
        self._versions[what] += column.take(read, ids)
        if column.is_worn:
            with self._noting:
                self._drop(what)

    def fill(self, session: Session, what: str, tick: Tick) -> bool:
        """Read a column unless it is there; return whether it was read.

        Nothing may have been read in the session yet.
        """
        turn = self._turns[what]
        if what in self._columns:
            return False
        read = store.column(session, what, None, tick)
        with self._noting:
            if self._turns[what] != turn:
                return False  # changed meanwhile
            self._columns[what] = read
            self._versions[what] += 1
        return True

    def version(self, *names: str) -> int:
        """Return a number that differs once the columns of these fields do; without names after any change."""
        return sum(self._versions[name] for name in names) if names else -1 - self._turn

    def counted(self, name: str, question: Counted, version: int) -> Counts | None:
        """Return what was counted last of a field, if it was for this search and these papers and still holds."""
        held = self._counted.get(name)
        if held is None or held[1] != version or held[0][:2] != question[:2]:
            return None
        return held[2] if held[0][2] is question[2] or held[0][2] == question[2] else None

    def keep(self, name: str, question: Counted, version: int, counts: Counts) -> None:
        """Remember what was counted of a field, in the version that its column had when that began.

        What was counted of other papers is forgotten: their ids would stay, too.
        """
        others = {one: held for one, held in self._counted.items() if held[0][2] is None or held[0][2] is question[2]}
        self._counted = others | {name: (question, version, counts)}
