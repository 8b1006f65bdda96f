"""How far the reading of sources is, reported often enough to cancel by."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from db.services.progress import Progress

if TYPE_CHECKING:
    from db.services.progress import Report

EVERY_CALLS = 200
EVERY_SECONDS = 0.05


class Meter:
    """Reports often enough to cancel by (every 200 calls or 50 ms), never going backwards."""

    def __init__(self, report: Report, total: int, label: str) -> None:
        self.label = label
        self.start = 0
        self._report, self._total = report, total
        self._done, self._calls, self._at = 0, 0, -1.0

    def at(self, done: int) -> None:
        """Note that the current source is read up to `done`; sources count from `start`."""
        self._done = max(self._done, min(self.start + done, self._total))
        self._calls += 1
        now = time.monotonic()
        if self._calls >= EVERY_CALLS or now - self._at >= EVERY_SECONDS:
            self._calls, self._at = 0, now
            self._report(Progress(self._done, self._total, self.label, "bytes"))

    def stay(self) -> None:
        """Note that there is work between two readings."""
        self.at(0)

    def end(self) -> None:
        """Report that everything is read."""
        self._report(Progress(self._total, self._total, self.label, "bytes"))
