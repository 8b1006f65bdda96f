"""Files that rename tags: every line is read, or said with its number."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.domain.tags.mapping import MapLine, read, written


def pairs(text: str) -> list[tuple[int, str, str]]:
    return [(one.number, one.old, one.new) for one in read(text).lines]


def test_lines_are_read_with_their_numbers_and_a_heading_is_passed_over() -> None:
    text = 'old,new\nRLHF, alignment \n\n"a, b",c\nold stuff,\n,\n'
    assert pairs(text) == [(2, "RLHF", "alignment"), (4, "a, b", "c"), (5, "old stuff", "")]
    assert pairs("rl,rlhf") == [(1, "rl", "rlhf")]


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_columns_are_parted_as_the_first_line_has_them(mark: str) -> None:
    assert pairs(f"Old{mark}New\na{mark}b{mark}{mark}\n") == [(2, "a", "b")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("nlp", "no second column; to delete the tag, write “nlp,”"),
        ("a,b,c", "more than two columns"),
        (",b", "which tag is meant"),
        ("a," + "x" * 101, "101 characters"),
        ("DPO,x", "line 2 does already"),
        ("x" * 140_000 + ",y", "cannot be read"),
        ('"multi, task', "quotation mark is missing"),
        ('a,"multi task', "quotation mark is missing"),
        ('"multi"task,a', "or too much"),
    ],
)
def test_a_line_that_cannot_be_followed_is_said(line: str, why: str) -> None:
    found = read(f"old,new\ndpo,alignment\n{line}\nz,y\n")
    assert [one.old for one in found.lines] == ["dpo", "z"]
    assert [(one.number, why in one.why) for one in found.remarks] == [(3, True)]


NAMES = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(st.lists(NAMES, unique_by=str.casefold, min_size=1))
@example([";"])
def test_what_is_written_reads_back_the_same(names: list[str]) -> None:
    found = read(written(names))
    assert found.remarks == ()
    assert found.lines == tuple(MapLine(at, name, name) for at, name in enumerate(names, start=2))
