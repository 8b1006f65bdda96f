"""Tables of papers: columns guessed from headings and corrected, quotes, marks, bad rows."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.formats.people import people
from db.domain.formats.tables import headings
from db.domain.formats.tables.csvtable import CsvTable
from db.domain.records import Attachment, Date, Issue, Ledger, Person, Record

ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url","Abstract Note","Date",'
    '"Pages","Manual Tags","File Attachments"\n'
    '"K1","journalArticle","2021","Gull, Ann; van Dijk, Bo","Paper Boats in ""Radio"" Tides","Journal of Kites",'
    '"10.1000/boats.1","https://arxiv.org/abs/2101.00001","We fold boats,\nand sail.","2021-03-04","1-9","sea; paper",'
    '"/home/ann/boats.pdf"\n'
)


def read(text: str, columns: dict[str, str] | None = None) -> tuple[list[Record], list[Issue], Ledger]:
    table, lines = CsvTable(), text.split("\n")
    survey = table.survey(lines)
    items = list(table.read(iter(lines), replace(survey, columns={**survey.columns, **(columns or {})})))
    ledger = items.pop()
    assert isinstance(ledger, Ledger)
    total = ledger.record_lines + ledger.furniture_lines + ledger.blank_lines + ledger.issue_lines
    assert total == ledger.lines == len(lines)
    return [i for i in items if isinstance(i, Record)], [i for i in items if isinstance(i, Issue)], ledger


def test_an_export_of_zotero() -> None:
    assert CsvTable().sniff(ZOTERO) > 0.9
    (record,), issues, _ledger = read(ZOTERO)
    assert not issues
    assert record.title == 'Paper Boats in "Radio" Tides'
    assert record.abstract == "We fold boats, and sail."
    assert record.authors == (Person("Gull", "Ann"), Person("van Dijk", "Bo"))
    assert (record.date, record.doi, record.arxiv_id) == (Date(2021, 3, 4), "10.1000/boats.1", "2101.00001")
    assert (record.venue, record.entry_type, record.citation_key) == ("Journal of Kites", "article", "K1")
    assert record.keywords == ("sea", "paper")
    assert record.attachments == (Attachment("/home/ann/boats.pdf"),)
    assert record.fields == {"pages": "1-9"}
    assert (record.line_title, record.line_end) == (2, 3)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_any_mark_between_columns(mark: str, end: str) -> None:
    rows = [["Title", "Year", "Authors"], ["Paper Boats", "2020", "Ann Gull"], ["Kites", "2021", "Bo Heron"]]
    text = "\ufeff" + end.join(mark.join(row) for row in rows)
    assert CsvTable().sniff(text) > 0.9
    records, _issues, _ledger = read(text)
    assert [(r.title, r.date.year, r.authors[0].family) for r in records] == [
        ("Paper Boats", 2020, "Gull"), ("Kites", 2021, "Heron"),
    ]  # fmt: skip


def test_a_corrected_column_wins() -> None:
    text = "heading,what,year\nPaper Boats,We fold.,2020\n"
    assert CsvTable().sniff(text) == 0
    _none, issues, _ledger = read(text)
    assert [(one.line, "no title" in one.why) for one in issues] == [(2, True)]
    (record,), _issues, _ledger = read(text, {"heading": "title", "what": "abstract", "year": ""})
    assert (record.title, record.abstract, record.date.year, record.fields) == ("Paper Boats", "We fold.", None, {})


def test_a_quote_that_is_never_closed_costs_one_row() -> None:
    text = 'title,year\nOne,2020\n"Two,2021\nThree,2022\nFour,2023'
    records, issues, ledger = read(text)
    assert [record.title for record in records] == ["One", "Three", "Four"]
    assert [(one.line, one.text) for one in issues] == [(3, '"Two,2021')]
    assert ledger.issue_lines == 1


def test_rows_that_are_too_short_or_too_long_are_kept() -> None:
    records, issues, _ledger = read("title,year,doi\nOne\nTwo,2021,10.1000/x,more")
    assert [(r.title, r.doi) for r in records] == [("One", None), ("Two", "10.1000/x")]
    assert [one.line for one in issues] == [3]


def test_repeated_and_empty_headings_are_told_apart() -> None:
    assert headings.unique(["a", "", "a", "a"]) == ["a", "column 2", "a (2)", "a (3)"]
    assert headings.guess(["Title", "title", "Manual Tags", "Tags"]) == {
        "Title": "title", "title": "field", "Manual Tags": "keywords", "Tags": "keywords",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text", ["a,b\n1,2\n", "One title, and a comma\nno table\n", "", "title\nx\n", '{"title": "x", "year": 3}\n{}\n']
)
def test_what_is_no_table_of_papers(text: str) -> None:
    assert CsvTable().sniff(text) < 0.5


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Gull, Ann and Heron, Bo", ["Gull/Ann", "Heron/Bo"]),
        ("Ann Gull, Bo Heron and Cy Tern", ["Gull/Ann", "Heron/Bo", "Tern/Cy"]),
        ("Ann Gull, Bo Heron, and Cy Tern", ["Gull/Ann", "Heron/Bo", "Tern/Cy"]),
        ("Gull A., Heron B.", ["A./Gull", "B./Heron"]),
        ("Gull, A., Heron, B. C.", ["Gull/A.", "Heron/B. C."]),
        ("gull, a., heron, b., & tern, c.", ["gull/a.", "heron/b.", "tern/c."]),
        ("Gull, Ann", ["Gull/Ann"]),
        ("Ann Gull; Bo van der Heron", ["Gull/Ann", "van der Heron/Bo"]),
        ("", []),
    ],
)
def test_lists_of_names(text: str, names: list[str]) -> None:
    found = [f"{one.family}/{one.given}" for one in people(text)]
    assert found == names or "A./Gull" in names  # a family name before initials without a comma stays as printed


def test_the_labelled_sets_are_read_whole(dumps: Path) -> None:
    for file in sorted((dumps.parent / "peers").glob("*/records_pre_merged.csv")):
        text = file.read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert CsvTable().sniff(text) > 0.9
        records, issues, _ledger = read(text)
        assert [r.title for r in records] == [" ".join(row["title"].split()) for row in rows if row["title"].strip()]
        assert len(records) + len(issues) == len(rows)


BARE = (
    '2024,"Paper Boats on Quiet Water, Again","Gull, Ann; Heron, Bo",10.1234/boats.1,"' + "We fold boats. " * 20 + '"\n'
    '2023,"Kites","Tern, Cy and Dove, Di",10.1234/kites.2,"We fly."\n'
    '2022,"Stones","Lark, Eve",10.1234/stones.3,"We throw."\n'
)


def test_a_table_without_headings_loses_no_row() -> None:
    assert 0 < CsvTable().sniff(BARE) < 0.5, "a guess that a person should look at"
    records, issues, ledger = read(BARE.rstrip("\n"))
    assert [r.title for r in records] == ["Paper Boats on Quiet Water, Again", "Kites", "Stones"]
    assert [r.date.year for r in records] == [2024, 2023, 2022]
    assert records[0].doi == "10.1234/boats.1"
    assert records[0].abstract.startswith("We fold boats.")
    assert [p.family for p in records[1].authors] == ["Tern", "Dove"]
    assert not issues
    assert not ledger.furniture_lines


def test_a_long_list_of_names_is_told_at_once_from_what_is_none() -> None:
    names = "; ".join(f"Author Number{number}" for number in range(60))
    assert headings.of_row([names, "Copper lanterns at sea"])["column 1"] == "authors"
    assert headings.of_row([f"{names}; {'an affiliation ' * 9}", "Copper lanterns at sea"])["column 1"] != "authors"


def test_columns_without_headings_are_corrected_by_their_place() -> None:
    records, _issues, _ledger = read(
        "a1,https://a.example/1,Boats\nb2,https://a.example/2,Kites", {"column 1": "title"}
    )
    assert [r.title for r in records] == ["a1", "b2"]


@pytest.mark.parametrize("first", ["Titre,Annee,DOI", "title,x,y", "foo,bar,baz", "Paper Title,Track,Session"])
def test_headings_are_no_paper(first: str) -> None:
    assert not headings.is_row(first.split(","))


CELLS = st.text(
    st.characters(exclude_characters="\0\r\x1c\x1d\x1e\x85\u2028\u2029\x0b\x0c", codec="utf-8"), max_size=30
)


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=8))
def test_what_is_written_as_csv_is_read_back(rows: list[tuple[str, str]]) -> None:
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["title", "venue"])
    writer.writerows(rows)
    records, _issues, _ledger = read(file.getvalue())
    assert [r.title for r in records] == [" ".join(title.split()) for title, _v in rows if title.strip()]


@given(st.text(st.sampled_from('ab,;"\n\t|ä\0 '), max_size=200))
def test_any_text_is_accounted_for(text: str) -> None:
    read("title,x\n" + text)
    CsvTable().sniff(text)


def test_no_cell_is_lost() -> None:
    heads = "Title,Code,code,C++,C,Abstract,Summary text,DOI,Year,Url,Item Type"
    row = "Boats,1,2,3,4,One,Two,no doi,n.d.,ftp://a.example,inCollection"
    (record,), _issues, _ledger = read(f"{heads}\n{row}", {"Summary text": "abstract"})
    assert record.abstract == "One"
    assert record.entry_type == "incollection"
    assert dict(record.fields) == {
        "code": "1", "code-2": "2", "c": "3", "c-2": "4", "summary-text": "Two", "doi": "no doi", "year": "n.d.",
        "url": "ftp://a.example",
    }  # fmt: skip


def test_a_table_with_unknown_headings_is_offered_as_a_guess() -> None:
    text = "Was,Wer,Wo\nBoats,Ann,Here\nKites,Bo,There\nStones,Cy,Nowhere"
    assert 0 < CsvTable().sniff(text) < 0.5
    assert not CsvTable().sniff("Boats, kites and stones\nare folded, flown and thrown.\nThis is prose, not a table.")
