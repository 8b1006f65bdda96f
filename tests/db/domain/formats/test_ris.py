"""RIS files: usual exports, odd ones, broken ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.formats.ris import LONGEST_ENTRY, Ris
from db.domain.formats.survey import Survey
from db.domain.records import Attachment, Date, Issue, Ledger, Person, Record

BOATS = """TY  - JOUR
AU  - Gull, Ann
AU  - van Dijk, Bo, Jr
TI  - Paper Boats in Radio Tides
T2  - Journal of Kites
AB  - We fold boats.
They sail far.
PY  - 2021
DA  - 2021/03/04/
VL  - 7
IS  - 2
SP  - 1
EP  - 9
SN  - 1234-5678
DO  - https://doi.org/10.1000/Boats.1
UR  - https://arxiv.org/abs/2101.00001v2
KW  - sea
KW  - paper; tides
N1  - Read again
L1  - /home/ann/boats.pdf
ID  - gull2021
XX  - odd
ER  -
"""


def read(text: str) -> tuple[list[Record], list[Issue], Ledger]:
    lines = text.split("\n")
    items = list(Ris().read(iter(lines), Survey()))
    ledger = items.pop()
    assert isinstance(ledger, Ledger)
    total = ledger.record_lines + ledger.furniture_lines + ledger.blank_lines + ledger.issue_lines
    assert total == ledger.lines == len(lines)
    records = [i for i in items if isinstance(i, Record)]
    assert all(1 <= r.line_title <= (r.line_abstract or r.line_title) <= r.line_end <= len(lines) for r in records)
    return records, [i for i in items if isinstance(i, Issue)], ledger


def test_every_field_of_an_entry() -> None:
    assert Ris().sniff(BOATS) > 0.9
    (boats,), issues, _ledger = read(BOATS)
    assert not issues
    assert boats.title == "Paper Boats in Radio Tides"
    assert boats.abstract == "We fold boats. They sail far."
    assert boats.authors == (Person("Gull", "Ann"), Person("van Dijk Jr", "Bo"))
    assert (boats.date, boats.year_explicit, boats.venue) == (Date(2021, 3, 4), 2021, "Journal of Kites")
    assert (boats.doi, boats.arxiv_id, boats.citation_key) == ("10.1000/Boats.1", "2101.00001", "gull2021")
    assert boats.keywords == ("sea", "paper", "tides")
    assert (boats.notes, boats.attachments) == ("Read again", (Attachment("/home/ann/boats.pdf"),))
    assert boats.fields == {"volume": "7", "number": "2", "pages": "1--9", "issn": "1234-5678", "ris-xx": "odd"}
    assert (boats.entry_type, boats.line_title, boats.line_abstract, boats.line_end) == ("article", 1, 6, 23)


def test_entries_one_after_another_and_what_stands_between() -> None:
    text = "Provider: Kites\n\n" + BOATS + "\n" + BOATS.replace("Boats in", "Kites in").replace("\n", "\r\n") + "stray"
    assert Ris().sniff(text) > 0.9
    records, issues, ledger = read(text)
    assert [r.title for r in records] == ["Paper Boats in Radio Tides", "Paper Kites in Radio Tides"]
    assert not issues
    assert ledger.furniture_lines == 2


def test_an_entry_without_an_end_is_kept_and_told() -> None:
    cut = BOATS.replace("ER  -\n", "")
    records, issues, _ledger = read(cut + BOATS + cut)
    assert len(records) == 3
    assert [one.line for one in issues] == [1, 46]
    assert all("no ER line" in one.why for one in issues)


def test_an_entry_without_a_title_is_told_with_its_text() -> None:
    records, issues, ledger = read("TY  - JOUR\nAU  - Gull, Ann\n\nER  - \n" + BOATS)
    assert len(records) == 1
    assert "no title" in issues[0].why
    assert "Gull, Ann" in issues[0].text
    assert ledger.issue_lines == 3


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("PY  - 2020///", Date(2020)), ("Y1  - 2020/5/", Date(2020, 5)), ("DA  - 2020/05/31", Date(2020, 5, 31)),
        ("PY  - 2020\nDA  - Mar 3", Date(2020)), ("DA  - 31 May 2020", Date(2020, 5, 31)), ("PY  - in press", Date()),
        ("PY  - 2020\nDA  - 2020-02-31", Date(2020, 2)), ("PY  - 2019\nDA  - 2020-02-01", Date(2019)),
    ],
)  # fmt: skip
def test_dates(lines: str, date: Date) -> None:
    (record,), _issues, _ledger = read(f"TY  - CONF\nTI  - Kites\n{lines}\nER  - ")
    assert record.date == date


def test_one_blank_before_the_dash_is_enough() -> None:
    (record,), _issues, _ledger = read("TY - CHAP\nT1 - Kites\nA1 - Gull, Ann\nER - ")
    assert (record.title, record.authors, record.entry_type) == ("Kites", (Person("Gull", "Ann"),), "incollection")


@pytest.mark.parametrize("text", ["", "TY", "Kites\n\nTY is a tag\n", "@article{x,\n}", "title,year\na,b\n"])
def test_other_texts(text: str) -> None:
    assert Ris().sniff(text) == 0


TAGS = st.sampled_from(
    ["TY  - JOUR", "ER  - ", "TI  - A", "AU  - B, C", "AB  -", "  x", "", "KW  - a;b", "ZZ  - q", "TI  -"]
)


@given(st.lists(st.one_of(TAGS, st.text(max_size=12).filter(lambda t: "\n" not in t)), max_size=40))
def test_any_lines_are_accounted_for(lines: list[str]) -> None:
    read("\n".join(lines))


def test_nothing_that_an_entry_says_is_lost() -> None:
    text = "\n".join(
        [
            "TY  - JOUR", "TI  - Paper Boats", "T1  - Boats of Paper", "AB  - One half.", "AB  - The other half.",
            "N2  - Another text.", "A2  - Smith, John", "ED  - Doe, Jane", "SN  - 1111-2222", "SN  - 3333-4444",
            "T2  - Journal of Kites", "JA  - J. Kites", "UR  - ftp://a.example/b", "UR  - https://b.example/c",
            "PY  - Spring", "ID  - two words", "ER  - ",
        ]
    )  # fmt: skip
    (record,), _issues, _ledger = read(text)
    assert record.abstract == "One half. The other half."
    assert record.venue == "Journal of Kites"
    assert record.urls == ("https://b.example/c",)
    assert dict(record.fields) == {
        "editor": "Smith, John and Doe, Jane", "issn": "1111-2222; 3333-4444", "ris-t1": "Boats of Paper",
        "ris-n2": "Another text.", "ris-ja": "J. Kites", "ris-ur": "ftp://a.example/b", "ris-py": "Spring",
        "ris-id": "two words",
    }  # fmt: skip


def test_what_is_too_much_of_an_entry_is_counted_and_said() -> None:
    lines = [
        "TY  - JOUR",
        "TI  - Boats",
        *["N1  - note"] * LONGEST_ENTRY,
        "ER  - ",
        "TY  - JOUR",
        "TI  - Kites",
        "ER  - ",
    ]
    records, issues, ledger = read("\n".join(lines))
    assert [record.title for record in records] == ["Boats", "Kites"]
    assert ledger.issue_lines == 3
    assert ledger.furniture_lines == 0
    assert any("more than 20,000 lines" in issue.why for issue in issues)


@pytest.mark.parametrize(
    ("stated", "path"),
    [
        ("file:///C:/Users/ada/Quill%20-%202021.pdf", "C:/Users/ada/Quill - 2021.pdf"),
        ("file:///home/ada/a%26b.pdf", "/home/ada/a&b.pdf"),
        ("files/12/a_b%20c.pdf", "files/12/a_b%20c.pdf"),
    ],
)
def test_addresses_of_files_are_paths(stated: str, path: str) -> None:
    (record,), _issues, _ledger = read(f"TY  - JOUR\nTI  - Kites\nL1  - {stated}\nER  -")
    assert record.attachments == (Attachment(path),)
