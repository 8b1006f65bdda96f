"""Opening a library and its first rows wait for nothing that only a change needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from db.services.library import Library

ROOT = Path(__file__).resolve().parents[3]
FIRST_ROWS = """
import sys
from db.services import reading, searching
from db.services.library import Library
library = Library.open(sys.argv[1], create=False)
ids = searching.find(library).ids
assert len(reading.rows(library, ids.tolist())) == len(ids)
reading.sidebar(library)
library.close()
print(*(name for name in ("db.store.schema", "db.store.journal", "filelock", "alembic") if name in sys.modules))
"""


@pytest.mark.file
def test_first_rows_and_the_sidebar_map_no_table_and_take_no_lock(tmp_path: Path) -> None:
    path = tmp_path / "library.sheaf"
    Library.open(path).close()
    command = [sys.executable, "-c", FIRST_ROWS, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout.strip(), done.stderr) == ("", "")
