"""Tags renamed, merged, nested and deleted with what is inside them, foreseen and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.domain.errors import LibraryError
from db.services import (
    editing,
    exporting,
    importing,
    merging,
    reading,
    retagging,
    searching,
    tagging,
    undoing,
    unmerging,
)
from db.services.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library


@pytest.fixture
def ids(library: Library) -> list[int]:
    """Four papers: nlp, nlp/parsing, nlp/parsing + nlp/speech, vision."""
    made = [editing.add_paper(library, {"title": f"Paper {n}"})[0] for n in range(4)]
    for paper_id, names in zip(
        made, (["nlp"], ["nlp/parsing"], ["nlp/parsing", "nlp/speech"], ["vision"]), strict=True
    ):
        tagging.tag(library, [paper_id], add=names)
    return made


def counts(library: Library) -> dict[str, int]:
    return {tag.name: tag.count for tag in tagging.tags(library)}


def lines(found: retagging.Retagging) -> list[tuple[str, str | None, int, bool]]:
    return [(one.old, one.new, one.papers, one.merges) for one in found.lines]


BEFORE = {"nlp": 1, "nlp/parsing": 2, "nlp/speech": 1, "vision": 1}


def test_a_name_above_counts_what_is_inside_once(library: Library, ids: list[int]) -> None:
    nlp, vision = reading.sidebar(library).tree
    assert (nlp.name, nlp.count, [(one.label, one.count) for one in nlp.inside]) == (
        "nlp", 3, [("parsing", 2), ("speech", 1)],
    )  # fmt: skip
    assert (vision.count, vision.inside) == (1, ())
    editing.trash(library, ids[2:3])
    assert reading.sidebar(library).tree[0].count == 2


def test_renaming_takes_what_is_inside_along_and_is_one_step(library: Library, ids: list[int]) -> None:
    found = retagging.preview_rename(library, "nlp", "language")
    assert lines(found) == [
        ("nlp", "language", 1, False),
        ("nlp/parsing", "language/parsing", 2, False),
        ("nlp/speech", "language/speech", 1, False),
    ]
    assert found.papers == 3
    changes = retagging.rename(library, "NLP", "language")
    assert changes.label == "Rename tag nlp and 2 inside to language"
    assert counts(library) == {"language": 1, "language/parsing": 2, "language/speech": 1, "vision": 1}
    undoing.undo(library)
    assert counts(library) == BEFORE
    undoing.redo(library)
    assert "language/speech" in counts(library)


def test_a_name_that_is_no_tag_itself_is_renamed_too(library: Library, ids: list[int]) -> None:
    retagging.delete(library, ["nlp"], inside=False)
    assert counts(library) == {"nlp/parsing": 2, "nlp/speech": 1, "vision": 1}
    retagging.rename(library, "nlp", "language")
    assert counts(library) == {"language/parsing": 2, "language/speech": 1, "vision": 1}


def test_renaming_onto_other_tags_merges_them_and_those_inside(library: Library, ids: list[int]) -> None:
    tagging.tag(library, ids[3:], add=["language", "language/parsing"])
    found = retagging.preview_rename(library, "nlp", "language")
    assert [one.old for one in found.merges] == ["nlp", "nlp/parsing"]
    assert retagging.rename(library, "nlp", "language").label == "Merge tag nlp into language"
    assert counts(library) == {"language": 2, "language/parsing": 3, "language/speech": 1, "vision": 1}
    undoing.undo(library)
    assert counts(library) == BEFORE | {"language": 1, "language/parsing": 1}


def test_several_are_merged_into_one_new_or_known(library: Library, ids: list[int]) -> None:
    found = retagging.preview_merge(library, ["vision", "nlp/speech"], "perception")
    assert (lines(found), found.papers) == (
        [("nlp/speech", "perception", 1, True), ("vision", "perception", 1, True)], 2,
    )  # fmt: skip
    assert retagging.merge(library, ["vision", "nlp/speech"], "perception").label == "Merge 2 tags into perception"
    assert counts(library) == {"nlp": 1, "nlp/parsing": 2, "perception": 2}
    undoing.undo(library)
    retagging.merge(library, ["vision", "nlp"], "Vision")
    assert counts(library) == {"vision": 2, "vision/parsing": 2, "vision/speech": 1}


def test_a_tag_merged_into_one_inside_it_leaves_that_one_in_its_place(library: Library, ids: list[int]) -> None:
    retagging.merge(library, ["nlp", "nlp/speech"], "nlp/parsing")
    assert counts(library) == {"nlp/parsing": 3, "vision": 1}


def test_a_tag_is_put_into_another_and_back_to_the_top(library: Library, ids: list[int]) -> None:
    retagging.move(library, "vision", "nlp")
    assert "nlp/vision" in counts(library)
    retagging.move(library, "nlp/vision", None)
    assert counts(library) == BEFORE
    for into in ("nlp", "nlp/parsing"):
        with pytest.raises(LibraryError, match="into itself"):
            retagging.move(library, "nlp", into)


def test_two_tags_may_swap_their_names(library: Library, ids: list[int]) -> None:
    number = {tag.name: tag.id for tag in tagging.tags(library)}
    retagging.apply(library, {number["nlp"]: "vision", number["vision"]: "nlp"}, "Swap")
    assert {tag.name: tag.id for tag in tagging.tags(library)}["vision"] == number["nlp"]
    undoing.undo(library)
    assert {tag.name: tag.id for tag in tagging.tags(library)} == number
    undoing.redo(library)
    assert {tag.name: tag.id for tag in tagging.tags(library)}["vision"] == number["nlp"]


def test_deleting_takes_what_is_inside_and_undo_brings_all_of_it_back(library: Library, ids: list[int]) -> None:
    found = retagging.preview_delete(library, ["nlp"])
    assert (len(found.lines), found.papers) == (3, 3)
    assert retagging.delete(library, ["nlp"]).label == "Delete 3 tags"
    assert counts(library) == {"vision": 1}
    undoing.undo(library)
    assert counts(library) == BEFORE


def test_what_is_gone_or_grows_too_long_is_refused_in_words(library: Library, ids: list[int]) -> None:
    with pytest.raises(LibraryError, match="no longer there"):
        retagging.rename(library, "lost", "x")
    with pytest.raises(LibraryError, match="no longer there"):
        retagging.delete(library, ["lost"])
    with pytest.raises(LibraryError, match="100 characters"):
        retagging.rename(library, "nlp", "x" * 96)
    with pytest.raises(LibraryError, match="needs a name"):
        retagging.rename(library, "nlp", " ")
    assert counts(library) == BEFORE


def test_the_number_key_of_a_merged_tag_goes_to_the_one_that_stays(library: Library, ids: list[int]) -> None:
    number = {tag.name: tag.id for tag in tagging.tags(library)}
    tagging.set_digit(library, number["vision"], 4)
    retagging.merge(library, ["vision"], "nlp")
    assert {tag.name: tag.digit for tag in tagging.tags(library)}["nlp"] == 4
    undoing.undo(library)
    assert {tag.name: tag.digit for tag in tagging.tags(library)} == {**dict.fromkeys(BEFORE), "vision": 4}


def test_a_merge_of_papers_taken_apart_after_a_rename_gives_each_its_own_tags(library: Library, ids: list[int]) -> None:
    merging.merge(library, ids[2:])
    retagging.rename(library, "nlp", "language")
    retagging.merge(library, ["vision"], "language/speech")
    (made,) = unmerging.made_of(library, ids[2]).merges
    unmerging.take_apart(library, made.merge_id)
    found = reading.papers(library, ids[2:])
    assert [[tag.name for tag in paper.tags] for paper in found] == [
        ["language/parsing", "language/speech"], ["language/speech"],
    ]  # fmt: skip


BIB = """@misc{delta, title = {Silt of the Delta}, keywords = {nlp/parsing, rivers}}
@misc{mud, title = {Mud}, keywords = {nlp}}
"""


def test_keywords_of_a_bibliography_nest_and_go_out_under_their_new_names(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "rivers.bib"
    path.write_text(BIB, encoding="utf-8")
    importing.import_files(library, [path], silent)
    nlp, _rivers = reading.sidebar(library).tree
    assert (nlp.count, [one.name for one in nlp.inside]) == (2, ["nlp/parsing"])
    retagging.rename(library, "nlp", "language")
    found = [row.id for row in reading.rows(library, searching.find(library, "", sort="title", descending=False).ids)]
    text, _changes = exporting.bibtex(library, found, exporting.ExportOptions(keywords=True))
    assert "language/parsing, rivers" in text
    assert "nlp" not in text
    while "nlp" not in counts(library):
        undoing.undo(library)
    assert [branch.name for branch in reading.sidebar(library).tree] == ["nlp", "rivers"]


def test_a_tag_finds_what_is_inside_it_and_as_many_as_the_sidebar_counts(library: Library) -> None:
    held = (["nlp"], ["nlp/parsing"], ["NLP/Parsing", "nlp/speech"], ["nlpx"], ['vision/"3d" x'])
    for number, names in enumerate(held):
        paper_id, _ = editing.add_paper(library, {"title": f"Paper {number}"})
        tagging.tag(library, [paper_id], add=names)
    found = {
        "tag:nlp": 3,
        "tag:nlp/parsing": 2,
        'tag:"vision"': 1,
        'tag:"vision/ 3d  x"': 1,
        "-tag:nlp": 2,
        "tag:NLP -tag:nlp/speech": 2,
    }
    assert {query: len(searching.find(library, query).ids) for query in found} == found
    for branch in reading.sidebar(library).tree:
        assert len(searching.find(library, f'tag:"{branch.name}"').ids) == branch.count
