"""Editing fields, star, status, and the trash."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled, LibraryError
from db.domain.records import Person, Status
from db.services import editing, reading, tagging, undoing
from db.services.progress import Progress

if TYPE_CHECKING:
    from db.services.library import Library


def add(library: Library, title: str = "Copper rivers in winter", **values: object) -> int:
    return editing.add_paper(library, {"title": title, **values})[0]


def paper(library: Library, paper_id: int):
    found = reading.paper(library, paper_id)
    assert found is not None
    return found


def test_a_typed_paper_has_its_values_and_a_key(library: Library) -> None:
    paper_id = add(library, authors="Doe, Jane; Roe, R.", date="18 Mar 2025", doi="https://doi.org/10.1145/3292500")
    found = paper(library, paper_id)
    assert found.authors == (Person("Doe", "Jane"), Person("Roe", "R."))
    assert found.date.iso() == "2025-03-18"
    assert found.doi == "10.1145/3292500"
    assert found.citation_key.startswith("doe-")


@pytest.mark.parametrize(
    ("field", "typed", "read"),
    [
        ("authors", "Jane Doe and Ludwig van der Berg", (Person("Doe", "Jane"), Person("van der Berg", "Ludwig"))),
        ("authors", "Doe, Jane and Roe, Richard", (Person("Doe", "Jane"), Person("Roe", "Richard"))),
        ("authors", "Plato", (Person("Plato"),)),
        ("authors", "", ()),
        ("authors", [Person("Doe", "J.")], (Person("Doe", "J."),)),
        ("author_count", "17", 17),
        ("author_count", "", None),
        ("arxiv_id", "https://arxiv.org/abs/2503.14504v2", "2503.14504"),
        ("arxiv_id", "arXiv:cs/0601001", "cs/0601001"),
        ("doi", "doi:10.1000/XyZ", "10.1000/XyZ"),
        ("venue", "  A  venue ", "A venue"),
        ("urls", "https://a.org/x\nexample.com/y", ("https://a.org/x", "example.com/y")),
        ("entry_type", "@Article", "article"),
        ("notes", "two\r\nlines\n", "two\nlines"),
        ("status", "read", Status.READ),
        ("rating", 4, 4),
        ("rating", "", 0),
        ("starred", True, True),
        ("abstract", "Whole\0 text", "Whole text"),
        ("organization", "", None),
    ],
)
def test_a_field_is_read_as_typed(library: Library, field: str, typed: object, read: object) -> None:
    paper_id = add(library, doi="10.1/x" if field == "x" else "")
    editing.set_fields(library, [paper_id], {field: typed})
    assert getattr(paper(library, paper_id), field) == read


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2025", "2025"),
        ("2025-03", "2025-03"),
        ("2025-3-18", "2025-03-18"),
        ("18 Mar 2025", "2025-03-18"),
        ("March 2025", "2025-03"),
        ("Sept 1, 2024", "2024-09-01"),
        ("1 September 2024", "2024-09-01"),
        ("", None),
    ],
)
def test_dates_are_read_as_typed(library: Library, typed: str, iso: str | None) -> None:
    paper_id = add(library, date="1999")
    editing.set_fields(library, [paper_id], {"date": typed})
    date = paper(library, paper_id).date
    assert date.iso() == iso
    assert not date.inferred


@pytest.mark.parametrize(
    ("field", "typed", "word"),
    [
        ("title", "  ", "title"),
        ("doi", "not a doi", "DOI"),
        ("date", "2025-13", "month 13"),
        ("date", "2025-02-30", "day 30"),
        ("date", "1 Foo 2024", "not a month"),
        ("date", "0007", "1000"),
        ("date", "yesterday", "not a date"),
        ("arxiv_id", "2513.00001", "arXiv"),
        ("arxiv_id", "x", "arXiv"),
        ("rating", "6", "from 0 to 5"),
        ("author_count", "-3", "whole number"),
        ("author_count", "9" * 5_000, "whole number"),
        ("status", "maybe", "unread"),
        ("starred", "yes", "star"),
        ("urls", "javascript:alert(1)", "web address"),
        ("entry_type", "a b", "entry type"),
        ("nonsense", "x", "nonsense"),
    ],
)
def test_what_makes_no_sense_is_said_in_words(library: Library, field: str, typed: object, word: str) -> None:
    paper_id = add(library)
    before = paper(library, paper_id)
    with pytest.raises(LibraryError, match=word):
        editing.set_fields(library, [paper_id], {field: typed})
    assert paper(library, paper_id) == before


def test_typed_values_are_the_persons_and_the_version_counts(library: Library) -> None:
    paper_id = add(library)
    version = paper(library, paper_id).version
    editing.set_fields(library, [paper_id], {"venue": "A"}, expected_version=version)
    found = paper(library, paper_id)
    assert found.version == version + 1
    assert found.origins["venue"].sighting_id is None


def test_a_stale_version_is_refused(library: Library) -> None:
    paper_id = add(library)
    version = paper(library, paper_id).version
    editing.set_fields(library, [paper_id], {"venue": "A"})
    with pytest.raises(LibraryError, match="changed elsewhere"):
        editing.set_fields(library, [paper_id], {"venue": "B"}, expected_version=version)
    assert paper(library, paper_id).venue == "A"
    with pytest.raises(LibraryError, match="no longer"):
        editing.set_fields(library, [999], {"venue": "B"}, expected_version=1)


@pytest.mark.parametrize(
    ("values", "number", "label"),
    [
        ({"title": "New"}, 1, "Edit title"),
        ({"doi": "10.1000/a"}, 2, "Edit DOI of 2 papers"),
        ({"starred": True}, 2, "Star 2 papers"),
        ({"status": "read"}, 1, "Mark 1 paper as read"),
        ({"rating": 1}, 2, "Rate 2 papers 1 star"),
        ({"venue": "V", "notes": "N"}, 1, "Edit 2 fields"),
    ],
)
def test_labels_read_well(library: Library, values: dict[str, object], number: int, label: str) -> None:
    ids = [add(library, f"Title {n}") for n in range(number)]
    assert editing.set_fields(library, ids, values).label == label
    assert undoing.next_labels(library)[0] == label


def test_no_change_is_no_step(library: Library) -> None:
    paper_id = add(library, venue="V")
    steps = len(undoing.history(library))
    for values in ({"venue": "V"}, {"starred": False}, {"status": "unread"}, {"date": ""}):
        assert not editing.set_fields(library, [paper_id], values)
    assert not editing.restore(library, [paper_id])
    assert not editing.empty_trash(library)
    assert len(undoing.history(library)) == steps


def test_unfrozen_keys_follow_the_title_frozen_ones_never(library: Library) -> None:
    loose, pinned = add(library, "Amber kettles"), add(library, "Velvet meadows")
    editing.pin_key(library, [pinned])
    before = paper(library, pinned).citation_key
    editing.set_fields(library, [loose], {"title": "Saffron orchards", "date": "2024"})
    editing.set_fields(library, [pinned], {"title": "Cobalt orchards"})
    assert paper(library, loose).citation_key == "saffron-orchards-2024"
    assert paper(library, pinned).citation_key == before
    undoing.undo(library)
    undoing.undo(library)
    assert paper(library, loose).citation_key == "amber-kettles"


def test_the_trash_keeps_keys_and_gives_papers_back(library: Library) -> None:
    first = add(library, "Amber kettles")
    key = paper(library, first).citation_key
    assert editing.trash(library, [first]).label == "Move 1 paper to the trash"
    second = add(library, "Amber kettles")
    assert paper(library, second).citation_key != key
    editing.restore(library, [first])
    assert not paper(library, first).in_trash
    assert paper(library, first).citation_key == key


def test_emptying_the_trash_is_for_good(library: Library) -> None:
    kept, gone = add(library, "Kept"), add(library, "Gone")
    tagging.tag(library, [kept, gone], add=["t"])
    editing.set_fields(library, [gone], {"notes": "secret words"})
    editing.trash(library, [gone])
    changes = editing.empty_trash(library)
    assert changes.ids == {gone}
    assert changes.step is None
    assert reading.paper(library, gone) is None
    while undoing.undo(library):
        pass
    while undoing.redo(library):
        pass
    assert reading.paper(library, gone) is None
    assert [tag.name for tag in paper(library, kept).tags] == ["t"]
    with library.reading() as session:
        rows = session.connection().exec_driver_sql("SELECT before, after FROM change").all()
    assert "secret words" not in str(rows)


def test_emptying_the_trash_tells_how_far_it_is_and_can_be_cancelled(library: Library) -> None:
    ids = [add(library, f"Paper number {n}") for n in range(12)]
    editing.trash(library, ids)
    told: list[Progress] = []

    def report(progress: Progress) -> None:
        told.append(progress)
        if len(told) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        editing.empty_trash(library, report)
    assert len(reading.papers(library, ids)) == 12
    assert editing.empty_trash(library, told.append).ids == set(ids)
    assert [one.done for one in told[2:]] == [0, 12]
    assert {one.total for one in told} == {24}
    assert reading.papers(library, ids) == []


def test_a_bulk_edit_is_one_step(library: Library) -> None:
    ids = [add(library, f"Paper number {n}") for n in range(30)]
    editing.set_fields(library, ids, {"starred": True, "venue": "Here"})
    assert all(one.starred and one.venue == "Here" for one in reading.papers(library, ids))
    undoing.undo(library)
    assert not any(one.starred or one.venue for one in reading.papers(library, ids))
