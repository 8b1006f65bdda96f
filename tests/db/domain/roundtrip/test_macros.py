"""What names of `@string`s mean, here and in another file."""

from __future__ import annotations

from db.domain.roundtrip.macros import Definitions, Header, definition, expanded, preamble, used


def definitions(*texts: str) -> Definitions:
    found = [definition(text, 10 * (number + 1)) for number, text in enumerate(texts)]
    return Definitions([one for one in found if one])


OWN = definitions('@string{a = "1"}', "@STRING( B = a # { x} # nobody )", "@string{a = {2}}", "@string{loop = loop}")


def test_a_name_means_what_was_said_last_before() -> None:
    assert [OWN.meaning("a", line) for line in (1, 15, 35)] == ["1", "1", "2"]
    assert [OWN.meaning("b", line) for line in (1, 50)] == ["1 xnobody", "1 xnobody"]
    assert OWN.value("b", 50) == '"1" # { x} # {nobody}'
    assert OWN.meaning("nobody", 50) is None
    assert OWN.meaning("loop", 50) == "loop"
    assert (OWN.is_one("a"), OWN.is_one("b")) == (False, True)


def test_definitions_that_double_each_other_keep_their_names_where_they_grow_long() -> None:
    doubling = [f"@string{{s{n} = s{n - 1} # s{n - 1}}}" for n in range(1, 60)]
    found = definitions("@string{s0 = {ha}}", *doubling)
    assert found.meaning("s4", 1_000) == "ha" * 16
    assert 0 < len(found.value("s59", 1_000) or "") <= 2_000
    header = Header()
    header.add(found, {"s59"})
    assert header.texts == [one.text for one in found.listed]
    assert header.clashes(found, "@misc{k, x = s59}", 1_000) == set()


def test_the_names_that_an_entry_may_use() -> None:
    assert used("@misc{k, a = One # { text } # two, b={three}, c = 4, d = jan}") == {"one", "two"}
    assert [one.name for one in OWN.needed({"b", "other"})] == ["a", "b", "a"]


def test_names_are_replaced_where_they_are_names() -> None:
    text = '@misc{k, x = a # " # a" , y = {a = a}, z = a}'
    assert expanded(text, lambda name: OWN.value(name, 50)) == '@misc{k, x = {2} # " # a" , y = {a = a}, z = {2}}'
    assert expanded("@misc{k, x = }", lambda _name: None) is None


def test_a_header_takes_what_means_one_thing_and_mends_what_would_not() -> None:
    header = Header()
    header.add(OWN, {"b"})
    assert header.texts == ['@string{b = "1" # { x} # {nobody}}']
    header.add(definitions('@string{b = "other"}', "@string{c = {C}}"), {"b", "c"})
    assert header.meanings == {"b": "1 xnobody", "c": "C"}
    assert header.clashes(OWN, "@misc{k, x = a # b # c # d}", 50) == {"a", "c"}


def test_what_is_no_definition_and_what_a_preamble_says() -> None:
    assert definition("@string{ }", 1) is None
    assert definition("@string{a = }", 1) is None
    assert preamble('@preamble( "x" # a )', 3)[1:] == ('"x" # a', 3)
