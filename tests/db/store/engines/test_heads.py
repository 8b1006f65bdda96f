"""Beside a server's search index: the words of titles, authors and keys, and its size, whatever happens to papers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from db.services import editing, importing, searching, undoing
from db.services.library import Library
from db.services.progress import silent
from db.store import index, places, triggers
from db.store.engines import searched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cluster import Cluster

KEPT = "SELECT rowid, length, CAST(words AS text) FROM paper_fts_heads ORDER BY rowid"
WANTED = "SELECT rowid, length, CAST(heads_of(words) AS text) FROM paper_fts ORDER BY rowid"
SIZE = "SELECT papers, words FROM paper_fts_size"
COUNTED = "SELECT count(*), coalesce(sum(length), 0) FROM paper_fts"
MANY = "".join(f"@misc{{k{n}, title = {{Amber {n}}}, abstract = {{rivers}}}}\n" for n in range(index.ROOM + 1))


@pytest.fixture
def address(cluster: Cluster, tmp_path: Path) -> Iterator[str]:
    yield cluster.database(tmp_path / "server")
    cluster.drop_all()


def opened(address: str) -> Library:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.services.library.where", places.place)
        return Library.open(address)


@pytest.fixture
def library(address: str) -> Iterator[Library]:
    made = opened(address)
    editing.add_paper(made, {"title": "Amber rivers", "abstract": "Zinc flows.", "authors": [["Kim", "Ada"]]})
    editing.add_paper(made, {"title": "Lanterns", "notes": "amber"})
    yield made
    made.close()


def asked(library: Library, sql: str) -> list[tuple[object, ...]]:
    with library.reading() as session:
        return [tuple(row) for row in session.execute(text(sql))]


def is_in_step(library: Library) -> bool:
    return asked(library, KEPT) == asked(library, WANTED) and asked(library, SIZE) == asked(library, COUNTED)


def test_only_words_of_names_are_kept(library: Library) -> None:
    first, second = (
        [word.split("'")[1] for word in str(words).split()] for _id, _length, words in asked(library, KEPT)
    )
    assert {"^amber", "^rivers", "@kim", "@ada"} <= set(first)
    assert "^lanterns" in second
    assert {word[0] for word in first + second} == set(searched.MARKS.values())
    assert is_in_step(library)


def test_edits_undo_and_deletions_keep_them_in_step(library: Library) -> None:
    editing.set_fields(library, [1], {"title": "Tin kettles"})
    assert is_in_step(library)
    assert list(searching.find(library, "title:tin").ids) == [1]
    assert list(searching.find(library, "title:amber").ids) == []
    undoing.undo(library)
    assert is_in_step(library)
    assert list(searching.find(library, "title:amber").ids) == [1]
    editing.trash(library, [1])
    editing.empty_trash(library)
    assert is_in_step(library)
    assert len(asked(library, KEPT)) == 1


def test_an_index_that_is_emptied_leaves_nothing(library: Library) -> None:
    undoing.undo(library)
    undoing.undo(library)
    importing.import_text(library, MANY, silent)
    assert is_in_step(library)
    undoing.undo(library)
    assert asked(library, KEPT) == []
    assert asked(library, SIZE) == [(0, 0)]


def test_a_library_from_before_gets_them(library: Library, address: str) -> None:
    before = asked(library, KEPT)
    with library.writing("Before", journalled=False) as write:
        run = write.session.connection().exec_driver_sql
        run("DROP TABLE paper_fts_heads")
        run("DROP TABLE paper_fts_size")
        run("DROP FUNCTION note_words() CASCADE")
        run(f"DELETE FROM setting WHERE name = '{triggers.SIGNATURE}'")
    library.close()
    again = opened(address)
    assert asked(again, KEPT) == before
    editing.set_fields(again, [2], {"title": "Amber lanterns"})
    assert is_in_step(again)
    again.close()
