"""Cells that a spreadsheet would run as a formula, such as a title that begins with `=`.

The usual guard against that (OWASP, "CSV injection") is an apostrophe before the cell; the reader takes it off again.
"""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*[=+\-@]")
_GUARDED = re.compile(r"''*[=+\-@]")


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what was guarded."""
    return cell[1:] if _GUARDED.match(cell) else cell
