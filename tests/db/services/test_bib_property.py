"""Bibliographies that nobody thought of come back to the byte, and a change of one field changes nothing else."""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from bibfiles import brought, written
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.errors import LibraryError
from db.domain.formats.bibread import read_text
from db.domain.records import Record
from db.services import editing, importing, reading, searching, undoing
from db.services.library import Library
from db.services.progress import silent

SHARED = Path(os.environ.get("SHEAF_BIBS", Path(__file__).resolve().parents[4] / "shared" / "bib"))
WORDS = "amber tidal copper velvet lunar hollow quartz saffron cobalt thistle ember glacial kettle violin".split()
NASTY = "{\\'e} {{LLM}s} $x_1$ # @home ü 北京 {\"o} % \\emph{x} '' ~ \\& =".split()
KINDS = ("article", "Book", "MISC", "software", "dataset", "patent", "online", "mytype")
FIELDS = "author year date journal journaltitle note x-own Keywords url doi month file".split()
CHANGES = (("abstract", "Fresh words."), ("doi", "10.1234/fresh_1"), ("date", "2017-05"), ("title", "Fresh"))
BETWEEN = (
    "", "\n", "\n\n", "\n\n\n", " ", "\n% a comment\n", "\nsome text, even with an @ sign\n", "\t\n", "% tail\n",
    "\n@comment{old @misc{x}}\n", "\n@string{own = {My own}}\n", '\n@preamble{"\\foo"}\n',
    "\n@misc{broken, title = {open\n\n", "\n@set{s, entryset={a}}\n", "\n@xdata{data, publisher = {P}}\n",
)  # fmt: skip


def words(least: int, most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from((*WORDS, *NASTY)), min_size=least, max_size=most).map(" ".join)


@st.composite
def values(draw: st.DrawFn) -> str:
    text = draw(words(1, 6))
    kind = draw(st.sampled_from(("brace", "quote", "bare", "name", "joined")))
    if kind == "bare":
        return str(draw(st.integers(1, 2030)))
    if kind == "name":
        return draw(st.sampled_from(("jan", "own", "undefined")))
    if kind == "quote" and '"' not in text:
        return f'"{text}"'
    return f'"{WORDS[0]} " # own # {{{text}}}' if kind == "joined" else f"{{{text}}}"


@st.composite
def entries(draw: st.DrawFn, number: int) -> str:
    gap, equals = draw(st.sampled_from(("\n  ", " ", "\n\t", "", "\n\n  ", " % why\n "))), draw(
        st.sampled_from(("=", " = ", "   = ", " =\n    "))
    )  # fmt: skip
    title = f"{draw(words(2, 4))} {WORDS[number % len(WORDS)]} {number * 7919}"
    others = draw(st.lists(st.sampled_from(FIELDS), max_size=5, unique=True))
    fields = [("title", f"{{{title}}}"), *((name, draw(values())) for name in others)]
    fields = draw(st.permutations(fields))
    key = draw(st.sampled_from((f"key{number}", f"Key:{number}/x", f"k{number // 2}", "")))
    body = ",".join(f"{gap}{name}{equals}{value}" for name, value in fields)
    opening, closing = draw(st.sampled_from((("{", "}"), ("(", ")"))))
    end = draw(st.sampled_from((",\n", "\n", "", " ,")))
    return f"@{draw(st.sampled_from(KINDS))}{opening}{key},{body}{end}{closing}"


@st.composite
def bibliographies(draw: st.DrawFn) -> bytes:
    count = draw(st.integers(1, 5))
    parts = [draw(st.sampled_from(BETWEEN))]
    for number in range(count):
        parts += (draw(entries(number)), draw(st.sampled_from(BETWEEN)))
    text = "".join(parts)
    text = text.replace("\n", draw(st.sampled_from(("\n", "\n", "\r\n", "\r"))))
    return draw(st.sampled_from((b"", b"", b"\xef\xbb\xbf"))) + text.encode("utf-8")


def taken(library: Library, folder: Path, data: bytes) -> bool:
    """Import a file; tell whether it held any paper."""
    (folder / "refs.bib").write_bytes(data)
    (result,) = importing.import_files(library, [folder / "refs.bib"], silent).files
    return result.error is None and result.format == "bibtex"


@settings(max_examples=25)
@given(bibliographies(), st.data())
def test_any_bibliography_comes_back_and_one_change_changes_one_field(data: bytes, draws: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = Library.open(folder / "library.sheaf")
        try:
            if taken(library, folder, data):
                assert written(library, folder)[0] == data
                _change_one(library, folder, data, draws)
        finally:
            library.close()


def _change_one(library: Library, folder: Path, data: bytes, draws: st.DataObject) -> None:
    papers = reading.papers(library, sorted(searching.find(library).ids))
    paper = draws.draw(st.sampled_from(papers))
    field, value = draws.draw(st.sampled_from(CHANGES))
    editing.set_fields(library, [paper.id], {field: value})
    text = written(library, folder)[0]
    before, after = told(data), told(text)
    assert len(before) == len(after)
    changed = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    assert len(changed) == len(paper.sightings)
    for old, new in changed:
        names = {one for one in old.keys() | new.keys() if old.get(one) != new.get(one)}
        assert names <= {field, "citation_key"} | ({"fields"} if field in ("date", "doi") else set())
    undoing.undo(library)
    assert written(library, folder)[0] == data


def told(data: bytes) -> list[dict[str, object]]:
    """Return what each entry of a file says."""
    text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    names = [
        name
        for name in Record.__dataclass_fields__
        if not name.startswith("line_") and name not in ("columns", "index")
    ]
    return [{name: getattr(one, name) for name in names} for one in read_text(text) if isinstance(one, Record)]


def keyed(data: bytes) -> Counter[str]:
    """Return how often each key stands in a file."""
    return Counter(str(entry["citation_key"]) for entry in told(data))


@settings(max_examples=15)
@given(bibliographies(), bibliographies())
def test_two_in_one_library_keep_what_every_entry_says(one: bytes, other: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        library = Library.open(folder / "library.sheaf")
        try:
            if not taken(library, folder, one.replace(b"{My own}", b"{Theirs}")) or not taken(library, folder, other):
                return
            papers = {p.citation_key: p for p in reading.papers(library, searching.find(library).ids)}
            text = written(library, folder)[0]
            times, before = keyed(text), keyed(one) | keyed(other)  # the union of counters is their greater counts
            for entry in told(text):
                key = str(entry["citation_key"])
                assert times[key] <= max(1, before[key])
                paper = papers.get(key)
                if paper is not None and len(paper.sightings) == 1 == times[key]:
                    assert (entry["title"], entry["venue"], entry["doi"]) == (paper.title, paper.venue, paper.doi)
        finally:
            library.close()


def shared() -> list[Path]:
    return sorted(SHARED.rglob("*.bib")) if SHARED.is_dir() else []


@pytest.mark.skipif(not shared(), reason=f"other programs' bibliographies are not at {SHARED}: set SHEAF_BIBS")
@pytest.mark.parametrize("path", shared(), ids=lambda path: path.name)
def test_bibliographies_of_other_programs_come_back(library: Library, folder: Path, path: Path) -> None:
    try:
        (result,) = importing.import_files(library, [path], silent).files
    except LibraryError:
        result = None
    if result is None or result.error or result.format != "bibtex":
        pytest.skip("there is no paper in it")
    data, done = written(library, folder)
    assert data == path.read_bytes()
    assert done.kept == done.written


def test_the_strategies_make_papers(library: Library, folder: Path) -> None:
    result = brought(library, folder, b"@Book(Key:1/x, title = {amber {{LLM}s}}, year = 12)")
    assert result.records == 1


@pytest.mark.parametrize(
    ("name", "field", "value", "line"),
    [
        ("doi", "doi", "10.1234/fresh_1", "  doi = {10.1234/fresh\\_1},"),
        ("year", "date", "2017", "  year = {2017},"),
        ("url", "urls", ["https://example.org/a"], "  url = {https://example.org/a},"),
    ],
)  # fmt: skip
def test_a_field_of_nonsense_gives_way_whole_to_what_the_person_sets(
    library: Library, folder: Path, name: str, field: str, value: object, line: str
) -> None:
    brought(library, folder, f"@misc{{key0,\n  title = {{amber}},\n  {name} = {{北京}},\n}}\n".encode())
    (paper,) = reading.papers(library, searching.find(library).ids)
    editing.set_fields(library, [paper.id], {field: value})
    assert written(library, folder)[0].decode() == f"@misc{{key0,\n  title = {{amber}},\n{line}\n}}\n"
