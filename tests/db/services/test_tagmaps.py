"""Cleaning up by a file: foreseen, done as one step, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import LibraryError
from db.services import editing, livefiles, retagging, tagging, tagmaps, undoing
from db.services.exporting import ExportOptions

if TYPE_CHECKING:
    from db.services.library import Library


@pytest.fixture
def ids(library: Library) -> list[int]:
    """Three papers: rl + nlp/mt, rlhf, junk."""
    made = [editing.add_paper(library, {"title": f"Paper {n}"})[0] for n in range(3)]
    for paper_id, names in zip(made, (["rl", "nlp/mt"], ["rlhf"], ["junk"]), strict=True):
        tagging.tag(library, [paper_id], add=names)
    return made


def counts(library: Library) -> dict[str, int]:
    return {tag.name: tag.count for tag in tagging.tags(library)}


def file(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "map.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_foreseen_and_done_as_one_step(library: Library, ids: list[int], tmp_path: Path) -> None:
    wanted = tagmaps.load(file(tmp_path, "old,new\nRLHF,alignment\nrl,alignment\njunk,\nlost,found\nnlp/mt,nlp/mt\n"))
    before = counts(library)
    found = tagmaps.preview(library, wanted)
    assert [(one.old, one.new, one.papers, one.merges) for one in found.changes.lines] == [
        ("rlhf", "alignment", 1, True), ("rl", "alignment", 1, True), ("junk", None, 1, False),
    ]  # fmt: skip
    assert found.changes.papers == 3
    assert [(one.number, one.text, one.why) for one in found.remarks] == [(5, "lost", "is no tag of the library")]
    assert counts(library) == before
    assert tagmaps.apply(library, wanted, "map.csv").label == "Clean up tags by map.csv"
    assert counts(library) == {"alignment": 2, "nlp/mt": 1}
    undoing.undo(library)
    assert counts(library) == before


def test_lines_count_all_at_once_so_that_names_can_be_swapped_and_handed_on(
    library: Library, ids: list[int], tmp_path: Path
) -> None:
    tagmaps.apply(library, tagmaps.load(file(tmp_path, "rl,rlhf\nrlhf,rl\njunk,nlp\nnlp/mt,junk\n")))
    assert counts(library) == {"rl": 1, "rlhf": 1, "nlp": 1, "junk": 1}
    undoing.undo(library)
    undoing.redo(library)
    assert counts(library) == {"rl": 1, "rlhf": 1, "nlp": 1, "junk": 1}


def test_the_list_is_written_and_changes_nothing_when_it_is_read_again(
    library: Library, ids: list[int], tmp_path: Path
) -> None:
    tagging.tag(library, ids, add=["=SUM(A1)", 'say "hi", twice'])
    path = tmp_path / "tags.csv"
    assert tagmaps.export(library, path) == 6
    assert "\n'=SUM(A1),'=SUM(A1)\n" in path.read_text(encoding="utf-8")
    wanted = tagmaps.load(path)
    assert tagmaps.preview(library, wanted) == tagmaps.MapPreview(retagging.Retagging((), 0), ())
    assert not tagmaps.apply(library, wanted)


def test_what_is_no_list_is_refused_in_words(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    with pytest.raises(LibraryError, match="could not be read"):
        tagmaps.load(path)
    path.write_bytes(b"old,new\na,b\n\xff\xff\xfe,c\n")
    with pytest.raises(LibraryError, match=r"line 3.*CSV UTF-8"):
        tagmaps.load(path)
    path.write_text("\n , \n", encoding="utf-8")
    with pytest.raises(LibraryError, match="no line with a tag"):
        tagmaps.load(path)
    path.write_text("a,b", encoding="utf-16")
    assert tagmaps.load(path).lines[0].new == "b"


def test_a_live_bibliography_follows_a_clean_up_and_its_undo(library: Library, ids: list[int], tmp_path: Path) -> None:
    options = ExportOptions(keywords=True)
    live = livefiles.attach(library, tmp_path / "refs.bib", livefiles.of_search(""), options).file
    path = tmp_path / "refs.bib"
    livefiles.update(library, live.id)
    assert "rlhf" in path.read_text(encoding="utf-8")
    tagmaps.apply(library, tagmaps.load(file(tmp_path, "rlhf,alignment\nrl,alignment\njunk,\n")))
    livefiles.update(library, live.id)
    text = path.read_text(encoding="utf-8")
    assert text.count("alignment") == 2
    assert "rlhf" not in text
    assert "junk" not in text
    undoing.undo(library)
    livefiles.update(library, live.id)
    assert "rlhf" in path.read_text(encoding="utf-8")
