"""Saved searches: kept, nested, named in one another, renamed, deleted and brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db import services
from db.domain.errors import Cancelled, LibraryError
from db.domain.records import SavedSearch
from db.services import saved, searching
from db.services.exporting import ExportOptions
from db.services.searching import Question

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library

TITLES = ("Copper lantern", "Paper boats", "Copper boats", "Tin lantern")


@pytest.fixture
def papers(library: Library) -> list[int]:
    years = (2020, 2021, 2022, 2023)
    made = (
        services.editing.add_paper(library, {"title": title, "date": str(year)})[0]
        for title, year in zip(TITLES, years, strict=True)
    )
    return [int(one) for one in made]


def save(library: Library, name: str, text: str = "", **more: object) -> int:
    return saved.save(library, SavedSearch(0, name, text=text, **more))[0]  # type: ignore[arg-type]


def found(library: Library, text: str) -> set[str]:
    ids = services.searching.find(library, text).ids
    return {paper.title for paper in services.reading.papers(library, ids)}


def stands_for(library: Library, number: int) -> str:
    return next(text for one, text in services.reading.sidebar(library).searches if one.id == number)


def test_a_search_inside_another_or_a_collection_narrows_it(library: Library, papers: list[int]) -> None:
    shelf, _ = services.collecting.create(library, "My shelf")
    services.collecting.add(library, shelf, papers[1:])
    copper = save(library, "Copper", "copper")
    late = save(library, "Late copper", "year:>=2021", parent_id=copper)
    here = save(library, "Here", "boats OR lantern", collection_id=shelf)
    assert found(library, f"in:#{late}") == {"Copper boats"}
    assert found(library, f"in:#{here}") == {"Paper boats", "Copper boats", "Tin lantern"}
    assert stands_for(library, late) == "copper year:>=2021"
    assert stands_for(library, here) == 'collection:"My shelf" (boats OR lantern)'
    assert [searching.count(library, f"in:#{one}") for one in (copper, late, here)] == [2, 1, 3]


def test_a_group_joins_what_is_inside_it(library: Library, papers: list[int]) -> None:
    any_of = save(library, "Any", kind="any")
    assert found(library, "in:Any") == set()
    save(library, "A", "paper", parent_id=any_of)
    save(library, "B", "tin", parent_id=any_of)
    all_of = save(library, "All", kind="all")
    save(library, "C", "copper OR tin", parent_id=all_of)
    save(library, "D", "lantern", parent_id=all_of)
    assert found(library, "in:any") == {"Paper boats", "Tin lantern"}
    assert found(library, "in:All") == {"Copper lantern", "Tin lantern"}
    assert (stands_for(library, any_of), stands_for(library, all_of)) == ("paper OR tin", "(copper OR tin) lantern")
    saved.move(library, any_of, parent_id=all_of)
    assert found(library, "in:All") == {"Tin lantern"}
    assert stands_for(library, all_of) == "(paper OR tin) (copper OR tin) lantern"


def test_a_search_names_others_and_follows_when_they_are_renamed(library: Library, papers: list[int]) -> None:
    copper = save(library, "Copper", "copper")
    save(library, "Both", "-in:Copper IN:copper OR (in:COPPER boats) in:#1 saying in:")
    saved.rename(library, copper, 'Red "metal"')
    text = next(one.text for one in saved.searches(library) if one.name == "Both")
    assert text == '-in:"Red  metal" in:"Red  metal" OR (in:"Red  metal" boats) in:#1 saying in:'
    assert found(library, 'in:"red metal" lantern') == {"Copper lantern"}
    services.undoing.undo(library)
    assert found(library, "in:Copper lantern") == {"Copper lantern"}


def test_what_is_not_there_finds_nothing_and_is_told_with_its_place(library: Library, papers: list[int]) -> None:
    answer = services.searching.find(library, "boats in:Nowhere")
    assert (len(answer.ids), answer.message) == (0, "There is no saved search called Nowhere.")
    assert [(one.start, one.end) for one in answer.problems] == [(6, 16)]
    assert found(library, "boats -in:Nowhere") == {"Paper boats", "Copper boats"}
    save(library, "Half", "copper year:soon")
    half = services.searching.find(library, "in:Half lantern")
    assert half.message.startswith("Saved search Half: year: takes a year")
    assert len(half.ids) == 1


def test_no_search_may_use_itself(library: Library, papers: list[int]) -> None:
    one = save(library, "One", "copper")
    two = save(library, "Two", "in:One boats")
    group = save(library, "Group", kind="any")
    with pytest.raises(LibraryError, match=r"One would use itself: One → Two → One\. Nothing was changed"):
        saved.save(library, SavedSearch(one, "One", text="in:Two"))
    with pytest.raises(LibraryError, match="would use itself: Group → Inside → Group"):
        save(library, "Inside", "in:Group", parent_id=group)
    with pytest.raises(LibraryError, match="would use itself"):
        saved.move(library, one, parent_id=two)
    with pytest.raises(LibraryError, match="moved into itself"):
        saved.move(library, one, parent_id=one)
    save(library, "Early", "in:Late lantern")
    with pytest.raises(LibraryError, match="Late would use itself: Late → Late"):
        saved.rename(library, next(s.id for s in saved.searches(library) if s.name == "Early"), "Late")
    assert found(library, "in:Two") == {"Copper boats"}


def test_what_stands_for_too_much_says_so(library: Library, papers: list[int]) -> None:
    save(library, "S0", " OR ".join(f"word{n}" for n in range(90)))
    for number in range(1, 12):
        save(library, f"S{number}", f"in:S{number - 1} OR title:x{number} in:S{number - 1}")
    answer = services.searching.find(library, "in:S11")
    assert not answer.ids
    assert "more than 300 words and conditions" in answer.message
    assert not services.searching.find(library, "(in:S0 copper) in:S0 in:S0 (in:S0 boats)").message  # asked for once
    for letter in "abcd":
        save(library, f"Words {letter}", " OR ".join(f"{letter}{n}" for n in range(90)))
    wide = services.searching.find(library, " ".join(f'in:"Words {letter}"' for letter in "abcd"))
    assert "more than 300" in wide.message
    save(library, "D0", "copper")
    for number in range(1, 20):
        save(library, f"D{number}", f"in:D{number - 1} {'x' * number} OR -(in:D{number - 1} b{number})"[:200])
    assert services.searching.find(library, "in:D19").message


def test_names_places_and_texts_are_looked_at(library: Library) -> None:
    one = save(library, " One ", "copper")
    with pytest.raises(LibraryError, match="called one already"):
        save(library, "one", "boats")
    with pytest.raises(LibraryError, match="Type what this search is to look for"):
        save(library, "Two", "  ")
    with pytest.raises(LibraryError, match=r"10,000 characters; this one has 10,001.*collection"):
        save(library, "Two", "x" * 10_001)
    with pytest.raises(LibraryError, match="needs a name"):
        save(library, " ", "x")
    with pytest.raises(LibraryError, match="no longer there"):
        save(library, "Two", "x", parent_id=99)
    with pytest.raises(LibraryError, match="no longer there"):
        saved.rename(library, 99, "x")
    with pytest.raises(LibraryError, match="one of search, any, all"):
        save(library, "Two", "x", kind="none")
    with pytest.raises(LibraryError, match="stands in one place"):
        save(library, "Two", "x", parent_id=one, collection_id=1)
    assert [search.name for search in saved.searches(library)] == ["One"]


def test_deleting_takes_what_is_inside_and_undo_brings_all_back(library: Library, papers: list[int]) -> None:
    shelf, _ = services.collecting.create(library, "Shelf")
    copper = save(library, "Copper", "copper", collection_id=shelf)
    save(library, "Late", "year:>=2021", parent_id=copper)
    save(library, "User", "in:Late")
    before = saved.searches(library)
    gone = saved.delete(library, copper)
    assert (gone.users, gone.changes.label, gone.changes.parts) == (
        ("User",),
        "Delete search Copper",
        frozenset({"saved_search"}),
    )
    assert [one.name for one in saved.searches(library)] == ["User"]
    services.undoing.undo(library)
    assert saved.searches(library) == before
    services.collecting.delete(library, shelf)
    assert [one.name for one in saved.searches(library)] == ["User"]
    services.undoing.undo(library)
    assert saved.searches(library) == before
    assert found(library, "in:User") == set()  # the shelf is empty
    services.undoing.redo(library)
    assert [one.name for one in saved.searches(library)] == ["User"]


def test_a_preview_counts_a_search_before_it_is_kept(library: Library, papers: list[int]) -> None:
    copper = save(library, "Copper", "copper")
    preview = saved.preview(library, SavedSearch(0, "", text="year:>=2021 nothing year:soon", parent_id=copper))
    assert (preview.count, preview.text) == (0, "copper (year:>=2021 nothing year:soon)")
    assert [(one.start, one.end) for one in preview.problems] == [(20, 29)]
    assert saved.preview(library, SavedSearch(copper, "Copper", text="lantern")).count == 2
    looped = saved.preview(library, SavedSearch(copper, "Copper", text="in:Copper"))
    assert (looped.count, "uses itself" in looped.message) == (0, True)
    question = Question()
    question.withdraw()
    with pytest.raises(Cancelled):
        searching.count(library, f"in:#{copper}", question)


def test_a_saved_search_is_a_scope_of_exports_and_live_files(
    library: Library, papers: list[int], tmp_path: Path
) -> None:
    copper = save(library, "Copper", "copper")
    answer = services.searching.find(library, "boats", scope=f"in:#{copper}")
    assert len(answer.ids) == 1
    assert services.searching.count_beyond(library, "boats", f"in:#{copper}") == 1
    target = tmp_path / "refs.bib"
    follow = services.livefiles.of_search("", f"in:#{copper}")
    file = services.livefiles.attach(library, target, follow, ExportOptions()).file
    assert target.read_text("utf-8").count("@") == 2
    saved.save(library, SavedSearch(copper, "Copper", text="copper OR tin"))
    services.livefiles.update(library, file.id)
    assert target.read_text("utf-8").count("@") == 3
    saved.delete(library, copper)
    told = services.livefiles.update(library, file.id)
    assert (told.file.state, "no longer there, so the file was left" in told.file.reason) == ("failed", True)
    assert target.read_text("utf-8").count("@") == 3


def test_names_are_completed(library: Library) -> None:
    save(library, "Copper things", "copper")
    assert [one.text for one in services.completing.complete(library, "in:cop", 6).offers] == ['in:"Copper things"']
