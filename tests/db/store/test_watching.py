"""What one process sees of another that writes to the same library."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from db.domain.errors import LibraryError
from db.services import library as libraries
from db.services.library import Library

OTHER = """
import sys
from sqlalchemy import text
from db.services.library import Library
library = Library.open(sys.argv[1])
with library.writing("Elsewhere") as write:
    write.session.execute(text("INSERT INTO setting (name, value) VALUES ('elsewhere', 'x')"))
library.close()
"""
ROOT = Path(__file__).resolve().parents[3]


def _set(library: Library, name: str) -> None:
    with library.writing("Set") as write:
        write.session.execute(text("INSERT INTO setting (name, value) VALUES (:n, 'x')"), {"n": name})


def test_only_others_writes_change_the_version(library: Library) -> None:
    first = library.data_version()
    _set(library, "one")
    _set(library, "two")
    assert library.data_version() == first
    subprocess.run([sys.executable, "-c", OTHER, library.address], check=True, cwd=ROOT)
    seen = library.data_version()
    assert seen != first
    _set(library, "three")
    assert library.data_version() == seen
    with library.reading() as session:
        names = session.execute(text("SELECT name FROM setting WHERE value = 'x'")).scalars().all()
    assert sorted(names) == ["elsewhere", "one", "three", "two"]


def test_a_rolled_back_write_changes_no_version(library: Library) -> None:
    first = library.data_version()
    with pytest.raises(ZeroDivisionError):
        _fail(library)
    assert library.data_version() == first


def _fail(library: Library) -> None:
    with library.writing("Fails") as write:
        write.session.execute(text("DELETE FROM setting"))
        _ = 1 / 0


def test_waiting_for_another_writer_ends_in_words(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libraries, "LOCK_SECONDS", 0.1)
    other = Library.open(library.path)
    try:
        with library.writing("Long") as write:
            write.session.execute(text("INSERT INTO setting (name, value) VALUES ('long', 'x')"))
            with pytest.raises(LibraryError, match="Another Sheaf"):
                _set(other, "short")
        _set(other, "short")
    finally:
        other.close()


def test_readers_see_one_moment_while_others_write(library: Library) -> None:
    count = text("SELECT count(*) FROM setting WHERE value = 'x'")
    with library.reading() as session:
        before = session.execute(count).scalar()
        writer = threading.Thread(target=_set, args=(library, "meanwhile"))
        writer.start()
        writer.join()
        assert session.execute(count).scalar() == before
    with library.reading() as session:
        assert session.execute(count).scalar() == (before or 0) + 1


@pytest.mark.file
def test_a_library_that_lies_where_nothing_can_be_written_is_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(library, "kept")
    library.close()
    monkeypatch.setattr("db.store.engine.is_at_rest", lambda _path: True)
    opened = Library.open(library.path)
    try:
        with opened.reading() as session:
            assert session.execute(text("SELECT value FROM setting WHERE name = 'kept'")).scalar() == "x"
        with pytest.raises(LibraryError, match="reading only"):
            _set(opened, "new")
    finally:
        opened.close()
