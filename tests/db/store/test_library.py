"""Opening libraries, good and bad, and what a transaction promises."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db import services
from db.domain.errors import LibraryError
from db.services.library import Library
from db.store import engine, places

if TYPE_CHECKING:
    from pathlib import Path


def add(library: Library, title: str = "A paper") -> int:
    paper_id, _changes = services.editing.add_paper(library, {"title": title})
    return paper_id


def test_a_library_keeps_its_papers(tmp_path: Path) -> None:
    name = "lib%#.sheaf" if sys.platform == "win32" else "lib?%#.sheaf"
    path = tmp_path / "new folder" / name
    first = Library.open(path)
    paper_id = add(first, "Kept")
    first.close()
    again = Library.open(path)
    paper = services.reading.paper(again, paper_id)
    again.close()
    assert paper is not None
    assert paper.title == "Kept"


@pytest.mark.file
def test_missing_file_is_not_made_when_not_asked(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library at"):
        Library.open(tmp_path / "none.sheaf", create=False)


def test_a_server_address_is_refused_in_words() -> None:
    with pytest.raises(LibraryError, match="not the address of a library"):
        Library.open("mysql://host/papers")


@pytest.mark.file
def test_a_file_that_is_no_library_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "thesis.tex"
    path.write_text("\\documentclass{article}" * 100)
    with pytest.raises(LibraryError, match="not a Sheaf library"):
        Library.open(path)
    assert path.read_text().startswith("\\documentclass")


@pytest.mark.file
def test_another_programs_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (id)")
        other.commit()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="not a Sheaf library"):
        Library.open(path)
    assert path.read_bytes() == before


@pytest.mark.file
def test_a_newer_schema_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "future.sheaf"
    Library.open(path).close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
        raw.commit()
    with pytest.raises(LibraryError, match="newer Sheaf"):
        Library.open(path)


@pytest.mark.file
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "bad.sheaf"
    Library.open(path).close()
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    with pytest.raises(LibraryError, match="damaged"):
        Library.open(path)


def _break(library: Library) -> None:
    with library.writing("Break") as write:
        write.session.connection().exec_driver_sql("UPDATE paper SET title = 'Broken'")
        raise RuntimeError


def test_an_exception_rolls_everything_back(library: Library) -> None:
    paper_id = add(library)
    with pytest.raises(RuntimeError):
        _break(library)
    paper = services.reading.paper(library, paper_id)
    assert paper is not None
    assert paper.title == "A paper"
    assert [step.label for step in services.undoing.history(library)] == ["Add paper"]


def test_readers_cannot_write(library: Library) -> None:
    with pytest.raises(LibraryError, match="read-only"), library.reading() as session:
        session.connection().exec_driver_sql("UPDATE paper SET title = ''")


def _add_many(address: str, count: int) -> None:
    library = Library.open(address)
    for number in range(count):
        add(library, f"Paper {number}")
    library.close()


def test_two_processes_write_in_turn(tmp_path: Path) -> None:
    mine = Library.open(tmp_path / "shared.sheaf")
    version = mine.data_version()
    other = multiprocessing.get_context("spawn").Process(target=_add_many, args=(mine.address, 10))
    other.start()
    for number in range(10):
        add(mine, f"Mine {number}")
    other.join(200)
    total = services.searching.find(mine).total
    findings = services.checking.check(mine)
    changed = mine.data_version() != version
    mine.close()
    assert other.exitcode == 0
    assert (total, findings, changed) == (20, [], True)


WINDOW = """
import os, subprocess, sys
from pathlib import Path
from db import services
from db.services.library import Library
path = Path(sys.argv[1])
library = Library.open(path)
services.editing.add_paper(library, {"title": "before"})
services.reading.live(library)
for name in (path, f"{path}-wal", f"{path}-shm"):
    open(name, "rb").close()  # a dialog looks what kind of files these are, and all locks of this process are gone
for other in (["import", sys.argv[2]], ["list"]):
    subprocess.run([sys.executable, "-m", "db.cli", "--library", path, *other], check=True, stdout=subprocess.DEVNULL)
services.editing.add_paper(library, {"title": "after"})
assert services.reading.live(library) == 3
os.kill(os.getpid(), 9)
"""


@pytest.mark.file
def test_what_is_written_stays_when_another_process_closes_after_the_locks_are_gone(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    path, bib = tmp_path / "lib.sheaf", tmp_path / "one.bib"
    bib.write_text("@misc{one, title = {imported}}", encoding="utf-8")
    command = [sys.executable, "-c", WINDOW, str(path), str(bib)]
    done = subprocess.run(command, cwd=pytestconfig.rootpath, capture_output=True, text=True, check=False, timeout=100)
    assert done.returncode in (-9, 9), done.stderr  # Windows has no signals
    again = Library.open(path)
    titles = {row.title for row in services.reading.rows(again, [1, 2, 3])}
    again.close()
    assert titles == {"before", "imported", "after"}


@pytest.mark.file
def test_a_closed_library_is_whole_in_its_file(library: Library, tmp_path: Path) -> None:
    add(library, "Kept")
    library.close()
    alone = tmp_path / "elsewhere" / "lib.sheaf"
    alone.parent.mkdir()
    shutil.copyfile(library.path, alone)
    moved = Library.open(alone)
    assert services.reading.live(moved) == 1
    moved.close()


KILLED = """
import os, sys
from db import services
from db.services.library import Library
services.editing.add_paper(Library.open(sys.argv[1]), {"title": "kept"})
os._exit(1)
"""


@pytest.mark.file
def test_what_a_killed_program_left_in_the_log_is_in_the_file_after_the_next_use(tmp_path: Path) -> None:
    path, log = tmp_path / "lib.sheaf", tmp_path / "lib.sheaf-wal"
    subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False, timeout=100)
    assert log.stat().st_size
    used = Library.open(path)
    assert services.reading.live(used) == 1
    used.close()
    assert not log.stat().st_size
    alone = shutil.copyfile(path, tmp_path / "alone.sheaf")
    moved = Library.open(alone)
    assert services.reading.live(moved) == 1
    moved.close()


@pytest.mark.file
def test_the_writer_s_memory_is_given_back_after_many_rows_whoever_wrote_them(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_back: list[None] = []
    real = engine.empty_cache
    monkeypatch.setattr(engine, "empty_cache", lambda writer: (given_back.append(None), real(writer)))
    monkeypatch.setattr(places, "MUCH", 25)
    ids = [add(library, f"Paper {number}") for number in range(30)]
    given_back.clear()  # a new file has many rows from its schema
    services.tagging.tag(library, ids, add=["all of them"])
    assert len(given_back) == 1
    services.undoing.undo(library)
    assert len(given_back) == 2
    services.editing.set_fields(library, ids[:1], {"starred": True})  # forgets what was undone
    assert len(given_back) == 3
    services.editing.set_fields(library, ids[:1], {"starred": False})
    assert len(given_back) == 3
