"""What a paper takes over from another sighting."""

from __future__ import annotations

from typing import Any

import pytest

from db.domain.records import Date, Person, Record
from db.store.absorb import USER, absorb, columns


def paper(**facts: Any) -> dict[str, Any]:
    return columns(Record("A title", **facts)) | {"origins": {}}


def seen(**facts: Any) -> dict[str, Any]:
    return columns(Record("A title", **facts))


def test_empty_fields_are_filled_and_name_their_sighting() -> None:
    bare = paper()
    full = seen(
        abstract="All of it.",
        author_count=17,
        organization="slug Name",
        organization_slug="slug",
        comments=3,
        date=Date(2025, 3, 18, inferred=True, evidence="why"),
        month_day="Mar 18",
        arxiv_id="2503.14504",
        urls=("https://example.org/a",),
    )
    absorb(bare, full, 7)
    assert bare["abstract"] == "All of it."
    assert (bare["author_count"], bare["comments"], bare["organization_slug"]) == (17, 3, "slug")
    assert (bare["year"], bare["month"], bare["day"], bare["year_inferred"]) == (2025, 3, 18, True)
    assert bare["month_day"] == "Mar 18"
    assert bare["urls"] == ["https://example.org/a"]
    fields = {"abstract", "author_count", "organization", "comments", "date", "arxiv_id", "urls"}
    assert bare["origins"] == dict.fromkeys(fields, 7)


def test_nothing_new_changes_nothing() -> None:
    full = paper(abstract="All.", author_count=2, date=Date(2024, 1, 2), comments=5)
    before = dict(full)
    assert absorb(full, seen(author_count=9, comments=4), 2) == set()
    assert full == before


def test_a_stated_year_beats_an_inferred_one_and_never_the_other_way_round() -> None:
    guessed = Date(2025, 3, 18, inferred=True, evidence="guess")
    stated = Date(2024, 3, 18)
    first = paper(date=guessed)
    assert "year" in absorb(first, seen(date=stated), 2)
    assert (first["year"], first["year_inferred"], first["year_evidence"]) == (2024, False, "")
    second = paper(date=stated)
    assert absorb(second, seen(date=guessed), 2) == set()


def test_a_stated_year_alone_keeps_the_month_and_day() -> None:
    one = paper(date=Date(2025, 3, 18, inferred=True), month_day="Mar 18")
    absorb(one, seen(date=Date(2024)), 2)
    assert (one["year"], one["month"], one["day"], one["month_day"]) == (2024, 3, 18, "Mar 18")


@pytest.mark.parametrize("first", [True, False])
def test_a_bare_year_that_agrees_leaves_the_inferred_day_and_its_mark(first: bool) -> None:
    guessed, bare = Date(2025, 3, 18, inferred=True, evidence="page"), Date(2025)
    one = paper(date=guessed if first else bare)
    absorb(one, seen(date=bare if first else guessed), 2)
    assert [one[name] for name in ("year", "month", "day", "year_inferred", "year_evidence")] == [
        2025, 3, 18, True, "page",
    ]  # fmt: skip


def test_a_stated_month_beats_the_inferred_day_of_its_year() -> None:
    one = paper(date=Date(2025, 3, 18, inferred=True))
    absorb(one, seen(date=Date(2025, 4)), 2)
    assert (one["year"], one["month"], one["year_inferred"]) == (2025, 4, False)
    other = paper(date=Date(2025, 4, 2))
    assert absorb(other, seen(date=Date(2025, 3, 18, inferred=True)), 2) == set()


def test_a_finer_date_of_the_same_year_is_taken() -> None:
    one = paper(date=Date(2024))
    absorb(one, seen(date=Date(2024, 5, 6)), 2)
    assert (one["month"], one["day"]) == (5, 6)


def test_a_day_without_a_year_is_better_than_none() -> None:
    one = paper()
    absorb(one, seen(date=Date(None, 5, 6), month_day="May 6"), 2)
    assert (one["year"], one["month"], one["day"], one["month_day"]) == (None, 5, 6, "May 6")


@pytest.mark.parametrize(
    ("old", "cut", "new", "new_cut", "kept"),
    [
        ("We show...", True, "We show it all.", False, "We show it all."),
        ("We show...", True, "We show it...", True, "We show it..."),
        ("We show it...", True, "We...", True, "We show it..."),
        ("Whole.", False, "Another whole, longer.", False, "Whole."),
        ("Whole.", False, "Wh...", True, "Whole."),
    ],
)
def test_a_whole_abstract_replaces_a_truncated_one(old: str, cut: bool, new: str, new_cut: bool, kept: str) -> None:
    one = paper(abstract=old, abstract_truncated=cut)
    absorb(one, seen(abstract=new, abstract_truncated=new_cut), 2)
    assert one["abstract"] == kept
    assert one["abstract_truncated"] == (cut and new_cut)


def test_counts_keep_the_larger_value() -> None:
    one = paper(comments=3, upvotes=10)
    absorb(one, seen(comments=5, upvotes=8), 2)
    assert (one["comments"], one["upvotes"]) == (5, 10)


def test_what_the_person_typed_stays_even_when_it_is_empty() -> None:
    one = paper() | {"origins": {"abstract": USER, "date": USER, "comments": USER}}
    absorb(one, seen(abstract="From a dump", date=Date(2024, 1, 1), comments=9, author_count=2), 4)
    assert (one["abstract"], one["year"], one["comments"]) == ("", None, None)
    assert one["author_count"] == 2
    assert one["origins"] == {"abstract": 0, "date": 0, "comments": 0, "author_count": 4}


def test_urls_and_fields_are_joined() -> None:
    one = paper(urls=("a", "b"), fields={"x": "1"})
    absorb(one, seen(urls=("b", "c"), fields={"x": "2", "y": "3"}), 2)
    assert one["urls"] == ["a", "b", "c"]
    assert one["fields"] == {"x": "1", "y": "3"}


def test_authors_and_type_are_filled_once() -> None:
    one = paper()
    absorb(one, seen(authors=(Person("Curie", "Marie"),), entry_type="article"), 2)
    absorb(one, seen(authors=(Person("Else"),), entry_type="book"), 3)
    assert one["authors"] == [["Curie", "Marie"]]
    assert one["entry_type"] == "article"
    assert one["origins"] == {"authors": 2, "entry_type": 2}
