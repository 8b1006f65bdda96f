"""Which record of a set is preferred in a merge: a few rules, each an order of records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.store.merges import FACTS, Row, has

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

USUAL = "usual"


def _full(paper: Row) -> tuple[Any, ...]:
    return (-sum(has(paper, field) for field in FACTS),)


def _abstract(paper: Row) -> tuple[Any, ...]:
    return (not paper["abstract"], paper["abstract_truncated"], -len(paper["abstract"]))


def _authors(paper: Row) -> tuple[Any, ...]:
    return (not paper["authors"], paper["author_count"] is None, *_abstract(paper))


def _date(paper: Row) -> tuple[Any, ...]:
    return (paper["year"] is None, paper["year_inferred"], paper["month"] is None, paper["day"] is None, *_full(paper))


def _published(paper: Row) -> tuple[Any, ...]:
    return (not paper["doi"], not paper["venue"], *_full(paper))


def _newest(paper: Row) -> tuple[Any, ...]:
    return (-paper["id"],)


RULES: Mapping[str, Callable[[Row], tuple[Any, ...]]] = {
    USUAL: _full,
    "authors": _authors,
    "abstract": _abstract,
    "date": _date,
    "published": _published,
    "newest": _newest,
    "oldest": lambda _paper: (),
}
"""The rules by name; where a rule leaves several records, the oldest comes first."""


def preferred(papers: Sequence[Row], rule: str) -> list[Row]:
    """Return records in the order in which a rule prefers them."""
    rank = RULES[rule]
    return sorted(papers, key=lambda paper: (*rank(paper), paper["id"]))
