"""Backups: whole, checked, and never over the library itself."""

from __future__ import annotations

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
    with pytest.raises(LibraryError, match="could not be copied"):
        services.backups.backup(library, tmp_path / "none" / "copy.backup")


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
