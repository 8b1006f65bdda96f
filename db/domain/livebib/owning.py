"""Whose an entry is: Sheaf knows the keys that it wrote and a mark of each text that it gave them.

Any text that Sheaf ever wrote counts as untouched, not the last one alone: who goes back to an older state of the file
with git has edited nothing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from db.domain.livebib.pieces import Entry, entries, named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

REMEMBERED = 20
"""Marks that are kept of one entry."""


class State(StrEnum):
    """How an owned entry stands in the file."""

    CURRENT = "current"
    OLDER = "older"
    EDITED = "edited"
    GONE = "gone"


class Owned(NamedTuple):
    """An entry of Sheaf's: its key, its paper, and the marks of what was written, the newest first.

    `left`: the person wants to see to the entry of this key herself.
    """

    key: str
    paper_id: int
    marks: tuple[str, ...] = ()
    left: bool = False

    def written(self, text: str, paper_id: int) -> Owned:
        """Return it after this text has been written, or found to be right as it is."""
        newest = mark(text)
        older = [one for one in self.marks if one != newest]
        return Owned(self.key, paper_id, (newest, *older)[:REMEMBERED])


class Standing(NamedTuple):
    """An owned entry with its place in the file, None when it is gone."""

    state: State
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Survey:
    """A text with its entries by key in small letters, and how the owned ones stand, by their key."""

    text: str
    entries: Mapping[str, Sequence[Entry]]
    owned: Mapping[str, Standing]

    def of(self, entry: Entry) -> str:
        """Return the text of an entry."""
        return self.text[entry.start : entry.end]

    def text_of(self, key: str) -> str:
        """Return the text of the entry that stands under a key, empty when there is none."""
        entry = self.owned[key].entry if key in self.owned else next(iter(self.entries.get(key.lower(), ())), None)
        return self.of(entry) if entry else ""


def mark(text: str) -> str:
    """Return the mark of an entry's text, whatever its line ends: git and editors turn them round."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return hashlib.blake2b(plain.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def survey(text: str, owned: Mapping[str, Owned]) -> Survey:
    """Return how a text stands."""
    by_key: dict[str, list[Entry]] = {}
    for entry in entries(text):
        by_key.setdefault(entry.key.lower(), []).append(entry)
    return Survey(text, by_key, {key: _stands(text, by_key, one) for key, one in owned.items()})


def _stands(text: str, by_key: Mapping[str, Sequence[Entry]], owned: Owned) -> Standing:
    found = [entry for entry in by_key.get(owned.key.lower(), ()) if entry.key == owned.key]
    if not found:
        return Standing(State.GONE, None)
    for entry in found:
        its = mark(text[entry.start : entry.end])
        if its in owned.marks:
            return Standing(State.CURRENT if its == owned.marks[0] else State.OLDER, entry)
    return Standing(State.EDITED, found[0])


def located(text: str, owned: Owned) -> Entry | None:
    """Return the one entry that stands as it was written last, without a look at the rest; None when in doubt."""
    found = [one for one in named(text, owned.key) if mark(text[one.start : one.end]) == owned.marks[0]]
    return found[0] if len(found) == 1 else None
