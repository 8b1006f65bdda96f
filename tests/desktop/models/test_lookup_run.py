"""A look-up that runs beside the window: batches, and what stopping keeps."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled
from db.services.enriching import Finding, Found
from db.services.progress import Progress, Report, silent
from desktop.models.lookup_run import BATCH, LookupRun, Part

if TYPE_CHECKING:
    from db.services.library import Library

NOTHING = Found((), 0, 0, ())


def finding(number: int) -> Finding:
    return Finding(number, "", f"Paper {number}", "arXiv", 1.0, True, (), (), "json", "")


def test_many_findings_come_in_batches(library: Library) -> None:
    def ask(_library: Library, report: Report, tell: Callable[[Finding], None]) -> Found:
        for number in range(BATCH + 1):
            tell(finding(number))
        report(Progress(1, 2, "Asking"))
        return NOTHING

    parts: list[Part] = []
    assert LookupRun(ask).run(library, silent, parts.append) is NOTHING
    sizes = [len(part.findings) for part in parts]
    assert (sizes[:2], sum(sizes)) == ([BATCH, 1], BATCH + 1)
    assert parts[-1].progress == Progress(1, 2, "Asking")


def test_what_was_found_before_it_was_stopped_is_handed_over(library: Library) -> None:
    def ask(_library: Library, report: Report, tell: Callable[[Finding], None]) -> Found:
        report(Progress(0, 9, ""))
        tell(finding(1))
        run.stop()
        tell(finding(2))
        report(Progress(1, 9, ""))
        raise AssertionError("it went on")

    run, parts = LookupRun(ask), list[Part]()
    assert run.run(library, silent, parts.append) is None
    assert [one.paper_id for part in parts for one in part.findings] == [1, 2]


def test_what_nobody_waits_for_is_cancelled(library: Library) -> None:
    def gone(_progress: Progress) -> None:
        raise Cancelled

    def ask(_library: Library, report: Report, _tell: Callable[[Finding], None]) -> Found:
        report(Progress(0, 1, ""))
        return NOTHING

    with pytest.raises(Cancelled):
        LookupRun(ask).run(library, gone, lambda _part: None)
