"""Which of its addresses a paper is opened at."""

from __future__ import annotations

import pytest

from db.services import addresses, editing, importing, reading
from db.services.library import Library
from db.services.progress import silent


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"arxiv_id": "2503.14504", "doi": "10.1234/kites"}, "https://arxiv.org/abs/2503.14504"),
        ({"doi": "10.1234/kites#1"}, "https://doi.org/10.1234/kites%231"),
        ({}, ""),
    ],
)
def test_arxiv_goes_before_a_doi(library: Library, fields: dict[str, str], address: str) -> None:
    made, _ = editing.add_paper(library, {"title": "Kites", **fields})
    assert addresses.best(reading.paper(library, made)) == address


def test_a_link_does_where_there_is_no_identifier(library: Library) -> None:
    text = "@misc{k, title = {Kites}, url = {https://kites.example/a}}"
    importing.import_text(library, text, silent)
    (made,) = reading.papers(library, [1])
    assert addresses.best(made) == "https://kites.example/a"
