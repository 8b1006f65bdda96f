"""Twins: found on demand, queued in sets, merged without loss, and told apart for ever."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from db.domain.errors import Cancelled, LibraryError
from db.domain.records import Status, Verdict
from db.services import collecting, editing, importing, keys, merging, reading, searching, sources, tagging, undoing
from db.services.progress import Progress, silent
from tests import tables

if TYPE_CHECKING:
    from pathlib import Path

    from db.services.library import Library

LONG = (
    "We study how lanterns behave under routing, a question that glacial methods left open. Our rivers need ten "
    "steps on the benchmark and five on its harder sibling, which no earlier routing of lanterns has reached."
)
DERIVED = frozenset({"block", "journal_state", "step", "change", "setting", "paper_fts"})


def dump(library: Library) -> dict[str, list[Any]]:
    """Return all rows of all tables that undo answers for."""
    with library.reading() as session:
        run = session.connection().exec_driver_sql
        return {
            name: sorted(repr(tuple(row)) for row in run(f'SELECT * FROM "{name}"'))
            for name in tables.names(session)
            if name not in DERIVED
        }


def add(library: Library, title: str = "Routing lanterns over glacial rivers", **values: object) -> int:
    return editing.add_paper(library, {"title": title, **values})[0]


def paper(library: Library, paper_id: int):
    found = reading.paper(library, paper_id)
    assert found is not None
    return found


def pair(library: Library) -> tuple[int, int]:
    bare = add(library, abstract=LONG)
    full = add(library, abstract=LONG, author_count="6", date="14 May 2024", comments="3")
    return bare, full


def test_certain_twins_are_found_queued_and_merged(library: Library) -> None:
    bare, full = pair(library)
    add(library, "Hollow violins and their thistle orchards")
    found = merging.find_duplicates(library, silent)
    assert [(one.verdict, one.ids) for one in found.sets] == [(Verdict.SAME, (bare, full))]
    assert found.merged == 0
    assert found.sets[0].why
    assert not merging.find_duplicates(library, silent).changes
    assert merging.merge_all_same(library).label == "Merge 1 certain set"
    assert merging.queue(library) == []
    assert searching.find(library).total == 2


def test_merging_while_finding(library: Library) -> None:
    pair(library)
    before = dump(library)
    found = merging.find_duplicates(library, silent, merge=True)
    assert (found.merged, found.sets) == (1, ())
    undoing.undo(library)
    assert dump(library) == before


def test_cancelling_the_search_leaves_nothing(library: Library) -> None:
    pair(library)

    def cancel(_progress: Progress) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        merging.find_duplicates(library, cancel)
    assert merging.queue(library) == []


def test_the_preview_says_what_would_be_gained(library: Library) -> None:
    bare, full = pair(library)
    keys.freeze(library, [bare])
    made = merging.preview(library, [bare, full])
    assert made.into == bare
    assert set(made.gains) == {"6 authors", "14 May 2024", "3 comments"}
    assert made.values["date"] == "2024-05-14"
    assert made.from_id["date"] == full
    assert merging.preview(library, [bare, full], {"date": bare}).values["date"] == ""


def test_everything_survives_a_merge_and_undo_brings_it_all_back(library: Library) -> None:
    first, second = pair(library)
    other = add(library, "Something else")
    shelf, _ = collecting.create(library, "Shelf")
    collecting.add(library, shelf, [second])
    tagging.tag(library, [first], add=["a", "both"])
    tagging.tag(library, [second], add=["b", "both"])
    editing.set_fields(library, [first], {"notes": "one", "rating": 2, "urls": "https://a.org/1"})
    editing.set_fields(library, [second], {"notes": "two", "rating": 4, "starred": True, "urls": "https://a.org/2"})
    editing.set_fields(library, [second], {"status": "reading"})
    editing.set_key(library, second, "second-key")
    merging.different(library, [second, other])
    before = dump(library)
    assert merging.merge(library, [first, second], into=first).label == "Merge 2 papers"
    merged = paper(library, first)
    assert [tag.name for tag in merged.tags] == ["a", "b", "both"]
    assert [one.name for one in merged.collections] == ["Shelf"]
    assert merged.notes == "one\n\ntwo"
    assert (merged.rating, merged.starred, merged.status) == (4, True, Status.READING)
    assert merged.urls == ("https://a.org/1", "https://a.org/2")
    assert (merged.author_count, merged.comments) == (6, 3)
    assert merged.key_aliases == ("second-key",)
    assert searching.find(library).ids.tolist() == [other, first]
    after = dump(library)
    undoing.undo(library)
    restored = dump(library)
    # A frozen key that was given up once stays reserved for its paper.
    for one in (before, restored, after):
        one.pop("frozen_key")
    assert restored == before
    undoing.redo(library)
    assert {k: v for k, v in dump(library).items() if k != "frozen_key"} == after


def test_typed_values_win_and_choices_beat_them(library: Library, folder: Path, pages: Any) -> None:
    shown = [pages.paper(1, authors=4, date="May 3, 2023", comments=2)]
    (folder / "a.txt").write_text(pages.full(shown), encoding="utf-8")
    (folder / "b.txt").write_text(pages.full(shown, day="Nov 2"), encoding="utf-8")
    importing.import_files(library, [folder / "a.txt", folder / "b.txt"], silent, keep_twins=True)
    ids = sorted(searching.find(library).ids)
    editing.set_fields(library, ids[1:], {"author_count": "5"})
    assert merging.preview(library, ids).values["author_count"] == "5"
    assert merging.preview(library, ids, {"author_count": ids[0]}).values["author_count"] == "4"
    merging.merge(library, ids, into=ids[0])
    merged = paper(library, ids[0])
    assert merged.author_count == 5
    assert merged.origins["author_count"].sighting_id is None
    assert len(merged.sightings) == 2


def test_the_paper_with_the_given_key_is_kept_else_the_fullest_else_the_oldest(library: Library) -> None:
    bare, full = pair(library)
    assert merging.preview(library, [bare, full]).into == full
    keys.freeze(library, [bare])
    assert merging.preview(library, [bare, full]).into == bare
    same = [add(library, "Equal papers"), add(library, "Equal papers")]
    assert merging.preview(library, same[::-1]).into == same[0]


def test_papers_told_apart_never_meet_again(library: Library) -> None:
    bare, full = pair(library)
    assert merging.different(library, [full, bare]).label == "Mark 2 papers as different"
    assert merging.find_duplicates(library, silent, merge=True).merged == 0
    assert merging.queue(library) == []
    assert not merging.different(library, [bare, full])


def test_papers_told_apart_never_end_in_one_set_by_a_third(library: Library) -> None:
    first, second = pair(library)
    third = add(library, abstract=LONG, venue="Here")
    merging.different(library, [first, second])
    found = merging.find_duplicates(library, silent)
    assert found.sets
    assert not any({first, second} <= set(one.ids) for one in found.sets)
    merging.merge_all_same(library)
    left = {one for one in (first, second, third) if one in searching.find(library).ids}
    assert {first, second} & left
    assert len(left) == 2
    assert merging.find_duplicates(library, silent).sets == ()


def test_later_goes_to_the_end_of_the_queue(library: Library) -> None:
    one = pair(library)
    other = [add(library, "Velvet harbours in spring", venue=f"Place {n}") for n in range(2)]
    sets = merging.find_duplicates(library, silent).sets
    assert {s.ids for s in sets} == {one, tuple(other)}
    merging.later(library, sets[0].ids)
    now = merging.queue(library)
    assert [s.ids for s in now] == [sets[1].ids, sets[0].ids]
    assert [s.later for s in now] == [False, True]
    merging.later(library, sets[1].ids)
    assert [s.ids for s in merging.queue(library)] == [sets[0].ids, sets[1].ids]


def test_what_cannot_be_merged_is_said(library: Library) -> None:
    first = add(library)
    with pytest.raises(LibraryError, match="cannot be merged"):
        merging.merge(library, [first])
    with pytest.raises(LibraryError, match="cannot be merged"):
        merging.merge(library, [first, 99])


def test_the_trash_is_left_alone(library: Library) -> None:
    first, second = pair(library)
    merging.find_duplicates(library, silent)
    editing.trash(library, [second])
    assert merging.queue(library) == []
    editing.restore(library, [second])
    assert [one.ids for one in merging.queue(library)] == [(first, second)]


def test_the_real_dumps_merge_as_people_say(library: Library, dumps: Path) -> None:
    paths = sorted(dumps.glob("*.txt"))
    importing.import_files(library, paths, silent, keep_twins=True)
    assert searching.find(library).total == 396
    before = dump(library)
    merging.find_duplicates(library, silent, merge=True)
    assert searching.find(library).total == 346
    truth = json.loads((dumps / "twins.json").read_text(encoding="utf-8"))
    assert len(truth["groups"]) == 40
    undoing.undo(library)
    assert dump(library) == before


def test_the_longest_abstract_of_the_sources_wins(library: Library, folder: Path, pages: Any) -> None:
    short, long = pages.paper(1, authors=4, date="Mar 1, 2024", comments=2), pages.paper(2)
    (folder / "page.txt").write_text(pages.full([short, long]))
    longer = (folder / "page.txt").read_text().replace(long.abstract, f"{long.abstract} {LONG}")
    (folder / "page.txt").write_text(longer)
    importing.import_files(library, [folder / "page.txt"], silent)
    fuller, bare = searching.find(library, descending=False).ids.tolist()
    merging.merge(library, [fuller, bare], into=fuller)
    paper = reading.paper(library, fuller)
    assert paper is not None
    assert paper.abstract == f"{long.abstract} {LONG}"
    assert paper.author_count == 4


def set_year_of_page(library: Library, year: int) -> None:
    source = next(one for one in reading.sidebar(library).sources if one.name == "page.txt")
    sources.set_year(library, source.id, year)


def dated(library: Library, folder: Path, pages: Any) -> tuple[int, int]:
    """A work whose page says a day without a year, and an entry that says the year alone; two papers, not merged."""
    shown = [pages.paper(1, authors=2, date="Mar 18"), pages.paper(2, authors=2, date="Oct 30, 2025")]
    (folder / "page.txt").write_text(pages.full(shown, day="Oct 31"), encoding="utf-8")
    entry = f"@misc{{k, title = {{{shown[0].title}}}, year = 2025}}"
    (folder / "a.bib").write_text(entry, encoding="utf-8")
    importing.import_files(library, [folder / "page.txt", folder / "a.bib"], silent, keep_twins=True)
    set_year_of_page(library, 2025)
    found = {one.citation_key: one.id for one in reading.papers(library, sorted(searching.find(library).ids))}
    return found["k"], next(i for key, i in found.items() if key != "k" and paper(library, i).title == shown[0].title)


@pytest.mark.parametrize("into", [0, 1])
def test_an_inferred_day_of_the_stated_year_beats_the_bare_year(
    library: Library, folder: Path, pages: Any, into: int
) -> None:
    bare, inferred = both = dated(library, folder, pages)
    assert paper(library, bare).date.iso() == "2025"
    assert (paper(library, inferred).date.iso(), paper(library, inferred).date.inferred) == ("2025-03-18", True)
    made = merging.preview(library, both)
    assert (made.values["date"], made.from_id["date"]) == ("2025-03-18", inferred)
    merging.merge(library, both, into=both[into])
    date = paper(library, both[into]).date
    assert (date.iso(), date.inferred) == ("2025-03-18", True)
    assert date.evidence


def test_an_inferred_day_of_another_year_gives_way_to_the_stated_one(
    library: Library, folder: Path, pages: Any
) -> None:
    both = dated(library, folder, pages)
    set_year_of_page(library, 2023)
    assert paper(library, both[1]).date.iso() == "2023-03-18"
    made = merging.preview(library, both)
    assert (made.values["date"], made.from_id["date"]) == ("2025", both[0])


def test_a_year_set_for_the_page_does_not_overrule_a_stated_one(library: Library, folder: Path, pages: Any) -> None:
    both = dated(library, folder, pages)
    merging.merge(library, both, into=both[0])
    set_year_of_page(library, 2023)
    date = paper(library, both[0]).date
    assert (date.iso(), date.inferred) == ("2025", False)
    assert paper(library, both[0]).origins["date"].label.startswith("a.bib")
