"""Each rule finds what it is there for, leaves everything else alone, and its fix cures what it found."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import AROUND, after, found, paper

from db.domain.findings import RULES, Around, Kind, findings, mended
from db.domain.records import Attachment, Date, Person


def test_a_paper_of_a_dump_has_nothing_wrong_with_it() -> None:
    bare = paper(authors=(), author_count=5, date=Date(None, 3, 18), urls=("https://huggingface.co/papers/2403.1",))
    assert list(findings(bare, AROUND)) == []
    assert len(RULES) == len(Kind)


@pytest.mark.parametrize(
    ("values", "missing"),
    [
        ({"entry_type": "article"}, ["journal"]),
        ({"entry_type": "article", "venue": "J. of Kettles"}, []),
        ({"entry_type": "article", "fields": {"journaltitle": "J. of Kettles"}}, []),
        ({"entry_type": "inproceedings", "date": Date(), "authors": ()}, ["author", "year", "booktitle"]),
        ({"entry_type": "incollection", "venue": "Kettles"}, ["publisher"]),
        ({"entry_type": "book", "venue": "Kettle & Sons", "authors": (), "fields": {"editor": "Gull, Ann"}}, []),
        ({"entry_type": "phdthesis", "fields": {"institution": "Harbour"}}, []),
        ({"entry_type": "online"}, ["url"]),
        ({"entry_type": "online", "doi": "10.1000/182"}, []),
        ({"entry_type": "online", "authors": (), "urls": ("https://x.org",)}, ["author"]),
        ({"entry_type": "online", "authors": (), "doi": "10.1000/182", "fields": {"organization": "Harbour"}}, []),
        ({"entry_type": "article", "fields": {"publisher": "Kettle & Sons"}}, ["journal"]),
        ({"entry_type": "inproceedings", "fields": {"crossref": "kettles24"}}, []),
        ({"entry_type": "unpublished", "date": Date()}, ["year", "note"]),
        ({"entry_type": "dataset", "authors": (), "date": Date()}, ["year"]),
        ({"entry_type": "Proceedings", "authors": (), "fields": {"year": "n.d."}, "date": Date()}, []),
        ({"entry_type": "misc", "authors": (), "date": Date()}, []),
        ({"title": " "}, ["title"]),
    ],
)  # fmt: skip
def test_missing_fields(values: dict[str, Any], missing: list[str]) -> None:
    assert [one.field for one in found(Kind.MISSING, **values)] == missing


def test_an_article_that_only_arxiv_has_becomes_misc() -> None:
    assert after(Kind.MISSING, entry_type="article", arxiv_id="2403.01234").entry_type == "misc"
    assert found(Kind.MISSING, entry_type="article")[0].fix is None


@pytest.mark.parametrize(
    ("key", "plain"), [("müller 2020", "muller-2020"), ("a{b}c", "a-b-c"), ("groß%", "gross"), ("x" * 300, "x" * 200)]
)
def test_keys(key: str, plain: str) -> None:
    assert after(Kind.KEY, citation_key=key).citation_key == plain
    assert found(Kind.KEY, citation_key=plain) == []


def test_keys_that_differ_in_capitals_only() -> None:
    around = Around(AROUND.today, AROUND.exists, {"gull2024": 7})
    (one,) = findings(paper(citation_key="Gull2024"), around)
    assert (one.kind, one.fix and one.fix.after.citation_key) == (Kind.KEY, "Gull2024a")
    assert list(findings(paper(id=7, citation_key="gull2024"), around)) == []
    assert list(findings(paper(citation_key="kite2024"), around)) == []


def test_a_key_of_which_nothing_can_stay_is_left_to_the_person() -> None:
    (one,) = found(Kind.KEY, citation_key="论文")
    assert one.fix is None


def test_a_title_in_capitals_is_written_as_its_abstract_writes_the_words() -> None:
    title = "ALIGNING LLMS WITH HUMAN FEEDBACK FROM ARXIV: A SURVEY OF GPT-4 AND X-RAYS"
    abstract = "Aligning LLMs with people matters. We read arXiv and surveys."
    assert after(Kind.TITLE_CASE, title=title, abstract=abstract).title == (
        "Aligning LLMs with Human Feedback from arXiv: A Survey of GPT-4 and X-Rays"
    )


@pytest.mark.parametrize(
    ("title", "calm"),
    [
        ("KETTLES &amp; LANTERNS AT THE <i>HARBOUR</i>", "Kettles & Lanterns at the Harbour"),
        (r"KETTLES, \emph{LANTERNS} AND OTHER LIGHTS", r"Kettles, \emph{Lanterns} and Other Lights"),
    ],
)
def test_markup_and_latex_of_a_title_in_capitals_are_no_words(title: str, calm: str) -> None:
    assert after(Kind.TITLE_CASE, title=title).title == calm


@pytest.mark.parametrize(
    "title", ["BERT", "DALL-E 2", "Amber Kettles Of The Harbour", "GPT-4V", "大语言模型的调查报告与展望"]
)
def test_names_and_usual_titles_are_left_alone(title: str) -> None:
    assert found(Kind.TITLE_CASE, title=title) == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Kettles &amp; lanterns", "Kettles & lanterns"),
        ("a &amp;lt; b", "a < b"),
        ("<i>Amber</i> kettles<sub>2</sub>", "Amber kettles2"),
        ("<jats:p>We boil.</jats:p>", "We boil."),
        ("Erd&#337;s and Erd&#x151;s", "Erdős and Erdős"),
    ],
)
def test_markup(text: str, plain: str) -> None:
    assert after(Kind.MARKUP, title=text).title == plain
    assert after(Kind.MARKUP, abstract=text).abstract == plain
    assert after(Kind.MARKUP, fields={"series": text}).fields == {"series": plain}


@pytest.mark.parametrize("text", ["R&D; more", "a < b > c", "x <- y", "<think> tokens", "AT&T", "&unknownentity;"])
def test_signs_that_are_meant_are_left_alone(text: str) -> None:
    assert found(Kind.MARKUP, title=text) == []


@pytest.mark.parametrize(
    ("text", "plain"),
    [("{LLM}s and {kettles", "{LLM}s and kettles"), ("a}b{c}", "ab{c}"), ("}{", ""), (r"\{a} {", r"\{a")],
)
def test_braces(text: str, plain: str) -> None:
    assert after(Kind.BRACES, title=text).title == plain


def test_a_fix_of_a_long_text_shows_the_place() -> None:
    long = "Of amber kettles and velvet rivers. " * 9
    for kind, wrong in ((Kind.BRACES, "copper} lanterns"), (Kind.MARKUP, "copper&nbsp; lanterns")):
        (one,) = found(kind, abstract=f"{long}{wrong} {long}")
        assert one.fix is not None
        assert one.fix.words.startswith("Write “…")
        assert "copper lanterns" in one.fix.words.replace("\u00a0", "")
        assert len(one.fix.words) < 80
    (one,) = found(Kind.BRACES, title="Amber } kettles")
    assert one.fix is not None
    assert one.fix.words == "Write “Amber kettles”"


def test_braces_that_match_or_are_cut_off_are_left_alone() -> None:
    assert found(Kind.BRACES, title=r"{A {B}} \{ and $x_{i}$", fields={"url": "https://x.example/{"}) == []
    assert found(Kind.BRACES, abstract="We {boil", abstract_truncated=True) == []


def test_values_in_the_wrong_field() -> None:
    moved = after(Kind.MISPLACED, venue="https://kettles.example/a")
    assert (moved.venue, moved.urls) == (None, ("https://kettles.example/a",))
    moved = after(Kind.MISPLACED, urls=("https://doi.org/10.1000/182", "https://b.example"))
    assert (moved.doi, moved.urls) == ("10.1000/182", ("https://b.example",))
    assert after(Kind.MISPLACED, doi="https://doi.org/10.1000/182").doi == "10.1000/182"
    moved = after(Kind.MISPLACED, doi="https://kettles.example/a")
    assert (moved.doi, moved.urls) == (None, ("https://kettles.example/a",))
    assert after(Kind.MISPLACED, doi="10.48550/arXiv.2403.01234").arxiv_id == "2403.01234"
    assert after(Kind.MISPLACED, fields={"note": "See doi:10.1000/182."}).doi == "10.1000/182"
    assert found(Kind.MISPLACED, doi="nonsense")[0].fix is None
    for bare in ("10.1000/182", "doi.org/10.1000/182", "doi:10.1000/182"):
        moved = after(Kind.MISPLACED, urls=(bare,))
        assert (moved.doi, moved.urls) == ("10.1000/182", ())
    for name in ("doi", "note", "Series"):
        moved = after(Kind.MISPLACED, fields={name: "https://kettles.example/a", "volume": "3"})
        assert (moved.urls, moved.fields) == (("https://kettles.example/a",), {"volume": "3"})
    addresses = dict.fromkeys(("howpublished", "bdsk-url-1", "biburl", "pdf"), "https://kettles.example/a")
    assert found(Kind.MISPLACED, fields=addresses | {"note": "See https://kettles.example/a"}) == []
    assert found(Kind.MISPLACED, doi="10.1000/182", venue="Kettles", urls=("https://a.example",)) == []


@pytest.mark.parametrize(
    ("text", "mended"),
    [("1-9", "1--9"), ("1–9", "1--9"), ("A1-A12, 15 - 17", "A1--A12, 15--17"), ("12—15", "12--15")],
)
def test_page_ranges(text: str, mended: str) -> None:
    assert after(Kind.PAGES, fields={"pages": text}).fields == {"pages": mended}


@pytest.mark.parametrize("text", ["1--9", "e12", "5", "1-2-3", "S-12"])
def test_other_pages_are_left_alone(text: str) -> None:
    assert found(Kind.PAGES, fields={"pages": text}) == []


def test_fields_that_stand_twice() -> None:
    assert after(Kind.DUPLICATED, fields={"Volume": "5", "volume": "5"}).fields == {"Volume": "5"}
    said = {"journaltitle": "J. of Kettles", "volume": "5"}
    assert after(Kind.DUPLICATED, entry_type="article", venue="J. of Kettles", fields=said).fields == {"volume": "5"}
    assert found(Kind.DUPLICATED, venue="J. of Kettles", fields=said) == []  # misc has no journal of its own
    assert after(Kind.DUPLICATED, fields={"journal": "A  b", "journaltitle": "a B"}).fields == {"journal": "A  b"}
    links = ("https://a.example", "http://dx.doi.org/10.1000/Kettle")
    assert after(Kind.DUPLICATED, doi="10.1000/kettle", urls=links).urls == ("https://a.example",)
    assert found(Kind.DUPLICATED, doi="10.1000/other", urls=links) == []
    assert after(Kind.DUPLICATED, doi="10.1000/182", fields={"DOI": "10.1000/182"}).fields == {}
    (one,) = found(Kind.DUPLICATED, fields={"Volume": "5", "volume": "6"})
    assert one.fix is None
    assert found(Kind.DUPLICATED, fields={"journal": "A", "booktitle": "A", "address": "B", "location": "C"}) == []


@pytest.mark.parametrize(
    ("fields", "date", "wrong"),
    [
        ({"year": "20200"}, Date(), "year"), ({"year": "20"}, Date(), "year"), ({"Year": "soon"}, Date(), "year"),
        ({"year": "to appear"}, Date(), ""), ({"year": "n.d."}, Date(), ""), ({"year": "c. 1999"}, Date(1999), ""),
        ({"year": "20200"}, Date(2020), ""),
        ({"month": "foo"}, Date(2020), "month"), ({"month": "13"}, Date(2020), "month"),
        ({"month": "Late Summer"}, Date(2020), ""), ({"month": "Q3"}, Date(2020), ""),
        ({"month": "foo"}, Date(2020, 3), ""), ({"month": " "}, Date(2020), ""),
        ({"day": "31"}, Date(2020, 2), "day"), ({"day": "31"}, Date(2020, 1, 31), ""), ({"day": "3"}, Date(2020), ""),
        ({"date": "2020-17"}, Date(2020), "date"), ({"date": "2020-02-30"}, Date(2020, 2), "date"),
        ({"date": "someday"}, Date(), "date"), ({"date": "2020-21"}, Date(2020), ""),
        ({"date": "2020-01/2020-03~"}, Date(2020, 1), ""), ({"date": "199X"}, Date(1990), ""),
        ({"date": "2020-02-28/2020-03-01"}, Date(2020, 2, 28), ""), ({"date": "forthcoming"}, Date(), ""),
    ],
)  # fmt: skip
def test_dates_that_no_calendar_has(fields: dict[str, str], date: Date, wrong: str) -> None:
    told = found(Kind.DATE, fields=fields, date=date)
    assert [one.field.lower() for one in told] == ([f"fields.{wrong}"] if wrong else [])
    assert all(one.fix is None and one.words.endswith(f"” is no {wrong}") for one in told)


@pytest.mark.parametrize(
    ("date", "ahead"),
    [
        (Date(2026, 5, 20), False), (Date(2027, 5, 20), False), (Date(2027, 5, 21), True), (Date(2028), True),
        (Date(2027), False), (Date(2026, 6, inferred=True), True), (Date(2026, inferred=True), False),
        (Date(None, 12), False), (Date(2027, 4, 30), False),
    ],
)  # fmt: skip
def test_dates_in_the_future(date: Date, ahead: bool) -> None:
    assert bool(found(Kind.FUTURE, date=date)) is ahead


def test_lost_files() -> None:
    files = (Attachment("/there.pdf"), Attachment("/gone.pdf"), Attachment("beside.pdf"), Attachment(r"C:\x.pdf"))
    assert [one.field for one in found(Kind.FILE, attachments=files)] == ["file /gone.pdf"]
    assert after(Kind.FILE, attachments=files).attachments == (files[0], *files[2:])


def test_several_fixes_of_one_text_build_on_each_other() -> None:
    sick = paper(title="<b>AMBER KETTLES &amp; {LANTERNS AT SEA</b>", fields={"pages": "1-9"})
    cured = mended(sick, AROUND, lambda _one: True)
    assert (cured.title, cured.fields) == ("Amber Kettles & Lanterns at Sea", {"pages": "1--9"})
    only = mended(sick, AROUND, lambda one: one.kind == Kind.PAGES)
    assert (only.title, only.fields) == (sick.title, {"pages": "1--9"})


TEXT = st.text(st.sampled_from("ABC abc{}\\&;<>i/#1-–$"), max_size=40) | st.text(max_size=30)


@given(TEXT, TEXT, st.dictionaries(st.sampled_from(["pages", "note", "Note", "journal"]), TEXT, max_size=4))
def test_what_has_a_fix_is_cured_by_it(title: str, abstract: str, fields: dict[str, str]) -> None:
    sick = paper(title=title, abstract=abstract, fields=fields, authors=(Person("Gull"),))
    cured = mended(sick, AROUND, lambda _one: True)
    assert [one for one in findings(cured, AROUND) if one.fix] == []
    assert mended(cured, AROUND, lambda _one: True) == cured
