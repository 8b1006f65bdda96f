"""CSL-JSON: entries of Zotero and pandoc, and what is other JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain import formats
from db.domain.formats.jsonfiles.csl import CslJson
from db.domain.records import Date, Issue, Ledger, Person, Record

BOATS: dict[str, Any] = {
    "id": "gull2021",
    "type": "article-journal",
    "title": "Paper Boats in <i>Radio</i> Tides",
    "author": [
        {"family": "Gull", "given": "Ann"},
        {"family": "Heron", "given": "Bo", "non-dropping-particle": "van der", "suffix": "Jr."},
        {"literal": "The Kite Society"},
    ],
    "issued": {"date-parts": [[2021, "3", 4]]},
    "container-title": "Journal of Kites",
    "DOI": "10.1000/boats.1",
    "URL": "https://arxiv.org/abs/2101.00001v2",
    "abstract": "<jats:p>We fold boats.</jats:p>",
    "keyword": "sea, paper",
    "note": "Read again",
    "volume": 7,
    "issue": "2",
    "page": "1-9",
}


def read(text: str) -> tuple[list[Record], list[Issue], Ledger]:
    lines = text.split("\n")
    reader = CslJson()
    items = list(reader.read(iter(lines), reader.survey(lines)))
    ledger = items.pop()
    assert isinstance(ledger, Ledger)
    total = ledger.record_lines + ledger.furniture_lines + ledger.blank_lines + ledger.issue_lines
    assert total == ledger.lines == len(lines)
    return [i for i in items if isinstance(i, Record)], [i for i in items if isinstance(i, Issue)], ledger


@pytest.mark.parametrize("indent", [None, 2])
def test_every_field_of_an_entry(indent: int | None) -> None:
    text = json.dumps([BOATS, {**BOATS, "id": "2", "title": "Kites"}], indent=indent)
    assert formats.guesses(text)[0].format.name == "csl-json"
    (boats, kites), issues, _ledger = read(text)
    assert not issues
    assert boats.title == "Paper Boats in Radio Tides"
    assert boats.abstract == "We fold boats."
    assert boats.authors == (Person("Gull", "Ann"), Person("van der Heron Jr.", "Bo"), Person("The Kite Society"))
    assert (boats.date, boats.venue, boats.doi) == (Date(2021, 3, 4), "Journal of Kites", "10.1000/boats.1")
    assert (boats.arxiv_id, boats.citation_key, boats.entry_type) == ("2101.00001", "gull2021", "article")
    assert (boats.keywords, boats.notes) == (("sea", "paper"), "Read again")
    assert boats.fields == {"volume": "7", "number": "2", "pages": "1--9"}
    assert (kites.title, kites.citation_key, kites.index) == ("Kites", None, 2)


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2020]]}, Date(2020)), ({"date-parts": [[2020, 5]]}, Date(2020, 5)),
        ({"raw": "2020-05-31"}, Date(2020, 5, 31)), ({"literal": "May 2020"}, Date(2020, 5)),
        ({"date-parts": [[]]}, Date()), ({"date-parts": [["2020", 13]]}, Date(2020)), ({}, Date()),
    ],
)  # fmt: skip
def test_dates(issued: dict[str, Any], date: Date) -> None:
    (record,), _issues, _ledger = read(json.dumps([{**BOATS, "issued": issued}]))
    assert record.date == date


@pytest.mark.parametrize(
    ("names", "key"),
    [
        ({"id": "http://zotero.org/users/1/items/AB"}, None), ({"id": 12}, None), ({"id": "a b"}, None),
        ({"id": "x", "citation-key": "gull"}, "gull"), ({"id": "x", "citation-label": "GH21"}, "GH21"),
    ],
)  # fmt: skip
def test_keys(names: dict[str, Any], key: str | None) -> None:
    (record,), _issues, _ledger = read(json.dumps([{**BOATS, **names}]))
    assert record.citation_key == key


def test_an_archive_of_papers_is_left_to_its_reader() -> None:
    text = json.dumps([{"paper": {"id": "2101.00001", "title": "Kites", "summary": "We fly."}, "numComments": 3}])
    assert formats.guesses(text)[0].format.name == "json"


@given(st.text(st.sampled_from('[]{}",:\n a1\\'), max_size=80))
def test_any_text_is_accounted_for(text: str) -> None:
    read(json.dumps([BOATS], indent=1) + text)
    read(text)


def test_half_characters_and_nul_are_no_part_of_a_record() -> None:
    text = (
        '[{"id":"a","type":"book","title":"A \\ud83d title\\u0000 of one","note":"x\\u0000y","keyword":["k\\ud83d"]}]'
    )
    (record,), _issues, _ledger = read(text)
    assert record.title == "A \ufffd title of one"
    assert record.notes == "xy"
    assert record.keywords == ("k\ufffd",)
