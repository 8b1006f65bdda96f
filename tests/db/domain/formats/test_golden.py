"""The three real dumps against their truth files, field by field."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from db.domain import formats
from db.domain.formats import textfile
from db.domain.records import Ledger, Record

if TYPE_CHECKING:
    from pathlib import Path

FIELDS = (
    "title", "abstract", "author_count", "organization", "organization_slug", "organization_name", "month_day",
    "year_explicit", "comments", "urls", "urls_canonical", "urls_schemeless", "line_title", "line_abstract", "line_end",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "dialect"),
    [("alignment-search-full", "A"), ("alignment-search-glued", "B"), ("identity-search-bare", "C")],
)
def test_every_field_of_every_record(dumps: Path, name: str, dialect: str) -> None:
    lines = textfile.open_lines(dumps / f"{name}.txt")
    truth = [json.loads(line) for line in (dumps / f"{name}.truth.jsonl").read_text("utf-8").splitlines()]
    guess = formats.guesses("\n".join(lines))[0]
    fmt, confidence = guess.format, guess.confidence
    survey = fmt.survey(lines)
    items = list(fmt.read(lines, survey))
    ledger = items.pop()
    assert isinstance(ledger, Ledger)
    assert (fmt.name, confidence > 0.9, ledger.dialect, ledger.encoding) == ("search-page", True, dialect, "utf-8")
    assert len(items) == len(truth)
    for item, expected in zip(items, truth, strict=True):
        assert isinstance(item, Record)
        found = formats.resolve(item, survey.render_year, survey.evidence)
        for field in FIELDS:
            value = getattr(found, field)
            assert (list(value) if isinstance(value, tuple) else value) == expected[field], (expected["index"], field)
        assert found.date.iso() == expected["date_iso"]
        assert found.index == expected["index"]
    parts = ledger.record_lines + ledger.furniture_lines + ledger.blank_lines + ledger.issue_lines
    assert parts == ledger.lines == sum(1 for _ in lines)
    assert ledger.blank_lines == sum(1 for line in lines if not line.strip())
