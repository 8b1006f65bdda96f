"""The search language: trees for what people type, and no error for anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.query import All, Between, Moments, Not, Some, Term, Words, parse


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
        ("a OR b OR a", Some((word("a"), word("b")))),
        ("a a OR a", word("a")),
        ("(a OR b) -a (a OR b) -a", All((Some((word("a"), word("b"))), Not(word("a"))))),
        ('a "a" title:a', All((word("a"), Words("a", phrase=True), Words("a", "title", prefix=True)))),
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
        ("year:2024", Between("year", 2024, 2024)),
        ("year:2023-2025", Between("year", 2023, 2025)),
        ("year:2023-", Between("year", 2023, None)),
        ("year:>2023", Between("year", 2024, None)),
        ("year:<=2023", Between("year", None, 2023)),
        ("author:li", Words("li", column="authors", prefix=True)),
        ("tag:", All(())),
        ("DPO: a", All((word("DPO:"), word("a")))),
        ("re:zero", word("re zero")),
        ("a NOT b", All((word("a"), Not(word("b"))))),
        ("NOT NOT a", word("a")),
        ("NOT (a OR b)", Not(Some((word("a"), word("b"))))),
        ("a OR", word("a")),
        ("OR a AND", word("a")),
        ("a OR () b", Some((word("a"), word("b")))),
        ("((((a))))", word("a")),
        ("“reward model”", Words("reward model", phrase=True)),
        ("title:(a -b)", All((Words("a", "title", True), Not(Words("b", "title", True))))),
        ("abstract:a note:b", All((Words("a", "abstract", True), Words("b", "notes", True)))),
        ("tags:(x OR y)", Some((Term("tag", "x"), Term("tag", "y")))),
        ("year:2023..2025", Between("year", 2023, 2025)),
        ("year:..2025", Between("year", None, 2025)),
        ("comments:>=3", Between("comments", 3, None)),
        ("upvotes:2..5", Between("upvotes", 2, 5)),
        ("rating:5", Between("rating", 5, 5)),
        ("added:<7d", Moments("7d", "")),
        ("added:2w", Moments("2w", "")),
        ("added:>1y", Moments("", "1y")),
        ("added:2w..1w", Moments("2w", "1w")),
        ("added:today", Moments("today", "tomorrow")),
        ("added:2025-03", Moments("2025-03-01", "2025-04-01")),
        ("added:<=2025-03", Moments("", "2025-04-01")),
        ("added:<2025-03", Moments("", "2025-03-01")),
        ("added:>=2024-02", Moments("2024-02-01", "")),
        ("added:>2025", Moments("2026-01-01", "")),
        ("added:2025-01..2025-03-15", Moments("2025-01-01", "2025-03-16")),
        ("added:9999-12", Moments("9999-12-01", "")),
        ("has:code -dup:same", All((Term("has", "code"), Not(Term("dup", "same"))))),
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
    ("text", "start", "end", "part"),
    [
        ("reward year:soon x", 7, 16, "2023..2025"),
        ("  is:purple", 2, 11, "unread"),
        ("added:2025-13", 0, 13, "<7d"),
        ("added:7", 0, 7, "<7d"),
        ("comments:many", 0, 13, ">=3"),
        ("a b)", 3, 4, "closes nothing"),
        ("x auther:li", 2, 11, "author:"),
        ("dup:never", 0, 9, "maybe"),
    ],
)
def test_a_mistake_has_its_place_and_a_sentence(text: str, start: int, end: int, part: str) -> None:
    (problem,) = parse(text).problems
    assert (problem.start, problem.end) == (start, end)
    assert part in problem.why


@pytest.mark.parametrize("text", ["tag:", "(a OR", "a OR ", "-", '"half', "year: x", "DPO: A Survey", "re:zero", "NOT"])
def test_what_is_still_being_typed_is_no_mistake(text: str) -> None:
    assert parse(text).problems == ()


HOSTILE = {
    "nested": "(" * 4_990 + "a" + ")" * 4_990,
    "nested_not": "-(" * 3_000 + "a b" + ")" * 3_000,
    "alternating": "(a OR -(" * 1_200,
    "fields": "title:(" * 1_400 + "a",
    "closing": ")" * 10_000,
    "quotes": '"' * 9_999,
    "dashes": "-" * 9_999 + "a",
    "not": "NOT " * 2_400 + "a",
    "fields_alone": "tag:" * 2_500,
    "long": "year:>=" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_give_a_shallow_tree(text: str) -> None:
    query = parse(text)
    assert depth(query.node) <= 21
    assert len(query.problems) <= 12


def test_ten_thousand_nested_characters_are_read_as_what_they_say() -> None:
    assert parse("(" * 4_990 + "a" + ")" * 4_990).node == word("a")
    assert parse("NOT " * 2_000 + "a").node == word("a")


def depth(node: object) -> int:
    """Return how many nodes are in one another."""
    below = node.nodes if isinstance(node, All | Some) else (node.node,) if isinstance(node, Not) else ()
    return 1 + max(map(depth, below), default=0)


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
