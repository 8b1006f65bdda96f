"""Days of the calendar, and dates in words and numbers."""

from __future__ import annotations

import pytest

from db.domain.formats.moments import exists, moment, month_and_day, printed
from db.domain.records import Date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", Date(2024)),
        ("2024-05", Date(2024, 5)),
        ("2024/5/9 and more", Date(2024, 5, 9)),
        ("2024-05-31T10:00:00Z", Date(2024, 5, 31)),
        ("2023-02-29", Date(2023, 2)),
        ("2024-13-01", Date(2024)),
        ("9 May 2024", Date(2024, 5, 9)),
        ("Thu, 9 May 2024 10:00:00 GMT", Date(2024, 5, 9)),
        ("May 9, 2024", Date(2024, 5, 9)),
        ("Sept. 2024", Date(2024, 9)),
        ("in 2024, at last", Date(2024)),
        ("Marchers of 2024", Date(2024)),
        ("soon", Date()),
        ("20240509", Date()),
        ("9999", Date()),
    ],
)
def test_moments(text: str, expected: Date) -> None:
    assert moment(text) == expected


def test_days_that_exist() -> None:
    assert exists(2, 29)
    assert exists(2, 29, 2024)
    assert not exists(2, 29, 1900)
    assert not exists(4, 31, 2024)
    assert not exists(1, 0)


def test_days_as_printed() -> None:
    assert month_and_day("June 3") == (6, 3)
    assert month_and_day("Jun 31") is None
    assert printed("Feb 29", None) == Date(None, 2, 29)
    assert printed("Feb 29", 2023) is None
    assert printed(None, 2023) is None
