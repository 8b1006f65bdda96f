"""EndNote's XML: usual exports, and what is broken in them."""

from __future__ import annotations

from pathlib import Path

from db.domain import formats
from db.domain.formats import xmlentries
from db.domain.formats.endnotexml import EndnoteXml
from db.domain.records import Attachment, Date, Issue, Ledger, Person, Record

SAMPLE = Path(__file__).resolve().parents[3] / "fuzz" / "corpus" / "endnote-xml" / "endnote.xml"


def read(text: str) -> tuple[list[Record], list[Issue], Ledger]:
    """Return what a text holds."""
    fmt = EndnoteXml()
    lines = text.split("\n")
    *items, ledger = fmt.read(iter(lines), fmt.survey(lines))
    assert isinstance(ledger, Ledger)
    assert ledger.lines == len(lines)
    assert ledger.lines == ledger.record_lines + ledger.furniture_lines + ledger.blank_lines + ledger.issue_lines
    return [x for x in items if isinstance(x, Record)], [x for x in items if isinstance(x, Issue)], ledger


def test_every_part_of_a_record() -> None:
    text = SAMPLE.read_text("utf-8")
    assert formats.guesses(text)[0].format.name == "endnote-xml"

    (amber, velvet), _issues, _ledger = read(text)

    assert amber.title == "Amber lanterns over quiet rivers"
    assert amber.abstract == "We count amber lanterns & compare them."
    assert amber.authors == (Person("Quill", "Ada"), Person("van der Ember", "Bo"))
    assert (amber.date, amber.venue, amber.entry_type) == (Date(2021, 5, 3), "Journal of Invented Lights", "article")
    assert (amber.doi, amber.arxiv_id, amber.citation_key) == ("10.5555/amber.2021", "2103.01234", "quill2021amber")
    assert amber.keywords == ("lanterns", "to read")
    assert amber.notes == "Read on the train.\n\nCount again."
    assert amber.attachments == (Attachment("C:/Users/ada/a b.pdf"),)
    assert amber.fields == {
        "volume": "7",
        "number": "2",
        "pages": "11--29",
        "isbn": "1234-5678",
        "editor": "Moss, Cy",
        "internal-pdf": "0123/c.pdf",
    }
    assert (amber.line_title, amber.line_end) == (3, 16)
    assert (velvet.entry_type, velvet.date, velvet.citation_key) == ("phdthesis", Date(2019), None)
    assert velvet.fields == {"label": "12"}


def test_what_has_no_place_is_kept_as_a_field() -> None:
    text = (
        "<xml><records><record><rec-number>1</rec-number><titles><title>Amber lanterns</title></titles>"
        "<contributors><subsidiary-authors><author>Moss, Cy</author><author>The Team,</author></subsidiary-authors>"
        "</contributors><caption><style face='bold'>A</style> caption</caption><custom3>c</custom3><misc1/>"
        "<access-date>2021-05-03</access-date></record></records></xml>"
    )
    (record,), _issues, _ledger = read(text)
    assert record.fields == {
        "caption": "A caption",
        "custom3": "c",
        "access-date": "2021-05-03",
        "subsidiary-authors": "Moss, Cy and The Team,",
    }


def test_what_is_no_paper_or_cut_off_becomes_an_issue() -> None:
    _records, issues, _ledger = read(SAMPLE.read_text("utf-8"))
    assert [(one.line, one.why) for one in issues] == [(18, xmlentries.BROKEN), (19, xmlentries.CUT)]


def test_a_whole_library_on_one_line_is_read_too() -> None:
    text = SAMPLE.read_text("utf-8").replace("\n", " ")
    records, issues, _ledger = read(text)
    assert (len(records), len(issues)) == (2, 2)


def test_no_entity_is_followed() -> None:
    evil = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        "<xml><records><record><titles><title>A &x; title</title></titles></record></records></xml>"
    )
    (record,), _issues, _ledger = read(evil)
    assert "root:" not in record.title
