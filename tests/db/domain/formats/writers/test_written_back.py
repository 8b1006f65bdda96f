"""What each writer writes is read back by Sheaf's own readers with the same values."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain import formats
from db.domain.formats.bibwrite import BibEntry, ExportOptions
from db.domain.formats.writers import WRITERS, by_name
from db.domain.records import Attachment, Date, Issue, Person, Record

ALL = ExportOptions(personal=True, note=True)
READ_BACK = ("ris", "csl-json", "csv")

LETTERS = "abcdefgh ABC 0123 éßøł中文Ελ –—“”'\"`$%&#_{}\\~^@=+-*/|<>!?.:()[]"
TEXT = st.text(st.sampled_from(LETTERS + ",;\n\t"), max_size=60).map(lambda text: " ".join(text.split()))
WORD = st.text(st.sampled_from("abcXYZ éß中'-"), min_size=1, max_size=12).map(lambda text: " ".join(text.split()))
TITLE = TEXT.filter(lambda text: len(text.strip(" '\"")) > 1 and not text.isspace())
GROUP = st.sampled_from(["The Sheaf Team", "OpenKettle", "Plato", "Team 7 of the Harbour"])
PERSON = st.builds(Person, WORD.filter(bool), WORD) | st.builds(Person, GROUP)
DATE = st.builds(
    lambda year, month, day, inferred: Date(year, month, day if month else None, inferred=inferred),
    st.integers(1500, 2199), st.none() | st.integers(1, 12), st.none() | st.integers(1, 28), st.booleans(),
)  # fmt: skip
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "volume": st.integers(1, 99).map(str),
        "number": st.integers(1, 99).map(str),
        "pages": st.sampled_from(["1--9", "e12", "3--5, 8--9", "A1--A12"]),
        "publisher": st.sampled_from(["Kettle & Sons", "Lantern, Inc."]),
        "address": st.just("Harbour"),
        "edition": st.just("2nd"),
        "series": st.just("Notes on kettles"),
        "language": st.just("English"),
        "issn": st.just("1234-5678"),
        "editor": st.just("Gull, Ann and Kite, Bo"),
    },
)
ENTRY = st.builds(
    BibEntry,
    key=st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True),
    title=TITLE,
    authors=st.lists(PERSON, max_size=4).map(tuple),
    date=st.just(Date()) | DATE,
    abstract=TEXT,
    url=st.none() | st.sampled_from(["https://example.org/a_b?c=1&d=2", "http://kettles.example/x%20y"]),
    arxiv_id=st.none() | st.just("2503.01234"),
    doi=st.none() | st.sampled_from(["10.1000/182", "10.1000/ab(c)_d"]),
    venue=st.none() | st.sampled_from(["Journal of Kettles", "Proc. 5th Conf. on Lanterns; Part B", "中文期刊"]),
    keywords=st.lists(WORD.filter(bool), max_size=3, unique_by=str.lower).map(tuple),
    entry_type=st.sampled_from(["misc", "article", "inproceedings", "incollection", "book", "phdthesis"]),
    fields=FIELDS,
    notes=TEXT,
    seen=st.just(()) | st.just(("full.txt, record 3", "two.txt, record 1")),
    rating=st.integers(0, 5),
    status=st.sampled_from(["unread", "reading", "read"]),
).filter(lambda entry: entry.venue or entry.entry_type != "phdthesis" or "publisher" not in entry.fields)


def text_of(name: str, *entries: BibEntry, options: ExportOptions = ALL) -> str:
    """Return what the writer of a format writes."""
    writer = by_name(name)
    assert writer is not None
    return "".join(writer.write(entries, options))


def read(name: str, text: str) -> list[Record]:
    """Read a text with the reader of that name and the account checked."""
    reader = formats.by_name(name)
    assert reader is not None
    lines = [line.removesuffix("\n") for line in text.split("\n")]
    items = list(reader.read(iter(lines), reader.survey(iter(lines))))
    issues = [item for item in items if isinstance(item, Issue)]
    assert not issues, issues
    return [item for item in items if isinstance(item, Record)]


@pytest.mark.parametrize("name", READ_BACK)
@settings(max_examples=60)
@given(entries=st.lists(ENTRY, min_size=1, max_size=4))
def test_every_value_comes_back(name: str, entries: list[BibEntry]) -> None:
    records = read(name, text_of(name, *entries))
    assert len(records) == len(entries)
    for entry, record in zip(entries, records, strict=True):
        assert record.title == plain(name, entry.title)
        assert record.abstract == plain(name, entry.abstract)
        assert record.authors == entry.authors
        assert (record.date, record.venue, record.doi) == (entry.date, entry.venue, entry.doi)
        assert (record.arxiv_id, record.citation_key) == (entry.arxiv_id, entry.key)
        assert record.urls[: 1 if entry.url else 0] == ((entry.url,) if entry.url else ())
        assert (record.keywords, record.entry_type) == (entry.keywords, entry.entry_type)
        assert (record.notes, dict(record.fields)) == (entry.notes, dict(entry.fields))


def plain(name: str, text: str) -> str:
    """Return a text as its format can hold it: the few tags of CSL are markup there."""
    if name != "csl-json":
        return text
    from db.domain.formats.jsonfiles.csl import _plain

    return _plain(text)


@pytest.mark.parametrize("name", READ_BACK)
def test_a_written_file_is_recognised_as_what_it_is(name: str, tmp_path: Path) -> None:
    writer = by_name(name)
    assert writer is not None
    file = tmp_path / f"out{writer.suffix}"
    entries = [BibEntry(f"k{at}", f"Amber kettles, part {at}", venue="中文") for at in range(3)]
    file.write_text(text_of(name, *entries), encoding="utf-8", newline="\n")
    head = file.read_text(encoding="utf-8")
    guess = formats.guesses(head)[0]
    assert (guess.format.name, guess.confidence > 0.5) == (name, True)


@pytest.mark.parametrize("name", READ_BACK)
def test_others_are_others(name: str) -> None:
    (record,) = read(name, text_of(name, BibEntry("k", "Amber kettles", (Person("Gull", "Ann"),), more_authors=True)))
    assert (record.authors, record.author_count) == ((Person("Gull", "Ann"),), None)


@pytest.mark.parametrize("name", [writer.name for writer in WRITERS])
def test_what_is_not_wanted_is_left_out(name: str) -> None:
    entry = BibEntry(
        "k", "Amber kettles", (Person("Gull", "Ann"),), abstract="Abstract words.", seen=("page.txt, record 1",),
        url="https://kettles.example", keywords=("lanterns",), fields={"volume": "77", "note": "Own note."},
        files=(Attachment("/home/ann/boats.pdf"),), notes="Personal words.",
    )  # fmt: skip
    bare = ExportOptions(False, False, False, False, False, False, personal=False)
    text = text_of(name, entry, options=bare)
    assert "Amber kettles" in text
    for gone in ("Abstract words", "page.txt", "kettles.example", "lanterns", "77", "Own note", "boats", "Personal"):
        assert gone not in text
    writer = by_name(name)
    assert writer is not None
    full = text_of(name, entry)
    shown = {
        "abstract": "Abstract words", "keywords": "lanterns", "note": "page.txt", "url": "kettles.example",
        "fields": "77", "files": "boats.pdf", "personal": "Personal words",
    }  # fmt: skip
    how = {"abbreviate", "comment_incomplete", "keep", "unicode"}  # in what spelling, not what
    assert {option for option, words in shown.items() if words in full} == writer.options - how


@pytest.mark.parametrize("name", [writer.name for writer in WRITERS])
def test_nothing_is_written_for_no_papers_that_could_not_be_read(name: str) -> None:
    text = text_of(name)
    if name in READ_BACK:
        assert read(name, text) == []
