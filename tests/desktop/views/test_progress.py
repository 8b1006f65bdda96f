"""How far work is, in words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale

from db.services.progress import Progress
from desktop.views.progress import time_left, told


@pytest.mark.parametrize(
    ("progress", "elapsed", "words"),
    [
        (Progress(1200, 5000, ""), 3.0, "1,200 of 5,000, 400/s, 10 s left"),
        (Progress(3_500_000, 14_000_000, "", "bytes"), 2.0, "3.5 MB of 14.0 MB, 1.8 MB/s, 6 s left"),
        (Progress(40, 0, ""), 4.0, "40, 10/s"),
        (Progress(0, 10, ""), 2.0, "0 of 10"),
        (Progress(10, 10, ""), 2.0, "10 of 10, 5/s"),
    ],
)
def test_count_rate_and_time_left(progress: Progress, elapsed: float, words: str) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    assert told(progress, elapsed) == words
    QLocale.setDefault(before)


def test_long_waits_are_told_in_minutes() -> None:
    assert time_left(0.2) == "1 s left"
    assert time_left(200) == "3 min left"
