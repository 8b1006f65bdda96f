"""What must hold for any input of any reader."""

from __future__ import annotations

import io
import time
from typing import TYPE_CHECKING

from db.domain import formats
from db.domain.formats import textfile
from db.domain.records import Issue, Ledger, Record

if TYPE_CHECKING:
    from db.domain.formats import Format


SECONDS_AT_ONCE, SECONDS_A_BYTE = 1.0, 0.001
"""The bound on processor time: far above what any input takes, far below a hang."""


def check_time(started: float, size: int, what: str) -> None:
    """Raise TimeoutError when more processor time than `size` bytes may take is gone since `started`."""
    took = time.process_time() - started
    if took > SECONDS_AT_ONCE + SECONDS_A_BYTE * size:
        raise TimeoutError(f"{took:.1f} s for {what}")


def check(fmt: Format, data: bytes) -> list[Record]:
    """Read bytes as a format; raise AssertionError when a line is lost or an item is out of place."""
    text = data.decode("utf-8", "replace")
    fmt.sniff(text)

    def lines() -> textfile.TextLines:
        opened = textfile.lines_of(io.StringIO(text))
        opened.longest = fmt.longest
        return opened

    reader, survey = formats.plan(fmt, lines)
    items = list(reader.read(lines(), survey))
    ledger = items.pop()
    assert isinstance(ledger, Ledger), "the ledger does not come last"
    counts = (ledger.record_lines, ledger.furniture_lines, ledger.blank_lines, ledger.issue_lines)
    total = sum(1 for _line in lines())
    assert min(counts) >= 0, counts
    assert sum(counts) == ledger.lines == total, (counts, ledger.lines, total)
    records = [one for one in items if isinstance(one, Record)]
    told = {one.line for one in items if isinstance(one, Issue)}
    for number, record in enumerate(records, start=1):
        assert record.index == number, "records are not counted"
        assert record.title.strip() or record.line_title in told, "a record has no title, and nobody says so"
        assert 1 <= record.line_title <= record.line_end <= total, (record.line_title, record.line_end, total)
        formats.resolve(record, 2026, "")
    assert all(isinstance(one, Record | Issue) for one in items)
    assert all(0 <= one.line <= total for one in items if isinstance(one, Issue))
    return records
