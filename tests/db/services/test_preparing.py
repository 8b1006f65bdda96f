"""What is worked out where a record is read is what the library would work out itself."""

from __future__ import annotations

import gc
import pickle
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from db.domain.citekeys import KeyPattern, Work
from db.domain.duplicates import blocking_keys
from db.domain.records import Person, Record
from db.services import importing, keying, parsing, preparing, sweeping
from db.services.library import Library
from db.services.progress import silent

if TYPE_CHECKING:
    from pathlib import Path

RECORD = Record(
    "Ünïted Sheaves: α-Twine",
    "On how twine holds sheaves, which nobody has asked before in so many words as we do here and now.",
    authors=(Person("Çelik", "Ä."), Person("Li")),
    arxiv_id="2401.00001",
)


def test_a_prepared_record_knows_its_keys_and_its_order() -> None:
    one = preparing.prepare(RECORD)
    assert one.record is RECORD
    assert set(one.keys) == {*blocking_keys(RECORD.title, RECORD.abstract), "2401.00001"}
    assert (one.title_sort, one.authors_sort) == ("united sheaves: α-twine", "celik li")
    assert one.key_parts is not None
    pattern = KeyPattern("{auth}{year}{title}{letters9}")
    work = Work(RECORD.title, RECORD.authors, 2024)
    assert pattern.propose(work, one.key_parts) == pattern.propose(work) == "Celik2024united-sheaves-alphausat"
    assert pickle.loads(pickle.dumps(one)) == one


def test_an_organisation_stands_for_authors_and_an_own_key_needs_no_parts() -> None:
    one = preparing.prepare(Record("A", organization="Ärzte", citation_key="a1"))
    assert (one.authors_sort, one.key_parts) == ("arzte", None)


def test_both_ways_of_reading_fill_the_library_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.jsonl"
    lines = (f'{{"title": "Paper Sheaf {n // 2}", "authors": ["A. Né{n}"], "year": 2024}}' for n in range(60))
    page.write_text("\n".join(lines), encoding="utf-8")
    found = []
    for name, limit in (("a", 0), ("b", 4_000_000)):
        monkeypatch.setattr(parsing, "OWN_PROCESS_BYTES", limit)
        library = Library.open(tmp_path / f"{name}.sheaf")
        importing.import_files(library, [page], silent)
        with library.reading() as session:
            columns = "title, title_sort, authors_sort, date_sort, citation_key, content_hash, abstract, authors"
            rows = session.execute(text(f"SELECT {columns} FROM paper ORDER BY id")).all()
            found.append((rows, session.execute(text("SELECT * FROM block ORDER BY 1, 2")).all()))
        library.close()
    assert found[0] == found[1]
    assert found[0][0]


def test_keys_stay_unique_when_old_ones_are_forgotten(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keying, "REMEMBERED", 0)
    monkeypatch.setattr("db.services.givenkeys.REMEMBERED", 0)
    monkeypatch.setattr("db.services.intake.BATCH", 3)
    file = tmp_path / "a.bib"
    entries = (f"@misc{{{'same' if n % 3 else ''}, title = {{Sheaf}}, year = {1900 + 5 * n}}}" for n in range(20))
    file.write_text("\n".join(entries), encoding="utf-8")
    (result,) = importing.import_files(library, [file], silent, keep_twins=True).files
    with library.reading() as session:
        keys = list(session.scalars(text("SELECT citation_key FROM paper")))
    assert len(set(keys)) == len(keys) == result.records
    assert "same" in keys


def test_the_search_for_garbage_is_rare_for_a_while_only() -> None:
    before = gc.get_threshold()
    with sweeping.rarely():
        assert gc.get_threshold()[0] == sweeping.ALIVE
    assert gc.get_threshold() == before
