"""BibTeX files that are whole or untouched, and keys that never move once they are out."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled, LibraryError
from db.domain.formats.bibread import read_text
from db.domain.records import Issue, Record
from db.services import editing, exporting, importing, reading, searching, tagging, undoing
from db.services.progress import Progress, silent

if TYPE_CHECKING:
    from db.services.library import Library


def add(library: Library, title: str = "Amber kettles", **values: object) -> int:
    return editing.add_paper(library, {"title": title, **values})[0]


def key(library: Library, paper_id: int) -> str:
    found = reading.paper(library, paper_id)
    assert found is not None
    return found.citation_key


def test_a_selection_is_written_in_its_order(library: Library, tmp_path: Path) -> None:
    first, second = add(library), add(library, "Velvet rivers", authors="Doe, Jane", date="2024")
    target = tmp_path / "out.bib"
    done = exporting.export(library, [second, first], target, silent)
    entries = [e for e in read_text(target.read_text(encoding="utf-8")) if isinstance(e, Record)]
    assert [e.citation_key for e in entries] == [key(library, second), key(library, first)]
    assert (done.written, done.file) == (2, str(target))
    assert [(i.citation_key, i.missing) for i in done.incomplete] == [(key(library, first), ("author", "year"))]
    assert all(one.key_frozen for one in reading.papers(library, [first, second]))
    assert done.changes.parts == {"paper"}


def test_a_list_of_authors_that_goes_on_says_so(library: Library, tmp_path: Path) -> None:
    typed = add(library, authors="Doe, Jane")
    source = tmp_path / "in.bib"
    source.write_text("@misc{a, title={Velvet rivers}, author={Roe, Max and others}, year=2020}", encoding="utf-8")
    importing.import_files(library, [source], silent)
    written = [exporting.preview_bibtex(library, one) for one in (typed, *searching.find(library, "velvet").ids)]
    assert ["and others" in text for text in written] == [False, True]


def test_all_means_all_but_the_trash(library: Library, tmp_path: Path) -> None:
    add(library)
    gone = add(library, "Velvet rivers")
    editing.trash(library, [gone])
    assert exporting.export(library, None, tmp_path / "a.bib", silent).written == 1


def test_an_exported_key_stays_through_undo_and_edit(library: Library, tmp_path: Path) -> None:
    paper_id = add(library)
    editing.set_fields(library, [paper_id], {"title": "Velvet rivers"})
    exporting.export(library, [paper_id], tmp_path / "a.bib", silent)
    given = key(library, paper_id)
    assert undoing.next_labels(library)[0] == "Edit title"
    undoing.undo(library)
    assert key(library, paper_id) == given
    editing.set_fields(library, [paper_id], {"title": "Hollow quartz"})
    assert key(library, paper_id) == given


def test_copying_and_citing_freeze_and_a_preview_does_not(library: Library) -> None:
    first, second = add(library), add(library, "Velvet rivers")
    assert key(library, first) in exporting.preview_bibtex(library, first)
    assert not reading.rows(library, [first])[0].key_frozen
    text, changes = exporting.bibtex(library, [first])
    assert text == exporting.preview_bibtex(library, first)
    assert changes.ids == {first}
    cited, changes = exporting.cite(library, [second, first])
    assert cited == f"\\cite{{{key(library, second)},{key(library, first)}}}"
    assert changes.ids == {second}
    assert exporting.cite(library, [first], command="citep*")[0].startswith("\\citep*{")
    assert exporting.cite(library, [])[0] == ""
    with pytest.raises(LibraryError, match="cite command"):
        exporting.cite(library, [first], command="input{x}")


def test_an_entry_holds_tags_links_and_where_it_came_from(library: Library) -> None:
    paper_id = add(library, arxiv_id="2503.14504", doi="10.1000/x_y", venue="A & B")
    tagging.tag(library, [paper_id], add=["dpo", "to read"])
    text = exporting.preview_bibtex(library, paper_id)
    entry, _ = read_text(text)
    assert isinstance(entry, Record)
    assert entry.keywords == ("dpo", "to read")
    assert entry.doi == "10.1000/x_y"
    assert "arxiv.org/abs/2503.14504" in entry.urls[0]


def test_a_file_keeps_its_mode_and_a_link_stays_a_link(library: Library, tmp_path: Path) -> None:
    paper_id = add(library)
    real, link = tmp_path / "real.bib", tmp_path / "link.bib"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    exporting.export(library, [paper_id], link, silent)
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert real.read_text(encoding="utf-8").startswith("@misc{")


def test_places_that_cannot_be_written_are_said_and_freeze_nothing(library: Library, tmp_path: Path) -> None:
    paper_id = add(library)
    for path, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "missing" / "a.bib", "no folder"),
        (Path("/dev/null"), "not an ordinary file" if os.name == "posix" else "no folder"),
        (tmp_path / ("x" * 300 + ".bib"), "too long|could not be written"),
    ):
        with pytest.raises((LibraryError, OSError), match=words):
            exporting.export(library, [paper_id], path, silent)
    assert not reading.rows(library, [paper_id])[0].key_frozen
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".part"] == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_is_not_replaced(library: Library, tmp_path: Path) -> None:
    paper_id, target = add(library), tmp_path / "a.bib"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o444)
    with pytest.raises(LibraryError, match="read-only"):
        exporting.export(library, [paper_id], target, silent)


def test_a_full_disk_leaves_the_old_file(library: Library) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    from db.services import atomic

    with pytest.raises(LibraryError, match="disk is full"), atomic.told(Path("a.bib"), Path("a.bib")):
        Path("/dev/full").write_text("x" * 100_000, encoding="utf-8")


def test_cancelling_leaves_the_old_file_and_loose_keys(library: Library, tmp_path: Path) -> None:
    paper_id, target = add(library), tmp_path / "a.bib"
    target.write_text("old", encoding="utf-8")

    def cancel(_progress: Progress) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        exporting.export(library, [paper_id], target, cancel)
    assert target.read_text(encoding="utf-8") == "old"
    assert not reading.rows(library, [paper_id])[0].key_frozen
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".part"] == []


def test_reading_the_export_of_the_real_dumps_back_gives_the_same_papers(
    library: Library, dumps: Path, tmp_path: Path
) -> None:
    importing.import_files(library, sorted(dumps.glob("*.txt")), silent)
    target = tmp_path / "all.bib"
    ids = sorted(searching.find(library).ids)
    exporting.export(library, ids, target, silent)
    *entries, _ = read_text(target.read_text(encoding="utf-8"))
    assert not [e for e in entries if isinstance(e, Issue)]
    papers = reading.papers(library, ids)
    assert len(entries) == len(papers) == 346
    for entry, paper in zip(entries, papers, strict=True):
        assert isinstance(entry, Record)
        assert (entry.citation_key, entry.title, entry.authors) == (paper.citation_key, paper.title, paper.authors)
        assert entry.abstract == paper.abstract
        assert (entry.date.year, entry.date.month) == (
            paper.date.year,
            paper.date.month,
        )
