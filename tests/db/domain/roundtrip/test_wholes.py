"""The text between entries when one of them goes."""

from __future__ import annotations

import pytest

from db.domain.roundtrip.wholes import joined, records_in


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("\n\n", "\n\n@", "\n\n@"),
        ("\n", "\n@", "\n@"),
        ("\n\n", "\n@", "\n\n@"),
        ("\n", "\n\n@", "\n\n@"),
        ("\n\n  ", "\n\n  @", "\n\n  @"),
        ("\r\n\r\n", "\r\n\r\n@", "\r\n\r\n@"),
        ("\n% mine\n", "\n@", "\n% mine\n@"),
        ("\n\n", " % mine\n@", "\n\n % mine\n@"),
        (" text ", "\n@", " text \n@"),
        ("", "@", "@"),
        ("  ", "\n@", "  \n@"),
    ],
)
def test_its_line_and_one_blank_line_go_with_it(before: str, after: str, expected: str) -> None:
    assert joined(before, after, is_first=False, is_last=False) == expected


def test_at_both_ends_of_the_text() -> None:
    assert joined("", "\n\n@", is_first=True, is_last=False) == "@"
    assert joined("% head\n\n", "\n\n@", is_first=True, is_last=False) == "% head\n\n@"
    assert joined("\n\n", "\n", is_first=False, is_last=True) == "\n"
    assert joined("\n\n", "", is_first=False, is_last=True) == "\n"
    assert joined("", "", is_first=True, is_last=True) == ""


def test_entries_are_found_in_a_text_between_others() -> None:
    text = "% hi\r\n@misc{x, title={a}} tail\r\n@comment{@misc{y, title={b}}}\r\n@misc{z,\r\n title={c}\r\n}\r\n"
    assert [text[begin:end] for begin, end in records_in(text)] == [
        "@misc{x, title={a}}", "@misc{z,\r\n title={c}\r\n}",
    ]  # fmt: skip
