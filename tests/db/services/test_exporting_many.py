"""Exports of so many papers that a second process helps: the same file, and nothing lost when it ends."""

from __future__ import annotations

import multiprocessing
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import Cancelled
from db.services import exporting, reading, sharing
from db.services.library import Library
from db.services.progress import Progress, silent
from db.store import imports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NUMBER = sharing.MANY + 700
IDS = list(range(1, NUMBER + 1))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library of many small papers, some with what LaTeX cannot print and some without an author."""
    library = Library.open(tmp_path_factory.mktemp("many") / "library.sheaf")
    blank = {
        "abstract": "", "abstract_truncated": False, "author_count": None, "organization": None, "month": None,
        "organization_slug": None, "year": 2024, "day": None, "year_inferred": False, "year_evidence": "",
        "month_day": None, "comments": None, "upvotes": None, "arxiv_id": None, "doi": None, "venue": None,
        "urls": [], "entry_type": "misc", "fields": {}, "origins": {}, "added_at": "2025-01-01T00:00:00Z",
    }  # fmt: skip
    with library.writing("Fill") as write:
        rows = [
            {
                **blank,
                "id": one,
                "title": f"Amber kettles {one}{' ℝ' if one % 50 == 0 else ''}",
                "authors": [["Doe", "Jane"]] if one % 3 else [],
                "citation_key": f"key-{one}",
            }
            for one in IDS
        ]
        imports.add_papers(write.session, rows)
    yield library
    library.close()


@pytest.mark.parametrize("form", ["bibtex", "csl-json", "csv"])
def test_two_processes_write_what_one_writes(many: Library, tmp_path: Path, form: str) -> None:
    order = [*reversed(IDS), NUMBER + 1_000_000]  # one that is not there
    seen: list[Progress] = []
    done = exporting.export(many, order, tmp_path / "both", seen.append, form=form)
    text, _changes = exporting.written(many, order, form, form)
    assert (tmp_path / "both").read_text(encoding="utf-8") == text
    assert done.written == NUMBER
    assert [one.citation_key for one in done.incomplete] == [f"key-{one}" for one in reversed(IDS) if one % 3 == 0]
    assert len(done.replaced) == (NUMBER // 50 if form == "bibtex" else 0)
    assert [one.done for one in seen] == sorted(one.done for one in seen)
    assert (seen[-1].done, seen[-1].total) == (NUMBER, len(order))


@pytest.mark.skipif(sharing._processors() < 2, reason="one processor has nothing to share")
def test_an_export_is_whole_when_the_other_process_dies(many: Library, tmp_path: Path) -> None:
    def kill(progress: Progress) -> None:
        if progress.done == 0:
            (other,) = multiprocessing.active_children()
            other.kill()

    exporting.export(many, IDS, tmp_path / "both.bib", kill)
    text, _changes = exporting.bibtex(many, IDS)
    assert (tmp_path / "both.bib").read_text(encoding="utf-8") == text


def test_cancelling_ends_both_and_leaves_file_and_keys(many: Library, tmp_path: Path) -> None:
    def cancel(progress: Progress) -> None:
        if progress.done:
            raise Cancelled

    target = tmp_path / "old.bib"
    target.write_text("old", encoding="utf-8")
    before = reading.rows(many, IDS[:1])
    with pytest.raises(Cancelled):
        exporting.export(many, IDS, target, cancel)
    assert not multiprocessing.active_children()
    assert [file.name for file in tmp_path.iterdir()] == ["old.bib"]
    assert target.read_text(encoding="utf-8") == "old"
    assert reading.rows(many, IDS[:1]) == before
    exporting.export(many, IDS, target, silent)
    assert reading.rows(many, IDS[:1])[0].key_frozen
