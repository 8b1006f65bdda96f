"""Tags: given in bulk, one of each name, merged and deleted, all undoable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled, LibraryError
from db.services import editing, reading, tagging, undoing
from db.services.progress import Progress
from db.store import journal

if TYPE_CHECKING:
    from db.services.library import Library


def add(library: Library, number: int) -> list[int]:
    return [editing.add_paper(library, {"title": f"Paper {n}"})[0] for n in range(number)]


def names(library: Library, paper_id: int) -> list[str]:
    found = reading.paper(library, paper_id)
    assert found is not None
    return sorted(tag.name for tag in found.tags)


def test_tagging_many_is_one_step(library: Library) -> None:
    ids = add(library, 3)
    changes = tagging.tag(library, ids, add=["dpo"])
    assert changes.label == "Tag 3 papers with dpo"
    assert changes.ids == set(ids)
    assert [(tag.name, tag.count) for tag in tagging.tags(library)] == [("dpo", 3)]
    undoing.undo(library)
    assert tagging.tags(library) == []


def test_names_are_trimmed_and_one_without_regard_to_case(library: Library) -> None:
    ids = add(library, 2)
    tagging.tag(library, ids[:1], add=["  To   read "])
    assert tagging.tag(library, ids, add=["TO READ", "to read"])
    assert [(tag.name, tag.count) for tag in tagging.tags(library)] == [("To read", 2)]
    assert not tagging.tag(library, ids, add=["to read"])
    with pytest.raises(LibraryError, match="needs a name"):
        tagging.tag(library, ids, add=[" "])


def test_undo_leaves_the_tag_to_those_that_had_it_before(library: Library) -> None:
    ids = add(library, 3)
    tagging.tag(library, ids[:1], add=["dpo"])
    assert tagging.tag(library, ids, add=["dpo"]).ids == set(ids[1:])
    undoing.undo(library)
    assert [names(library, one) for one in ids] == [["dpo"], [], []]


def test_a_step_of_very_many_rows_is_announced_without_its_papers(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = add(library, 3)
    monkeypatch.setattr(journal, "LONG", 3)
    assert tagging.tag(library, ids[:2], add=["dpo"]).ids == set(ids[:2])  # two rows, and that of the tag
    changes = tagging.tag(library, ids, add=["rlhf"])
    assert changes.ids is None
    assert changes.parts == {"paper_tag", "tag"}


def test_colours_go_round(library: Library) -> None:
    ids = add(library, 1)
    tagging.tag(library, ids, add=[f"t{n}" for n in range(10)])
    assert [tag.colour for tag in tagging.tags(library)] == [0, 1, 2, 3, 4, 5, 6, 7, 0, 1]


def test_removing_and_both_at_once(library: Library) -> None:
    ids = add(library, 2)
    tagging.tag(library, ids, add=["a"])
    assert tagging.tag(library, ids[:1], remove=["A"]).label == "Take A off 1 paper"
    assert not tagging.tag(library, ids[:1], remove=["a", "unknown"])
    tagging.tag(library, ids, add=["b"], remove=["a"])
    assert [names(library, one) for one in ids] == [["b"], ["b"]]


def test_renaming_and_renaming_to_an_existing_name(library: Library) -> None:
    ids = add(library, 2)
    tagging.tag(library, ids[:1], add=["rlhf"])
    tagging.tag(library, ids, add=["dpo"])
    by_name = {tag.name: tag.id for tag in tagging.tags(library)}
    assert tagging.rename(library, by_name["rlhf"], "RLHF").label == "Rename tag rlhf to RLHF"
    assert tagging.rename(library, by_name["rlhf"], "DPO").label == "Merge tag RLHF into DPO"
    assert [(tag.name, tag.count) for tag in tagging.tags(library)] == [("dpo", 2)]
    undoing.undo(library)
    assert names(library, ids[0]) == ["RLHF", "dpo"]


def test_merging_deleting_and_colouring(library: Library) -> None:
    ids = add(library, 3)
    for paper_id, name in zip(ids, "abc", strict=True):
        tagging.tag(library, [paper_id], add=[name])
    a, b, c = (tag.id for tag in tagging.tags(library))
    tagging.merge(library, [a, b, c], a)
    assert [(tag.name, tag.count) for tag in tagging.tags(library)] == [("a", 3)]
    undoing.undo(library)
    assert [names(library, one) for one in ids] == [["a"], ["b"], ["c"]]
    assert tagging.delete(library, b).label == "Delete tag b"
    assert names(library, ids[1]) == []
    undoing.undo(library)
    assert names(library, ids[1]) == ["b"]
    tagging.set_colour(library, a, 5)
    assert tagging.tags(library)[0].colour == 5
    assert not tagging.set_colour(library, a, 5)
    with pytest.raises(LibraryError, match="from 0 to 7"):
        tagging.set_colour(library, a, 8)
    with pytest.raises(LibraryError, match="no longer"):
        tagging.delete(library, 99)


def test_counts_leave_out_the_trash(library: Library) -> None:
    ids = add(library, 2)
    tagging.tag(library, ids, add=["a"])
    editing.trash(library, ids[:1])
    assert tagging.tags(library)[0].count == 1


def test_a_number_key_gives_a_tag_and_takes_it_off_again(library: Library) -> None:
    ids = add(library, 2)
    tagging.tag(library, ids[:1], add=["dpo"])
    (dpo,) = tagging.tags(library)
    with pytest.raises(LibraryError, match="No tag has the key 3"):
        tagging.toggle(library, ids, 3)
    assert tagging.set_digit(library, dpo.id, 3).label == "Give tag dpo the key 3"
    tagging.toggle(library, ids, 3)
    assert [names(library, one) for one in ids] == [["dpo"], ["dpo"]]
    tagging.toggle(library, ids, 3)
    assert [names(library, one) for one in ids] == [[], []]
    undoing.undo(library)
    assert tagging.tags(library)[0].count == 2


def test_a_number_key_is_one_tags_at_most(library: Library) -> None:
    ids = add(library, 1)
    tagging.tag(library, ids, add=["a", "b"])
    a, b = (tag.id for tag in tagging.tags(library))
    tagging.set_digit(library, a, 1)
    tagging.set_digit(library, b, 1)
    assert [tag.digit for tag in tagging.tags(library)] == [None, 1]
    undoing.undo(library)
    assert [tag.digit for tag in tagging.tags(library)] == [1, None]
    assert tagging.set_digit(library, a, None).label == "Take the key from tag a"
    with pytest.raises(LibraryError, match="1 to 9"):
        tagging.set_digit(library, a, 0)


def test_tagging_many_reports_and_can_be_cancelled(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = add(library, 5)
    monkeypatch.setattr(tagging, "AT_ONCE", 2)
    said: list[tuple[int, int]] = []
    tagging.tag(library, ids, add=["dpo"], report=lambda progress: said.append((progress.done, progress.total)))
    assert said == [(0, 5), (2, 5), (4, 5)]

    def cancel(progress: Progress) -> None:
        if progress.done:
            raise Cancelled

    with pytest.raises(Cancelled):
        tagging.tag(library, ids, remove=["dpo"], report=cancel)
    assert tagging.tags(library)[0].count == 5
