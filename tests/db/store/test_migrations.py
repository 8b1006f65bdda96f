"""Libraries of every released schema open, and the migrations make what the models say."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from db.services import checking, exporting, livefiles, reading, searching, tagging, undoing, unmerging
from db.services.library import Library
from db.store import engine, sessions, upgrade
from db.store.schema import Base

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

LIBRARIES = sorted((Path(__file__).parents[2] / "libraries").glob("*.sheaf"))
OUTSIDE_THE_MODELS = ("paper_fts", "dirty", "alembic_version")
PARTS_OF_THE_INDEX = tuple(f"paper_fts_{part}" for part in ("data", "idx", "content", "docsize", "config"))


def file_made_by(make: Callable[[Connection], None], path: Path) -> sqlite3.Connection:
    """Return a library file that was made in one transaction, open."""
    writer = engine.writer_engine(path)
    with sessions.writing(writer) as session:
        make(session.connection())
    writer.dispose()
    return sqlite3.connect(path)


def rows_of(file: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of each table that has any, by its name."""
    names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: file.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    return {name: rows for name, rows in found.items() if rows}


def as_script(file: sqlite3.Connection) -> str:
    """Return the SQL that makes a file like this one."""
    made = file.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
    statements = [sql for name, sql in made if name not in PARTS_OF_THE_INDEX]
    rows = rows_of(file)
    inserts = [(name, row) for name, found in rows.items() if name not in PARTS_OF_THE_INDEX for row in found]
    settings = [row for row in rows["paper_fts_config"] if row[0] != "version"]
    inserts += [("paper_fts (paper_fts, rank)", row) for row in settings]
    for table, row in inserts:
        values = ", ".join(file.execute("SELECT quote(?)", (value,)).fetchone()[0] for value in row)
        statements.append(f"INSERT INTO {table} VALUES ({values})")
    return ";\n".join(statements) + "\n"


@pytest.mark.file
def test_a_new_library_is_what_the_migrations_make(tmp_path: Path) -> None:
    with closing(file_made_by(upgrade.upgrade, tmp_path / "migrated.sheaf")) as migrated:
        if os.environ.get("SHEAF_UPDATE_GOLDEN"):
            upgrade.NEWEST.write_text(as_script(migrated), encoding="utf-8")
        schema = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid"
        with closing(file_made_by(upgrade.make_file, tmp_path / "new.sheaf")) as new:
            assert new.execute(schema).fetchall() == migrated.execute(schema).fetchall(), (
                "write db/store/migrations/newest.sql anew: "
                "SHEAF_UPDATE_GOLDEN=1 packaging/test tests/db/store/test_migrations.py"
            )
            assert rows_of(new) == rows_of(migrated)


@pytest.mark.file
def test_who_makes_a_library_second_finds_it_made(tmp_path: Path) -> None:
    def make_twice(connection: Connection) -> None:
        upgrade.make_file(connection)
        upgrade.make_file(connection)

    with closing(file_made_by(make_twice, tmp_path / "new.sheaf")) as file:
        assert rows_of(file)["alembic_version"] == [(upgrade.HEAD,)]


@pytest.mark.file
def test_the_migrations_make_what_the_models_say(library: Library) -> None:
    with library.reading() as session:
        context = MigrationContext.configure(
            session.connection(),
            opts={"include_name": lambda name, kind, _of: kind != "table" or not name.startswith(OUTSIDE_THE_MODELS)},
        )
        assert compare_metadata(context, Base.metadata) == []


def test_the_newest_migration_is_the_one_that_libraries_are_brought_to() -> None:
    assert ScriptDirectory(str(upgrade.SCRIPTS)).get_current_head() == upgrade.HEAD


def test_there_is_a_library_of_every_schema() -> None:
    made = {one.revision for one in ScriptDirectory(str(upgrade.SCRIPTS)).walk_revisions()}
    assert made == {path.stem for path in LIBRARIES}


@pytest.mark.file
@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.stem)
def test_a_library_of_an_earlier_version_opens(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    shutil.copyfile(path, copy)
    library = Library.open(copy)
    try:
        ids = searching.find(library, "lanterns", sort="title").ids
        papers = reading.papers(library, ids)
        assert [paper.title for paper in papers] == ["Copper Lanterns for Slow Routing"]
        assert [tag.name for tag in papers[0].tags] == ["to read"]
        assert papers[0].notes == "Ünï: see also 量子"
        assert checking.check(library) == []
        assert undoing.next_labels(library)[0]
        assert undoing.undo(library)
        assert not reading.papers(library, ids)[0].tags
    finally:
        library.close()


@pytest.mark.file
def test_frozen_keys_of_an_earlier_version_learn_the_titles_of_their_papers(tmp_path: Path) -> None:
    copy = tmp_path / "0001.sheaf"
    shutil.copyfile(LIBRARIES[0], copy)
    with closing(sqlite3.connect(copy)) as file, file:
        file.execute("INSERT INTO frozen_key (key, paper_id) VALUES ('cited', 1), ('lost', NULL)")
    library = Library.open(copy)
    try:
        with library.reading() as session:
            rows = session.connection().exec_driver_sql("SELECT key, title FROM frozen_key ORDER BY id").all()
        assert rows == [("cited", "Copper Lanterns for Slow Routing"), ("lost", "")]
    finally:
        library.close()


@pytest.mark.file
def test_live_files_of_an_earlier_version_are_followed(tmp_path: Path) -> None:
    copy = tmp_path / "0003.sheaf"
    shutil.copyfile(LIBRARIES[0].with_name("0003.sheaf"), copy)
    library = Library.open(copy)
    try:
        (file,) = livefiles.files(library)
        assert (file.path, file.follow.value, file.state, file.entries) == (
            "/somewhere/refs.bib", "lanterns", "written", 1,
        )  # fmt: skip
        assert livefiles.update(library, file.id).file.state == "failed"  # there is no such folder
    finally:
        library.close()


@pytest.mark.file
def test_a_merge_of_an_earlier_version_is_taken_apart(tmp_path: Path) -> None:
    copy = tmp_path / "0005.sheaf"
    shutil.copyfile(LIBRARIES[0].with_name("0005.sheaf"), copy)
    library = Library.open(copy)
    try:
        (kept,) = searching.find(library, "boats").ids
        (made,) = unmerging.made_of(library, kept).merges
        assert [one.field for one in unmerging.preview(library, made.merge_id).since] == ["venue"]
        unmerging.take_apart(library, made.merge_id)
        found = reading.papers(library, searching.find(library, "boats", sort="title", descending=False).ids)
        assert [(one.title, one.venue, one.doi, len(one.tags)) for one in found] == [
            ("Paper Boats on Slow Canals", "Harbour Letters", None, 0),
            ("Paper boats on slow canals: a survey", None, "10.5555/boats", 1),
        ]
        assert checking.check(library) == []
    finally:
        library.close()


@pytest.mark.file
@pytest.mark.parametrize("path", LIBRARIES, ids=lambda path: path.stem)
def test_papers_of_an_earlier_version_are_known_in_one_version(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / path.name
    shutil.copyfile(path, copy)
    library = Library.open(copy)
    try:
        (paper,) = reading.papers(library, searching.find(library, "lanterns", sort="title").ids)
        kinds = [one.kind.value for one in paper.versions]
        assert kinds == (["preprint", "published"] if path.stem >= "0006" else [])
        assert exporting.preview_bibtex(library, paper.id).count("\n@") == 0
    finally:
        library.close()


@pytest.mark.file
def test_the_first_tags_of_an_earlier_version_keep_the_number_keys_of_their_places(tmp_path: Path) -> None:
    copy = tmp_path / "0006.sheaf"
    shutil.copyfile(LIBRARIES[0].with_name("0006.sheaf"), copy)
    with closing(sqlite3.connect(copy)) as file, file:
        rows = [(10 + n, f"Tag {n:02}", f"tag {n:02}") for n in range(12)]
        file.executemany("INSERT INTO tag (id, name, name_key, colour, version) VALUES (?, ?, ?, 0, 1)", rows)
    library = Library.open(copy)
    try:
        found = {tag.name: tag.digit for tag in tagging.tags(library)}
        assert found == {f"Tag {n:02}": n + 1 if n < 9 else None for n in range(12)} | {"to read": None}
    finally:
        library.close()
