"""Whatever stands in a .bib file: no exception, every line accounted for, work that grows with the text only."""

from __future__ import annotations

import unicodedata

import pytest
from bibs import read
from hypothesis import given
from hypothesis import strategies as st

from db.domain.formats.bibread import Bibtex
from db.domain.formats.bibwrite import BibEntry, write
from db.domain.latex import tidy
from db.domain.records import Date, Person

PIECES = st.sampled_from(
    ["@article{", "@misc{a,", "@string{x = ", "@comment{", "@preamble{", "@xdata{", "@set{", "@{", "@", "@a(", "key",
     ",", "=", "{", "}", '"', "#", "\n", " ", "\\", "%", "$", "~", "title = {A}", "author = {A and B and others}", "x",
     "year = 2020", "month = jan", "crossref = {a}", "xdata = {a,key}", "abstract = {B}", "date = {2020-02/..}",
     "file = {:a.pdf:PDF;b}", "keywords = {a, b; c}", "groups = {G}", "eprint = {2301.01234v2}", "doi = {10.1000/x}",
     "jabref-meta: grouping:\n0 AllEntriesGroup:;\n1 StaticGroup:G\\;0\\;1\\;;", "url = {http://x.org}", "é", "\t",
     "\ufdd0", "{\\\"u}", "ranking = {rank3}", "comment-me = {x}", "a # b", "and", ";", ":", "(", ")",
     "family=A, given=B"]
)  # fmt: skip
SOUPS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=200))
WORDS = st.text(st.characters(categories=["L", "Nd"], max_codepoint=0x24F), min_size=1, max_size=12)
LOWER = st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8)


@given(SOUPS)
def test_any_text_is_read_and_accounted_for(text: str) -> None:
    records, issues, ledger = read(text)
    lines = text.split("\n")
    assert ledger.lines == len(lines)
    counts = (ledger.record_lines, ledger.furniture_lines, ledger.blank_lines, ledger.issue_lines)
    assert min(counts) >= 0
    assert sum(counts) == ledger.lines
    assert [record.index for record in records] == list(range(1, len(records) + 1))
    before = 1
    for record in records:
        assert before <= record.line_title <= record.line_end <= len(lines)
        before = record.line_title
        if record.line_abstract is not None:
            assert record.line_title <= record.line_abstract <= record.line_end
    for issue in issues:
        assert 1 <= issue.line <= len(lines)
        assert issue.why
    assert 0 <= Bibtex().sniff(text) <= 1


@given(SOUPS)
def test_what_is_broken_never_takes_the_next_entry_with_it(text: str) -> None:
    records, _, _ = read(f"{text}\n@article{{last-one,\n  title = {{The very last}},\n  year = {{2024}},\n}}\n")
    assert records[-1].citation_key == "last-one"
    assert records[-1].title == "The very last"


@given(
    st.lists(
        st.builds(
            BibEntry,
            key=st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True),
            title=st.lists(WORDS, min_size=1, max_size=5).map(" ".join),
            authors=st.lists(st.builds(Person, WORDS, WORDS), max_size=4).map(tuple),
            date=st.builds(Date, st.integers(1000, 2999), st.none() | st.integers(1, 12)),
            abstract=st.text(st.sampled_from("ab {}\\$%&_#\"'@,=é\n"), max_size=60),
            arxiv_id=st.sampled_from([None, "2301.01234", "hep-th/9901001"]),
            doi=st.sampled_from([None, "10.1000/x_y(1)", "10.1000/182"]),
            venue=st.none() | LOWER,
            keywords=st.lists(LOWER, max_size=3, unique=True).map(tuple),
            entry_type=st.sampled_from(["misc", "article"]),
            brought=st.just(True),
            seen=st.lists(LOWER.map(lambda name: f"{name}.txt, record 7"), max_size=2).map(tuple),
        ),
        max_size=4,
        unique_by=lambda entry: entry.key,
    )
)
def test_what_sheaf_wrote_is_read_back(entries: list[BibEntry]) -> None:
    records, issues, ledger = read("".join(write(entries)))
    assert not issues
    assert not ledger.issue_lines + ledger.furniture_lines
    for entry, record in zip(entries, records, strict=True):
        assert (record.citation_key, record.entry_type) == (entry.key, entry.entry_type)
        assert record.title == unicodedata.normalize("NFC", entry.title)
        assert record.abstract == unicodedata.normalize("NFC", tidy(entry.abstract))
        assert record.authors == tuple(
            Person(unicodedata.normalize("NFC", p.family), unicodedata.normalize("NFC", p.given)) for p in entry.authors
        )
        assert (record.date.year, record.date.month) == (entry.date.year, entry.date.month)
        assert (record.arxiv_id, record.doi, record.venue) == (entry.arxiv_id, entry.doi, entry.venue)
        assert record.keywords == entry.keywords
        assert dict(record.fields) == {}


HOSTILE = {
    "open braces": "@article{a, title = " + "{" * 60_000,
    "open quotes": '@article{a, title = "' + '{"' * 40_000,
    "starts on each line": "@article{a,\n" * 15_000,
    "annotations in a value": "@article{a, note = {\n" + "@Override(x)\n" * 15_000,
    "lost commas": "@article{a, b = {c}" + "\n d = {e}" * 15_000 + "}",
    "concatenations": "@article{a, b = c" + " # c" * 30_000 + "}",
    "definitions that grow": "\n".join(
        f"@string{{s{at} = s{at - 1} # s{at - 1} # s{at - 1}}}" for at in range(1, 3_000)
    ),
    "spaces": "@article{a" + " " * 90_000 + "x",
    "names": "@article{a, title = {t}, author = {" + "A and " * 20_000 + "B}}",
    "name parts": "@article{a, title = {t}, author = {" + "a " * 60_000 + ", " * 20_000 + "}}",
    "semicolons in a file": "@article{a, title = {t}, file = {" + "a:b;" * 20_000 + "}}",
    "addresses": "@article{a, title = {t}, url = {" + "a." * 60_000 + "}}",
    "a long DOI": "@article{a, title = {t}, doi = {" + "a" * 100_000 + "}}",
    "one line": "@article{a, title = {t}}" * 20_000,
    "groups": "@comment{jabref-meta: grouping:\n" + "1 StaticGroup:G\\;0\\;1\\;;\n" * 10_000 + "}",
    "nested commands": "@article{a, title = {" + "\\'{" * 30_000 + "}" * 30_000 + "}}",
    "parents in a circle": "".join(f"@book{{k{at}, crossref = {{k{at + 1}}}, title = {{t}}}}\n" for at in range(5_000)),
    "at signs": "@" * 100_000,
    "types": "@" + "a" * 100_000,
    "repeated fields": "@article{a, " + "title = {t}, " * 15_000 + "}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_read_at_once(name: str) -> None:
    """Quadratic work on these would run for minutes, and end in the time limit of the test run."""
    _, _, ledger = read(HOSTILE[name])
    assert ledger.lines == HOSTILE[name].count("\n") + 1
