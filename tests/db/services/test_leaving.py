"""One of three members leaves a merge: it gets back what is its own, and the rest is as if it had never been in."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.records import VersionKind
from db.services import (
    checking,
    collecting,
    editing,
    importing,
    merging,
    searching,
    tagging,
    undoing,
    unmerging,
    versioning,
)
from db.services.library import Library
from db.services.progress import silent
from tests.db.services.test_unmerging import (
    ACTIONS,
    BIB,
    add,
    do_all,
    latest,
    library_of_papers,
    paper,
    state,
    undo_and_redo_all,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

TIME = re.compile(r"'?\d{4}-\d\d-\d\dT[^']*'?")


def timeless(library: Library) -> dict[str, list[str]]:
    """Return the state without times, numbers that rows happen to have, and counts of their edits."""
    found = state(library)
    found["twin"] = [re.sub(r"^\(\d+, ", "(", row) for row in found["twin"]]
    return {
        name: sorted(TIME.sub("then", re.sub(r'"(id|version)": \d+', "", row)) for row in rows)
        for name, rows in found.items()
    }


@pytest.fixture
def three(library: Library, folder: Path) -> tuple[int, int, int]:
    """Three papers with something of everything, not merged."""
    first = add(library, "Routing lanterns", date="2024", notes="mine", urls="https://a.org/1")
    (folder / "two.bib").write_text(BIB, encoding="utf-8")
    importing.import_files(library, [folder / "two.bib"], silent)
    second, third = sorted(set(searching.find(library).ids) - {first})
    editing.set_fields(library, [second], {"notes": "second's", "rating": 4, "urls": "https://a.org/2"})
    editing.set_fields(library, [third], {"notes": "third's", "starred": True, "abstract": "A long one. " * 9})
    shelf, _ = collecting.create(library, "Shelf")
    collecting.add(library, shelf, [third])
    for number, paper_id in enumerate((first, second, third)):
        tagging.tag(library, [paper_id], add=["all", f"tag {number}"])
    tagging.tag(library, [second, third], add=["two of them"])
    other = add(library, "Something else")
    merging.different(library, [third, other])
    return first, second, third


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_rest_is_what_it_would_be_without_the_one_that_leaves(
    library: Library, three: tuple[int, int, int], order: tuple[int, int, int]
) -> None:
    into, stays, leaves = (three[at] for at in order)
    merging.merge(library, [into, stays], into=into)
    wanted = timeless(library)
    undoing.undo(library)
    merging.merge(library, three, into=into)
    merged = state(library)
    assert unmerging.preview(library, latest(library, into), [leaves]).groups == ((into, stays), (leaves,))
    done = unmerging.take_apart(library, latest(library, into), leaving=[leaves], different=False)
    assert done.label == "Take 1 paper out of a merged one"
    assert timeless(library) == wanted
    apart = state(library)
    assert checking.check(library) == []
    undoing.undo(library)
    assert state(library) == merged
    undoing.redo(library)
    assert state(library) == apart
    unmerging.take_apart(library, latest(library, into), different=False)
    assert paper(library, stays).citation_key
    assert not unmerging.made_of(library, into)


def test_the_one_that_took_the_others_in_can_leave_too(library: Library, three: tuple[int, int, int]) -> None:
    first, second, third = three
    before = paper(library, first)
    merging.merge(library, three, into=first)
    merged = state(library)
    merge_id = latest(library, first)
    assert unmerging.preview(library, merge_id, [first]).groups == ((first,), (second, third))
    unmerging.take_apart(library, merge_id, leaving=[first])
    assert replace(paper(library, first), version=before.version) == before
    (kept,) = {second, third} & set(searching.find(library).ids)
    rest = paper(library, kept)
    assert (rest.rating, rest.starred, {tag.name for tag in rest.tags}) == (
        4, True, {"all", "tag 1", "tag 2", "two of them"},
    )  # fmt: skip
    assert {one.paper_id for one in unmerging.made_of(library, kept).merges[0].members} == {second, third}
    assert merging.find_duplicates(library, silent).sets == ()
    assert checking.check(library) == []
    undoing.undo(library)
    assert state(library) == merged


def test_what_was_edited_since_stays_with_the_rest_unless_told_otherwise(
    library: Library, three: tuple[int, int, int]
) -> None:
    first, second, third = three
    merging.merge(library, three, into=first)
    notes = paper(library, first).notes
    edits = {"rating": "", "doi": "10.1145/y", "urls": "https://new.org", "notes": f"{notes}\n\nlater", "venue": "Here"}
    editing.set_fields(library, [first], edits)
    tagging.tag(library, [first], add=["since"], remove=["all", "tag 1"])
    seen = {one.field: one for one in unmerging.preview(library, latest(library, first), [third]).since}
    assert {"rating", "doi", "urls", "notes", "venue", "tags"} <= seen.keys()
    assert (seen["rating"].usual, seen["doi"].usual) == ((first,), (third,))
    unmerging.take_apart(library, latest(library, first), {"venue": (first, third)}, leaving=[third])
    rest, gone = paper(library, first), paper(library, third)
    assert (rest.rating, rest.doi, gone.doi) == (0, None, "10.1145/y")
    assert rest.urls == ("https://new.org",)
    assert rest.notes == "mine\n\nsecond's\n\nlater"
    assert (rest.venue, gone.venue) == ("Here", "Here")
    assert [tag.name for tag in rest.tags] == ["since", "tag 0", "two of them"]
    assert [tag.name for tag in gone.tags] == ["all", "tag 2", "two of them"]
    assert [one.name for one in gone.collections] == ["Shelf"]
    assert (gone.notes, gone.starred, rest.starred) == ("third's", True, False)
    again = {one.field for one in unmerging.preview(library, latest(library, first)).since}
    assert {"rating", "urls", "notes", "venue", "tags"} <= again
    unmerging.take_apart(library, latest(library, first))
    assert (paper(library, second).rating, paper(library, first).rating) == (4, 0)
    assert paper(library, second).notes == "second's"
    assert checking.check(library) == []


def test_what_a_person_chose_in_the_merge_stays_chosen(library: Library, three: tuple[int, int, int]) -> None:
    first, second, third = three
    merging.merge(library, three, into=first, choices={"title": second, "date": third, "notes": second})
    unmerging.take_apart(library, latest(library, first), leaving=[third])
    rest = paper(library, first)
    assert (rest.title, rest.notes) == (paper(library, first).title, "second's")
    assert rest.title == "Paper number 2"
    unmerging.take_apart(library, latest(library, first))
    assert paper(library, first).title == "Routing lanterns"


def test_a_member_leaves_a_merge_that_lies_under_a_later_one(library: Library, three: tuple[int, int, int]) -> None:
    first, second, third = three
    merging.merge(library, three, into=first)
    fourth = add(library, "Routing lanterns, again", notes="fourth's", urls="https://a.org/4")
    tagging.tag(library, [fourth], add=["four"])
    merging.merge(library, [first, fourth], into=first)
    newer, older = unmerging.made_of(library, first).merges
    unmerging.take_apart(library, older.merge_id, leaving=[third])
    rest = paper(library, first)
    assert rest.notes == "mine\n\nsecond's\n\nfourth's"
    assert (rest.starred, rest.rating) == (False, 4)
    assert [tag.name for tag in rest.tags] == ["all", "four", "tag 0", "tag 1", "two of them"]
    assert [len(one.members) for one in unmerging.made_of(library, first).merges] == [2, 2]
    unmerging.take_apart(library, newer.merge_id)
    assert paper(library, first).notes == "mine\n\nsecond's"
    unmerging.take_apart(library, older.merge_id)
    assert [paper(library, one).notes for one in (first, second, third, fourth)] == [
        "mine", "second's", "third's", "fourth's",
    ]  # fmt: skip
    assert checking.check(library) == []


def test_they_are_told_apart_from_the_rest_and_not_within_it(library: Library, three: tuple[int, int, int]) -> None:
    first, second, third = three
    merging.merge(library, three, into=first)
    unmerging.take_apart(library, latest(library, first), leaving=[third])
    with library.reading() as session:
        run = session.connection().exec_driver_sql
        apart = {tuple(row) for row in run("SELECT low_id, high_id FROM twin WHERE decision = 'different'")}
    assert {one for one in apart if set(one) <= {first, second, third}} == {(first, third)}
    unmerging.take_apart(library, latest(library, first), different=False)
    with library.reading() as session:
        run = session.connection().exec_driver_sql
        apart = {tuple(row) for row in run("SELECT low_id, high_id FROM twin WHERE decision = 'different'")}
    assert {one for one in apart if set(one) <= {first, second, third}} == {(first, third), (second, third)}


def test_versions_go_with_the_member_that_told_them(library: Library, three: tuple[int, int, int]) -> None:
    first, _second, third = three
    versioning.add(library, first, VersionKind.PREPRINT, {"title": "As it was called first"})
    before = {one: paper(library, one).versions for one in three}
    merging.merge(library, three, into=first)
    assert {one.kind for one in paper(library, first).versions} == set(VersionKind)
    unmerging.take_apart(library, latest(library, first), leaving=[third])
    kinds = {one.kind for one in paper(library, first).versions}
    assert kinds == {VersionKind.PREPRINT}
    assert paper(library, third).versions == before[third]
    unmerging.take_apart(library, latest(library, first))
    assert {one: paper(library, one).versions for one in three} == before


@pytest.mark.parametrize("whole", [True, False])
def test_a_paper_deleted_for_good_leaves_no_version_in_a_note(
    library: Library, three: tuple[int, int, int], whole: bool
) -> None:
    first, second, third = three
    for one, words in ((second, "kept kettles"), (third, "gone for good")):
        versioning.add(library, one, VersionKind.PREPRINT, {"title": f"Called {words}", "venue": f"Press of {words}"})
    merging.merge(library, three, into=first)
    unmerging.take_apart(library, latest(library, first), leaving=() if whole else [third])
    editing.trash(library, [third])
    editing.empty_trash(library)
    with library.reading() as session:
        run = session.connection().exec_driver_sql
        noted = [json.dumps(tuple(row)) for row in run('SELECT * FROM "merge"')]
        images = run("SELECT before, after FROM change WHERE table_name = 'merge'")
        noted += [f"{before} {after}" for before, after in images]
    assert not [one for one in noted if "gone for good" in one]
    assert any("kept kettles" in one for one in noted)
    while undoing.undo(library):
        pass
    while undoing.redo(library):
        pass
    assert checking.check(library) == []


PAPERS = 4
three_of_them = st.lists(st.integers(1, PAPERS), min_size=3, max_size=3, unique=True)
words = st.sampled_from(["amber", "velvet", "Hollow"])


def part_one(library: Library, ids: Sequence[int], word: str) -> None:
    """Take one member out of a merge of one of the papers."""
    for one in ids:
        for made in unmerging.made_of(library, one).merges:
            members = [member.paper_id for member in made.members]
            leaving = members[len(word) % len(members)]
            since = unmerging.preview(library, made.merge_id, [leaving]).since
            everywhere = {change.field: members for change in since} if word == "amber" else {}
            unmerging.take_apart(library, made.merge_id, everywhere, leaving=[leaving], different=word != "velvet")
            return


def merge_three_and_part_one(library: Library, ids: Sequence[int], word: str) -> None:
    """Merge three papers and let one leave: the rest must be what a merge of it alone would be."""
    live = set(searching.find(library).ids)
    there = [one for one in ids if one in live]
    if len(there) < 3:
        return
    into, stays, leaves = there
    merging.merge(library, [into, stays], into=into)
    wanted = timeless(library)
    undoing.undo(library)
    merging.merge(library, there, into=into)
    merged = state(library)
    unmerging.take_apart(library, latest(library, into), leaving=[leaves], different=False)
    assert timeless(library) == wanted
    undoing.undo(library)
    assert state(library) == merged
    if word != "amber":
        undoing.undo(library)


DOING: dict[str, Any] = ACTIONS | {
    "three": merge_three_and_part_one,
    "one": part_one,
    "join": lambda library, ids, _word: merging.merge(library, ids),
}
TAKING_BACK = {"undo", "redo", "empty", "merge", "three"}
"""After these there is more to redo than what was done, or less."""
MOSTLY = [*sorted(ACTIONS), *["three", "one", "join"] * 4]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(MOSTLY), three_of_them, words), min_size=2, max_size=9))
def test_whatever_is_done_members_come_out_whole(sequence: list[tuple[str, list[int], str]]) -> None:
    with library_of_papers() as library:
        do_all(library, DOING, sequence)
        done = state(library)
        undo_and_redo_all(library)
        if not TAKING_BACK & {name for name, _ids, _word in sequence}:
            assert state(library) == done
