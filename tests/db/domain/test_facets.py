"""Columns of values: their counts are those of a plain count, also after papers have changed."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from db.domain.facets import WIDEST, Answer, Flags, Several, Single, years_of

IDS = st.integers(1, 40)
VALUES = st.sampled_from(["a", "b", "c", "d"])
MANY = st.dictionaries(IDS, st.sets(VALUES))
ONE = st.dictionaries(IDS, VALUES)
PAPERS = st.sets(IDS).map(lambda ids: array("q", sorted(ids)))


def nothing() -> None:
    """Let the count run."""


def several(papers: dict[int, set[str]]) -> Several:
    column = Several()
    for paper_id in sorted(papers):
        column.put(paper_id, papers[paper_id])
    return column


def single(papers: dict[int, str]) -> Single:
    column = Single(max(papers, default=0))
    for paper_id, value in papers.items():
        column.put(paper_id, value)
    return column


def plain(values: Iterable[Iterable[object]]) -> Counter[object]:
    return Counter(value for some in values for value in some)


@given(before=MANY, then=MANY, changed=st.sets(IDS), asked=PAPERS)
def test_fields_of_several_values(
    before: dict[int, set[str]], then: dict[int, set[str]], changed: set[int], asked: array[int]
) -> None:
    column = several(before)
    now = {one: then.get(one, set()) if one in changed else before.get(one, set()) for one in range(1, 41)}
    anew = several({one: values for one, values in then.items() if one in changed})
    assert column.take(anew, changed) == any(now[one] != before.get(one, set()) for one in changed)
    assert column.count(Answer(asked), nothing) == plain(now[one] for one in asked)
    assert not column.take(anew, changed)


@given(before=ONE, then=ONE, changed=st.sets(IDS), asked=PAPERS)
def test_fields_of_one_value(
    before: dict[int, str], then: dict[int, str], changed: set[int], asked: array[int]
) -> None:
    column = single(before)
    now = {one: then.get(one) if one in changed else before.get(one) for one in range(1, 41)}
    anew = single({one: value for one, value in then.items() if one in changed})
    assert column.take(anew, changed) == any(now[one] != before.get(one) for one in changed)
    assert column.count(Answer(asked), nothing) == Counter(now[one] for one in asked)


@given(before=st.dictionaries(IDS, st.sets(st.integers(0, 7))), asked=PAPERS)
def test_conditions_that_are_met(before: dict[int, set[int]], asked: array[int]) -> None:
    column, other = Flags(0), Flags(0)
    for paper_id, flags in before.items():
        for flag in flags:
            column.put(paper_id, flag)
    expected = plain(before.get(one, ()) for one in asked)
    assert {flag: count for flag, count in column.count(Answer(asked), nothing).items() if count} == expected
    assert other.take(column, before) == any(before.values())
    assert other.count(Answer(asked), nothing) == column.count(Answer(asked), nothing)


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
