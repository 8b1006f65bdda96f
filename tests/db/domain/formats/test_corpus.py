"""Every reader over every input of the fuzzer's corpus, its own and those of all others: no crash, no lost line."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.domain import formats
from tests.fuzz.account import check

CORPUS = Path(__file__).resolve().parents[3] / "fuzz" / "corpus"
INPUTS = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("fmt", formats.FORMATS, ids=lambda fmt: fmt.name)
def test_no_input_breaks_a_reader(fmt: formats.Format) -> None:
    assert INPUTS
    for path in INPUTS:
        data = path.read_bytes()
        for piece in (data, data[: len(data) // 2], data[len(data) // 3 :], data.replace(b"\n", b"\r\n")):
            check(fmt, piece)


def test_every_reader_has_seeds_that_it_reads() -> None:
    for fmt in formats.FORMATS:
        found = [check(fmt, path.read_bytes()) for path in sorted((CORPUS / fmt.name).glob("*")) if path.is_file()]
        assert any(found), f"tests/fuzz/corpus/{fmt.name} holds nothing that {fmt.name} reads"
