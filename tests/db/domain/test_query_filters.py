"""Conditions of a search text put in and taken out: what else was typed means what it meant."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from db.domain.query import All, both, parse
from db.domain.query.filters import (
    MARK,
    also,
    asked,
    but_not,
    cleared,
    dropped,
    either,
    filters_of,
    key_of,
    only,
    quoted,
    sayable,
    unwanted,
    wanted,
    without,
    years,
)

TERMS = (
    "year:2024", "year:2021..2023", "status:read", "tag:nlp", 'tag:"to read"', "dump:#3", 'org:="Ember Labs"',
    'author:="Öz, A."', "has:code", "-has:abstract", "is:starred",
)  # fmt: skip
PIECES = st.lists(
    st.sampled_from(
        [*'ket lantern ( ) " - NOT OR AND | “ ” tag: title:( year: tag:nlp year:2020 -tag:"a b" has:code'.split(), " "]
    ),
    max_size=14,
).map(" ".join)
GLUED = st.lists(st.sampled_from([*'ab ()"-|“”:=# ', " OR ", " AND ", " NOT ", "tag:", "year:2020"]), max_size=24).map(
    "".join
)
TEXTS = PIECES | GLUED | st.text(max_size=20)


@given(text=TEXTS, term=st.sampled_from(TERMS))
def test_one_more_condition_holds_for_all_that_was_typed(text: str, term: str) -> None:
    assert parse(also(text, term)).node == both(parse(text).node, parse(term).node)


@example(text='" ket “  ', term="year:2024")
@given(text=TEXTS, term=st.sampled_from(TERMS))
def test_what_is_put_in_is_seen_and_goes_again(text: str, term: str) -> None:
    key = key_of(term)
    before = parse(dropped(text, [key])).node
    inside = also(dropped(text, [key]), term)
    assert (key,) in wanted(inside, key[0])
    assert parse(dropped(inside, [key])).node == before


@given(text=TEXTS, term=st.sampled_from(TERMS))
def test_what_is_left_out_is_seen_and_goes_again(text: str, term: str) -> None:
    key = key_of(term)
    inside = but_not(text, term)
    assert key in unwanted(inside, key[0])
    assert key not in [one for keys in wanted(inside, key[0]) for one in keys]
    assert key not in unwanted(dropped(inside, [key]), key[0])


@example(text="0 TAG:0“", field="tag")
@given(text=TEXTS, field=st.sampled_from(["year", "tag", "status", MARK]))
def test_the_parts_of_a_text_are_the_parts_of_its_tree(text: str, field: str) -> None:
    parts = [parse(text[one.start : one.end]).node for one in filters_of(text)]
    node = parse(text).node
    rest = All(())
    for one in parts:
        rest = both(rest, one) if rest != All(()) else one
    assert rest == node
    kept = [
        part
        for part, one in zip(parts, filters_of(text), strict=True)
        if one.field != field or one.negative or part == All(())
    ]
    left = All(())
    for one in kept:
        left = both(left, one) if left != All(()) else one
    assert parse(without(text, field)).node == left


@example(text='has:code -tag:"a -tag:"a')
@given(text=TEXTS)
def test_all_that_can_be_switched_goes_at_once(text: str) -> None:
    fields = ("year", "tag", MARK)
    one_by_one = text
    for field in fields:
        one_by_one = dropped(one_by_one, asked(one_by_one, field))
    assert parse(cleared(text, fields)).node == parse(one_by_one).node


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("", "tag:nlp"),
        ("sheaf", "sheaf tag:nlp"),
        ("cat OR dog", "(cat OR dog) tag:nlp"),
        ('"half a phrase', '"half a phrase" tag:nlp'),
        ("(cat dog", "(cat dog) tag:nlp"),
        ("cat NOT", "cat tag:nlp"),
        ("cat) OR dog", "(cat  OR dog) tag:nlp"),
    ],
)
def test_the_text_stays_as_it_was_typed(text: str, after: str) -> None:
    assert also(text, "tag:nlp") == after


def test_one_value_takes_the_place_of_others_of_its_field() -> None:
    text = "ket tag:a (tag:b OR tag:c) -tag:d year:2024"
    assert only(text, "tag", ["tag:d"]) == "ket year:2024 tag:d"
    assert only(text, "year", [years(2020, 2022)]) == "ket tag:a (tag:b OR tag:c) -tag:d year:2020..2022"


def test_a_value_can_be_met_by_another_and_leaves_its_alternatives() -> None:
    text = either("ket status:read", "status", "status:unread")
    assert text == "ket (status:read OR status:unread)"
    assert either(text, "status", "status:reading") == "ket (status:read OR status:unread OR status:reading)"
    assert dropped(text, [key_of("status:read")]) == "ket status:unread"
    assert dropped("tag:a OR tag:b", [key_of("tag:a")]) == 'tag:"b"'
    assert dropped("a AND tag:b AND c", [key_of("tag:b")]) == "a AND c"
    assert dropped("tag:b AND c", [key_of("tag:b")]) == "c"


def test_spellings_of_one_condition_are_one_key() -> None:
    assert key_of("is:unread") == key_of("status:unread")
    assert key_of("tag:NLP") == key_of('tags:"nlp"')
    assert key_of("year:2021-2023") == key_of("year:2021..2023")
    assert unwanted("has:abstract", MARK) == [(MARK, "-has:abstract")]
    assert wanted("-has:abstract", MARK) == [((MARK, "-has:abstract"),)]
    assert wanted("(has:code OR -has:date)", MARK) == [((MARK, "has:code"), (MARK, "-has:date"))]
    assert not wanted("org:ember author:kim", "org")  # a part of a name is no value of the list


@given(value=st.text(max_size=20))
def test_what_can_be_said_is_read_as_it_was_meant(value: str) -> None:
    assume(sayable(value))
    assert key_of(quoted("author", value, "=")) == ("author", value)
    assert key_of(quoted("tag", value)) == ("tag", value.casefold())
