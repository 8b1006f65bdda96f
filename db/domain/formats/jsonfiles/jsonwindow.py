"""A piece of a long text that moves along, with the number of the line at any place of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.domain.formats.cover import Cover

PIECE = 262_144


class Window:
    """Shows `text` from a stream of lines, joined by newlines; what was `passed` is forgotten.

    `at` is the place in `text` that is read next; `ended` says that there is no more to come.
    """

    def __init__(self, lines: Iterable[str], cover: Cover, first: int = 1) -> None:
        self._lines = iter(lines)
        self._cover = cover
        self._long, self._offset = "", 0
        self._mark, self._line = 0, first
        self.text = ""
        self.at = 0
        self.ended = False

    def more(self) -> bool:
        """Forget what was passed and show at least as much again as is left; False at the end of the text."""
        if self.ended:
            return False
        self._cover.forget(self.line(self.at))
        left = self.text[self.at :]
        parts, size, wanted = [left], 0, max(PIECE, len(left))
        while size < wanted:
            part = self._next()
            if part is None:
                self.ended = True
                break
            parts.append(part)
            size += len(part)
        self.text = "".join(parts)
        self.at = self._mark = 0
        return size > 0

    def _next(self) -> str | None:
        if self._long:
            part = self._long[self._offset : self._offset + PIECE]
            self._offset += PIECE
            if self._offset >= len(self._long):
                self._long, self._offset = "", 0
            return part
        line = next(self._lines, None)
        if line is None:
            return None
        self._cover.line(line)
        if len(line) < PIECE:
            return line + "\n"
        self._long, self._offset = line + "\n", PIECE
        return line[:PIECE]

    def line(self, place: int) -> int:
        """Return the number of the line at a place; places are asked for in order."""
        if place > self._mark:
            self._line += self.text.count("\n", self._mark, place)
            self._mark = place
        return self._line
