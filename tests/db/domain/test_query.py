"""The search language: trees for what people type, and no error for anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.query import All, Not, Some, Term, Words, YearRange, parse


def word(text: str) -> Words:
    return Words(text, prefix=True)


@pytest.mark.parametrize(
    ("text", "node"),
    [
        ("", All(())),
        ("   ", All(())),
        ("reward", word("reward")),
        ("reward model", All((word("reward"), word("model")))),
        ('"reward model"', Words("reward model", phrase=True)),
        ('"never closed', Words("never closed", phrase=True)),
        ("-survey", Not(word("survey"))),
        ("dpo OR rlhf", Some((word("dpo"), word("rlhf")))),
        ("(a OR b) c", All((Some((word("a"), word("b"))), word("c")))),
        ("a AND b", All((word("a"), word("b")))),
        ("tag:dpo", Term("tag", "dpo")),
        ("dump:#12", Term("dump", "#12", 12)),
        ('dump:"#12"', Term("dump", "#12")),
        ("dump:#1 -dump:#2", All((Term("dump", "#1", 1), Not(Term("dump", "#2", 2))))),
        ("new:#3", Term("new", "#3", 3)),
        ("is:back", Term("is", "back")),
        ('collection:"Chapter 2"', Term("collection", "Chapter 2")),
        ("-is:read", Not(Term("is", "read"))),
        ("year:2024", YearRange(2024, 2024)),
        ("year:2023-2025", YearRange(2023, 2025)),
        ("year:2023-", YearRange(2023, 9999)),
        ("year:>2023", YearRange(2024, 9999)),
        ("year:<=2023", YearRange(0, 2023)),
        ("author:li", Words("li", column="authors", prefix=True)),
        ("tag:", All(())),
        ("DPO: a", All((word("DPO:"), word("a")))),
        ("re:zero", word("re zero")),
        ("))(", All(())),
        ("++", All(())),
    ],
)
def test_tree(text: str, node: object) -> None:
    assert parse(text).node == node


def test_odd_values_give_a_hint_and_do_not_filter() -> None:
    found = parse("year:abc is:purple reward")
    assert found.node == word("reward")
    assert len(found.hints) == 2
    assert "'abc'" in found.hints[0]


@pytest.mark.parametrize(
    ("text", "dumps"),
    [
        ("reward", []),
        ("dump:#1", [1]),
        ("is:unread new:#2 -dump:#1 reward", [2]),
        ("(dump:#1 OR new:#2) tag:x", [1, 2]),
        ("(dump:#1 OR tag:x)", []),
        ("-dump:#1", []),
    ],
)
def test_the_dumps_that_papers_must_be_in(text: str, dumps: list[int]) -> None:
    assert [one.number for one in parse(text).dumps()] == dumps


def test_only_a_positive_trash_term_searches_the_trash() -> None:
    assert parse("is:trash reward").asks_for_trash()
    assert not parse("-is:trash reward").asks_for_trash()


@given(st.text(alphabet=st.sampled_from("ab \"():-|OR AND year:tag:#é中*^+'\\"), max_size=40))
def test_nothing_typed_is_an_error(text: str) -> None:
    parse(text)
