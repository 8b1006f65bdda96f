"""A library on a PostgreSQL server beside the same in a file: one import, and every answer compared."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import text

from db.domain.errors import Cancelled, LibraryError
from db.domain.records import SavedSearch
from db.services import (
    backups,
    checking,
    completing,
    editing,
    importing,
    merging,
    reading,
    saved,
    searching,
    tagging,
    undoing,
)  # fmt: skip
from db.services.library import Library
from db.services.progress import silent
from db.services.searching import Question
from db.store import places
from db.store.engines import making
from tests import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cluster import Cluster

ROOT = Path(__file__).resolve().parents[4]
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
    "status:unread", "dump:nothing", "is:trash", "venue:NEUR", "venue:ofen", "org:EVORA", "org:x",
    "added:1d", "added:<2020", "comments:>3",
    "-added:today", "rating:>=1", "has:code", "has:links", "key:KIM", "dup:any", "(amber OR tin) -author:kim",
)  # fmt: skip
RANKED = (
    "tin",
    "amber tin",
    "ri",
    "rivers OR tin",
    "title:amber OR notes:tin",
    '"of tin"',
    "amber -notes:wide",
    "kim OR of",
    "title:deep",
    "title:deep title:amber",
    "author:oe OR title:tin",
)
SORTS = ("added", "title", "authors", "date", "status", "comments", "key", "rating", "starred", "tags", "dumps")


def opened(folder: Path, address: str) -> list[Library]:
    """Return the same library in a file and on the server."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.services.library.where", places.place)  # or a path would stand for a database, too
        both = [Library.open(folder / "file.sheaf"), Library.open(address)]
    for library in both:
        for paper in PAPERS:
            editing.add_paper(library, dict(paper))
        tagging.tag(library, [1, 3], add=["Tidal"])
        editing.set_fields(library, [2], {"starred": True})
    return both


@pytest.fixture
def both(cluster: Cluster, tmp_path: Path) -> Iterator[list[Library]]:
    """The same library in a file and on the server."""
    made = opened(tmp_path, cluster.database(tmp_path / "server"))
    yield made
    for library in made:
        library.close()
    cluster.drop_all()


@pytest.fixture(scope="module")
def read(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Library]]:
    """The same in a file and on the server, for tests that only read, with papers to be ranked."""
    made = opened(tmp_path_factory.mktemp("read"), cluster.kept("read"))
    for library in made:
        entries = "".join(f"@misc{{k{number}, {', '.join(fields(number))}}}\n\n" for number in range(40))
        importing.import_text(library, entries, silent)
        editing.set_fields(library, [3, 4], {"organization": "Évora Labs", "urls": ["https://github.com/kettle/tin"]})
        tagging.tag(library, [2, 4], add=["Tidal/waves", "Kim"])
    yield made
    for library in made:
        library.close()


def fields(number: int) -> Iterator[str]:
    """Yield the fields of an entry: words that stand in some of them, once or several times."""
    yield f"title = {{{'Amber tin' if number % 5 == 0 else 'Of lanterns'}{' deep' * (number % 4)} {number}}}"
    yield f"abstract = {{{'rivers flow ' * (number % 3)}{'of tin ' * (number % 2)}word{number}}}"
    yield f"note = {{{' '.join(['tin', 'amber', 'rivers'][: number % 4])}{' wide' * (number % 7)}}}"
    if number % 8 == 0:
        yield "author = {Oe, Ben and Kim, Eva}, journal = {Journal of Öfen}"


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
def test_searches_find_the_same(read: list[Library], query: str) -> None:
    on_file, on_server = (list(searching.find(one, query, sort="added").ids) for one in read)
    assert on_server == on_file


@pytest.mark.parametrize("query", RANKED)
def test_what_fits_best_is_the_same(read: list[Library], query: str) -> None:
    ranked = [list(searching.find(one, query, sort="relevance").ids) for one in read]
    assert ranked[1] == ranked[0]
    assert len(ranked[0]) > 2
    best = [searching.find_best(one, query, 7) for one in read]
    assert (best[1].ids, best[1].total) == (best[0].ids, best[0].total)


@pytest.mark.parametrize("typed", ["author:ki", "org:evo", "tag:wav", "key:k", "year:20", "dump:"])
def test_completions_are_the_same(read: list[Library], typed: str) -> None:
    found = [completing.complete(one, typed, len(typed)) for one in read]
    assert found[1] == found[0]
    assert found[0].offers


def test_the_sidebar_and_counts_are_the_same(read: list[Library]) -> None:
    on_file, on_server = (replace(reading.sidebar(one), sources=()) for one in read)  # when those came differs
    assert on_server == on_file
    beyond = [searching.count_beyond(one, "amber", "tag:Tidal") for one in read]
    assert beyond[1] == beyond[0] > 0


def test_a_question_that_nobody_wants_answered_any_more_is_ended_on_the_server(read: list[Library]) -> None:
    question = Question()

    def ask() -> None:
        with read[1].reading(question) as session:
            session.execute(text("SELECT pg_sleep(60)"))

    with ThreadPoolExecutor(1) as other:
        other.submit(lambda: (time.sleep(0.3), question.withdraw()))
        with pytest.raises(Cancelled):
            ask()
    with pytest.raises(Cancelled):
        ask()
    assert list(searching.find(read[1], "amber").ids) == list(searching.find(read[0], "amber").ids)


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


SCHEMA = (
    "SELECT table_name, column_name, data_type, collation_name, trim('''' FROM split_part(column_default, '::', 1)) "
    "FROM information_schema.columns WHERE table_schema = current_schema()",
    "SELECT conname, condeferrable, pg_get_constraintdef(oid) FROM pg_constraint",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()",
)


def schema(library: Library) -> list[list[str]]:
    with library.reading() as session:
        return schema_of(session.connection())


def schema_of(connection: sa.Connection) -> list[list[str]]:
    return [sorted(map(repr, connection.exec_driver_sql(one))) for one in SCHEMA]


def test_what_a_migration_makes_is_fitted_to_the_server(both: list[Library]) -> None:
    """Migrations speak for both engines in plain types; a new library is made from the models at once."""
    library = both[1]
    made = schema(library)
    with library.writing("Migrate", journalled=False) as write:
        connection = write.session.connection()
        op = Operations(MigrationContext.configure(connection))
        op.drop_table("issue")
        op.create_table(
            "issue",
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("source_id", sa.Integer(), nullable=False),
            sa.Column("line", sa.Integer(), nullable=False),
            sa.Column("text", sa.String(), nullable=False),
            sa.Column("why", sa.String(), nullable=False),
            sa.ForeignKeyConstraint(["source_id"], ["source.id"], name="fk_issue_source_id", ondelete="CASCADE"),
            sa.PrimaryKeyConstraint("id", name="pk_issue"),
        )
        op.create_index("ix_issue_source_id_line", "issue", ["source_id", "line"])
        op.drop_index("ix_paper_state_comments", "paper")
        op.create_index("ix_paper_state_comments", "paper", ["state", "comments"])
        op.drop_index("ix_change_step_id", "change")
        op.create_index("ix_change_step_id", "change", ["step_id"])
        assert schema_of(connection) != made
        making.fit(connection)
        assert schema_of(connection) == made


def test_a_library_of_the_version_before_gets_the_indexes_of_a_new_one(cluster: Cluster, both: list[Library]) -> None:
    made = schema(both[1])
    address = both[1].whole_address
    with both[1].writing("Be as before", journalled=False) as write:
        run = write.session.connection().exec_driver_sql
        run("DROP TABLE added_key")
        run("UPDATE alembic_version SET version_num = '0011'")
        for name, columns in (
            ("ix_change_step_id", "change (step_id)"),
            ("ix_paper_arxiv_id", "paper (arxiv_id) WHERE arxiv_id IS NOT NULL"),
            ("ix_paper_doi", "paper (doi) WHERE doi IS NOT NULL"),
            ("ix_paper_state_comments", "paper (state, comments NULLS FIRST)"),
        ):
            run(f"DROP INDEX {name}")
            run(f"CREATE INDEX {name} ON {columns}")
        assert schema_of(write.session.connection()) != made
    both[1].close()
    both[1] = Library.open(address)
    assert schema(both[1]) == made
    with both[1].writing("Fit once more", journalled=False) as write:
        there = write.session.execute(text("SELECT oid FROM pg_class WHERE relkind = 'i' ORDER BY 1")).all()
        making.fit(write.session.connection())
        assert write.session.execute(text("SELECT oid FROM pg_class WHERE relkind = 'i' ORDER BY 1")).all() == there


def test_a_library_of_an_earlier_version_is_upgraded_and_then_is_as_a_new_one(
    cluster: Cluster, both: list[Library]
) -> None:
    cluster.sql("CREATE DATABASE earlier TEMPLATE template0")
    try:
        cluster.sql((ROOT / "tests" / "libraries" / "0009.sql").read_text(encoding="utf-8"), "earlier")
        library = Library.open(cluster.address("earlier"))
        try:
            assert schema(library) == schema(both[1])
            assert searching.find(library, "tag:harbour lantern").total == 1
            saved.save(library, SavedSearch(0, "Lights", "search", "lantern"))
            assert len(searching.find(library, "in:lights").ids) == 1
            undoing.undo(library)
            assert not saved.searches(library)
            assert undoing.next_labels(library)[0] == "Tag 2 papers with Harbour"
            undoing.undo(library)
            assert reading.sidebar(library).tags == ()
            assert checking.check(library) == []
        finally:
            library.close()
    finally:
        cluster.sql("DROP DATABASE earlier WITH (FORCE)")
