"""BibTeX that is read back as it was, by our reader and by bibtexparser."""

from __future__ import annotations

import unicodedata

import bibtexparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.formats.bibread import read_text
from db.domain.formats.bibwrite import BibEntry, ExportOptions, write
from db.domain.latex import tidy
from db.domain.records import Attachment, Date, Issue, Person, Record

NASTY = st.text(st.sampled_from("ab Z1{}\\$%&_#^~\"'`@,=<>|-().éαł中—“\u00a0\n"), max_size=40)
PIECES = st.sampled_from(
    [r"\emph{x", "}", r"\%", "$a_1$", "$", "@misc{a, b={c}}", "\n@a{b,", "{LLM}", "{", "É",
     r"\'e", r"\ss", " ", r"\c c", r"\LaTeX{}",
     r"\ensuremath{\alpha}", "α", "B", "GPT", "~", "{}",
     r"\\", r"\{", '"', r"\textbackslash", "ﬀ", r"$\{x\}$", r"\u", r"\input{x}"]
)  # fmt: skip
TEXTS = st.one_of(NASTY, st.text(max_size=40), st.lists(PIECES, max_size=6).map("".join))


def export(*entries: BibEntry, options: ExportOptions | None = None) -> str:
    return "".join(write(entries, options))


def back(text: str) -> list[Record]:
    found = list(read_text(text))
    assert not [item for item in found if isinstance(item, Issue) and "no title" not in item.why]
    return [item for item in found if isinstance(item, Record)]


def test_an_entry_looks_as_it_should() -> None:
    entry = BibEntry(
        "multimodal-llm-preference-2025",
        "Aligning Multimodal LLMs with 50% of CLIP: A Survey",
        date=Date(2025, 3, 18),
        abstract="R&D costs 5 $.",
        seen=("full.txt, record 3",),
        arxiv_id="2503.01234",
        keywords=("to read", "llm"),
        url="https://github.com/x/y_z",
    )
    assert export(entry, options=ExportOptions(note=True)) == (
        "@misc{multimodal-llm-preference-2025,\n"
        "  title = {Aligning Multimodal {LLM}s with 50\\% of {CLIP}: A Survey},\n"
        "  year = {2025},\n"
        "  month = mar,\n"
        "  day = {18},\n"
        "  eprint = {2503.01234},\n"
        "  archivePrefix = {arXiv},\n"
        "  url = {https://github.com/x/y_z},\n"
        "  keywords = {to read, llm},\n"
        "  note = {Seen in full.txt, record 3},\n"
        "  abstract = {R\\&D costs 5 \\$.},\n"
        "}\n\n"
    )


def test_options_leave_fields_out() -> None:
    entry = BibEntry("k", "T", abstract="a", seen=("x",), url="https://x.org", keywords=("k",))
    text = export(entry, options=ExportOptions(abstract=False, keywords=False, note=False, url=False))
    assert text == "@misc{k,\n  title = {T},\n}\n\n"


def test_nothing_is_invented() -> None:
    text = export(BibEntry("k", "Only a title"))
    assert "author" not in text
    assert "year" not in text


def test_an_inferred_year_is_exported_and_noted_where_a_note_is_wanted() -> None:
    inferred = BibEntry(
        "k", "T", date=Date(2025, 3, inferred=True, evidence="page of Oct 31"), seen=("a.txt, record 2",)
    )
    (entry,) = back(export(inferred, options=ExportOptions(note=True)))
    assert entry.date == Date(2025, 3, inferred=True)
    # Styles print notes: unless it is asked for, no reference list says where a paper was seen.
    assert "note" not in export(inferred)
    assert "note" not in export(inferred, options=ExportOptions(profile="biblatex"))
    assert "  note = {Mine},\n" in export(BibEntry("k", "T", seen=("a.txt, record 2",), fields={"note": "Mine"}))


def test_what_latex_cannot_print_is_kept_beside_it() -> None:
    text = export(BibEntry("k", "大语言模型 {x", (Person("Чехов", "А."),), abstract="ok"))
    assert "title-unicode = {大语言模型" in text
    (entry,) = back(text)
    assert (entry.title, entry.authors) == ("大语言模型 {x", (Person("Чехов", "А."),))


@pytest.mark.parametrize(
    "person",
    [
        Person("Liu", "Haotian"), Person("van der Berg", "A. B."), Person("The Sheaf Team"), Person("Ødegård", "Åse"),
        Person("Smith, Jr", "J"), Person("Land and Sea"), Person("Plato"),
    ],
)  # fmt: skip
def test_names_are_read_back(person: Person) -> None:
    (entry,) = back(export(BibEntry("k", "T", (person, Person("Doe", "Jane")))))
    assert entry.authors == (person, Person("Doe", "Jane"))


def test_authors_that_are_not_named_are_others() -> None:
    text = export(BibEntry("k", "T", (Person("Doe", "Jane"),), more_authors=True))
    assert "author = {Doe, Jane and others}," in text
    (entry,) = back(text)
    assert (entry.authors, entry.author_count) == ((Person("Doe", "Jane"),), None)


def test_foreign_entries_are_read() -> None:
    (entry,) = back(
        '@Article{x, title = "Schr{\\"o}dinger\'s {C}at", author={Erwin Schr\\"odinger and de Broglie, L.},'
        " month=3, year=1935}"
    )
    assert (entry.title, entry.date, entry.entry_type) == ("Schrödinger's Cat", Date(1935, 3), "article")
    assert entry.authors == (Person("Schrödinger", "Erwin"), Person("de Broglie", "L."))


@given(
    st.lists(st.tuples(TEXTS, TEXTS, st.none() | st.integers(1000, 2999), st.none() | st.integers(1, 12)), max_size=4)
)
def test_the_export_gives_the_same_records(items: list[tuple[str, str, int | None, int | None]]) -> None:
    entries = [
        BibEntry(f"k{at}", title, date=Date(year, month), abstract=abstract, seen=(title,))
        for at, (title, abstract, year, month) in enumerate(items)
    ]
    text = export(*entries)
    library = bibtexparser.parse_string(text)
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == [entry.key for entry in entries]
    for entry, read_back in zip(entries, back(text), strict=True):
        assert read_back.citation_key == entry.key
        assert (read_back.date.year, read_back.date.month) == (entry.date.year, entry.date.month)
        assert plain(read_back.title) == plain(entry.title)
        assert plain(read_back.abstract) == plain(entry.abstract)


def plain(text: str) -> str:
    """Return the text as it is compared; a title of hard spaces alone is none."""
    return unicodedata.normalize("NFC", tidy(text)).strip()


def test_fields_and_files_stand_behind_the_known_ones_and_none_twice() -> None:
    entry = BibEntry(
        "key",
        "Amber lanterns",
        date=Date(2020),
        venue="Proc. of Kettles",
        entry_type="inproceedings",
        fields={
            "volume": "5 & 6",
            "year": "1999",
            "booktitle": "Proc. of Kettles",
            "Series": "Lanterns",
            "bad name": "no",
            "x{": "no",
            "note": "Own.",
            "summary": "of a page",
            "pdf": "https://example.org/a_b.pdf",
            "empty": " ",
        },
        files=(Attachment("a;b.pdf", "Full: text", "application/pdf"), Attachment("{.pdf")),
        notes="Mine.",
        status="reading",
        rating=3,
    )
    assert export(entry) == (
        "@inproceedings{key,\n"
        "  title = {Amber lanterns},\n"
        "  booktitle = {Proc. of Kettles},\n"
        "  Series = {Lanterns},\n"
        "  volume = {5 \\& 6},\n"
        "  year = {2020},\n"
        "  pdf = {https://example.org/a_b.pdf},\n"
        "  note = {Own.},\n"
        "  file = {Full\\: text:a\\;b.pdf:application/pdf},\n"
        "}\n\n"
    )
    bare = export(entry, options=ExportOptions(fields=False, files=False, personal=True))
    assert bare.endswith(
        "  year = {2020},\n  annote = {Mine.},\n  readstatus = {skimmed},\n  ranking = {rank3},\n}\n\n"
    )


def test_a_venue_stands_where_its_type_has_it() -> None:
    def venue(kind: str, **fields: str) -> str:
        text = export(BibEntry("k", "T", venue="Kettles", entry_type=kind, fields=fields, brought=True))
        return next(line.split()[0] for line in text.splitlines() if "Kettles" in line)

    assert venue("article") == "journal"
    assert venue("inproceedings") == "booktitle"
    assert venue("misc") == "howpublished"
    assert venue("phdthesis") == "school"
    assert venue("misc", journal="Kettles") == "journal"
    assert venue("article", journal="Others") == "journal"
