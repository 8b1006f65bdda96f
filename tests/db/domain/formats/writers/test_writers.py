"""How each format looks, and that hostile texts stay texts."""

from __future__ import annotations

import csv
import io
import json

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from db.domain.formats.bibwrite import BibEntry, ExportOptions
from db.domain.formats.tables.guard import guarded, unguarded
from db.domain.formats.writers import WRITERS, by_name
from db.domain.records import Attachment, Date, Person

KETTLES = BibEntry(
    "amber-kettles-2025",
    "Amber kettles: a survey",
    (Person("Gull", "Ann"), Person("van der Mast", "Chiara"), Person("The Sheaf Team")),
    date=Date(2025, 3, 18, inferred=True, evidence="page"),
    abstract="We boil.\nWe pour.",
    seen=("full.txt, record 3",),
    url="https://kettles.example/a?b=1&c=(2)",
    arxiv_id="2503.01234",
    doi="10.1000/182",
    venue="Proc. of Kettles",
    keywords=("to read", "steam"),
    entry_type="inproceedings",
    fields={"pages": "1--9", "booktitle": "Proc. of Kettles", "annex": "B"},
    files=(Attachment("/home/ann/kettles.pdf"),),
    notes="Mine.",
    status="reading",
    rating=4,
)
ALL = ExportOptions(personal=True, note=True)


def text_of(name: str, *entries: BibEntry, options: ExportOptions = ALL) -> str:
    writer = by_name(name)
    assert writer is not None
    return "".join(writer.write(entries, options))


def test_every_format_has_a_name_and_a_suffix_of_its_own() -> None:
    assert [writer.name for writer in WRITERS] == ["bibtex", "biblatex", "ris", "csl-json", "csv", "markdown"]
    assert len({writer.label for writer in WRITERS}) == len(WRITERS)
    assert [writer.suffix for writer in WRITERS] == [".bib", ".bib", ".ris", ".json", ".csv", ".md"]
    assert by_name("word") is None


def test_ris() -> None:
    assert text_of("ris", KETTLES).splitlines() == [
        "TY  - CPAPER",
        "TI  - Amber kettles: a survey",
        "AU  - Gull, Ann",
        "AU  - van der Mast, Chiara",
        "AU  - The Sheaf Team,",
        "PY  - 2025",
        "DA  - 2025/03/18/",
        "T2  - Proc. of Kettles",
        "AB  - We boil. We pour.",
        "DO  - 10.1000/182",
        "DB  - arXiv",
        "AN  - arXiv:2503.01234",
        "UR  - https://kettles.example/a?b=1&c=(2)",
        "KW  - to read",
        "KW  - steam",
        "N1  - Mine.",
        "N1  - Seen in full.txt, record 3. Year inferred",
        "L1  - /home/ann/kettles.pdf",
        "SP  - 1",
        "EP  - 9",
        "ID  - amber-kettles-2025",
        "ER  - ",
        "",
    ]


def test_other_readers_understand_ris() -> None:
    first, second = rispy.loads(text_of("ris", KETTLES, KETTLES))
    assert first["title"] == second["title"] == "Amber kettles: a survey"
    assert first["authors"] == ["Gull, Ann", "van der Mast, Chiara", "The Sheaf Team,"]
    assert (first["year"], first["doi"], first["id"]) == ("2025", "10.1000/182", "amber-kettles-2025")
    assert first["keywords"] == ["to read", "steam"]


def test_other_readers_understand_the_table() -> None:
    table = io.StringIO(text_of("csv", KETTLES).encode("utf-8").decode("utf-8-sig"))
    (row,) = csv.DictReader(table)
    assert (row["Title"], row["Year"], row["Pages"]) == ("Amber kettles: a survey", "2025", "1--9")


def test_csl_json() -> None:
    (item,) = json.loads(text_of("csl-json", KETTLES))
    assert item == {
        "id": "amber-kettles-2025",
        "citation-key": "amber-kettles-2025",
        "type": "paper-conference",
        "title": "Amber kettles: a survey",
        "author": [
            {"family": "Gull", "given": "Ann"},
            {"family": "van der Mast", "given": "Chiara"},
            {"literal": "The Sheaf Team"},
        ],
        "issued": {"date-parts": [[2025, 3, 18]], "circa": True},
        "container-title": "Proc. of Kettles",
        "DOI": "10.1000/182",
        "URL": "https://kettles.example/a?b=1&c=(2)",
        "archive": "arXiv",
        "archive_location": "arXiv:2503.01234",
        "page": "1-9",
        "keyword": "to read, steam",
        "abstract": "We boil.\nWe pour.",
        "note": "Mine.",
        "custom": {"annex": "B"},
    }
    assert json.loads(text_of("csl-json")) == []
    assert len(json.loads(text_of("csl-json", KETTLES, KETTLES))) == 2


def test_csv() -> None:
    first, second = text_of("csv", KETTLES).splitlines()
    assert first == (
        "\ufeffTitle,Authors,Year,Date,Year inferred,Venue,DOI,arXiv ID,URL,Entry type,Citation key,Keywords,Abstract,"
        "Status,Rating,Notes,Files,Volume,Number,Pages,Publisher,Address,Edition,Series,Editor,Issn,Isbn,Language"
    )
    assert second == (
        'Amber kettles: a survey,"Gull, Ann; van der Mast, Chiara; The Sheaf Team,",2025,2025-03-18,yes,'
        "Proc. of Kettles,10.1000/182,2503.01234,https://kettles.example/a?b=1&c=(2),inproceedings,amber-kettles-2025,"
        "to read; steam,We boil. We pour.,reading,4,Mine.,/home/ann/kettles.pdf,,,1--9,,,,,,,,"
    )


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1", "-x", "@SUM(1)", "'=1", "''-1"])
def test_no_spreadsheet_takes_a_title_for_a_formula(title: str) -> None:
    row = text_of("csv", BibEntry("k", title)).splitlines()[1]
    assert row.lstrip('"').startswith("'")
    assert unguarded(guarded(title)) == title


@given(st.text(st.sampled_from("'=+-@ab"), max_size=6))
def test_what_is_guarded_comes_back(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


def test_markdown() -> None:
    assert text_of("markdown", KETTLES, options=ExportOptions(abstract=False, keywords=False)) == (
        "- Ann Gull, Chiara van der Mast and The Sheaf Team. "
        "[Amber kettles\\: a survey](https://kettles.example/a?b=1&amp;c=%282%29). "
        "*Proc. of Kettles*, 2025 (inferred). `amber-kettles-2025`\n"
    )
    shown = text_of("markdown", KETTLES)
    assert "steam. `amber" in shown
    assert shown.endswith("\n\n  We boil. We pour.\n\n  Mine.\n")


def test_many_authors_are_counted() -> None:
    people = tuple(Person(f"Gull{at}") for at in range(9))
    assert "Gull5 and 3 others." in text_of("markdown", BibEntry("k", "T", people))
    assert text_of("markdown", BibEntry("k", "T", people[:7])).count("and 1 other.") == 1
    assert "Gull0 and others. T." in text_of("markdown", BibEntry("k", "T", people[:1], more_authors=True))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "https://a b", "data:text/html,x", ""])
def test_only_the_web_is_linked_to(url: str) -> None:
    assert text_of("markdown", BibEntry("k", "T", url=url)) == "- T. `k`\n"


def test_a_doi_without_an_address_becomes_a_link_that_ends_where_it_ends() -> None:
    written = text_of("markdown", BibEntry("k", "T", doi="10.1002/(SICI)1<1>3.0#CO;2-B"))
    assert written == "- [T](https://doi.org/10.1002/%28SICI%291%3C1%3E3.0%23CO;2-B). `k`\n"


NASTY = st.text(st.sampled_from("ab1 \\`*_{}[]<>()#+-.!|~$^&;:/@=\"'\n\t0"), max_size=30) | st.sampled_from(
    ["<img src=x onerror=alert(1)>", "](javascript:x)", "1. x", "1) x", "- x", "+ x", "# x", "> x", "---", "***",
     "    x", "https://x.example", "www.x.example", "&lt;b&gt;", "![a](b)", "```", "| a | b |", "[x]: y", "a  \nb"]
)  # fmt: skip


@given(title=NASTY, name=NASTY, venue=NASTY, abstract=NASTY)
def test_markdown_shows_hostile_texts_as_they_are(title: str, name: str, venue: str, abstract: str) -> None:
    entry = BibEntry("k", title, (Person(name or "x"),), venue=venue, abstract=abstract, url="https://a.example/")
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text_of("markdown", entry))
    blocks = [token.type for token in tokens if token.type not in ("inline", "paragraph_open", "paragraph_close")]
    assert blocks == ["bullet_list_open", "list_item_open", "list_item_close", "bullet_list_close"]
    first, *rest = [token for token in tokens if token.type == "inline"]
    inner = [child for child in first.children or [] if child.type not in ("text", "text_special")]
    kinds = [child.type for child in inner]
    assert set(kinds) <= {"link_open", "link_close", "em_open", "em_close", "code_inline"}
    assert kinds.count("link_open") == 1
    assert next(child for child in inner if child.type == "link_open").attrs == {"href": "https://a.example/"}
    shown = "".join(child.content for child in first.children or [])
    assert " ".join(title.split()) in shown
    assert all(child.type in ("text", "text_special") for token in rest for child in token.children or [])
    assert "".join(child.content for token in rest for child in token.children or []) == " ".join(abstract.split())
