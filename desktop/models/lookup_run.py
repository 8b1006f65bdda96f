"""One look-up beside the window: findings are handed over in batches, and stopping it keeps what was found."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import services
from db.domain.errors import Cancelled
from db.services.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from db.services.enriching import Finding, Found
    from db.services.library import Library
    from db.services.progress import Report

PAUSE_SECONDS = 0.1
BATCH = 250
"""Findings that are handed over at once: the window has its turn between two batches."""


@dataclass(frozen=True, slots=True)
class Part:
    """How far a look-up is, and what was found since the last part."""

    progress: Progress
    findings: Sequence[Finding]


Ask = Callable[["Library", "Report", Callable[["Finding"], None]], "Found"]
"""Looks something up: tells of each finding as it comes, and returns what came of it."""


def of_services(ids: Sequence[int], among: Sequence[str]) -> Ask:
    """Ask these services for what papers lack."""
    return lambda library, report, tell: services.enriching.find(library, ids, report, among=among, on_found=tell)


def in_file(ids: Sequence[int], path: Path) -> Ask:
    """Look into a file for what papers lack."""

    def ask(library: Library, report: Report, tell: Callable[[Finding], None]) -> Found:
        found = services.enriching.find_in_file(library, list(ids), path, report)
        for one in found.findings:
            tell(one)
        return found

    return ask


class LookupRun:
    """A look-up that is under way; `stop` ends it at its next report."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._stopped = False
        self._waiting: list[Finding] = []
        self._progress = Progress(0, 0, "")
        self._handed_at = 0.0

    def stop(self) -> None:
        """Ask for no more; what was found so far is handed over still."""
        self._stopped = True

    def run(self, library: Library, report: Report, part: Callable[[Part], None]) -> Found | None:
        """Look up on the calling thread, with a Part every now and then; None when it was stopped.

        Raises what the look-up raises, and Cancelled when nobody waits for it any more.
        """

        def tick(progress: Progress) -> None:
            if self._stopped:
                raise Cancelled
            report(progress)
            self._progress = progress
            now = time.monotonic()
            if now - self._handed_at >= PAUSE_SECONDS:
                self._handed_at = now
                self._hand_over(part)

        try:
            found = self._ask(library, tick, self._waiting.append)
        except Cancelled:
            if not self._stopped:
                raise
            found = None
        self._hand_over(part)
        return found

    def _hand_over(self, part: Callable[[Part], None]) -> None:
        waiting, self._waiting[:] = self._waiting[:], []
        for at in range(0, len(waiting) or 1, BATCH):
            part(Part(self._progress, waiting[at : at + BATCH]))
