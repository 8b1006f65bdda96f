"""Importing files: what is added, merged, refused, and taken back."""

from __future__ import annotations

import json
import os
from contextlib import closing
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled
from db.services import editing, importing, reading, searching, sources, undoing
from db.services.library import Library
from db.services.progress import Progress, silent
from db.services.recognising import Choice
from tests import tables

if TYPE_CHECKING:
    from db.domain.records import Paper
    from db.services.importing import Imported
    from tests.db.services.conftest import Pages, Shown


def write(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def everything(library: Library) -> list[Paper]:
    return reading.papers(library, list(searching.find(library, sort="added", descending=False).ids))


def row_counts(library: Library) -> dict[str, int]:
    """The rows of every table of a library, the search index left out."""
    with library.reading() as session:
        run = session.connection().exec_driver_sql
        return {name: run(f'SELECT count(*) FROM "{name}"').scalar_one() for name in tables.names(session)}


def three(pages: type[Pages]) -> list[Shown]:
    return [
        pages.paper(1, authors=17, date="Mar 18", comments=3),
        pages.paper(2, authors=1, date="Feb 2, 2024"),
        pages.paper(3),
    ]


def test_a_page_becomes_papers(library: Library, pages: type[Pages], folder: Path) -> None:
    file = write(folder, "page.txt", pages.full(three(pages)))
    done = importing.import_files(library, [file], silent)
    (result,) = done.files
    assert (result.records, result.added, result.merged, result.doubtful, result.issues) == (3, 3, 0, 0, 0)
    assert result.error is None
    assert not result.already_imported
    assert (result.render_year, result.inferred_dates) == (2025, 1)
    papers = everything(library)
    assert tuple(p.id for p in papers) == result.new_ids
    assert [p.title for p in papers] == [p.title for p in three(pages)]
    first = papers[0]
    assert (first.author_count, first.comments, first.date.iso()) == (17, 3, "2025-03-18")
    assert first.date.inferred
    assert [(s.source_name, s.index) for s in first.sightings] == [("page.txt", 1)]
    assert len({p.citation_key for p in papers}) == 3
    assert all(p.citation_key and not p.key_frozen for p in papers)
    assert done.changes.label == "Import page.txt"
    assert {"paper", "sighting", "source"} <= done.changes.parts


def test_the_same_file_again_changes_nothing(library: Library, pages: type[Pages], folder: Path) -> None:
    file = write(folder, "page.txt", pages.full(three(pages)))
    importing.import_files(library, [file], silent)
    before = row_counts(library)
    copy = write(folder, "copy.txt", pages.full(three(pages)))
    again = importing.import_files(library, [copy, file], silent)
    assert [r.already_imported for r in again.files] == [True, True]
    assert [r.records for r in again.files] == [3, 3]
    assert not again.changes
    assert row_counts(library) == before


def test_the_same_file_twice_in_one_call(library: Library, pages: type[Pages], folder: Path) -> None:
    file = write(folder, "page.txt", pages.full(three(pages)))
    copy = write(folder, "copy.txt", pages.full(three(pages)))
    done = importing.import_files(library, [file, copy, file, folder], silent)
    assert [(r.file, r.already_imported) for r in done.files] == [(str(file), False), (str(copy), True)]
    assert len(everything(library)) == 3


@pytest.mark.parametrize("bare_first", [False, True])
@pytest.mark.parametrize("one_call", [False, True])
def test_a_bare_record_gains_what_its_full_twin_knows(
    library: Library, pages: type[Pages], folder: Path, bare_first: bool, one_call: bool
) -> None:
    full = write(folder, "full.txt", pages.full(three(pages)))
    bare = write(folder, "bare.txt", pages.bare([pages.paper(n) for n in (1, 3, 4, 5, 6)]))
    order = [bare, full] if bare_first else [full, bare]
    if one_call:
        results = importing.import_files(library, order, silent).files
    else:
        results = tuple(importing.import_files(library, [f], silent).files[0] for f in order)
    assert sum(r.added for r in results) == 6
    assert sum(r.merged for r in results) == 2
    twin = next(p for p in everything(library) if p.title == pages.paper(1).title)
    assert (twin.author_count, twin.comments, twin.date.iso()) == (17, 3, "2025-03-18")
    assert {s.source_name for s in twin.sightings} == {"full.txt", "bare.txt"}
    if bare_first:
        full_sighting = next(s.id for s in twin.sightings if s.source_name == "full.txt")
        assert twin.origins["author_count"].sighting_id == full_sighting


def test_a_paper_twice_on_one_page_is_one_paper(library: Library, pages: type[Pages], folder: Path) -> None:
    file = write(folder, "page.txt", pages.full([*three(pages), three(pages)[0]]))
    (result,) = importing.import_files(library, [file], silent).files
    assert (result.records, result.added, result.merged) == (4, 3, 1)
    assert len(everything(library)[0].sightings) == 2


def test_keep_twins_stores_every_record(library: Library, pages: type[Pages], folder: Path) -> None:
    file = write(folder, "page.txt", pages.full([*three(pages), three(pages)[0]]))
    (result,) = importing.import_files(library, [file], silent, keep_twins=True).files
    assert (result.added, result.merged) == (4, 0)
    assert len({p.citation_key for p in everything(library)}) == 4


def test_bad_files_stop_no_good_ones(library: Library, pages: type[Pages], folder: Path) -> None:
    good = [write(folder, f"{n}.txt", pages.bare([pages.paper(n), pages.paper(n + 50)])) for n in (1, 2)]
    fifo, loop, empty = folder / "fifo", folder / "loop", folder / "empty.txt"
    os.mkfifo(fifo)
    loop.symlink_to(loop)
    empty.touch()
    binary = folder / "binary.bin"
    binary.write_bytes(bytes(range(256)) * 40)
    missing = folder / "missing.txt"
    bad = [fifo, loop, empty, binary, missing]
    done = importing.import_files(library, [good[0], *bad, good[1]], silent)
    assert [r.error is None for r in done.files] == [True, *[False] * 5, True]
    assert all(path.name in str(r.error) for path, r in zip(bad, done.files[1:-1], strict=True))
    assert len(everything(library)) == 4
    assert done.changes.label == "Import 7 files"


def test_only_bad_files_leave_no_step(library: Library, folder: Path) -> None:
    done = importing.import_files(library, [folder / "missing.txt"], silent)
    assert done.files[0].error
    assert not done.changes
    noise = folder / "noise.txt"
    noise.write_bytes(b"\x00\x01\x02\xff" * 500)
    assert not importing.import_files(library, [noise], silent).changes
    assert undoing.history(library) == []


def test_a_file_that_breaks_halfway_leaves_nothing(
    library: Library, pages: type[Pages], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.domain.errors import LibraryError
    from db.services import parsing

    good = write(folder, "good.txt", pages.bare([pages.paper(n) for n in range(4)]))
    torn = write(folder, "torn.txt", pages.bare([pages.paper(n) for n in range(2, 8)]))
    last = write(folder, "last.txt", pages.glued([pages.paper(n) for n in range(2, 9)]))
    read = parsing.stream_prepared

    def stream(source: Path, *rest: object, **named: object) -> object:
        for number, item in enumerate(read(source, *rest, **named)):  # type: ignore[arg-type]
            if source == torn and number == 5:
                raise LibraryError("torn.txt ended in the middle.")
            yield item

    monkeypatch.setattr("db.services.intake.BATCH", 2)
    monkeypatch.setattr(parsing, "stream_prepared", stream)
    done = importing.import_files(library, [good, torn, last], silent)
    assert [r.error for r in done.files] == [None, "torn.txt ended in the middle.", None]
    assert (done.files[2].merged, done.files[2].added) == (2, 5)
    papers = everything(library)
    assert len(papers) == 9
    assert {s.source_name for p in papers for s in p.sightings} == {"good.txt", "last.txt"}


def test_folders_are_opened_and_loops_survived(library: Library, pages: type[Pages], folder: Path) -> None:
    inner = folder / "inner"
    inner.mkdir()
    write(folder, "b.txt", pages.bare([pages.paper(2)] * 1 + [pages.paper(3)]))
    write(folder, "a.txt", pages.bare([pages.paper(0), pages.paper(1)]))
    write(inner, "c.txt", pages.bare([pages.paper(4), pages.paper(5)]))
    write(folder, ".hidden.txt", pages.bare([pages.paper(6), pages.paper(7)]))
    (inner / "up").symlink_to(folder, target_is_directory=True)
    (inner / "self").symlink_to(inner / "self")
    done = importing.import_files(library, [folder], silent)
    good = [Path(r.file).name for r in done.files if r.error is None]
    assert good == ["a.txt", "b.txt", "c.txt"]
    assert [Path(r.file).name for r in done.files if r.error] == ["self"]
    assert len(everything(library)) == 6
    assert len(undoing.history(library)) == 1


def test_an_empty_folder_is_reported(library: Library, folder: Path) -> None:
    (result,) = importing.import_files(library, [folder], silent).files
    assert "no file" in str(result.error)


@pytest.mark.parametrize("calls", [0, 1, 3, 8, 20])
def test_cancel_leaves_nothing_behind(
    library: Library, pages: type[Pages], folder: Path, calls: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing.import_files(library, [write(folder, "first.txt", pages.full(three(pages)))], silent)
    before = row_counts(library), everything(library)
    monkeypatch.setattr("db.services.intake.BATCH", 50)
    monkeypatch.setattr("db.services.meter.EVERY_CALLS", 20)
    files = [write(folder, f"{n}.txt", pages.bare([pages.paper(n * 150 + i) for i in range(200)])) for n in range(3)]
    count = 0

    def report(_progress: Progress) -> None:
        nonlocal count
        count += 1
        if count > calls:
            raise Cancelled

    with pytest.raises(Cancelled):
        importing.import_files(library, files, report)
    assert (row_counts(library), everything(library)) == before
    done = importing.import_files(library, files, silent)
    assert all(r.error is None for r in done.files)
    assert sum(r.records for r in done.files) == 600


def test_one_undo_takes_the_whole_import_back(library: Library, pages: type[Pages], folder: Path) -> None:
    importing.import_files(library, [write(folder, "bare.txt", pages.bare([pages.paper(1)] * 1))], silent)
    before = everything(library)
    files = [
        write(folder, "full.txt", pages.full(three(pages))),
        write(folder, "glued.txt", pages.glued([pages.paper(n) for n in range(2, 9)])),
    ]
    importing.import_files(library, files, silent)
    after = everything(library)
    undoing.undo(library)
    assert [(p.title, p.author_count, p.date) for p in everything(library)] == [
        (p.title, p.author_count, p.date) for p in before
    ]
    assert everything(library)[0].sightings == before[0].sightings
    undoing.redo(library)
    assert [(p.title, p.author_count, p.date, p.sightings) for p in everything(library)] == [
        (p.title, p.author_count, p.date, p.sightings) for p in after
    ]
    undoing.undo(library)
    again = importing.import_files(library, files, silent)
    assert not any(r.already_imported for r in again.files)
    source_id = again.files[0].source_id
    assert source_id is not None
    assert "\n".join(sources.text(library, source_id)) == pages.full(three(pages)).rstrip("\n")


def test_a_paper_in_the_trash_is_seen_again_and_stays_there(library: Library, pages: type[Pages], folder: Path) -> None:
    importing.import_files(library, [write(folder, "bare.txt", pages.bare([pages.paper(1), pages.paper(9)]))], silent)
    editing.trash(library, [1])
    (result,) = importing.import_files(library, [write(folder, "a.txt", pages.full(three(pages)))], silent).files
    assert (result.added, result.merged, result.trashed) == (2, 1, 1)
    paper = reading.paper(library, 1)
    assert paper is not None
    assert paper.in_trash
    assert len(paper.sightings) == 2


def test_what_the_person_typed_is_never_overwritten(library: Library, pages: type[Pages], folder: Path) -> None:
    importing.import_files(library, [write(folder, "bare.txt", pages.bare([pages.paper(1), pages.paper(9)]))], silent)
    editing.set_fields(library, [1], {"author_count": 4, "date": "2020-01-01"})
    importing.import_files(library, [write(folder, "full.txt", pages.full(three(pages)))], silent)
    paper = reading.paper(library, 1)
    assert paper is not None
    assert (paper.author_count, paper.date.iso(), paper.comments) == (4, "2020-01-01", 3)


def test_a_stated_year_settles_an_inferred_one_and_the_key(library: Library, pages: type[Pages], folder: Path) -> None:
    guess = [pages.paper(1, authors=2, date="Mar 18"), pages.paper(2, authors=1, date="Feb 2, 2020")]
    importing.import_files(library, [write(folder, "guess.txt", pages.full(guess))], silent)
    before = reading.paper(library, 1)
    assert before is not None
    assert before.date.iso() == "2021-03-18"
    editing.pin_key(library, [2])
    pinned = reading.paper(library, 2)
    stated = [pages.paper(1, authors=2, date="Mar 18, 2023"), pages.paper(2, authors=1, date="Feb 2, 2020")]
    importing.import_files(library, [write(folder, "stated.txt", pages.full(stated))], silent)
    after = reading.paper(library, 1)
    assert after is not None
    assert pinned is not None
    assert after.date.iso() == "2023-03-18"
    assert not after.date.inferred
    assert after.citation_key == before.citation_key.replace("2021", "2023")
    unchanged = reading.paper(library, 2)
    assert unchanged is not None
    assert unchanged.citation_key == pinned.citation_key


def test_a_year_given_by_hand_dates_the_papers(library: Library, pages: type[Pages], folder: Path) -> None:
    file = write(folder, "page.txt", pages.full(three(pages)))
    (result,) = importing.import_files(library, [file], silent, usual=Choice(year=2031)).files
    assert result.render_year == 2031
    assert [p.date.iso() for p in everything(library)] == ["2031-03-18", "2024-02-02", None]
    assert result.source_id is not None
    sources.set_year(library, result.source_id, None)
    assert [p.date.iso() for p in everything(library)] == ["2025-03-18", "2024-02-02", None]


def test_progress_never_goes_backwards(library: Library, pages: type[Pages], folder: Path) -> None:
    files = [write(folder, f"{n}.txt", pages.full([pages.paper(n * 700 + i) for i in range(700)])) for n in range(2)]
    seen: list[Progress] = []
    importing.import_files(library, files, seen.append)
    done = [p.done for p in seen]
    assert done == sorted(done)
    assert done[-1] == seen[-1].total == sum(f.stat().st_size for f in files)
    assert {p.label for p in seen} == {"0.txt", "1.txt"}
    assert len(seen) >= 7


def test_pasted_text_is_named_after_its_first_title(library: Library, pages: type[Pages]) -> None:
    done = importing.import_text(library, pages.full(three(pages)), silent)
    assert done.changes.label == "Import pasted text"
    (source,) = reading.sidebar(library).sources
    assert source.kind == "paste"
    assert source.name == pages.paper(1).title[:60]
    assert importing.import_text(library, pages.full(three(pages)), silent).files[0].already_imported


def test_nul_and_lone_surrogates_never_reach_the_library(library: Library, pages: type[Pages]) -> None:
    text = pages.full(three(pages)).replace("Glacial", "Gla\x00cial").replace("harder", "har\ud800der")
    importing.import_text(library, text, silent)
    for paper in everything(library):
        for value in (paper.title, paper.abstract):
            assert "\x00" not in value
            value.encode("utf-8")


def test_a_file_of_five_megabytes(library: Library, pages: type[Pages], folder: Path) -> None:
    papers = [pages.paper(n, authors=n % 40 + 1, date="Mar 18", comments=3) for n in range(14_000)]
    file = write(folder, "big.txt", pages.full(papers))
    (result,) = importing.import_files(library, [file], silent).files
    assert result.records == 14_000
    assert result.added + result.merged + result.doubtful == 14_000
    assert result.source_id is not None
    assert "\n".join(sources.text(library, result.source_id)) == pages.full(papers).rstrip("\n")


def outcome(library: Library) -> set[tuple[object, ...]]:
    return {
        (p.title.casefold(), p.author_count, p.date.iso(), p.comments, len(p.sightings)) for p in everything(library)
    }


def test_the_real_dumps_give_346_papers_in_any_order(dumps: Path, tmp_path: Path) -> None:
    names = ["alignment-search-full.txt", "alignment-search-glued.txt", "identity-search-bare.txt"]
    outcomes = []
    for number, order in enumerate(permutations(names)):
        library = Library.open(tmp_path / f"{number}.sheaf")
        try:
            done = importing.import_files(library, [dumps / name for name in order], silent)
            check_sums(done)
            check_twins(library, json.loads((dumps / "twins.json").read_text(encoding="utf-8")))
            outcomes.append(outcome(library))
        finally:
            library.close()
    assert all(one == outcomes[0] for one in outcomes)


def check_sums(done: Imported) -> None:
    assert sum(r.records for r in done.files) == 396
    assert sum(r.merged for r in done.files) == 50
    assert sum(r.added + r.doubtful for r in done.files) == 346


def check_twins(library: Library, truth: dict[str, list[dict[str, list[dict[str, object]]]]]) -> None:
    """Every group is one paper with all its sightings; no other paper has several sightings."""
    groups = {frozenset((f"{o['dump']}.txt", o["index"]) for o in group["occurrences"]) for group in truth["groups"]}
    seen = {
        frozenset((s.source_name, s.index) for s in p.sightings) for p in everything(library) if len(p.sightings) > 1
    }
    assert seen == groups


def test_a_live_paper_is_seen_before_its_twin_in_the_trash(library: Library, pages: type[Pages], folder: Path) -> None:
    page = folder / "page.txt"
    page.write_text(pages.full([pages.paper(1)]), encoding="utf-8")
    importing.import_files(library, [page], silent)
    page.write_text(pages.full([pages.paper(1)], day="Nov 2"), encoding="utf-8")
    importing.import_files(library, [page], silent, keep_twins=True)
    editing.trash(library, [1])
    page.write_text(pages.full([pages.paper(1)], day="Nov 3"), encoding="utf-8")
    (result,) = importing.import_files(library, [page], silent).files
    assert (result.merged_ids, result.trashed) == ((2,), 0)


def test_a_library_that_is_written_to_can_be_opened_and_read(library: Library) -> None:
    """Nobody waits for an import in another window just to list papers."""
    with library.writing("A long import"), closing(Library.open(library.path)) as other:
        assert reading.sidebar(other).all == 0
