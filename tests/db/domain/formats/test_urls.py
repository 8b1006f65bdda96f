"""The links of a record: from its text and from elsewhere, each once."""

from __future__ import annotations

from db.domain.formats import urls
from db.domain.formats.ris import Ris
from db.domain.formats.survey import Survey
from db.domain.records import Record


def test_links_stand_once_in_order() -> None:
    found = urls.of(
        "Boats: https://hf.co/kite (and https://a.example/b_(c)).",
        first=["https://a.example/one"],
        more=["", "https://a.example/one"],
    )
    assert found["urls"] == ("https://a.example/one", "https://hf.co/kite", "https://a.example/b_(c)")
    assert found["urls_canonical"] == (
        "https://a.example/one",
        "https://huggingface.co/kite",
        "https://a.example/b_(c)",
    )
    assert urls.of("See www.kites.example.")["urls_schemeless"] == ("www.kites.example",)
    assert urls.of("") == {"urls": (), "urls_canonical": (), "urls_schemeless": ()}


def test_what_belongs_to_the_sentence_is_cut() -> None:
    assert urls.find('(https://a.example/b])."')[0] == ("https://a.example/b",)
    assert urls.find("https://a.example/" + ")" * 50_000)[0] == ("https://a.example/",)


def test_links_of_an_abstract_count_in_bibliographies_too() -> None:
    entry = ["TY  - JOUR", "TI  - Tea", "AB  - See https://a.example/tea.", "UR  - https://a.example/page", "ER  - "]
    (record,) = [one for one in Ris().read(entry, Survey()) if isinstance(one, Record)]
    assert record.urls == ("https://a.example/page", "https://a.example/tea")
