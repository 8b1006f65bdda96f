"""Lines of a wrapped page that certainly go on with the line before, so that they need no weighing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.formats.lines import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.domain.formats.plain.evidence import Line

RAGGED = 25
"""Characters that a full line may be shorter than the page is wide, since whole words are moved."""
SURELY_ABSTRACT = 300
"""Characters that no title has."""


def runs(lines: Sequence[Line], width: int) -> list[list[Line]]:
    """Return the lines in runs: each line of a run but the first certainly goes on with the one before."""
    found: list[list[Line]] = []
    size = 0
    for line in lines:
        if found and width and _goes_on(found[-1][-1], line, width, size):
            found[-1].append(line)
            size += len(line.text)
        else:
            found.append([line])
            size = len(line.text)
    return found


def _goes_on(before: Line, line: Line, width: int, size: int) -> bool:
    """The line before is full, no sentence ends there, and no title can begin here."""
    if line.gap or line.followed or before.followed or line.kind is not Kind.TEXT or before.kind is not Kind.TEXT:
        return False
    if line.mark or before.mark:
        return False
    text, length = line.text, len(before.text)
    if not width - RAGGED < length <= width + 3 or len(text) > width + 3:
        return False
    first = text.find(" ")
    if length + 1 + (first if first > 0 else len(text)) <= width:
        return False
    last = before.text[-1]
    if not last.isalnum() and last not in ",-":
        return False
    if text[0].islower() and (text[1:2].islower() or text[1:2] == " "):
        return True
    return size > SURELY_ABSTRACT and "/" not in before.text[-60:]
