"""The kind of a library file, told to Qt by its name, so that no file dialog opens one to find out.

On POSIX a process loses all its locks on a file once anything in it closes that file; SQLite's would be gone.
Dialogs of macOS are another process, and Windows keeps locks by handle.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

KINDS = Path(__file__).resolve().parent.parent / "resources" / "share"
VARIABLE, USUAL = "XDG_DATA_DIRS", "/usr/local/share:/usr/share"


def tell() -> None:
    """Add Sheaf's kinds of files to those that Qt looks up; the system's own come first."""
    if sys.platform in ("darwin", "win32"):
        return
    known = os.environ.get(VARIABLE) or USUAL
    if str(KINDS) not in known.split(os.pathsep):
        os.environ[VARIABLE] = os.pathsep.join([known, str(KINDS)])
