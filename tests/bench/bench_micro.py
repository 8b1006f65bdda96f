"""The inner loops, one call at a time: python -m pytest tests/bench/bench_micro.py"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain import latex
from db.domain.citekeys import KeyPattern, Work
from db.domain.duplicates import Candidate, blocking_keys, compare
from db.domain.names import normal_title
from db.domain.query import parse

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

TITLE = "λ-Lantern: Lighting Long Contexts with 100\\% Sparse Memory -- A Survey"
ABSTRACT = "We ask how far light carries when the budget is small and the reader is in a hurry. " * 14


def test_normal_title(benchmark: BenchmarkFixture) -> None:
    assert benchmark(normal_title, TITLE).startswith("lambda")


def test_blocking_keys(benchmark: BenchmarkFixture) -> None:
    assert benchmark(blocking_keys, TITLE, ABSTRACT)


def test_compare(benchmark: BenchmarkFixture) -> None:
    one, other = Candidate(TITLE, ABSTRACT), Candidate(TITLE.replace("Long", "Very Long"), ABSTRACT[:-80])
    assert benchmark(compare, one, other).score > 0.5


def test_encode(benchmark: BenchmarkFixture) -> None:
    assert benchmark(latex.encode, ABSTRACT)


def test_citation_key(benchmark: BenchmarkFixture) -> None:
    assert benchmark(KeyPattern().propose, Work(TITLE, (), 2025))


def test_query(benchmark: BenchmarkFixture) -> None:
    assert benchmark(parse, 'reward -survey (tag:dpo OR year:2024-2025) "long context"').node
