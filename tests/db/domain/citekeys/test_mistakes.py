"""A pattern that cannot be read says at which character, and what is wrong there."""

from __future__ import annotations

import re

import pytest

from db.domain.citekeys import KeyPattern
from db.domain.errors import LibraryError


@pytest.mark.parametrize(
    ("pattern", "at", "says"),
    [
        ("{auth", 1, "no partner"),
        ("a}", 2, "no partner"),
        ("{auth}{foo}", 8, "“foo” is not known"),
        ("{auth|autor}", 7, "do you mean “authors”"),
        ("a b{year}", 2, "a space cannot stand"),
        ("é{year}", 1, "“é” cannot stand"),
        ("x%{year}", 2, "“%” cannot stand"),
        ("{auth.title}", 7, "“.title” is not known"),
        ("{auth.lowr}", 7, "do you mean “lower”"),
        ("{auth.lower.}", 13, "Modifiers are"),
        ("{words0}", 7, "takes 1 to 9"),
        ("{year3}", 6, "takes 2"),
        ("{arxiv3}", 7, "takes no number"),
        ("{auth(3,3)}", 7, "takes one number"),
        ("{shorttitle(3,3,3)}", 13, "one number, or two"),
        ("{shorttitle(3,x)}", 13, "one number, or two"),
        ("{auth3(3)}", 7, "has a number already"),
        ("{auth(3}", 6, "“(” has no partner"),
        ("{auth .lower}", 6, "Modifiers follow a dot"),
        ("{auth|}", 7, "a token is missing"),
        ("{}", 2, "a token is missing"),
        ("{?}", 2, "is no token"),
        ("{title.bare}", 8, "for names only"),
    ],
)
def test_the_place_is_said(pattern: str, at: int, says: str) -> None:
    with pytest.raises(LibraryError, match=re.escape(says)) as raised:
        KeyPattern(pattern)
    assert f"at character {at}, " in raised.value.message


@pytest.mark.parametrize(("pattern", "says"), [("", "empty"), ("  ", "empty"), ("plain", "no token")])
def test_a_pattern_without_a_token_is_none(pattern: str, says: str) -> None:
    with pytest.raises(LibraryError, match=says):
        KeyPattern(pattern)
