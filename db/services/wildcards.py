"""Names of files with `*` and `?` in them, which the shells of Windows leave to the program."""

from __future__ import annotations

import glob
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def spread(files: Iterable[str], system: str = sys.platform) -> list[str]:
    """Return the files that each pattern means, in order; what means none stays. Elsewhere the shell has done it."""
    if system != "win32":
        return list(files)
    return [found for file in files for found in (_meant(file) or [file])]


def _meant(file: str) -> list[str]:
    return [] if os.path.lexists(file) else sorted(glob.glob(file))  # noqa: PTH207 - it may begin at a disk
