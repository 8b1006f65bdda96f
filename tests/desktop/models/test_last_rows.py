"""Rows that are kept for the next start: shown as they were, or not at all."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.domain.records import Date, PaperRow, SeenAgain, Status, Tag
from desktop.models.last_rows import NAME, keep, read

if TYPE_CHECKING:
    from pathlib import Path

QUESTION = ["alignment", "tag:x", "title", True]
PLAIN = PaperRow(1, "A <b>title</b>", "", Date(), Status.UNREAD, False, 0, None, 1, "a2024", False, False)
FULL = replace(
    PLAIN,
    id=2,
    authors="Ångström, Ö. and others",
    date=Date(2024, 3, None, True, "the page"),
    status=Status.SKIPPED,
    starred=True,
    comments=7,
    added_at="2025-01-01T00:00:00Z",
    tags=(Tag(4, "nlp/parsing", 3, 2, 1), Tag(5, "x", 0)),
    seen_again=SeenAgain(9, "new.txt", "2025-02-01T00:00:00Z"),
    versions=2,
)


@pytest.fixture
def library(tmp_path: Path) -> str:
    """A file that stands for a closed library."""
    path = tmp_path / "library.sheaf"
    path.write_bytes(b"SQLite format 3\0")
    return str(path)


def test_rows_come_back_as_they_were(tmp_path: Path, library: str) -> None:
    keep(tmp_path, library, QUESTION, [PLAIN, FULL])
    assert read(tmp_path, library, QUESTION) == [PLAIN, FULL]


def test_another_question_or_library_gets_none(tmp_path: Path, library: str) -> None:
    keep(tmp_path, library, QUESTION, [PLAIN])
    assert read(tmp_path, library, [*QUESTION[:3], False]) == []
    other = tmp_path / "other.sheaf"
    other.write_bytes(b"SQLite format 3\0")
    assert read(tmp_path, str(other), QUESTION) == []
    assert read(tmp_path, "postgresql+psycopg://me@host/papers", QUESTION) == []


def test_a_library_that_was_written_to_gets_none(tmp_path: Path, library: str) -> None:
    keep(tmp_path, library, QUESTION, [PLAIN])
    log = tmp_path / "library.sheaf-wal"
    log.write_bytes(b"")
    assert read(tmp_path, library, QUESTION) == [PLAIN]
    log.write_bytes(b"a change that is only in the log")
    assert read(tmp_path, library, QUESTION) == []
    log.write_bytes(b"")
    os.utime(library, ns=(1, 1))
    assert read(tmp_path, library, QUESTION) == []


def test_nothing_is_kept_of_a_library_whose_log_holds_something(tmp_path: Path, library: str) -> None:
    (tmp_path / "library.sheaf-wal").write_bytes(b"another window")
    keep(tmp_path, library, QUESTION, [PLAIN])
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize("change", ["", "[]", "{", '{"form": 1}', "rows", "status", "form"])
def test_what_is_not_as_it_was_written_counts_as_absent(tmp_path: Path, library: str, change: str) -> None:
    keep(tmp_path, library, QUESTION, [PLAIN])
    kept = json.loads((tmp_path / NAME).read_text("utf-8"))
    if change == "rows":
        kept["rows"] = [1]
    elif change == "status":
        kept["rows"][0]["status"] = "burnt"
    elif change == "form":
        kept["form"] = 0
    text = json.dumps(kept) if change in ("rows", "status", "form") else change
    (tmp_path / NAME).write_text(text, "utf-8")
    assert read(tmp_path, library, QUESTION) == []


def test_a_folder_that_cannot_be_written_to_is_done_without(tmp_path: Path, library: str) -> None:
    keep(tmp_path / "missing", library, QUESTION, [PLAIN])
    assert read(tmp_path / "missing", library, QUESTION) == []
