"""Pages built from invented papers, read back."""

from __future__ import annotations

from random import Random

import pages
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain.formats import textfile

WIDTHS = st.sampled_from([0, 0, 80, 100, 120])
STYLES = st.builds(
    pages.Style,
    header=st.lists(st.sampled_from(pages.HEADER), unique=True).map(tuple),
    blanks=st.sampled_from([(0,), (1,), (1, 2, 3), (0, 1, 2)]),
    title_width=st.sampled_from([0, 0, 60, 80]),
    bullet=st.sampled_from(["  • ", "- ", "* ", "· ", "– ", "▪ ", "", "\t•\u00a0"]),
    separator=st.sampled_from(["·", "•", "∙", "|", "-", ""]),
    one_line=st.booleans(),
    lead=st.sampled_from(["", "", "  ", "\t", "\u00a0", "\u200b"]),
    trail=st.sampled_from(["", "", " ", "\t", "\u00a0 "]),
    seed=st.integers(0, 9),
)


@settings(max_examples=120)
@given(style=STYLES, seed=st.integers(0, 10_000))
def test_dated_pages_come_back(style: pages.Style, seed: int) -> None:
    papers = pages.made(Random(seed), 6, dated=1.0)
    records, issues, _ = pages.read(pages.render(papers, style))
    assert [pages.seen(r) for r in records] == [pages.shown(p) for p in papers]
    assert not issues


@settings(max_examples=80)
@given(style=STYLES, seed=st.integers(0, 10_000))
def test_bare_pages_come_back(style: pages.Style, seed: int) -> None:
    papers = pages.made(Random(seed), 30)
    records, issues, _ = pages.read(pages.render(papers, style))
    assert [pages.seen(r) for r in records] == papers
    assert not issues


@pytest.mark.parametrize("dialect", ["A", "C"])
@pytest.mark.parametrize("width", [80, 100, 120])
def test_wrapped_pages_come_back(width: int, dialect: str) -> None:
    wrong = total = 0
    for seed in range(6):
        papers = pages.made(Random(seed), 20, dated=1.0 if dialect == "A" else 0.0)
        style = pages.Style(title_width=width, abstract_width=width, seed=seed)
        records, _, _ = pages.read(pages.render(papers, style))
        found = [pages.seen(r) for r in records]
        wrong += sum(1 for p in papers if pages.shown(p) not in found)
        total += len(papers)
    assert wrong == 0, f"{wrong} of {total}"


@given(seed=st.integers(0, 10_000), cut=st.floats(0.05, 1.0))
def test_a_cut_page_loses_no_line(seed: int, cut: float) -> None:
    text = "\n".join(pages.render(pages.made(Random(seed), 5, dated=0.8), pages.Style()))
    kept = text[: int(len(text) * cut)].split("\n")
    records, _, _ = pages.read(kept)
    whole = " ".join(" ".join(kept).split())
    assert all(record.title in whole for record in records)


@given(st.lists(st.text(max_size=60), max_size=30))
def test_any_text_is_accounted_for(lines: list[str]) -> None:
    pages.read([line.replace("\n", " ").replace("\r", " ") for line in lines])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path, encoding: str, end: str) -> None:
    papers = pages.made(Random(3), 8, dated=0.7)
    file = tmp_path / "page.txt"
    file.write_bytes(end.join(pages.render(papers, pages.Style())).encode(encoding))
    records, _, _ = pages.read(list(textfile.open_lines(file)))
    assert [pages.seen(r) for r in records] == [pages.shown(p) for p in papers]
