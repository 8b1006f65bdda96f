"""Backups: whole, checked, and never over the library itself."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from db import services
from db.domain.errors import LibraryError
from db.services.library import Library

if TYPE_CHECKING:
    from pathlib import Path


def titles(library: Library) -> set[str]:
    return {row.title for row in services.reading.rows(library, services.searching.find(library).ids)}


@pytest.mark.file
def test_backup_and_restore(library: Library, tmp_path: Path) -> None:
    services.editing.add_paper(library, {"title": "First"})
    info = services.backups.backup(library, tmp_path / "copy.backup")
    assert (info.papers, info.bytes) == (1, info.file.stat().st_size)
    services.editing.add_paper(library, {"title": "Second"})
    path = library.path
    library.close()
    assert services.backups.restore(path, info.file).papers == 1
    again = Library.open(path)
    back = titles(again)
    again.close()
    (aside,) = tmp_path.glob("library-before-restore-*.sheaf")
    old = Library.open(aside)
    kept = titles(old)
    old.close()
    assert (back, kept) == ({"First"}, {"First", "Second"})


@pytest.mark.file
def test_a_backup_never_replaces_the_library(library: Library) -> None:
    with pytest.raises(LibraryError, match="library itself"):
        services.backups.backup(library, library.path)


@pytest.mark.file
@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100])
def test_restoring_what_is_no_backup_changes_nothing(library: Library, tmp_path: Path, content: bytes) -> None:
    services.editing.add_paper(library, {"title": "Mine"})
    bad = tmp_path / "bad.backup"
    bad.write_bytes(content)
    path = library.path
    library.close()
    with pytest.raises(LibraryError):
        services.backups.restore(path, bad)
    again = Library.open(path)
    kept = titles(again)
    again.close()
    assert kept == {"Mine"}


@pytest.mark.file
def test_missing_folder_is_said(library: Library, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=f"could not be copied .*: there is no folder {tmp_path / 'none'}"):
        services.backups.backup(library, tmp_path / "none" / "copy.backup")


COPY = """
import sys
from pathlib import Path
from db.domain.errors import LibraryError
from db.services import backups
from db.services.library import Library

library, folder = Library.open(sys.argv[1], create=False), Path(sys.argv[2])
try:
    backups.backup(library, folder / "copy.backup")
except LibraryError as error:
    print(error.message)
print([one.name for one in folder.iterdir()])
library.close()
"""
MOUNTED = 'mount -t tmpfs -o "$1" none "$2" && exec "$3" -c "$4" "$5" "$2"'
"""A disk of its own, which only this process and its child see."""


@pytest.mark.file
@pytest.mark.parametrize(
    ("disk", "why"),
    [
        ("size=64k", r"the disk is full, and the copy takes up to 0\.[1-9] MB; make room, or choose another folder"),
        ("ro", "that folder may not be written to; choose another one"),
    ],
)
def test_a_disk_that_takes_no_copy_is_told_of_and_nothing_is_left_there(
    library: Library, tmp_path: Path, disk: str, why: str
) -> None:
    alone = ["unshare", "--map-root-user", "--mount"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no disk of its own can be made here")
    folder = tmp_path / "disk"
    folder.mkdir()
    call = [*alone, "sh", "-c", MOUNTED, "sh", disk, str(folder), sys.executable, COPY, str(library.path)]
    done = subprocess.run(call, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    said, left = done.stdout.splitlines()
    copied = re.escape(f"library.sheaf could not be copied to {folder / 'copy.backup'}: ")
    assert re.fullmatch(rf"{copied}{why}\. Nothing was changed\.", said)
    assert left == "[]"


def test_check_finds_damage_behind_its_back(library: Library) -> None:
    paper_id, _ = services.editing.add_paper(library, {"title": "Whole", "abstract": "All here"})
    with library.writing("Damage", journalled=False) as write:
        run = write.session.connection().exec_driver_sql
        run("UPDATE paper SET comments = 4")  # not part of the content hash
        run("DELETE FROM paper_fts")
    (finding,) = services.checking.check(library)
    assert (finding.id, finding.severity) == (paper_id, "warning")
    assert services.checking.repair_index(library) == 1
    assert services.checking.check(library) == []
