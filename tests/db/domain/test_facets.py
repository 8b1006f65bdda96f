"""Columns of values: their counts are those of a plain count, also after papers have changed."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from db.domain.facets import WIDEST, WORN, Answer, Column, years_of

IDS = st.integers(1, 40)
VALUES = st.sampled_from(["a", "b", "c", "d"])
MANY = st.dictionaries(IDS, st.sets(VALUES))
PAPERS = st.sets(IDS).map(lambda ids: array("q", sorted(ids)))


def nothing() -> None:
    """Let the count run."""


def grouped(papers: dict[int, set[str]]) -> list[tuple[str, list[int]]]:
    values = sorted({value for some in papers.values() for value in some})
    return [(value, [one for one, some in papers.items() if value in some]) for value in values]


def plain(values: Iterable[Iterable[object]]) -> Counter[object]:
    return Counter(value for some in values for value in some)


HIGHEST = st.sampled_from([40, 4_000])
"""Of many papers, those of a value are kept in another way than of few."""


@given(before=MANY, then=MANY, changed=st.sets(IDS), asked=PAPERS, highest=HIGHEST)
def test_counts_also_after_papers_have_changed(
    before: dict[int, set[str]], then: dict[int, set[str]], changed: set[int], asked: array[int], highest: int
) -> None:
    column = Column(grouped(before), highest)
    assert column.count(Answer(asked), nothing) == plain(before.get(one, ()) for one in asked)
    now = {one: then.get(one, set()) if one in changed else before.get(one, set()) for one in range(1, 41)}
    anew = grouped({one: values for one, values in then.items() if one in changed})
    assert column.take(anew, changed) or all(now[one] == before.get(one, set()) for one in changed)
    assert column.count(Answer(asked), nothing) == plain(now[one] for one in asked)
    assert not column.take(anew, changed)


@given(before=MANY, asked=PAPERS)
def test_papers_that_came_since_have_no_value_until_they_are_read(
    before: dict[int, set[str]], asked: array[int]
) -> None:
    column, later = Column(grouped(before), 40), array("q", [50, *asked, 60])
    assert column.count(Answer(later), nothing) == plain(before.get(one, ()) for one in asked)
    assert column.take([("a", [60])], [60])
    assert column.count(Answer(later), nothing) == plain([*(before.get(one, ()) for one in asked), ["a"]])
    assert column.count(Answer(array("q")), nothing) == {}


def test_a_column_of_which_much_has_changed_is_worn() -> None:
    column = Column([("a", [1])], 1)
    column.take([], range(1, WORN + 1))
    assert not column.is_worn
    column.take([], [WORN + 1])
    assert column.is_worn


@given(counts=st.dictionaries(st.none() | st.integers(1, 2030), st.integers(1, 9)))
def test_no_paper_is_lost_between_the_bars(counts: dict[int | None, int]) -> None:
    years = years_of(counts, (), ())
    assert years.undated == counts.get(None, 0)
    assert years.earlier + sum(years.bars) + years.undated == sum(counts.values())
    assert len(years.bars) <= WIDEST
    for year, number in enumerate(years.bars, start=years.first):
        assert number == counts.get(year, 0)
    if years.bars:
        assert years.bars[-1] > 0
        assert years.earlier == 0 or len(years.bars) == WIDEST
