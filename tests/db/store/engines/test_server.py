"""A library on a PostgreSQL server beside the same in a file: one import, and every answer compared."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from db.domain.errors import LibraryError
from db.services import backups, checking, editing, importing, merging, reading, searching, tagging, undoing
from db.services.library import Library
from db.services.progress import silent
from db.store import places
from tests import tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cluster import Cluster

PAPERS = (
    {"title": "Über-große Lanterns", "abstract": "Amber rivers flow.", "date": "2023-03-28", "notes": "seen twice"},
    {"title": "amber lanterns", "authors": [["Kim", "Ada"], ["Ōe", "Ben"]], "date": "2021", "arxiv_id": "2101.00001"},
    {"title": "Rivers of Tin", "doi": "10.1145/1.2", "venue": "NeurIPS", "entry_type": "inproceedings"},
    {"title": "Zinc & tin", "authors": [["kim", "Eve"]], "comments": 4},
)
QUERIES = (
    "amber", "lant", '"amber lanterns"', "uber grosse", "title:amber", "author:oe", "notes:twice", "-amber",
    "rivers tin", "amber OR tin", "tag:Tidal", "has:doi", "has:authors", "is:published", "is:preprint",
    "is:starred", "-is:starred", "year:2021", "year:2020..2024", "arxiv:2101", "key:kim", "C++",
    "status:unread", "dump:nothing", "is:trash",
)  # fmt: skip
SORTS = ("added", "title", "authors", "date", "status", "comments", "key", "rating", "starred", "tags", "dumps")


@pytest.fixture
def both(cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Library]]:
    """The same library in a file and on the server."""
    monkeypatch.setattr("db.services.library.where", places.place)  # or a path would stand for a database, too
    opened = [Library.open(tmp_path / "file.sheaf"), Library.open(cluster.database(tmp_path / "server"))]
    for library in opened:
        for paper in PAPERS:
            editing.add_paper(library, dict(paper))
        tagging.tag(library, [1, 3], add=["Tidal"])
        editing.set_fields(library, [2], {"starred": True})
    yield opened
    for library in opened:
        library.close()
    cluster.drop_all()


def rows(library: Library) -> dict[str, list[str]]:
    with library.reading() as session:
        run = session.connection().exec_driver_sql
        found = {}
        for name in tables.names(session):
            columns = sorted(set(tables.columns(session, name)) - {"rowid", "at", "added_at", "imported_at"})
            listed = ", ".join(f'"{one}"' for one in columns)
            if name not in ("setting", "alembic_version", "block", "change"):
                found[name] = sorted(repr(_plain(row)) for row in run(f'SELECT {listed} FROM "{name}"'))
        return found


def _plain(row: Any) -> list[Any]:
    return [int(one) if isinstance(one, bool) else one for one in row]


@pytest.mark.parametrize("query", QUERIES)
def test_searches_find_the_same(both: list[Library], query: str) -> None:
    on_file, on_server = (list(searching.find(one, query, sort="added").ids) for one in both)
    assert on_server == on_file


def test_sorts_are_the_same_and_so_are_rows_steps_and_undo(both: list[Library]) -> None:
    on_file, on_server = both
    for sort in SORTS:
        for descending in (False, True):
            found = [list(searching.find(one, sort=sort, descending=descending).ids) for one in both]
            assert found[1] == found[0], (sort, descending)
    assert rows(on_server) == rows(on_file)
    assert reading.papers(on_server, [1, 2, 3, 4])[1].title == "amber lanterns"
    while undoing.next_labels(on_server)[0]:
        undoing.undo(on_server)
        undoing.undo(on_file)
        assert rows(on_server) == rows(on_file)
    while undoing.next_labels(on_server)[1]:
        undoing.redo(on_server)
        undoing.redo(on_file)
    assert rows(on_server) == rows(on_file)
    assert checking.check(on_server) == []


def test_the_journal_keeps_the_same_images(both: list[Library]) -> None:
    sql = text("SELECT step_id, table_name, row_key, before, after FROM change ORDER BY step_id, table_name, row_key")
    kept = []
    for library in both:
        with library.reading() as session:
            kept.append(
                [
                    (step, table, json.loads(key), *(one and _image(one) for one in images))
                    for step, table, key, *images in session.execute(sql)
                ]
            )
    assert kept[1] == kept[0]


def _image(stored: str) -> dict[str, Any]:
    return {name: value for name, value in json.loads(stored).items() if not name.endswith("_at")}


def test_what_another_sheaf_wrote_is_noticed(both: list[Library], cluster: Cluster) -> None:
    mine = both[1]
    before = mine.data_version()
    tagging.tag(mine, [4], add=["Own"])
    assert mine.data_version() == before
    other = Library.open(mine.address)
    tagging.tag(other, [4], add=["Theirs"])
    other.close()
    assert mine.data_version() != before


def test_readers_cannot_write(both: list[Library]) -> None:
    with pytest.raises(LibraryError, match="read-only"), both[1].reading() as session:
        session.execute(text("DELETE FROM paper"))


def test_copies_are_left_to_the_server(both: list[Library], tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="pg_dump"):
        backups.backup(both[1], tmp_path / "copy.backup")
    assert not (tmp_path / "copy.backup").exists()


def test_nothing_is_restored_over_a_server(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="pg_restore"):
        backups.restore("postgresql+psycopg://sheaf@127.0.0.1/papers", tmp_path / "old.backup")


def test_a_newer_schema_is_refused(both: list[Library]) -> None:
    with both[1].writing("Newer", journalled=False) as write:
        write.session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(LibraryError, match="newer Sheaf"):
        Library.open(both[1].address)


def test_two_that_open_an_empty_database_at_once_make_one_library(cluster: Cluster) -> None:
    cluster.sql("CREATE DATABASE fresh")
    try:
        with ThreadPoolExecutor(2) as both:
            for library in both.map(Library.open, [cluster.address("fresh")] * 2):
                assert checking.check(library) == []
                library.close()
    finally:
        cluster.sql("DROP DATABASE fresh WITH (FORCE)")


def test_a_dump_is_imported_alike(both: list[Library], tmp_path: Path) -> None:
    file = tmp_path / "papers.bib"
    entries = [f"@misc{{k{n}, title = {{Copper {n} Kettles of {n * 7}}}, year = {{{2000 + n}}}}}" for n in range(20)]
    file.write_text("\n\n".join(entries), encoding="utf-8")
    for library in both:
        assert importing.import_files(library, [file], silent).files[0].added == 20
        merging.merge(library, [5, 6])
    assert rows(both[1]) == rows(both[0])


def test_servers_that_do_not_answer_and_databases_that_are_not_there(cluster: Cluster) -> None:
    with pytest.raises(LibraryError, match="There is no database nowhere"):
        Library.open(cluster.address("nowhere"))
    with pytest.raises(LibraryError, match="does not answer"):
        Library.open("postgresql+psycopg://nobody@127.0.0.1:1/papers")


def test_a_database_of_another_program_is_left_alone(cluster: Cluster) -> None:
    cluster.sql("CREATE DATABASE others")
    try:
        import psycopg

        with psycopg.connect(f"host={cluster.folder} user=sheaf dbname=others", autocommit=True) as connection:
            connection.execute("CREATE TABLE invoice (id integer)")
        with pytest.raises(LibraryError, match="tables of another program"):
            Library.open(cluster.address("others"))
    finally:
        cluster.sql("DROP DATABASE others WITH (FORCE)")
