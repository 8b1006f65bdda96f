"""What is being typed at the cursor."""

from __future__ import annotations

import pytest

from db.domain.query.completing import Typing, fixed, typing, valued


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("diffusion ta|", Typing(10, "", "ta")),
        ("t|", None),
        ("tag:|", Typing(0, "tag", "")),
        ("-tag:re|", Typing(1, "tag", "re")),
        ("(authors:li|", Typing(1, "author", "li")),
        ('tag:"to re|', Typing(0, "tag", "to re")),
        ('"a phrase ta|', None),
        ("ta|gs", None),
        ("ta| gs", Typing(0, "", "ta")),
        ("re:ze|", None),
        ("x" * 5_000 + " ye|", Typing(5_001, "", "ye")),
        ("|", None),
    ],
)
def test_typing(text: str, expected: Typing | None) -> None:
    assert typing(text.replace("|", ""), text.index("|")) == expected


def test_fields_and_their_values() -> None:
    assert [one.text for one in fixed(Typing(0, "", "st"))] == ["status:", "stars:"]
    assert [one.text for one in fixed(Typing(0, "", "notes"))] == ["note:"]
    assert [one.text for one in fixed(Typing(0, "status", "re"))] == ["status:reading", "status:read"]
    assert all(one.finds for one in fixed(Typing(0, "", "a")))


def test_values_are_quoted_where_they_must_be() -> None:
    assert valued("tag", "nlp/parsing").text == "tag:nlp/parsing"
    assert valued("tag", "to read").text == 'tag:"to read"'
    assert valued("tag", 'say "hi"').text == 'tag:"say  hi"'
    assert valued("org", "-x").text == 'org:"-x"'
