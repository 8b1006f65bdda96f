"""Marks by hand, the difference that reading a dump again would make, and making it in one step."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from db.domain import formats
from db.domain.errors import Cancelled, LibraryError
from db.domain.records import Status
from db.services import (
    checking,
    collecting,
    editing,
    importing,
    reading,
    rereading,
    searching,
    sources,
    tagging,
    undoing,
)
from db.services.library import Library
from db.services.progress import Progress, silent
from db.services.recognising import Choice
from tests.db.services.conftest import Pages

if TYPE_CHECKING:
    from pathlib import Path

    from db.domain.records import Paper
    from tests.db.services.conftest import Shown

AD = "Advertisement: A Survey of Kettles and Teapots"


def imported(library: Library, path: Path, text: str) -> int:
    """Import a text; return its source."""
    path.write_text(text, encoding="utf-8")
    result = importing.import_files(library, [path], silent).files[0]
    assert result.source_id is not None, result.error
    return result.source_id


def papers(library: Library, query: str = "") -> list[Paper]:
    """Return the live papers that a search finds, oldest first."""
    return sorted(reading.papers(library, searching.find(library, query).ids.tolist()), key=lambda one: one.id)


def titles(library: Library) -> list[str]:
    """Return the titles of the live papers."""
    return [one.title for one in papers(library)]


def line_of(library: Library, source_id: int, words: str) -> int:
    """Return the line of a source that begins with these words."""
    lines = sources.text(library, source_id)
    return next(number for number, line in enumerate(lines, start=1) if line.startswith(words))


@pytest.fixture
def shown(pages: type[Pages]) -> list[Shown]:
    """Five papers; the third has an advertisement below its abstract."""
    found = [pages.paper(number, authors=number + 2, date=f"Mar {number + 1}, 2024") for number in range(5)]
    return [*found[:2], pages.paper(2, authors=4, date="Mar 3, 2024", comments=7), *found[3:]]


@pytest.fixture
def text(shown: list[Shown], pages: type[Pages]) -> str:
    """Their page, with the advertisement."""
    return pages.full(shown).replace(shown[2].abstract, f"{shown[2].abstract}\n\n{AD}")


@pytest.fixture
def source_id(library: Library, folder: Path, text: str) -> int:
    """The page in the library: the advertisement was taken for a paper."""
    found = imported(library, folder / "page.txt", text)
    assert AD in titles(library)
    return found


def test_without_marks_nothing_differs(library: Library, source_id: int) -> None:
    found = rereading.difference(library, source_id, silent)
    assert not found
    assert (found.added, found.removed, found.changed) == ((), (), ())
    assert found.before == found.after
    before = undoing.history(library)
    assert not rereading.apply(library, source_id, silent)
    assert undoing.history(library) == before


def test_marks_are_one_step_each_and_wait(library: Library, source_id: int) -> None:
    changes = rereading.set_marks(library, source_id, [3, 4, 4], "ignore")
    assert changes.parts == {"mark"}
    assert changes.label == "Mark 2 lines of page.txt"
    assert sources.stretch(library, source_id).marks == {3: "ignore", 4: "ignore"}
    assert sources.stretch(library, source_id).waiting == 2
    assert not rereading.set_marks(library, source_id, [3], "ignore")
    rereading.set_marks(library, source_id, [4], "title")
    assert sources.stretch(library, source_id).marks == {3: "ignore", 4: "title"}
    rereading.set_marks(library, source_id, [3, 4, 9], None)
    assert sources.stretch(library, source_id).waiting == 0
    undoing.undo(library)
    assert sources.stretch(library, source_id).marks == {3: "ignore", 4: "title"}


def test_marks_that_make_no_sense_are_refused(library: Library, source_id: int) -> None:
    with pytest.raises(LibraryError, match="lines"):
        rereading.set_marks(library, source_id, [10_000], "title")
    with pytest.raises(LibraryError, match="author"):
        rereading.set_marks(library, source_id, [3], "author")
    with pytest.raises(LibraryError, match="no longer"):
        rereading.difference(library, 99, silent)


def test_the_difference_says_what_would_change_and_changes_nothing(
    library: Library, source_id: int, shown: list[Shown]
) -> None:
    line = line_of(library, source_id, AD)
    rereading.set_marks(library, source_id, [line], "ignore")
    before = titles(library), undoing.history(library)
    found = rereading.difference(library, source_id, silent)
    assert found
    assert [(one.line, one.title) for one in found.removed] == [(line, AD)]
    assert not found.added
    (changed,) = found.changed
    assert changed.title == shown[2].title
    assert set(changed.values) == {("author_count", "", "4"), ("date", "", "2024-03-03"), ("comments", "", "7")}
    assert (found.before["records"], found.after["records"]) == (6, 5)
    assert found.after["furniture_lines"] == (found.before["furniture_lines"] or 0) + 1
    assert (titles(library), undoing.history(library)) == before


def test_reading_again_lets_the_papers_follow_in_one_step(library: Library, source_id: int, shown: list[Shown]) -> None:
    rereading.set_marks(library, source_id, [line_of(library, source_id, AD)], "ignore")
    before = papers(library)
    seen = {one.id: sources.sightings(library, one.id) for one in before}
    steps = len(undoing.history(library))
    changes = rereading.apply(library, source_id, silent)
    assert changes.label == "Read page.txt again"
    assert len(undoing.history(library)) == steps + 1
    after = papers(library)
    assert [one.title for one in after] == [one.title for one in shown]
    third = after[2]
    assert (third.author_count, third.date.iso(), third.comments) == (4, "2024-03-03", 7)
    for one in after:
        assert [a.sighting.id for a in sources.sightings(library, one.id)] == [b.sighting.id for b in seen[one.id]]
    assert [one.sightings[0].index for one in after] == [1, 2, 3, 4, 5]
    source = reading.sidebar(library).sources[0]
    assert (source.records, source.issues) == (5, 0)
    assert sources.stretch(library, source_id).waiting == 0
    assert not rereading.difference(library, source_id, silent)
    assert not checking.check(library)
    undoing.undo(library)
    assert papers(library) == before
    assert reading.sidebar(library).sources[0].issues == 1
    assert sources.stretch(library, source_id).waiting == 1
    undoing.redo(library)
    assert [one.title for one in papers(library)] == [one.title for one in after]
    assert not checking.check(library)


def test_an_ignored_line_is_shown_as_ignored_once_it_was_read_so(library: Library, source_id: int) -> None:
    line = line_of(library, source_id, AD)
    rereading.set_marks(library, source_id, [line], "ignore")
    # It is an issue, for nobody gave the advertisement an abstract, and leads to the paper that was made of it.
    (span,) = sources.lines_of(library, source_id, line, 1)
    assert span.kind == "issue"
    assert span.paper_id is not None
    assert sources.stretch(library, source_id).reasons[line].startswith("This is a record without an abstract")
    rereading.apply(library, source_id, silent)
    (span,) = sources.lines_of(library, source_id, line, 1)
    assert span.kind == "ignored"


def test_a_title_by_hand_makes_a_paper(library: Library, folder: Path, pages: type[Pages]) -> None:
    merged = pages.bare([pages.paper(1), pages.paper(2)]).replace(
        f"\n\n{pages.paper(2).title}", f"\n{pages.paper(2).title.lower()}"
    )
    source_id = imported(library, folder / "bare.txt", merged)
    known = papers(library)
    line = line_of(library, source_id, pages.paper(2).title.lower())
    rereading.set_marks(library, source_id, [line], "title")
    rereading.apply(library, source_id, silent)
    assert titles(library) == [pages.paper(1).title, pages.paper(2).title.lower()]
    assert [one.abstract for one in papers(library)] == [pages.paper(1).abstract, pages.paper(2).abstract]
    assert papers(library)[0].id == known[0].id


def test_an_added_record_that_is_known_becomes_a_sighting(
    library: Library, source_id: int, folder: Path, pages: type[Pages], shown: list[Shown]
) -> None:
    line = line_of(library, source_id, shown[1].title)
    rereading.set_marks(library, source_id, [line, line + 2], "ignore")
    rereading.apply(library, source_id, silent)
    assert shown[1].title not in titles(library)
    other = imported(library, folder / "other.txt", pages.bare([shown[1], pages.paper(40)]))
    known = next(one for one in papers(library) if one.title == shown[1].title)
    rereading.set_marks(library, source_id, [line, line + 2], None)
    rereading.apply(library, source_id, silent)
    again = next(one for one in papers(library) if one.title == shown[1].title)
    assert again.id == known.id
    assert {one.source_id for one in again.sightings} == {source_id, other}
    assert again.author_count == shown[1].authors


@pytest.mark.parametrize("deed", ["typed", "noted", "starred", "status", "tag", "collection", "key"])
def test_a_paper_that_a_person_did_something_with_stays(library: Library, source_id: int, deed: str) -> None:
    (paper,) = (one for one in papers(library) if one.title == AD)
    deeds = {
        "typed": lambda: editing.set_fields(library, [paper.id], {"venue": "Kettle Monthly"}),
        "noted": lambda: editing.set_fields(library, [paper.id], {"notes": "Lovely."}),
        "starred": lambda: editing.set_fields(library, [paper.id], {"starred": True}),
        "status": lambda: editing.set_fields(library, [paper.id], {"status": Status.READ.value}),
        "tag": lambda: tagging.tag(library, [paper.id], add=["kettles"]),
        "collection": lambda: collecting.add(library, collecting.create(library, "Tea")[0], [paper.id]),
        "key": lambda: editing.pin_key(library, [paper.id]),
    }
    deeds[deed]()
    rereading.set_marks(library, source_id, [line_of(library, source_id, AD)], "ignore")
    rereading.apply(library, source_id, silent)
    (left,) = (one for one in papers(library) if one.title == AD)
    assert not left.sightings
    assert not left.in_trash


def test_a_paper_that_nobody_wants_goes_to_the_trash(library: Library, source_id: int) -> None:
    (paper,) = (one for one in papers(library) if one.title == AD)
    rereading.set_marks(library, source_id, [line_of(library, source_id, AD)], "ignore")
    rereading.apply(library, source_id, silent)
    assert reading.papers(library, [paper.id])[0].in_trash


def test_what_the_person_typed_is_never_touched(library: Library, source_id: int, shown: list[Shown]) -> None:
    (third,) = (one for one in papers(library) if one.title == shown[2].title)
    editing.set_fields(library, [third.id], {"author_count": "99", "title": "My own words"})
    rereading.set_marks(library, source_id, [line_of(library, source_id, AD)], "ignore")
    rereading.apply(library, source_id, silent)
    after = reading.papers(library, [third.id])[0]
    assert (after.author_count, after.title) == (99, "My own words")
    assert after.date.iso() == "2024-03-03"


def test_a_sighting_that_goes_takes_along_only_what_no_other_says(
    library: Library, folder: Path, pages: type[Pages]
) -> None:
    paper = pages.paper(1, authors=17, date="Mar 18, 2024", comments=3)
    first = imported(library, folder / "first.txt", pages.full([paper, pages.paper(2, authors=1, date="May 2, 2023")]))
    other = pages.full([pages.paper(1, authors=17, date="Mar 18, 2024"), pages.paper(5, authors=2, date="Jan 3, 2024")])
    imported(library, folder / "second.txt", other)
    line = line_of(library, first, paper.title)
    rereading.set_marks(library, first, range(line, line + 7), "ignore")
    rereading.apply(library, first, silent)
    (left,) = (one for one in papers(library) if one.title == paper.title)
    assert len(left.sightings) == 1
    assert (left.author_count, left.date.iso(), left.comments) == (17, "2024-03-18", None)
    assert left.abstract == paper.abstract
    assert {one.label for one in left.origins.values()} == {"second.txt, record 1"}


def test_of_a_paper_that_a_dump_shows_twice_the_other_sighting_speaks_on(
    library: Library, folder: Path, pages: type[Pages]
) -> None:
    twice = pages.paper(1, authors=17, date="Mar 18, 2024")
    again = replace(twice, title=twice.title.replace(": ", " : "))
    source_id = imported(
        library, folder / "twice.txt", pages.full([twice, pages.paper(2, authors=1, date="May 2, 2023"), again])
    )
    (paper,) = (one for one in papers(library) if one.title == twice.title)
    assert len(paper.sightings) == 2
    line = paper.sightings[0].line_start
    rereading.set_marks(library, source_id, range(line, line + 7), "ignore")
    rereading.apply(library, source_id, silent)
    assert reading.papers(library, [paper.id])[0].title == again.title
    assert not rereading.difference(library, source_id, silent)


def test_a_newer_reader_is_offered_and_read_with(
    library: Library, source_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not sources.stretch(library, source_id).newer
    fmt = formats.by_name("search-page")
    assert fmt is not None
    monkeypatch.setattr(type(fmt), "reader", fmt.reader + 1)
    assert sources.stretch(library, source_id).newer
    source = reading.sidebar(library).sources[0]
    assert sources.has_newer_reader(source.format, source.reader)
    assert not sources.has_newer_reader("no such format", 0)
    assert rereading.apply(library, source_id, silent).parts == {"source"}
    assert not sources.stretch(library, source_id).newer


def test_the_year_that_was_set_by_hand_stays(library: Library, folder: Path, pages: type[Pages]) -> None:
    page = pages.full([pages.paper(1, authors=2, date="Mar 18"), pages.paper(2, authors=2, date="Mar 1, 2023")])
    source_id = imported(library, folder / "year.txt", page.replace("Mar 1, 2023", f"{AD}\n\nMar 1, 2023"))
    sources.set_year(library, source_id, 2029)
    rereading.set_marks(library, source_id, [line_of(library, source_id, AD)], "ignore")
    rereading.apply(library, source_id, silent)
    assert papers(library)[0].date.iso() == "2029-03-18"


def test_issues_that_only_the_first_reading_could_raise_stay(
    library: Library, folder: Path, pages: type[Pages]
) -> None:
    page = pages.bare([pages.paper(1), pages.paper(2)]).replace("released", "rele\0ased")
    source_id = imported(library, folder / "dirt.txt", page)
    before = [(one.line, one.why) for one in sources.issues(library, source_id)]
    assert before
    rereading.set_marks(library, source_id, [1], "ignore")
    rereading.apply(library, source_id, silent)
    assert [(one.line, one.why) for one in sources.issues(library, source_id)] == before


def test_cancelling_leaves_everything_as_it_was(library: Library, source_id: int) -> None:
    rereading.set_marks(library, source_id, [line_of(library, source_id, AD)], "ignore")
    before = papers(library), undoing.history(library)

    def stop(_progress: Progress) -> None:
        raise Cancelled

    for act in (rereading.difference, rereading.apply):
        with pytest.raises(Cancelled):
            act(library, source_id, stop)
    assert (papers(library), undoing.history(library)) == before


def test_records_on_one_line_are_told_apart(library: Library, folder: Path) -> None:
    import json

    records = [
        {"id": f"2401.{number:05}", "title": f"Kettles of order {number}", "summary": f"We boil {number} litres. " * 9}
        for number in range(1, 7)
    ]
    source_id = imported(library, folder / "a.json", json.dumps([{"paper": one} for one in records]))
    assert len(papers(library)) == 6
    assert not rereading.difference(library, source_id, silent)
    stretch = sources.stretch(library, source_id)
    assert Counter(span.kind for span in stretch.spans) == {"record": 1}


def test_the_columns_that_a_person_chose_are_read_again(library: Library, folder: Path) -> None:
    path = folder / "table.csv"
    rows = [
        f'"Kettles of order {number}","We boil {number} litres of tea. {"It is warm. " * 20}"' for number in range(4)
    ]
    path.write_text("Heading,Body\n" + "\n".join(rows) + "\n", encoding="utf-8")
    choice = Choice(format="csv", columns={"Heading": "title", "Body": "abstract"})
    result = importing.import_files(library, [path], silent, usual=choice).files[0]
    assert result.source_id is not None, result.error
    assert titles(library) == [f"Kettles of order {number}" for number in range(4)]
    assert not rereading.difference(library, result.source_id, silent)


def test_a_long_dump_is_shown_in_stretches(library: Library, folder: Path, pages: type[Pages]) -> None:
    many = [pages.paper(number, authors=2, date="Mar 3, 2024") for number in range(400)]
    source_id = imported(library, folder / "long.txt", pages.full(many))
    whole = sources.stretch(library, source_id)
    assert (whole.line_start, whole.line_end) == (1, whole.total)
    part = sources.stretch(library, source_id, 1500, 100)
    assert (part.line_start, part.line_end) == (1450, 1549)
    assert list(part.lines) == list(whole.lines[1449:1549])
    kinds = {
        line: (span.kind, span.paper_id) for span in whole.spans for line in range(span.line_start, span.line_end + 1)
    }
    for span in part.spans:
        for line in range(span.line_start, span.line_end + 1):
            assert kinds[line] == (span.kind, span.paper_id)
    last = sources.stretch(library, source_id, whole.total, 100)
    assert (last.line_start, last.line_end) == (whole.total - 99, whole.total)


def test_very_long_lines_are_cut_for_the_eye(library: Library, folder: Path, pages: type[Pages]) -> None:
    long = pages.bare([pages.paper(1), pages.paper(2)]).replace("Code for", "word " * 2_000 + "Code for")
    source_id = imported(library, folder / "wide.txt", long)
    shown = sources.stretch(library, source_id).lines
    assert max(map(len, shown)) < 4_100
    assert any(line.endswith("more characters)") for line in shown)
    assert max(map(len, sources.text(library, source_id))) > 10_000


ON_PAGE = {
    # A record that goes and comes back without its abstract.
    "one": {1: "title", 21: "ignore", 24: "title", 23: "ignore"},
    "more": {21: "title"},
}


@settings(max_examples=8)
@example(**ON_PAGE)
@given(
    st.dictionaries(st.integers(1, 60), st.sampled_from(("title", "abstract", "ignore")), max_size=8),
    st.dictionaries(st.integers(1, 60), st.sampled_from(("title", "abstract", "ignore", None)), max_size=8),
)
def test_any_marks_can_be_read_with_and_taken_back(
    tmp_path_factory: pytest.TempPathFactory, one: dict[int, str], more: dict[int, str | None]
) -> None:
    folder = tmp_path_factory.mktemp("marks")
    library = Library.open(folder / "marks.sheaf")
    shown = [Pages.paper(number, authors=number + 2, date=f"Mar {number + 1}") for number in range(6)]
    source_id = imported(
        library, folder / "full.txt", Pages.full([*shown, Pages.paper(9, authors=1, date="May 2, 2023")])
    )
    imported(
        library,
        folder / "other.txt",
        Pages.full([Pages.paper(2), Pages.paper(4, authors=3, date="Mar 5, 2024", comments=2)]),
    )
    editing.set_fields(library, [3], {"venue": "Tea Time"})
    lines = reading.sidebar(library).sources[-1].lines
    steps = 0
    states = [state(library)]
    for marks in (one, more):
        for line, kind in marks.items():
            if line <= lines and rereading.set_marks(library, source_id, [line], kind):
                steps += 1
                states.append(state(library))
        if rereading.apply(library, source_id, silent):
            steps += 1
            states.append(state(library))
        assert not rereading.difference(library, source_id, silent)
        assert not checking.check(library)
        source = next(found for found in reading.sidebar(library).sources if found.id == source_id)
        assert source.records == sum(len(of) for of in seen_in(library, source_id).values())
        assert reading.papers(library, [3])[0].venue == "Tea Time"
    for back in reversed(states[:-1]):
        undoing.undo(library)
        assert state(library) == back
    for _ in range(steps):
        undoing.redo(library)
    assert state(library) == states[-1]
    library.close()


def seen_in(library: Library, source_id: int) -> dict[int, list[int]]:
    """Return the sightings of each paper in a source, papers in the trash included."""
    found = {}
    for paper in reading.papers(library, list(range(1, 60))):
        found[paper.id] = [one.id for one in paper.sightings if one.source_id == source_id]
    return found


def state(library: Library) -> object:
    """Return everything that reading again may change."""
    every = [replace(paper, version=0) for paper in reading.papers(library, list(range(1, 60)))]
    told = [sources.sightings(library, paper.id) for paper in every]
    found = reading.sidebar(library).sources
    return every, told, found, [sources.stretch(library, one.id).marks for one in found], sources.issues(library)


def test_the_real_dumps_read_the_same_again(library: Library, dumps: Path) -> None:
    results = importing.import_files(library, sorted(dumps.glob("*.txt")), silent).files
    for one in results:
        assert one.source_id is not None
        assert not rereading.difference(library, one.source_id, silent)
