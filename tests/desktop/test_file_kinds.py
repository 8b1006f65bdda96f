"""Qt knows a library by its name, so that no dialog has to open it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

ASK = """
import sys
from desktop.app import make_application
app = make_application([])
from PySide6.QtCore import QMimeDatabase
print(*(QMimeDatabase().mimeTypeForFile(name).name() for name in sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="its dialogs open no file in this process")
@pytest.mark.parametrize("known", [None, "/usr/share"])
def test_a_library_and_its_log_are_known_by_name(tmp_path: Path, known: str | None) -> None:
    names = [tmp_path / name for name in ("my.sheaf", "my.sheaf-wal", "my.sheaf-shm", "own.bib")]
    for name in names:
        name.write_bytes(b"SQLite format 3\0")  # what an opened file would tell
    kept = {name: value for name, value in os.environ.items() if name != "XDG_DATA_DIRS"}
    made = subprocess.run(
        [sys.executable, "-c", ASK, *names],
        env=kept | ({"XDG_DATA_DIRS": known} if known else {}),
        capture_output=True,
        text=True,
        check=True,
        timeout=200,
    )
    library, *logs, bib = made.stdout.split()
    assert library == "application/x-sheaf-library"
    assert logs == ["application/x-sheaf-library-log"] * 2, "which no double click opens"
    assert bib == "text/x-bibtex"
