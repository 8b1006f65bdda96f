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
OF_ARXIV = f"10.48550/arxiv.{WORK.arxiv_id}"


def path_of(name: str, request: Request) -> str:
    return f"/{name}{request.path}?{urlencode(request.values)}"


def answered(name: str, request: Request, works: list[Told] = WORKS) -> str:
    return str(Services(works).answer(path_of(name, request))[2])


@pytest.mark.parametrize("name", [one.name for one in SERVICES])
def test_a_title_finds_the_work_with_what_the_service_tells(name: str) -> None:
    service = by_name(name)
    assert service is not None
    text = answered(name, service.by_title(WORK.title))
    pieces = service.items(text)
    records = [read_piece(service.form, one) for one in pieces]
    (record,) = [one for one in records if one is not None and one.title.rstrip(".") == WORK.title]
    assert [(one.given, one.family) for one in record.authors] == list(WORKS[0].authors)
    assert record.date.year == 2025
    assert record.arxiv_id in (WORK.arxiv_id, None)
    assert record.doi in (WORK.doi, OF_ARXIV, None)
    assert record.arxiv_id or record.doi


@pytest.mark.parametrize("name", [one.name for one in SERVICES if one.number(WORK) is not None])
def test_a_number_finds_the_work(name: str) -> None:
    service = by_name(name)
    assert service is not None
    number = service.number(WORK)
    assert number in (WORK.arxiv_id, WORK.doi, OF_ARXIV)
    text = answered(name, service.by_numbers([str(number)]))
    (piece,) = service.items(text)
    record = read_piece(service.form, piece)
    assert record is not None
    assert record.title == WORK.title


@pytest.mark.parametrize("name", [one.name for one in SERVICES])
def test_works_that_were_told_one_by_one_read_as_one_text(name: str) -> None:
    service = by_name(name)
    assert service is not None
    answers = [answered(name, service.by_title(one.title)) for one in WORKS]
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
    text = answered("arxiv", Request("/api/query", {"id_list": "nonsense", "max_results": "1"}))
    service = by_name("arxiv")
    assert service is not None
    assert "<entry>" in text
    assert service.items(text) == []


def test_signs_of_a_title_are_no_operators() -> None:
    asked = {one.name: one.by_title('A "B" AND (C): D-E*').values for one in SERVICES}
    assert asked["arxiv"]["search_query"] == 'ti:"A B AND C D E"'
    assert asked["dblp"]["q"] == "A B AND C D E"
    assert asked["datacite"]["query"].startswith('titles.title:"A B AND (C): D-E*" AND types.')


def test_what_is_no_number_of_a_service_is_not_asked_for() -> None:
    for name, numbers in (
        ("huggingface", ("../../api/whoami", "math/0309136", "2501.00001, 2501.00002", "")),
        ("arxiv", ("2501.00001,2501.00002", "nonsense")),
    ):
        service = by_name(name)
        assert service is not None
        assert [service.number(Work("A", one)) for one in numbers] == [None] * len(numbers)
        assert service.number(Work("A", "2501.00001v3")) == "2501.00001"


def test_many_beginnings_without_an_end_cost_no_time() -> None:
    service = by_name("arxiv")
    assert service is not None
    assert service.items("<entry>" * 400_000) == []
    assert service.items("<feed><entries/>x</entry><entry a='b'>y</entry><entry>") == ["<entry a='b'>y</entry>"]


def test_crossref_is_not_asked_for_lists_of_references() -> None:
    service = by_name("crossref")
    assert service is not None
    for request in (service.by_title("A"), service.by_numbers(["10.5555/kettles"])):
        assert "title" in request.values["select"].split(",")
        assert not {"reference", "created"} & set(request.values["select"].split(","))


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


def test_datacite_is_asked_for_several_works_at_once() -> None:
    service = by_name("datacite")
    assert service is not None
    works = [Told("Teapots", doi="10.5281/zenodo.77"), *WORKS]
    numbers = [service.number(Work("", one.arxiv_id or None, one.doi.upper())) for one in works]
    assert numbers == ["10.5281/zenodo.77", OF_ARXIV, "10.48550/arxiv.2501.00002"]
    request = service.by_numbers([one for one in numbers if one])
    records = [read_piece(service.form, one) for one in service.items(answered("datacite", request, works))]
    assert [one and one.title for one in records] == [one.title for one in works]
    assert service.number(Work("A", None, '10.5281/a"b')) is None
    assert service.number(Work("A", None, None)) is None


def test_what_is_kept_of_an_answer_is_all_that_it_says() -> None:
    service = by_name("huggingface")
    assert service is not None
    (piece,) = service.items(json.dumps({"id": "2501.00001", "title": "Ö", "other": [1, {"a": None}]}))
    assert json.loads(piece) == {"id": "2501.00001", "title": "Ö", "other": [1, {"a": None}]}
