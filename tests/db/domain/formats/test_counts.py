"""Numbers as pages print them."""

from __future__ import annotations

import pytest

from db.domain.formats.counts import count, count_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25", 25), ("1,204", 1204), (" 1.2k ", 1200), ("3M", 3_000_000), ("1.2 k", 1200), ("-", None), ("", None),
        ("k", None), ("1.2.3", None), ("9" * 40, None),
    ],
)  # fmt: skip
def test_counts(text: str, expected: int | None) -> None:
    assert count(text) == expected


def test_an_unknown_number_is_a_number() -> None:
    assert count_of("-") == (True, None)
    assert count_of("boats") == (False, None)
