"""A paper follows a sighting that says something else by now; what others say and what the person typed stays."""

from __future__ import annotations

from typing import Any

from db.domain.records import Date, Person, Record
from db.services.following import follow
from db.store import absorb
from db.store.sources import values_of

BOATS = Record(
    "Boats",
    "They float.",
    authors=(Person("Lee", "Ann"),),
    date=Date(2024, 3, 18),
    month_day="Mar 18",
    doi="10.1/boats",
    upvotes=5,
    urls=("https://e.org/1", "https://e.org/2"),
    fields={"publisher": "Pier", "note": "wet"},
)


def told(*records: Record) -> list[tuple[int, dict[str, Any]]]:
    """Return the sightings of a paper as they are stored, numbered from 1."""
    return [(number, values_of(one)) for number, one in enumerate(records, start=1)]


def paper(*records: Record, **typed: Any) -> dict[str, Any]:
    """Return the row of a paper that was seen so; `typed` are values of the person."""
    first, *others = records
    row = absorb.columns(first) | {"id": 1, "origins": {}}
    for number, one in enumerate(others, start=2):
        absorb.absorb(row, absorb.columns(one), number)
    return row | typed | {"origins": row["origins"] | dict.fromkeys(typed, 0)}


def test_the_only_sighting_gives_all_values_anew() -> None:
    new = Record("Ships", "They sink.", doi="10.1/ships", urls=("https://e.org/2",), fields={"note": "dry"})
    after = follow(paper(BOATS), 1, told(BOATS), new)
    assert {name: after[name] for name in ("title", "abstract", "doi", "authors", "year", "upvotes")} == {
        "title": "Ships", "abstract": "They sink.", "doi": "10.1/ships", "authors": [], "year": None, "upvotes": None,
    }  # fmt: skip
    assert after["urls"] == ["https://e.org/2"]
    assert after["fields"] == {"note": "dry"}


def test_what_the_person_typed_stays() -> None:
    before = paper(BOATS, title="Mine", urls=["https://mine.org"], fields={"own": "field"})
    after = follow(before, 1, told(BOATS), Record("Ships", urls=("https://e.org/9",), fields={"a": "b"}))
    assert (after["title"], after["urls"], after["fields"]) == ("Mine", ["https://mine.org"], {"own": "field"})
    assert after["origins"]["title"] == 0


def test_another_sighting_gives_what_is_missing_now() -> None:
    other = Record("Boats", doi="10.1/other", author_count=3, urls=("https://e.org/2", "https://e.org/3"), upvotes=2)
    before = paper(BOATS, other)
    assert (before["doi"], before["author_count"], before["upvotes"]) == ("10.1/boats", 3, 5)
    after = follow(before, 1, told(BOATS, other), Record("Boats"))
    assert (after["doi"], after["author_count"], after["upvotes"]) == ("10.1/other", 3, 2)
    assert after["origins"]["doi"] == 2
    assert after["urls"] == ["https://e.org/2", "https://e.org/3"]


def test_values_of_another_sighting_are_left_alone() -> None:
    bare = Record("Boats", "They float.")
    before = paper(bare, BOATS)
    after = follow(before, 1, told(bare, BOATS), Record("Ships", "They float."))
    assert after["title"] == "Ships"
    assert (after["doi"], after["origins"]["doi"]) == ("10.1/boats", 2)


def test_when_a_sighting_is_gone_its_words_stay_and_its_facts_go() -> None:
    bare = Record("Boats", "They float.", author_count=1)
    before = paper(BOATS, bare)
    after = follow(before, 1, told(BOATS, bare), None)
    assert (after["title"], after["abstract"]) == ("Boats", "They float.")
    assert (after["doi"], after["year"], after["fields"], after["urls"]) == (None, None, {}, [])
    assert after["origins"]["title"] == after["origins"]["abstract"] == 2


def test_the_last_sighting_takes_no_value_along() -> None:
    before = paper(BOATS)
    after = follow(before, 1, told(BOATS), None)
    assert after == before | {"origins": {}}
