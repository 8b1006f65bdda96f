"""What the records of a bibliography bring beside themselves, counted for a preview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.names import tag_name, with_outer

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from db.domain.records import Record


@dataclass(frozen=True, slots=True)
class Brought:
    """How many collections, tags and keys there are, each once, how many records have notes, and how many files.

    A key that no paper can get is none. `missing` of the files are not on this computer.
    """

    collections: int = 0
    tags: int = 0
    notes: int = 0
    files: int = 0
    keys: int = 0
    missing: int = 0

    def __bool__(self) -> bool:
        return any((self.collections, self.tags, self.notes, self.files, self.keys))


class Bringing:
    """Adds up what records bring; `lacks` tells of a path whether no file is there."""

    def __init__(self, lacks: Callable[[str], bool]) -> None:
        self._lacks = lacks
        self._collections: set[tuple[str, ...]] = set()
        self._tags: set[str] = set()
        self._keys: set[str] = set()
        self._notes = self._files = self._missing = 0

    def add(self, records: Iterable[Record], refused: Container[tuple[int, str]]) -> None:
        """Count some more records; `refused` are the keys, (line, key), that their papers cannot get."""
        for one in records:
            self._tags.update(name for word in one.keywords if (name := tag_name(word).casefold()))
            for path in one.collections:
                names = tuple(name.casefold() for part in path if (name := tag_name(part)))
                self._collections |= with_outer([names])
            self._notes += bool(one.notes.strip())
            self._files += len(one.attachments)
            self._missing += sum(self._lacks(file.path) for file in one.attachments)
            if one.citation_key and (one.line_title, one.citation_key) not in refused:
                self._keys.add(one.citation_key)

    def sum(self) -> Brought:
        """Return what was counted so far."""
        return Brought(
            len(self._collections), len(self._tags), self._notes, self._files, len(self._keys), missing=self._missing
        )
