"""Differing words are found in both texts, and only those."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.views.word_diff import MOST_WORDS, differences, marks


@pytest.mark.parametrize(
    ("one", "other", "left", "right"),
    [
        ("a b c", "a b c", [], []),
        ("a survey of x", "a study of x", ["survey"], ["study"]),
        ("a b", "a b c d", [], ["c d"]),
        ("LLM: aligned", "LLM aligned", [":"], []),
        ("", "new", [], ["new"]),
    ],
)
def test_the_words_that_differ(one: str, other: str, left: list[str], right: list[str]) -> None:
    ours, theirs = differences(one, other)
    assert [one[a:b] for a, b in ours] == left
    assert [other[a:b] for a, b in theirs] == right


@given(st.text(max_size=60), st.text(max_size=60))
def test_runs_stay_inside_and_in_order(one: str, other: str) -> None:
    for text, runs in zip((one, other), differences(one, other), strict=True):
        flat = [edge for run in runs for edge in run]
        assert flat == sorted(flat)
        assert all(0 <= edge <= len(text) for edge in flat)


def test_long_texts_are_compared_as_wholes() -> None:
    long = "word " * (MOST_WORDS + 1)
    assert differences(long, long) == ([], [])
    assert differences(long, "x") == ([(0, len(long))], [(0, 1)])


def test_several_texts_are_held_against_the_first() -> None:
    assert marks(["a b", "a c", "a b"]) == [[(2, 3)], [(2, 3)], []]
    assert marks(["alone"]) == [[]]
