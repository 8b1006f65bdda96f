"""What a reader is given to read, kept on the way for the library: lines, packed into chunks."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.services.damage import Damage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.domain.formats.textfile import TextLines

CHUNK_CHARACTERS = 262_144


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of the file's decoded lines, joined by newlines, as UTF-8 under zlib."""

    line_start: int
    line_end: int
    data: bytes


class Tape:
    """Passes lines on to a reader, looks for damage, and keeps them, packed, when they are for the library."""

    def __init__(self, lines: TextLines, *, keep: bool) -> None:
        self._keep = keep
        self._lines = lines
        self._kept: list[str] = []
        self._size = 0
        self._number = 0
        self._chunks: list[Chunk] = []
        self.characters = 0
        self.damage = Damage()

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._kept.append(line)
            self._size += len(line) + 1
            self._number += 1
            self.characters += len(line) + 1
            if self._size >= CHUNK_CHARACTERS:
                self._pack()
            yield line

    def _pack(self) -> None:
        text = "\n".join(self._kept)
        if not text.isascii():
            self.damage.look(text, self._kept, self._number - len(self._kept) + 1)
        if self._keep:
            data = zlib.compress(text.encode("utf-8"), 3)
            self._chunks.append(Chunk(self._number - len(self._kept) + 1, self._number, data))
        self._kept, self._size = [], 0

    def full_chunks(self) -> Iterator[tuple[Chunk, int]]:
        """Yield the chunks that are full."""
        while self._chunks:
            yield self._chunks.pop(0), self.characters

    def rest(self) -> Iterator[tuple[Chunk, int]]:
        """Yield what is left at the end of the source."""
        if self._kept:
            self._pack()
        yield from self.full_chunks()
