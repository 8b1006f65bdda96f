"""JSON and JSON Lines: papers at any depth, in any way of writing, with what is broken told and passed."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from documents import Invented, dump, invented, read
from hypothesis import given
from hypothesis import strategies as st

from db.domain import formats
from db.domain.formats.jsonfiles.jsonarchive import JsonArchive, JsonLines
from db.domain.records import Date, Person

GOOD = '{"id": "2501.00001", "title": "Teapots", "abstract": "Warm."}'
ONE = GOOD.replace("00001", "00002")


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("wrap", ["list", "data", "deep", "map", "documents"])
def test_papers_come_out_as_they_were_written(seed: int, wrap: str) -> None:
    random = Random(seed)
    papers = invented(random, random.randint(1, 30))
    hub = random.random() < 0.5
    written: list[dict[str, Any]] = [one.hub() if hub else one.flat() for one in papers]
    if wrap == "list":
        text = dump(written, random)
    elif wrap == "data":
        text = dump({"total": 3, "next": None, "data": written}, random)
    elif wrap == "deep":
        text = dump({"response": {"status": "ok", "page": {"results": written}}}, random)
    elif wrap == "map":
        text = dump({one.arxiv_id: value for one, value in zip(papers, written, strict=True)}, random)
    else:
        text = "\n".join(dump(value, random) for value in written)
    assert JsonArchive().sniff(text[: formats.HEAD_CHARACTERS]) >= 0.9
    found = read(JsonArchive(), text)
    assert not found.issues
    assert len(found.records) == len(papers)
    assert all(one.matches(record) for one, record in zip(papers, found.records, strict=True))
    assert [one.upvotes for one in found.records] == [one.upvotes for one in papers]
    if hub:
        assert all(map(_as_the_hub_says, papers, found.records))


def _as_the_hub_says(paper: Invented, record: Any) -> bool:
    assert record.comments == paper.comments
    assert record.organization == record.organization_name == "The Kettle Lab"
    assert record.organization_slug == "kettle-lab"
    assert record.fields == {
        "summary": "Kettles whistle.",
        "keywords": "kettle; steam",
        "submitted_by": "Kim Harbour",
        "github": "https://github.com/kettle/whistle",
        "github_stars": "77",
    }
    assert record.urls == ("https://github.com/kettle/whistle",)
    return True


@pytest.mark.parametrize("seed", range(4))
def test_one_object_on_each_line(seed: int) -> None:
    papers = invented(Random(seed), 40)
    lines = [json.dumps(one.hub() if seed % 2 else one.flat()) for one in papers]
    lines.insert(7, "")
    text = "\n".join(lines)
    sure = {guess.format.name: guess.confidence for guess in formats.guesses(text)}
    assert sure["json-lines"] > sure["json"] > 0.9
    found = read(JsonLines(), text)
    assert all(one.matches(record) for one, record in zip(papers, found.records, strict=True))
    assert [one.line_title for one in found.records] == [n for n in range(1, 42) if n != 8]
    assert found.ledger.blank_lines == 1


def test_lines_of_a_pretty_printed_document() -> None:
    text = json.dumps([{"title": "Tea", "abstract": "Hot.", "year": 2024}, {"title": "Ice", "year": 2023}], indent=1)
    first, second = read(JsonArchive(), text).records
    assert (first.line_title, first.line_abstract, first.line_end) == (2, 4, 6)
    assert (second.line_title, second.line_abstract, second.line_end) == (7, None, 10)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ('{"id": "2501.00009", "title": "Bad" "abstract": "comma"}', "',' delimiter"),
        ('{"id": "2501.00009", "title": "Bad, "abstract": "quote"}', "delimiter"),
        ('{"id": "2501.00009", "title": Bad}', "expecting value"),
        ('{"id": "2501.00009", title: "Bad"}', "property name"),
        ('{"id": "2501.00009", "title": "Bad", "abstract": "open', "not valid JSON"),
    ],
)
def test_a_bad_record_costs_only_itself(bad: str, why: str) -> None:
    found = read(JsonArchive(), f"[\n{GOOD},\n{bad},\n{ONE}\n]\n")
    assert [one.arxiv_id for one in found.records] == ["2501.00001", "2501.00002"]
    (issue,) = found.issues
    assert (issue.line, issue.text.rstrip(",")) == (3, bad)
    assert why in issue.why
    found = read(JsonLines(), f"{GOOD}\n{bad}\n{ONE}\n")
    assert [one.line_title for one in found.records] == [1, 3]
    assert [one.line for one in found.issues] == [2]


@pytest.mark.parametrize(
    "text",
    [
        f"[{GOOD}, {ONE},]",
        f"\ufeff[{GOOD},\n\n{ONE}]",
        f"// my archive\n[{GOOD}, /* and */ {ONE}]",
        f"[{GOOD[:-1]}, }}, {ONE[:-1]}, // one\n}}]",
        f"{GOOD}{ONE}",
        f"{GOOD}\n{ONE}\n",
        f'{{"n": NaN, "papers": [{GOOD}, {ONE}]}}',
        f'{{"papers": [{GOOD}, {ONE}',
        f'{{"a": {{"b": [{{"c": [{GOOD}]}}, {{"c": [{ONE}]}}]}}}}',
    ],
)
def test_small_slips_do_no_harm(text: str) -> None:
    found = read(JsonArchive(), text)
    assert [one.arxiv_id for one in found.records] == ["2501.00001", "2501.00002"]
    assert not found.issues


def test_a_cut_file_says_so() -> None:
    found = read(JsonArchive(), f'{{"data": [{GOOD},\n' + '{"id": "2501.00002", "title": "Ket')
    assert len(found.records) == 1
    assert "ends within" in found.issues[0].why
    assert found.issues[0].line == 2


def test_a_paper_without_title_is_told() -> None:
    nameless = {"arxiv_id": "2501.00003", "abstract": "Steam. " * 30, "authors": ["Bo Li"]}
    found = read(JsonArchive(), json.dumps([json.loads(GOOD), nameless]))
    assert len(found.records) == 1
    assert "no title" in found.issues[0].why


@pytest.mark.parametrize(
    "text",
    [
        '{"error": "Paper not found"}',
        "[]",
        "{}",
        "[1, 2, 3]",
        '{"name": "sheaf", "version": "1.0", "scripts": {"a": "b"}}',
        '[{"id": 1, "name": "x"}]',
        "hello",
        "",
        "{% if x %}",
        "[link](https://x.org)",
    ],
)
def test_other_json_is_not_taken_for_papers(text: str) -> None:
    assert JsonArchive().sniff(text) == 0
    assert JsonLines().sniff(text) == 0
    assert not read(JsonArchive(), text).records


def test_csl_is_left_to_its_own_reader() -> None:
    text = json.dumps([{"id": "li25", "type": "article-journal", "title": "Tea", "issued": {"date-parts": [[2025]]}}])
    assert 0 < JsonArchive().sniff(text) < 0.9


def test_memory_does_not_grow_with_long_values() -> None:
    text = '{"pad": "' + "x" * 5_000_000 + '", "papers": [' + ", ".join([GOOD] * 50) + "]}"
    found = read(JsonArchive(), text)
    assert len(found.records) == 50
    text = f'[{{"title": "Too long", "abstract": "{"a b " * 1_200_000}"}}, {GOOD}]'
    found = read(JsonArchive(), text)
    assert [one.title for one in found.records] == ["Teapots"]
    assert found.issues


def test_the_archive_of_a_real_script(dumps: Path) -> None:
    (file,) = (dumps.parent / "layouts").glob("09_*.json")
    text = file.read_text(encoding="utf-8")
    truth = json.loads(text)
    found = read(JsonArchive(), text)
    assert [one.arxiv_id for one in found.records] == [one["arxiv_id"] for one in truth]
    assert [one.title for one in found.records] == [one["title"] for one in truth]
    assert [one.abstract for one in found.records] == [" ".join(one["abstract"].split()) for one in truth]
    assert [one.author_count for one in found.records] == [len(one["authors"]) for one in truth]
    assert [one.upvotes for one in found.records] == [one["upvotes"] for one in truth]
    assert [one.date.iso() for one in found.records] == [one["published_at"][:10] for one in truth]
    assert not found.issues
    assert found.ledger.furniture_lines == 2


def test_answers_of_services(dumps: Path) -> None:
    expected = {
        "crossref_works_query": ("The forecast trap", 1, "2022-05-30", None),
        "datacite_doi.SYNTHETIC": (None, 2, "2025-09-28", "2509.24002"),
        "dblp_publ_search.SYNTHETIC": (None, 2, "2025", "2509.24002"),
        "hf_api_daily_papers": (None, 3, "2025-09-28", "2509.24002"),
        "hf_api_papers_id": (None, 3, "2025-09-28", "2509.24002"),
        "openalex_title_search.SYNTHETIC": (None, 3, "2025-09-28", "2509.24002"),
        "s2_paper_search_match_fields.SYNTHETIC": (None, 3, "2025-09-28", "2509.24002"),
    }
    for name, (title, authors, day, arxiv_id) in expected.items():
        text = (dumps.parent / "api" / f"{name}.json").read_text(encoding="utf-8")
        (found,) = read(JsonArchive(), text).records
        assert found.title == title or (title is None and found.title.startswith("MCPMark") and found.title[-1] == "e")
        assert (found.author_count, found.date.iso(), found.arxiv_id) == (authors, day, arxiv_id)
        assert "jats" not in found.abstract


def test_an_archive_of_arxiv_itself() -> None:
    value = {
        "id": "0704.0001",
        "submitter": "Pat Kettle",
        "title": "Steam\n  in tubes",
        "comments": "37 pages",
        "authors": "P. Kettle, B. Li and C. Mast",
        "journal-ref": "J.Tea 1 (2007)",
        "doi": None,
        "categories": "hep-ph",
        "abstract": "  Steam rises.\n",
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
        "update_date": "2008-11-26",
        "authors_parsed": [["Kettle", "P.", ""], ["Li", "B.", ""], ["Mast", "C.", ""]],
    }
    (found,) = read(JsonLines(), json.dumps(value)).records
    assert (found.title, found.abstract, found.comments) == ("Steam in tubes", "Steam rises.", None)
    assert found.authors == (Person("Kettle", "P."), Person("Li", "B."), Person("Mast", "C."))
    assert found.date == Date(2007, 4, 2)
    assert (found.arxiv_id, found.venue) == ("0704.0001", "J.Tea 1 (2007)")
    assert found.fields == {
        "comment": "37 pages",
        "categories": "hep-ph",
        "journal_ref": "J.Tea 1 (2007)",
        "submitted_by": "Pat Kettle",
    }


HOSTILE = {
    "deep objects": '{"a":' * 100_000,
    "deep lists": "[" * 1_000_000,
    "deep and closed": '[{"a":' * 50_000 + "1" + "}]" * 50_000,
    "open quotes": '{"' + '\\"' * 100_000,
    "backslashes": "\\" * 100_000,
    "comments": GOOD + '{"id":' + "/*\n" * 20_000 + "}",
    "commas": GOOD + '{"id":1,' + ",   " * 50_000 + "}",
    "bad objects": GOOD + '{"x" bad}' * 2_000,
    "open objects": GOOD + '{"id": bad ' * 2_000,
    "numbers": "[" + "1," * 200_000 + "]",
    "long number": '[{"title": "x", "year": 2020, "n": ' + "9" * 50_000 + "}]",
    "empty objects": "{}" * 20_000,
    "literals": "true" * 100_000,
    "blank": "\n" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_end_soon(name: str) -> None:
    JsonArchive().sniff(HOSTILE[name][:200_000])
    JsonLines().sniff(HOSTILE[name][:200_000])
    read(JsonArchive(), HOSTILE[name])
    read(JsonLines(), HOSTILE[name])


def test_halves_of_characters_and_nul_are_cleaned() -> None:
    text = r'{"title": "Te\u0000a \ud800pots", "authors": ["\udfffBo Li"], "abstract": "\ud83d\ude00 ok \ud83d"}'
    (found,) = read(JsonArchive(), text).records
    assert found.title == "Tea \ufffdpots"
    assert found.abstract == "\U0001f600 ok \ufffd"
    assert found.authors == (Person("Li", "\ufffdBo"),)


_piece = st.one_of(
    st.sampled_from(
        [GOOD, ONE, "{", "}", "[", "]", '"', ",", ":", "\\", "\n", "null", "//", "/*", '"title":', r"\ud800"]
    ),
    st.text(max_size=6),
)


@given(st.lists(_piece, max_size=30).map("".join))
def test_any_text_is_accounted_for(text: str) -> None:
    text = text.replace("\r", "")
    for fmt in (JsonArchive(), JsonLines()):
        fmt.sniff(text)
        read(fmt, text)


_json = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from("title id paper data authors abstract year date doi urls versions content titles".split()),
            inner,
        ),
    ),
    max_leaves=20,
)


@given(_json)
def test_any_document_is_read(value: Any) -> None:
    for indent in (None, 1):
        read(JsonArchive(), json.dumps(value, indent=indent))


def test_a_number_of_authors_without_end_is_none() -> None:
    text = '[{"id":"2301.00001","title":"Paper boats here","abstract":"We fold.","authors":99999999999999999999}]'
    (record,) = read(JsonArchive(), text).records
    assert record.author_count is None


def test_what_was_searched_for_is_decoded() -> None:
    text = '{"query": "caf\\u00e9 models", "papers": [{"id":"2301.00001","title":"Paper boats","abstract":"We fold."}]}'
    assert JsonArchive().survey(text.split("\n")).search == "café models"


def of_datacite(**attributes: Any) -> Any:
    told: dict[str, Any] = {
        "doi": "10.5281/zenodo.77",
        "titles": [{"title": "Teapots"}],
        "creators": [{"name": "Fern, Bo", "nameType": "Personal"}],
        "publicationYear": 2019,
        "dates": [{"date": "2010/2012", "dateType": "Collected"}, {"date": "2019-04-05", "dateType": "Issued"}],
        "created": "2022-01-01T00:00:00.000Z",
        "types": {"resourceTypeGeneral": "Dissertation"},
    }
    answer = {"data": [{"id": "10.5281/zenodo.77", "type": "dois", "attributes": told | attributes}]}
    (record,) = read(JsonArchive(), json.dumps(answer, indent=1)).records
    return record


def test_datacite_tells_people_from_organisations_and_titles_from_other_titles() -> None:
    record = of_datacite(
        creators=[{"name": "Lantern Working Group", "nameType": "Organizational"}, {"name": "Fern, Bo"}],
        titles=[{"title": "Kannen", "titleType": "TranslatedTitle"}, {"title": "Teapots"}],
        descriptions=[{"description": "<p>Warm <i>tea</i>.</p>", "descriptionType": "Abstract"}],
        relatedItems=[{"titles": [{"title": "Journal of Tea"}], "publicationYear": 1999}],
    )
    assert record.authors == (Person("Lantern Working Group"), Person("Fern", "Bo"))
    assert (record.title, record.abstract, record.entry_type) == ("Teapots", "Warm tea.", "phdthesis")
    assert record.doi == "10.5281/zenodo.77"


def test_the_day_on_which_data_were_collected_or_a_doi_was_made_is_not_that_of_the_work() -> None:
    assert of_datacite().date == Date(2019, 4, 5)
    assert of_datacite(dates=[]).date == Date(2019)
    assert of_datacite(dates=[{"date": "2010", "dateType": "Collected"}]).date == Date(2019)
    versions = [{"date": f"20{year}-05-06", "dateType": "Submitted"} for year in (18, 20)]
    assert of_datacite(dates=versions, publicationYear=2018).date == Date(2018, 5, 6)
