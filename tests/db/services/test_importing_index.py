"""The search index and blocking keys of an import: the same as when they are made anew, and whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from db.domain.errors import Cancelled
from db.services import checking, editing, importing, intake, searching, undoing
from db.services.progress import Progress, silent
from db.store import backlog, index

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library
    from tests.db.services.conftest import Pages

MADE = (
    "SELECT key, paper_id FROM block ORDER BY key, paper_id",
    "SELECT rowid, * FROM paper_fts ORDER BY rowid",
    "SELECT id, title_sort, authors_sort, date_sort, content_hash FROM paper ORDER BY id",
    "SELECT paper_id FROM dirty",
)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few papers take the ways of many."""
    monkeypatch.setattr(intake, "BATCH", 4)
    monkeypatch.setattr(backlog, "ROOM", 10)
    monkeypatch.setattr(index, "ROOM", 10)
    monkeypatch.setattr(index, "BATCH", 3)


def pages_file(folder: Path, pages: type[Pages], numbers: range, name: str = "page.txt") -> Path:
    file = folder / name
    shown = [pages.paper(n, authors=n % 9 + 1, date="Mar 18" if n % 2 else "Feb 2, 2024") for n in numbers]
    file.write_text(pages.full(shown), encoding="utf-8")
    return file


def made(library: Library) -> list[list[tuple[object, ...]]]:
    with library.reading() as session:
        return [[tuple(row) for row in session.execute(text(sql))] for sql in MADE]


def test_what_was_written_since_the_last_look_is_no_damage(library: Library, pages: type[Pages], folder: Path) -> None:
    importing.import_files(library, [pages_file(folder, pages, range(4))], silent)
    for title in ("Amber kettles", "Velvet rivers"):  # the reader that checks has looked into the index before
        assert checking.check(library) == []
        editing.set_fields(library, [1, 2], {"title": title})
    assert checking.check(library) == []


def test_an_import_indexes_as_a_repair_would(library: Library, pages: type[Pages], folder: Path) -> None:
    shown = [pages.paper(n) for n in range(23)]
    bare = [type(one)(one.title, one.abstract[:150] + "...") for one in shown[:9]]
    first, second = folder / "first.txt", folder / "second.txt"
    first.write_text(pages.full(bare + shown[9:]), encoding="utf-8")
    second.write_text(pages.full(shown), encoding="utf-8")
    importing.import_files(library, [first, second], silent)
    found = made(library)
    assert found[0]
    assert found[3] == []
    with library.writing("Anew", journalled=False) as write:
        write.session.execute(text("INSERT INTO dirty (paper_id) SELECT id FROM paper"))
    assert made(library) == found
    assert checking.check(library) == []


def test_a_rolled_back_file_leaves_no_trace_in_the_index(
    library: Library, pages: type[Pages], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = pages_file(folder, pages, range(6))
    bad = pages_file(folder, pages, range(20, 32), "bad.txt")
    finish = intake.Intake._finish

    def broken(self: intake.Intake, *rest: object) -> None:
        if self._source.name == "bad.txt":
            raise importing.LibraryError("broken")
        finish(self, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(intake.Intake, "_finish", broken)
    importing.import_files(library, [good, bad], silent)
    assert [row[0] for row in made(library)[1]] == [1, 2, 3, 4, 5, 6]


def test_cancel_while_the_index_is_made_rolls_everything_back(
    library: Library, pages: type[Pages], folder: Path
) -> None:
    importing.import_files(library, [pages_file(folder, pages, range(12))], silent)
    before = made(library)
    seen: list[Progress] = []

    def report(progress: Progress) -> None:
        seen.append(progress)
        if progress.done:
            raise Cancelled

    with pytest.raises(Cancelled), library.writing("Rename all", report=report) as write:
        write.session.execute(text("UPDATE paper SET title = title || ' again'"))
    assert [one.total for one in seen] == [12] * len(seen)
    assert len(seen) > 1
    assert made(library) == before
    assert undoing.next_labels(library) == ("Import page.txt", None)


def test_undo_and_redo_of_a_first_import_keep_the_index_whole(
    library: Library, pages: type[Pages], folder: Path
) -> None:
    importing.import_files(library, [pages_file(folder, pages, range(25))], silent)
    before = made(library)
    undoing.undo(library)
    assert made(library) == [[], [], [], []]
    undoing.redo(library)
    assert made(library) == before
    assert searching.find(library, "Velvet15").total == 1


def test_the_newest_import_comes_first_in_the_order_of_its_page(
    library: Library, pages: type[Pages], folder: Path
) -> None:
    for name, numbers in (("a.txt", range(6)), ("b.txt", range(20, 27))):
        importing.import_files(library, [pages_file(folder, pages, numbers, name)], silent)
    by_hand, _ = editing.add_paper(library, {"title": "Typed in"})
    expected = [by_hand, *range(7, 14), *range(1, 7)]
    assert searching.find(library).ids.tolist() == expected
    assert searching.find(library, "-zzz").ids.tolist() == expected
    assert searching.find(library, descending=False).ids.tolist() == sorted(expected)
    for again in (undoing.undo, undoing.undo, undoing.redo, undoing.redo):
        again(library)
    assert searching.find(library).ids.tolist() == expected
