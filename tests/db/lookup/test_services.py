"""What each client asks, and which works it finds in an answer."""

from __future__ import annotations

import json
from urllib.parse import urlencode

import pytest

from db.domain.records import Record
from db.lookup import SERVICES, Work, by_name, joined
from db.lookup.service import Request
from db.services import parsing
from db.services.lookups import read_piece
from db.services.recognising import Choice
from tests.localservices import Services, Told

WORKS = [
    Told(
        "Quiet Lanterns: Routing & Rivers <in Rain>",
        (("Ada", "Reed"), ("Bo", "Ólafsdóttir")),
        "2501.00001",
        "10.5555/lanterns.1",
        "2025-01-02",
        "Lanterns are quiet when rivers are routed.",
        "Journal of Lanterns",
    ),
    Told("Loud Kettles", (("Cy", "Fern"),), "2501.00002", "10.5555/kettles", abstract="Kettles are loud."),
]
WORK = Work(WORKS[0].title, WORKS[0].arxiv_id, WORKS[0].doi)


def path_of(name: str, request: Request) -> str:
    return f"/{name}{request.path}?{urlencode(request.values)}"


@pytest.mark.parametrize("name", [one.name for one in SERVICES])
def test_a_title_finds_the_work_with_what_the_service_tells(name: str) -> None:
    service = by_name(name)
    assert service is not None
    _status, _headers, text = Services(WORKS).answer(path_of(name, service.by_title(WORK.title)))
    pieces = service.items(text)
    records = [read_piece(service.form, one) for one in pieces]
    (record,) = [one for one in records if one is not None and one.title.rstrip(".") == WORK.title]
    assert [(one.given, one.family) for one in record.authors] == list(WORKS[0].authors)
    assert record.date.year == 2025
    assert (record.arxiv_id, record.doi) in ((WORK.arxiv_id, WORK.doi), (WORK.arxiv_id, None), (None, WORK.doi))


@pytest.mark.parametrize("name", ["arxiv", "huggingface", "crossref"])
def test_a_number_finds_the_work(name: str) -> None:
    service = by_name(name)
    assert service is not None
    number = service.number(WORK)
    assert number in (WORK.arxiv_id, WORK.doi)
    _status, _headers, text = Services(WORKS).answer(path_of(name, service.by_numbers([str(number)])))
    (piece,) = service.items(text)
    record = read_piece(service.form, piece)
    assert record is not None
    assert record.title == WORK.title


@pytest.mark.parametrize("name", [one.name for one in SERVICES])
def test_works_that_were_told_one_by_one_read_as_one_text(name: str) -> None:
    service = by_name(name)
    assert service is not None
    answers = [Services(WORKS).answer(path_of(name, service.by_title(one.title)))[2] for one in WORKS]
    pieces = [service.items(text)[0] for text in answers]
    items = parsing.parse_text(joined(service.form, pieces), name, choice=Choice(format=service.form))
    found = [(one.index, one.title.rstrip(".")) for one in items if isinstance(one, Record)]
    assert found == [(1, WORKS[0].title), (2, WORKS[1].title)]


@pytest.mark.parametrize("name", [one.name for one in SERVICES])
@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", "<html>Down for today", '{"message": 3}', "[" * 5_000, "[[1]]"]
)
def test_an_answer_that_is_none_has_no_works(name: str, text: str) -> None:
    service = by_name(name)
    assert service is not None
    assert service.items(text) == []


def test_arxiv_tells_an_error_as_an_entry() -> None:
    _status, _headers, text = Services(WORKS).answer("/arxiv/api/query?id_list=nonsense&max_results=1")
    service = by_name("arxiv")
    assert service is not None
    assert "<entry>" in text
    assert service.items(text) == []


def test_signs_of_a_title_are_no_operators() -> None:
    asked = [one.by_title('A "B" AND (C): D-E*').values for one in SERVICES]
    assert asked[1]["search_query"] == 'ti:"A B AND C D E"'
    assert asked[3]["q"] == "A B AND C D E"


def test_a_long_title_is_cut_where_a_service_refuses_it() -> None:
    service = by_name("huggingface")
    assert service is not None
    assert Services(WORKS).answer(path_of("huggingface", service.by_title("Lantern " * 60)))[0] == 200


def test_crossref_is_not_asked_for_dois_of_arxiv() -> None:
    service = by_name("crossref")
    assert service is not None
    assert service.number(Work("A", None, "10.48550/arXiv.2501.00001")) is None
    assert service.number(Work("A", None, "10.1/a,b")) is None
    assert service.number(Work("A", "2501.00001", None)) is None


def test_what_is_kept_of_an_answer_is_all_that_it_says() -> None:
    service = by_name("huggingface")
    assert service is not None
    (piece,) = service.items(json.dumps({"id": "2501.00001", "title": "Ö", "other": [1, {"a": None}]}))
    assert json.loads(piece) == {"id": "2501.00001", "title": "Ö", "other": [1, {"a": None}]}
