"""Lines that a person marked are read as marked, by the reader of search pages and by all others."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pages import Style, made, render

from db.domain import formats
from db.domain.formats import marking
from db.domain.formats.account import Account
from db.domain.formats.survey import Survey
from db.domain.records import Issue, Ledger, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ABSTRACT = (
    "We fold long contexts into small boats and moor every token at the pier where it was first seen. "
    "Unlike earlier work, our approach keeps its promises in a storm, and the error falls by twelve percent. "
)
PAGE = [
    "Daily Papers", "", "Paper Boats for Small Harbours", "", ABSTRACT * 2, "", "  • 5 authors", "", "·", "",
    "Mar 18, 2024", "", "Teapots in Kitchens", "", ABSTRACT * 3, "", "Advertisement: buy a kettle", "",
    "  • 2 authors", "", "·", "", "Mar 3, 2024",
]  # fmt: skip


def read(
    lines: list[str], marks: Mapping[int, str], name: str = "search-page"
) -> tuple[list[Record], list[Issue], Ledger]:
    """Return what a format reads of lines with marks; checks that no line vanished."""
    fmt = formats.by_name(name)
    assert fmt is not None
    return sorted_out(
        list(marking.read(fmt, lines, replace(fmt.survey(lines), marks=marks), lambda: lines)), len(lines)
    )


def sorted_out(items: list[Record | Issue | Ledger], count: int) -> tuple[list[Record], list[Issue], Ledger]:
    """Return records, issues and the ledger, whose counts must add up."""
    ledger = items[-1]
    assert isinstance(ledger, Ledger)
    counts = (ledger.record_lines, ledger.furniture_lines, ledger.blank_lines, ledger.issue_lines)
    assert sum(counts) == ledger.lines == count
    assert min(counts) >= 0
    records = [one for one in items if isinstance(one, Record)]
    assert [one.index for one in records] == list(range(1, len(records) + 1))
    return records, [one for one in items if isinstance(one, Issue)], ledger


def test_without_marks_the_advertisement_is_taken_for_a_paper() -> None:
    records, issues, ledger = read(PAGE, {})
    assert [one.title for one in records][1:] == ["Teapots in Kitchens", "Advertisement: buy a kettle"]
    assert (records[1].author_count, records[2].author_count) == (None, 2)
    assert [one.line for one in issues] == [17]
    assert ledger.furniture_lines == 1


def test_an_ignored_line_is_furniture_and_not_seen() -> None:
    records, issues, ledger = read(PAGE, {17: "ignore"})
    assert len(records) == 2
    assert not issues
    assert records[1].abstract == (ABSTRACT * 3).strip()
    assert records[1].author_count == 2
    assert ledger.furniture_lines == 2


def test_a_line_marked_title_begins_a_record() -> None:
    records, issues, _ledger = read(PAGE, {17: "title"})
    assert [one.title for one in records][1:] == ["Teapots in Kitchens", "Advertisement: buy a kettle"]
    assert records[1].abstract == (ABSTRACT * 3).strip()
    assert (records[2].abstract, records[2].author_count) == ("", 2)
    assert not issues, "a person said that it is a title, so nothing needs a look"


def test_marked_titles_in_a_row_are_one_and_apart_are_two() -> None:
    lines = ["Boats that sail", "in small harbours", ABSTRACT * 2, "Kettles", "", "Teapots", ABSTRACT * 2]
    records, _issues, _ledger = read(lines, {1: "title", 2: "title", 4: "title", 6: "title"})
    assert [one.title for one in records] == ["Boats that sail in small harbours", "Kettles", "Teapots"]
    assert [bool(one.abstract) for one in records] == [True, False, True]


def test_a_line_marked_abstract_goes_on_with_the_abstract() -> None:
    lines = [
        "Boats",
        "",
        ABSTRACT * 2,
        "",
        "A Second Paragraph Like a Title",
        "",
        ABSTRACT * 2,
        "",
        "Kettles",
        "",
        ABSTRACT * 2,
    ]
    assert len(read(lines, {})[0]) == 3
    records, _issues, _ledger = read(lines, {5: "abstract", 7: "abstract"})
    assert [one.title for one in records] == ["Boats", "Kettles"]
    assert "Second Paragraph" in records[0].abstract


def test_what_looks_like_furniture_or_a_date_can_be_a_title() -> None:
    lines = ["Daily Papers", "", "Papers", "", ABSTRACT * 2, "", "May 29", "", ABSTRACT * 2]
    records, _issues, ledger = read(lines, {3: "title", 7: "title"})
    assert [one.title for one in records] == ["Papers", "May 29"]
    assert ledger.furniture_lines == 1


def test_an_abstract_may_go_on_after_the_number_of_authors() -> None:
    lines = ["Boats", "", ABSTRACT * 2, "", "  • 3 authors", "", "It floats, too.", "", "·", "", "Mar 3, 2024"]
    records, _issues, _ledger = read(lines, {7: "abstract"})
    assert len(records) == 1
    assert records[0].abstract.endswith("It floats, too.")
    assert (records[0].author_count, records[0].month_day) == (3, "Mar 3")


@given(st.dictionaries(st.integers(1, 60), st.sampled_from(marking.KINDS)), st.integers(0, 20))
def test_any_marks_on_a_page_are_heeded(marks: dict[int, str], seed: int) -> None:
    lines = render(made(Random(seed), 8, dated=0.5), Style(seed=seed, blanks=(0, 1)))
    records, _issues, _ledger = read(lines, marks)
    begins = {one.line_title: one for one in records}
    for line, kind in marks.items():
        if line > len(lines) or not lines[line - 1].strip():
            continue
        goes_on = kind == "title" and marks.get(line - 1) == "title" and lines[line - 2].strip()
        if kind == "title" and not goes_on:
            assert line in begins, "a marked title begins a record"
        elif kind == "ignore":
            assert line not in begins
    for one in records:
        assert 1 <= one.line_title <= one.line_end <= len(lines)


def test_marks_reach_the_pages_of_a_file_with_several() -> None:
    glued = [line for number in range(6) for line in (f"Kettles of Order {number} for Small Teapots", ABSTRACT * 2)]
    lines = [*PAGE, "", "Get trending papers in your email inbox!", *glued]
    fmt = formats.by_name("search-page")
    assert fmt is not None
    planned, survey = formats.plan(fmt, lambda: lines)
    if planned.name != "mixed":
        pytest.skip("these pages are read as one")
    marked = replace(survey, marks={17: "ignore", len(PAGE) + 3: "title"})
    records, _issues, _ledger = sorted_out(list(marking.read(planned, lines, marked, lambda: lines)), len(lines))
    assert records[1].author_count == 2
    assert "Advertisement: buy a kettle" not in [one.title for one in records]
    assert len(records) == 8


class Paragraphs:
    """A format for tests: a heading begins a record, other lines are its abstract."""

    name, label, kind, longest, reader = "paragraphs", "Paragraphs", "dump", 1000, 1

    def sniff(self, head: str) -> float:
        """Know every text."""
        return float(bool(head))

    def survey(self, lines: Iterable[str]) -> Survey:
        """Find nothing out."""
        return Survey(dialect=str(sum(1 for _line in lines))[:0])

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield a record for each heading."""
        account, held, found = Account(), [""], Record("")
        index = 0
        for line in lines:
            account.number += 1
            if not line.strip():
                account.blank += 1
            elif line.startswith("# "):
                if found.title:
                    yield replace(found, abstract=" ".join(held))
                index, held = index + 1, []
                found = Record(line[2:], index=index, line_title=account.number, line_end=account.number)
            elif not found.title:
                account.furniture += 1
            else:
                held.append(line)
                first = found.line_abstract or account.number
                found = replace(found, line_abstract=first, line_end=account.number)
        if found.title:
            yield replace(found, abstract=" ".join(held))
        yield account.ledger(self.name, survey)


TEXT = [
    "top",
    "# Boats",
    "They float.",
    "",
    "## [Teapots](http://e.org)",
    "They are warm.",
    "And old.",
    "# Kettles",
    "Hot.",
]


def overlaid(marks: Mapping[int, str]) -> tuple[list[Record], list[Issue], Ledger]:
    """Return what a reader that knows nothing of marks yields with them."""
    return sorted_out(list(marking.read(Paragraphs(), TEXT, Survey(marks=marks), lambda: TEXT)), len(TEXT))


def test_other_readers_do_not_see_ignored_lines() -> None:
    records, _issues, ledger = overlaid({5: "ignore", 6: "ignore"})
    assert [one.abstract for one in records] == ["They float. And old.", "Hot."]
    assert (ledger.furniture_lines, ledger.blank_lines, ledger.record_lines) == (3, 1, 5)


def test_a_marked_title_is_a_record_of_its_own_and_cuts_the_one_around_it() -> None:
    records, _issues, ledger = overlaid({5: "title", 6: "abstract"})
    assert [(one.title, one.abstract) for one in records] == [
        ("Boats", "They float. And old."), ("Teapots", "They are warm."), ("Kettles", "Hot."),
    ]  # fmt: skip
    assert [(one.line_title, one.line_abstract, one.line_end) for one in records] == [(2, 3, 4), (5, 6, 7), (8, 9, 9)]
    assert ledger.record_lines == 7


def test_a_title_that_the_reader_knows_already_changes_nothing() -> None:
    assert overlaid({8: "title"}) == overlaid({})
    assert overlaid({9: "abstract"}) == overlaid({}), "an abstract without a title marks nothing"


def test_a_marked_record_can_stand_at_the_end_or_above_all_others() -> None:
    assert [one.title for one in overlaid({9: "title"})[0]] == ["Boats", "Kettles", "Hot."]
    assert [one.title for one in overlaid({1: "title"})[0]] == ["top", "Boats", "Kettles"]
    assert [one.title for one in overlaid({4: "title"})[0]] == ["Boats", "Kettles"], "a blank line has no words"


@pytest.mark.parametrize("line", [
    '  "title": "Boats",', "  title = {Boats},", "TI  - Boats", "- [Boats](u)",
])  # fmt: skip
def test_the_words_of_a_marked_line_come_without_its_markup(line: str) -> None:
    lines = ["# One", "a", line]
    records, _issues, _ledger = sorted_out(
        list(marking.read(Paragraphs(), lines, Survey(marks={3: "title"}), lambda: lines)), 3
    )
    assert records[1].title == "Boats"


@given(st.dictionaries(st.integers(1, 12), st.sampled_from(marking.KINDS)))
def test_any_marks_leave_every_line_accounted_for(marks: dict[int, str]) -> None:
    records, _issues, _ledger = overlaid(marks)
    starts = [one.line_title for one in records]
    assert starts == sorted(starts)
    assert all(one.line_title <= one.line_end <= len(TEXT) for one in records)
