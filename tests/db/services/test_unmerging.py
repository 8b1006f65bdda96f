"""Merged papers taken apart at any later time: what they had comes back, and later edits go where they belong."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.domain.errors import LibraryError
from db.domain.records import CiteRule, VersionKind
from db.services import (
    checking,
    collecting,
    editing,
    exporting,
    importing,
    keys,
    merging,
    reading,
    searching,
    tagging,
    undoing,
    unmerging,
    versioning,
)
from db.services.library import Library
from db.services.progress import silent
from db.store import journal
from tests import tables
from tests.db.services.test_finding_versions import blocks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

LEFT_OUT = frozenset({"block", "journal_state", "step", "change", "frozen_key", "last_id", "dirty"})


def state(library: Library) -> dict[str, list[str]]:
    """Return all rows of all tables, without what counts the edits of a row."""
    with library.reading() as session:
        run = session.connection().exec_driver_sql
        found = {}
        for name in tables.names(session):
            if name not in LEFT_OUT:
                columns = [column for column in tables.columns(session, name) if column != "version"]
                listed = ", ".join(f'"{column}"' for column in columns)
                found[name] = sorted(repr(tuple(row)) for row in run(f'SELECT {listed} FROM "{name}"'))
        return found


def add(library: Library, title: str, **values: object) -> int:
    return editing.add_paper(library, {"title": title, **values})[0]


def paper(library: Library, paper_id: int) -> Any:
    found = reading.paper(library, paper_id)
    assert found is not None
    return found


def latest(library: Library, paper_id: int) -> int:
    return unmerging.made_of(library, paper_id).merges[0].merge_id


@pytest.fixture
def two(library: Library) -> tuple[int, int]:
    """Two papers with something of everything, merged into the first."""
    first = add(library, "Routing lanterns", date="2024", notes="mine", urls="https://a.org/1")
    second = add(
        library, "Routing lanterns: a survey", doi="10.1145/x", notes="theirs", urls="https://a.org/2", rating=4
    )
    shelf, _ = collecting.create(library, "Shelf")
    collecting.add(library, shelf, [second])
    tagging.tag(library, [first], add=["both", "one"])
    tagging.tag(library, [second], add=["both", "two"])
    editing.set_key(library, second, "their-key")
    return first, second


def test_right_after_the_merge_all_is_as_before(library: Library, two: tuple[int, int]) -> None:
    third = add(library, "Something else")
    merging.different(library, [two[1], third])
    before = state(library)
    merging.merge(library, two, into=two[0])
    made = unmerging.made_of(library, two[0])
    assert [(one.title, one.kept) for one in made.merges[0].members] == [
        ("Routing lanterns", True),
        ("Routing lanterns: a survey", False),
    ]
    assert unmerging.preview(library, latest(library, two[0])).since == ()
    done = unmerging.take_apart(library, latest(library, two[0]), different=False)
    assert done.label == "Take 2 papers apart"
    assert state(library) == before
    assert not unmerging.made_of(library, two[0])
    undoing.undo(library)
    assert paper(library, two[0]).key_aliases == ("their-key",)
    undoing.redo(library)
    assert state(library) == before
    assert checking.check(library) == []


def test_what_was_edited_since_stays_where_it_belongs(library: Library, two: tuple[int, int]) -> None:
    first, second = two
    merging.merge(library, two, into=first)
    editing.set_fields(library, [first], {"title": "Routing lanterns at night", "doi": "10.1145/y", "rating": 5})
    editing.set_fields(library, [first], {"notes": paper(library, first).notes + "\n\nlater", "venue": "Here"})
    tagging.tag(library, [first], add=["since"], remove=["both"])
    path = library.path
    library.close()
    again = Library.open(path)
    try:
        seen = {one.field: one for one in unmerging.preview(again, latest(again, first)).since}
        assert set(seen) == {"title", "doi", "rating", "notes", "venue", "tags"}
        assert (seen["doi"].was, seen["doi"].now, seen["doi"].usual) == ("10.1145/x", "10.1145/y", (second,))
        assert seen["title"].usual == (first,)
        assert (seen["tags"].was, seen["tags"].now) == ("both", "since")
        unmerging.take_apart(again, latest(again, first), {"venue": two, "rating": (), "tags": two})
        kept, other = paper(again, first), paper(again, second)
        assert (kept.title, other.title) == ("Routing lanterns at night", "Routing lanterns: a survey")
        assert (kept.doi, other.doi) == (None, "10.1145/y")
        assert (kept.venue, other.venue) == ("Here", "Here")
        assert (kept.rating, other.rating) == (0, 4)
        assert (kept.notes, other.notes) == ("mine\n\nlater", "theirs")
        assert [tag.name for tag in kept.tags] == ["one", "since"]
        assert [tag.name for tag in other.tags] == ["since", "two"]
        assert [one.name for one in other.collections] == ["Shelf"]
        assert kept.collections == ()
        assert (kept.urls, other.urls) == (("https://a.org/1",), ("https://a.org/2",))
        assert (kept.key_aliases, other.citation_key) == ((), "their-key")
        assert merging.find_duplicates(again, silent).sets == ()
        assert checking.check(again) == []
    finally:
        again.close()


def test_dropped_changes_are_taken_back(library: Library, two: tuple[int, int]) -> None:
    first, second = two
    before = state(library)
    merging.merge(library, two, into=first)
    editing.set_fields(library, [first], {"venue": "Here", "urls": "https://c.org", "fields": {"volume": "3"}})
    tagging.tag(library, [first], remove=["both"])
    nothing = {"venue": (), "urls": (), "fields": (), "tags": ()}
    unmerging.take_apart(library, latest(library, first), nothing, different=False)
    assert state(library) == before
    assert paper(library, second).urls == ("https://a.org/2",)


def test_an_earlier_merge_is_taken_out_from_under_a_later_one(library: Library, two: tuple[int, int]) -> None:
    first, second = two
    merging.merge(library, two, into=first)
    third = add(library, "Routing lanterns, again", abstract="Long enough.", notes="third", urls="https://a.org/3")
    tagging.tag(library, [third], add=["three"])
    merging.merge(library, [first, third], into=first)
    newer, older = unmerging.made_of(library, first).merges
    unmerging.take_apart(library, older.merge_id)
    kept = paper(library, first)
    assert (kept.notes, kept.abstract, kept.doi) == ("mine\n\nthird", "Long enough.", None)
    assert kept.urls == ("https://a.org/1", "https://a.org/3")
    assert [tag.name for tag in kept.tags] == ["both", "one", "three"]
    assert unmerging.preview(library, newer.merge_id).since == ()
    unmerging.take_apart(library, newer.merge_id)
    kept = paper(library, first)
    assert (kept.notes, kept.abstract, kept.urls) == ("mine", "", ("https://a.org/1",))
    assert [tag.name for tag in kept.tags] == ["both", "one"]
    assert paper(library, second).notes == "theirs"
    assert checking.check(library) == []


def test_a_merged_paper_that_went_into_another_comes_out_first(library: Library, two: tuple[int, int]) -> None:
    first, second = two
    merging.merge(library, two, into=first)
    inner = latest(library, first)
    third = add(library, "Third")
    merging.merge(library, [first, third], into=third)
    with pytest.raises(LibraryError, match="does not stand any more"):
        unmerging.take_apart(library, inner)
    unmerging.take_apart(library, latest(library, third))
    unmerging.take_apart(library, latest(library, first))
    assert sorted(searching.find(library).ids) == [first, second, third]
    assert checking.check(library) == []


def test_sightings_and_files_go_back_and_later_ones_stay(library: Library, folder: Path, pages: Any) -> None:
    shown = [pages.paper(1, authors=4, date="May 3, 2023", comments=2), pages.paper(2, authors=2)]
    (folder / "a.txt").write_text(pages.full(shown), encoding="utf-8")
    importing.import_files(library, [folder / "a.txt"], silent)
    first, second = searching.find(library, descending=False).ids.tolist()
    entry = "@misc{k, title = {%s}, file = {Notes:notes.pdf:application/pdf}}"
    (folder / "b.bib").write_text(entry % shown[1].title, encoding="utf-8")
    importing.import_files(library, [folder / "b.bib"], silent)
    assert [one.path for one in paper(library, second).attachments] == ["notes.pdf"]
    merging.merge(library, [first, second], into=first)
    assert [one.path for one in paper(library, first).attachments] == ["notes.pdf"]
    (folder / "c.txt").write_text(pages.full(shown[:1], day="Nov 2"), encoding="utf-8")
    importing.import_files(library, [folder / "c.txt"], silent)
    assert unmerging.preview(library, latest(library, first)).sightings == 1
    unmerging.take_apart(library, latest(library, first))
    kept, other = paper(library, first), paper(library, second)
    assert [one.source_name for one in other.sightings] == ["a.txt", "b.bib"]
    assert [one.source_name for one in kept.sightings] == ["a.txt", "c.txt"]
    assert (kept.attachments, [one.path for one in other.attachments]) == ((), ["notes.pdf"])
    assert checking.check(library) == []


def test_what_a_record_told_since_goes_with_the_record(library: Library, folder: Path, pages: Any) -> None:
    shown = [pages.paper(1), pages.paper(2, authors=2, date="May 3, 2023", comments=2)]
    (folder / "a.txt").write_text(pages.full(shown), encoding="utf-8")
    importing.import_files(library, [folder / "a.txt"], silent)
    first, second = searching.find(library, descending=False).ids.tolist()
    merging.merge(library, [first, second], into=first)
    later = [pages.paper(1, authors=7, date="May 3, 2023", comments=9)]
    (folder / "b.txt").write_text(pages.full(later, day="Nov 2"), encoding="utf-8")
    importing.import_files(library, [folder / "b.txt"], silent)
    assert paper(library, first).comments == 9
    seen = {one.field: one.usual for one in unmerging.preview(library, latest(library, first)).since}
    assert seen["comments"] == (first,)
    unmerging.take_apart(library, latest(library, first))
    kept, other = paper(library, first), paper(library, second)
    assert (kept.comments, other.comments) == (9, 2)
    assert kept.origins["comments"].label.startswith("b.txt")
    assert checking.check(library) == []


def test_keys_that_were_given_stay_and_a_taken_one_is_not_taken_back(library: Library) -> None:
    first, second = add(library, "Amber kettles", date="2020"), add(library, "Velvet kettles", date="2021")
    loose = paper(library, second).citation_key
    merging.merge(library, [first, second], into=first)
    heir = add(library, "Velvet kettles", date="2021")
    assert paper(library, heir).citation_key == loose
    exporting.cite(library, [first, heir])
    unmerging.take_apart(library, latest(library, first))
    assert paper(library, heir).citation_key == loose
    assert paper(library, second).citation_key not in (loose, paper(library, first).citation_key)
    keys.freeze(library, [second])
    assert checking.check(library) == []


def test_tags_that_were_merged_or_deleted_since_come_back_as_they_are_now(library: Library) -> None:
    first, second = add(library, "Amber kettles"), add(library, "Velvet kettles")
    tagging.tag(library, [second], add=["old", "gone"])
    merging.merge(library, [first, second], into=first)
    by_name = {tag.name: tag.id for tag in tagging.tags(library)}
    tagging.rename(library, by_name["old"], "new")
    tagging.delete(library, by_name["gone"])
    unmerging.take_apart(library, latest(library, first))
    assert [tag.name for tag in paper(library, second).tags] == ["new"]
    assert paper(library, first).tags == ()


def test_a_merge_from_before_is_said_to_stay(library: Library, two: tuple[int, int]) -> None:
    merging.merge(library, two, into=two[0])
    with library.writing("as an earlier version left it", journalled=False) as write:
        journal.pause(write.session)
        write.session.connection().exec_driver_sql('DELETE FROM "merge"')
    made = unmerging.made_of(library, two[0])
    assert (made.merges, made.unnoted) == ((), 1)
    assert checking.check(library) == []


def test_a_note_that_does_not_fit_is_found(library: Library, two: tuple[int, int]) -> None:
    merging.merge(library, two, into=two[0])
    with library.writing("damage", journalled=False) as write:
        write.session.connection().exec_driver_sql("UPDATE paper SET merged_into = NULL, state = 'live' WHERE id = 2")
    assert "What is noted of a merge does not fit its papers" in {one.finding for one in checking.check(library)}
    with pytest.raises(LibraryError):
        unmerging.preview(library, latest(library, two[0]))


@pytest.mark.parametrize("gone", [0, 1])
def test_the_emptied_trash_takes_what_is_noted_along(library: Library, two: tuple[int, int], gone: int) -> None:
    merging.merge(library, two, into=two[0])
    unmerging.take_apart(library, latest(library, two[0]))
    editing.trash(library, [two[gone]])
    editing.empty_trash(library)
    while undoing.undo(library):
        pass
    while undoing.redo(library):
        pass
    assert checking.check(library) == []


PAPERS, BY_HAND = 4, 2
some = st.lists(st.integers(1, PAPERS), min_size=2, max_size=3, unique=True)
words = st.sampled_from(["amber", "velvet", "Hollow"])
Action = Callable[[Library, list[int], str], object]
ACTIONS: dict[str, Action] = {
    "title": lambda library, ids, word: editing.set_fields(library, ids, {"title": f"{word} kettles"}),
    "notes": lambda library, ids, word: editing.set_fields(library, ids, {"notes": word}),
    "urls": lambda library, ids, word: editing.set_fields(library, ids, {"urls": f"https://{word}.org"}),
    "tag": lambda library, ids, word: tagging.tag(library, ids, add=[word]),
    "untag": lambda library, ids, word: tagging.tag(library, ids, remove=[word]),
    "pin": lambda library, ids, _word: editing.pin_key(library, ids),
    "trash": lambda library, ids, _word: editing.trash(library, ids[:1]),
    "restore": lambda library, ids, _word: editing.restore(library, ids),
    "different": lambda library, ids, _word: merging.different(library, ids),
    "later": lambda library, ids, _word: merging.later(library, ids),
    "search": lambda library, _ids, _word: merging.find_duplicates(library, silent),
    "merge": lambda library, ids, _word: merge_and_part_and_merge(library, ids),
    "apart": lambda library, ids, word: part_any(library, ids, different=word == "amber"),
    "published": lambda library, ids, word: versioning.add(library, ids[0], VersionKind.PUBLISHED, {"venue": word}),
    "preprint": lambda library, ids, word: versioning.add(library, ids[0], VersionKind.PREPRINT, {"title": word}),
    "unversion": lambda library, ids, _word: versioning.remove(library, ids[0], a_version(library, ids[0])),
    "read": lambda library, ids, _word: versioning.mark_read(library, ids[0], a_version(library, ids[0])),
    "rule": lambda library, ids, _word: versioning.set_rule(library, ids, CiteRule.READ),
    "undo": lambda library, _ids, _word: undoing.undo(library),
    "redo": lambda library, _ids, _word: undoing.redo(library),
    "empty": lambda library, _ids, word: word == "Hollow" and editing.empty_trash(library),
}


BIB = """@misc{two, title={Paper number 2}, author={Ada Byron}, eprint={2501.00002v2}, archivePrefix={arXiv}, year=2025}

@inproceedings{three, title={Paper called three}, author={Ada Byron}, booktitle={ICML}, doi={10.5555/three}, year=2025}
"""


def a_version(library: Library, paper_id: int) -> int:
    """Return the latest version of a paper; LibraryError when it is known in one."""
    found = reading.paper(library, paper_id)
    if found is None or not found.versions:
        raise LibraryError("It is known in one version.")
    return int(found.versions[-1].id)


def merge_and_part_and_merge(library: Library, ids: list[int]) -> None:
    """Merge papers; taking them apart at once must give what was there."""
    there = [one for one in ids if reading.paper(library, one) is not None]
    before = state(library)
    merging.merge(library, there)
    merge_id = max(one.merge_id for i in there for one in unmerging.made_of(library, i).merges)
    unmerging.take_apart(library, merge_id, different=False)
    assert state(library) == before
    undoing.undo(library)


def part_any(library: Library, ids: list[int], *, different: bool) -> None:
    """Take the oldest merge of one of the papers apart, with everything kept everywhere."""
    for one in ids:
        merges = unmerging.made_of(library, one).merges
        if merges:
            everywhere = [member.paper_id for member in merges[-1].members]
            since = unmerging.preview(library, merges[-1].merge_id).since
            keep = {change.field: everywhere for change in since}
            unmerging.take_apart(library, merges[-1].merge_id, keep, different=different)
            return


@contextmanager
def library_of_papers() -> Iterator[Library]:
    """Give a library of two papers typed by hand and two from a bibliography: a new one for each random sequence."""
    with tempfile.TemporaryDirectory() as folder, closing(Library.open(Path(folder) / "library.sheaf")) as library:
        for number in range(BY_HAND):
            tagged = add(library, f"Paper number {number}", notes=f"note {number}", date="2025")
            tagging.tag(library, [tagged], add=[f"tag {number}"])
        file = Path(folder, "two.bib")
        file.write_text(BIB, encoding="utf-8")
        importing.import_files(library, [file], silent)
        yield library


def do_all(library: Library, actions: Mapping[str, Action], sequence: Sequence[tuple[str, list[int], str]]) -> None:
    """Do one after the other, but for what is refused, which changes nothing; the library must be sound then."""
    for name, ids, word in sequence:
        with suppress(LibraryError):
            actions[name](library, ids, word)
    assert checking.check(library) == []
    assert blocks(library)[0] == blocks(library)[1]


def undo_and_redo_all(library: Library) -> None:
    """Take everything back and do it once more; the library must be sound both times."""
    while undoing.undo(library):
        pass
    assert checking.check(library) == []
    while undoing.redo(library):
        pass
    assert checking.check(library) == []
    assert blocks(library)[0] == blocks(library)[1]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(ACTIONS)), some, words), min_size=2, max_size=10))
@example([("preprint", [4, 1], "amber"), ("title", [1, 2, 4], "amber"), ("merge", [4, 1], "amber")])
def test_whatever_is_done_the_library_stays_sound(sequence: list[tuple[str, list[int], str]]) -> None:
    with library_of_papers() as library:
        do_all(library, ACTIONS, sequence)
        undo_and_redo_all(library)
