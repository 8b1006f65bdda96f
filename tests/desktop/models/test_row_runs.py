"""Rows as runs, and what should stay chosen."""

from __future__ import annotations

import itertools
import random
from array import array

import pytest

from desktop.models.row_runs import MOST_RUNS, Wish, ids_in, place, row_of, runs_of, size


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 50, 200])
def test_runs_say_the_same_as_a_plain_walk(count: int) -> None:
    ids = array("q", random.Random(count).sample(range(1000), 200))
    wanted = set(random.Random(1).sample(range(1000), count))
    runs = runs_of(ids, wanted)
    rows = [row for first, last in runs for row in range(first, last + 1)]
    assert rows == [row for row, one in enumerate(ids) if one in wanted]
    assert size(runs) == len(rows)
    assert ids_in(ids, runs).tolist() == [one for one in ids if one in wanted]
    assert all(a[1] + 1 < b[0] for a, b in itertools.pairwise(runs))


def test_a_million_rows_are_one_run() -> None:
    ids = array("q", range(1_000_000))
    assert runs_of(ids, range(1_000_000)) == [(0, 999_999)]


def test_what_a_filter_hides_is_counted_and_found_again() -> None:
    everything, filtered = array("q", [5, 6, 7, 8]), array("q", [7])
    placed = place(filtered, Wish([6, 7], current=6, anchor=7))
    assert (placed.runs, placed.hidden) == (((0, 0),), array("q", [6]))
    assert (placed.current_row, placed.anchor_row) == (-1, 0)
    assert place(everything, Wish([6, 7], current=6)).runs == ((1, 2),)


def test_of_a_large_choice_a_small_answer_keeps_the_rest_in_order() -> None:
    wanted = array("q", random.Random(3).sample(range(100_000), 100_000))
    some = array("q", sorted(wanted[:500]))
    placed = place(some, Wish(wanted))
    assert placed.runs == ((0, 499),)
    assert placed.hidden == wanted[500:]
    assert place(wanted, Wish(some + placed.hidden)).hidden == array("q")


def test_a_choice_in_too_many_pieces_stays_chosen_though_hidden() -> None:
    ids = array("q", range(MOST_RUNS * 4))
    placed = place(ids, Wish(range(0, MOST_RUNS * 4, 2)))
    assert len(placed.runs) == MOST_RUNS
    assert len(placed.hidden) == MOST_RUNS


def test_row_of_what_is_not_there() -> None:
    assert row_of(array("q", [1]), None) == row_of(array("q", [1]), 2) == -1


def test_everything_that_is_chosen_stays_one_run() -> None:
    ids = array("q", random.Random(2).sample(range(1000), 200))
    placed = place(ids, Wish(ids[:], ids[7], ids[199]))
    assert placed == place(ids, Wish(ids.tolist(), ids[7], ids[199]))
    assert placed.runs == ((0, 199),)
    assert (placed.current_row, placed.anchor_row) == (7, 199)
