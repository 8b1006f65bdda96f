"""The bibliographies that other programs test themselves with: each is read, and says what it should."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.domain.errors import LibraryError
from db.domain.formats import textfile
from db.domain.formats.bibread import Bibtex
from db.domain.records import Attachment, Date, Issue, Ledger, Person, Record, Status

FEWEST = 250


@pytest.fixture(scope="session")
def bibs(dumps: Path) -> dict[str, Path]:
    """The files by the end of their path."""
    folder = dumps.parent / "bib"
    if not folder.is_dir():
        pytest.skip(f"the bibliographies of other programs are not at {folder}")
    return {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*.bib"))}


def read(path: Path) -> tuple[dict[str, Record], list[Issue], Ledger]:
    fmt, lines = Bibtex(), textfile.open_lines(path)
    lines.longest = fmt.longest
    survey = replace(fmt.survey(lines), encoding=lines.encoding)
    *items, ledger = fmt.read(lines, survey)
    assert isinstance(ledger, Ledger)
    records = {item.citation_key or str(item.index): item for item in items if isinstance(item, Record)}
    return records, [item for item in items if isinstance(item, Issue)], ledger


def named(bibs: dict[str, Path], end: str) -> dict[str, Record]:
    return read(next(path for name, path in bibs.items() if name.endswith(end)))[0]


def readable(bibs: dict[str, Path]) -> Iterator[Path]:
    for path in bibs.values():
        if path.stat().st_size:
            yield path


def test_every_file_is_read_and_every_line_accounted_for(bibs: dict[str, Path]) -> None:
    assert len(bibs) > FEWEST
    total = 0
    for path in readable(bibs):
        try:
            records, issues, ledger = read(path)
        except LibraryError:
            continue  # no text
        lines = sum(1 for _ in textfile.open_lines(path))
        assert ledger.lines == lines, path
        counts = (ledger.record_lines, ledger.furniture_lines, ledger.blank_lines, ledger.issue_lines)
        assert min(counts) >= 0, path
        assert sum(counts) == lines, path
        total += len(records)
        for record in records.values():
            assert 1 <= record.line_title <= record.line_end <= lines, path
            assert record.title or any("no title" in issue.why for issue in issues), path
            assert not any(person.family.startswith("{") for person in record.authors), path
    assert total > 1_400


def test_biblatex_examples(bibs: dict[str, Path]) -> None:
    found = named(bibs, "biblatex-examples.bib")
    assert len(found) == 92 or len(found) > 85
    baez = found["baez/article"]
    assert baez.arxiv_id == "math/0307200"
    assert baez.venue == "Theory and Applications of Categories"
    assert baez.authors == (Person("Baez", "John C."), Person("Lauda", "Aaron D."))
    space = found["westfahl:space"]
    assert space.venue == "Space and Beyond"
    assert space.fields["booksubtitle"] == "The Frontier Theme in Science Fiction"
    assert space.date == Date(2000)
    assert found["jaffe"].fields["date"] == "1885/1888"
    assert found["vangennep"].authors == (Person("van Gennep", "Arnold"),)
    assert found["sigfridsson"].doi == "10.1002/(SICI)1096-987X(199803)19:4<377::AID-JCC1>3.0.CO;2-P"


def test_jabrefs_groups_marks_and_files(bibs: dict[str, Path]) -> None:
    found = named(bibs, "testbib/complex.bib")
    assert found["1137631"].collections == (
        ("StaticGroup",), ("TestOne", "TestOneSubOne"), ("TestOne", "TestOneSubTwo"), ("TestOne",), ("TestTwo",),
        ("DynamicGroup",),
    )  # fmt: skip
    assert found["1137628"].status is Status.READ
    assert found["820136"].status is Status.READING
    assert found["1137631"].attachments[0].path.endswith("/p11-bostrom.pdf")
    assert found["1137631"].authors[2] == Person("Bodén", "Marine")
    old = named(bibs, "testbib/utf8-bom.bib")
    assert old["Aal2005"].attachments[0] == Attachment(
        "Pi-Kalkül\\Aal2005 - 05-05 Pi Calc vs Petri Nets - Aalst.pdf",
        "Aal2005 - 05-05 Pi Calc vs Petri Nets - Aalst.pdf",
        "application/pdf",
    )
    assert old["Aal2005"].title.startswith("Pi Calculus Versus Petri Nets: Let Us Eat Humble Pie")


def test_jabrefs_crossref(bibs: dict[str, Path]) -> None:
    found = named(bibs, "testbib/crossref.bib")
    child = found["DBLP:conf/wicsa/ZimmermannWKG15"]
    assert child.fields["editor"] == "Len Bass and Patricia Lago and Philippe Kruchten"
    assert child.fields["publisher"] == "IEEE Computer Society"
    assert child.doi == "10.1109/WICSA.2015.29"


def test_comments_and_names_of_the_typst_files(bibs: dict[str, Path]) -> None:
    found = named(bibs, "valid/comments.bib")
    assert list(found) == [
        "mcelreath2007mathematical", "fischer2022equivalence", "roes2003belief", "wong2016null"
    ]  # fmt: skip
    assert found["wong2016null"].title == "Null hypothesis testing (I)-5% significance level"
    assert found["fischer2022equivalence"].venue == "PsyArXiv"
