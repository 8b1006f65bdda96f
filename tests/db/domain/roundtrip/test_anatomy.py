"""The parts of entries, and values written anew among them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.roundtrip.anatomy import anatomy, block_end

ENTRY = '@Article{Doe:2020,\n  Title = {A {B} \\{ c\\} },  % why\n\tyear=2020 , note = "a {"} b" # own #\n { c}\n}'


def test_the_parts_are_the_text() -> None:
    parts = anatomy(ENTRY)
    assert parts is not None
    assert (parts.kind, parts.key, parts.text()) == ("Article", "Doe:2020", ENTRY)
    assert [(one.name, one.value) for one in parts.fields] == [
        ("title", "{A {B} \\{ c\\} }"), ("year", "2020"), ("note", '"a {"} b" # own #\n { c}'),
    ]  # fmt: skip
    assert parts.closing == "\n}"


@pytest.mark.parametrize(
    ("text", "key", "fields"),
    [
        ("@misc(k, a = {x)}, b = \"y)\")", "k", 2),
        ("@misc{,a={x}}", "", 1),
        ("@misc{\n  a = {x}\n}", "", 1),
        ("@misc{k a = {x}}", "k", 1),
        ("@misc{ k ,\n% a comment\na = {x},}", "k", 1),
        ("@misc{k, a = {x}} behind", "k", 1),
        ("before @misc{k, a = 1}", "k", 1),
    ],
)  # fmt: skip
def test_what_readers_forgive(text: str, key: str, fields: int) -> None:
    parts = anatomy(text)
    assert parts is not None
    assert (parts.key, len(parts.fields), parts.text()) == (key, fields, text)


@pytest.mark.parametrize(
    "text",
    ["", "@misc", "@misc{k", "@misc{k, a = }", "@misc{k, a = {x}", "@misc{k, a {x}}", "@misc{k, a = {x} b = {y}}",
     '@misc{k, a = "x}}', "@misc{k, a = x # }"],
)  # fmt: skip
def test_what_is_no_entry(text: str) -> None:
    assert anatomy(text) is None


def test_a_head_of_blanks_takes_no_longer_than_others() -> None:
    assert anatomy("@misc{" + " " * 20_000 + '"x", a = {b}}') is None
    assert anatomy("@misc{" + "a " * 20_000 + '"x", a = {b}}') is None


def test_a_key_is_given_where_none_was() -> None:
    for text, expected in (
        ("@misc{,a={x}}", "@misc{new,a={x}}"),
        ("@misc{\n  a = {x}\n}", "@misc{new,\n  a = {x}\n}"),
        ("@misc{k\n  a = {x}\n}", "@misc{new,\n  a = {x}\n}"),
    ):
        parts = anatomy(text)
        assert parts is not None
        parts.call("new")
        assert parts.text() == expected


def test_where_a_block_ends() -> None:
    for text in ('@string{a = "{}" {b}}', '@string(a = ")" # {)})', "@preamble{ {\\{}} }"):
        at = min(text.find(sign) for sign in "{(" if sign in text)
        assert block_end(text + " rest }", at) == len(text)
    assert block_end("@string{a", 7) is None
    assert block_end("@string(a", 7) is None


@given(st.text(alphabet='@misc{}(),="#%\\ \nab1', max_size=60))
def test_any_text_has_parts_that_are_the_text_or_none(rest: str) -> None:
    parts = anatomy("@misc{k," + rest)
    assert parts is None or parts.text() == "@misc{k," + rest
