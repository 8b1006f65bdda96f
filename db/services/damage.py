"""Text that was decoded wrongly before it came to us: found and told, never changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# What the first byte of a two- or three-byte character looks like in Latin-1 or Windows-1252, before another such byte.
_FIRST = "[\u00c2-\u00c5\u00ce-\u00d0\u00e2\u00e3\u00ef]"
_NEXT = "[\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u203a\u20ac\u2122]"
_SUSPECT = re.compile(_FIRST + _NEXT)


@dataclass(slots=True)
class Damage:
    """How many lines look as if UTF-8 had been read as something else, and the first of them."""

    lines: int = 0
    first: int = 0
    text: str = ""

    def look(self, text: str, lines: Sequence[str], number: int) -> None:
        """Look through a run of lines (joined: `text`) that starts with the line `number`."""
        if not _SUSPECT.search(text):
            return
        from ftfy.badness import is_bad  # loads only when there is something to look at

        for at, line in enumerate(lines, start=number):
            if not line.isascii() and _SUSPECT.search(line) and is_bad(line):
                self.lines += 1
                if not self.first:
                    self.first, self.text = at, line

    def why(self) -> str:
        """Say what was found, worded for the person."""
        what = "this line looks" if self.lines == 1 else f"{self.lines:,} lines, this the first of them, look"
        return (
            f"Wrongly decoded text: {what} like UTF-8 that was read as another encoding. It was kept as it is; "
            "save the page as UTF-8 and import that if letters are wrong."
        )
