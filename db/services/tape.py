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
LEVEL = 2
"""Of zlib: the next one takes twice as long for texts a fifteenth smaller."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A run of the file's decoded lines, joined by newlines, as UTF-8 under zlib.

    One for line 0 holds instead how the lines stood in the file (see `domain.formats.framing`).
    """

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
        self._packed_lines = self._packed = 0
        self._chunks: list[Chunk] = []
        self.damage = Damage()

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            self._kept.append(line)
            self._size += len(line) + 1
            if self._size >= CHUNK_CHARACTERS:
                self._pack()
            yield line

    @property
    def characters(self) -> int:
        """Return the characters read so far, ends of lines included."""
        return self._packed + self._size

    def _pack(self) -> None:
        first = self._packed_lines + 1
        self._packed_lines += len(self._kept)
        self._packed += self._size
        text = "\n".join(self._kept)
        if not text.isascii():
            self.damage.look(text, self._kept, first)
        if self._keep:
            data = zlib.compress(text.encode("utf-8"), LEVEL)
            self._chunks.append(Chunk(first, self._packed_lines, data))
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
