"""Pages of several layouts pasted one after another, with and without their headers."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, permutations
from pathlib import Path

import pytest

from db.domain import formats
from db.domain.formats.mixed import Mixed
from db.domain.formats.survey import Survey
from db.domain.records import Issue, Ledger, Record
from tests.bench import layouts
from tests.bench.layouts import LAYOUTS, Layout

KINDS = ("search", "markdown", "URL", "trending", "paper", "digest")
PAGES = {one.name: one for one in LAYOUTS if one.name.split()[0] in KINDS}
NEEDS_HEADER = ("trending", "paper page")
"""After these a plain page without author lines cannot be told from comments, unless it has its header."""
PAPERS = [replace(p, abstract=" ".join(p.abstract.split()[:90]) + ".") for p in islice(layouts.papers(), 40)]


def page(layout: Layout, first: int, number: int = 3) -> tuple[str, list[str]]:
    chosen = PAPERS[first : first + number]
    return layout.start + "".join(map(layout.paper, chosen)) + layout.end, [paper.title for paper in chosen]


def read(text: str) -> tuple[formats.Format, list[Record], list[Issue], Ledger]:
    lines = text.split("\n")
    reader, survey = formats.plan(formats.guesses(text)[0].format, lambda: lines)
    items = list(reader.read(iter(lines), survey))
    ledger = items.pop()
    assert isinstance(ledger, Ledger)
    total = ledger.record_lines + ledger.furniture_lines + ledger.blank_lines + ledger.issue_lines
    assert total == ledger.lines == len(lines)
    records = [i for i in items if isinstance(i, Record)]
    assert [r.index for r in records] == list(range(1, len(records) + 1))
    for record in records:
        assert record.title.split(":")[0] in "".join(lines[record.line_title - 1 : record.line_end])
    return reader, records, [i for i in items if isinstance(i, Issue)], ledger


@pytest.mark.parametrize("names", list(permutations(PAGES, 2)), ids=" then ".join)
def test_two_pages(names: tuple[str, str]) -> None:
    one, first = page(PAGES[names[0]], 0)
    two, second = page(PAGES[names[1]], 10)
    if names == ("paper page", "digest"):
        pytest.skip("the comments on a page list papers just so")
    if names[0] in NEEDS_HEADER and not PAGES[names[1]].start:
        two = layouts.HEADER + two
    reader, records, issues, _ledger = read(one + "\n" + two)
    assert [record.title for record in records] == first + second
    assert all(record.abstract for record in records)
    assert not issues
    plain = all(name.startswith("search") for name in names)
    assert reader.name == "mixed" or plain


def test_three_pages_and_back_again() -> None:
    names = ["markdown", "search page A", "trending", "markdown", "paper page", "search page A"]
    made = [page(PAGES[name], 4 * at) for at, name in enumerate(names)]
    _reader, records, issues, ledger = read("\n".join(text for text, _titles in made))
    assert [record.title for record in records] == [title for _text, titles in made for title in titles]
    assert not issues
    assert ledger.format == "mixed"


def test_pages_of_one_layout_are_read_as_one() -> None:
    text = page(PAGES["search page A"], 0)[0] + "\n" + page(PAGES["search page A"], 10)[0]
    reader, records, _issues, ledger = read(text)
    assert (reader.name, ledger.dialect, len(records)) == ("search-page", "A", 6)


def test_years_left_out_follow_the_latest_page() -> None:
    bare, _titles = page(PAGES["search page A"], 0)
    stated, _others = page(PAGES["search page A"], 10)
    for year in range(2010, 2030):
        bare = bare.replace(f", {year}", "")
    markdown, _more = page(PAGES["markdown"], 20)
    reader, records, _issues, ledger = read(bare + stated + markdown)
    assert reader.name == "mixed"
    assert ledger.render_year == max(record.year_explicit or 0 for record in records) + 1
    assert records[0].date.year == ledger.render_year
    assert records[0].date.inferred


def test_a_page_of_another_day_has_a_year_of_its_own() -> None:
    first, _titles = page(PAGES["search page A"], 0)
    later, _others = page(PAGES["search page A"], 10)
    for year in range(2018, 2030):
        first = first.replace(f", {year}", "")
        later = later.replace(f", {year}", "", 1)
    older = first.replace("Oct 31", "Oct 30")
    later = later.replace("2017", "2024")
    reader, records, _issues, ledger = read(older + later)
    assert reader.name == "mixed"
    years = [record.date.year for record in records if record.date.inferred]
    assert ledger.render_year == 2025 == max(years)
    assert min(years) == 2018, "the page of the day before follows its own dates"


def test_a_link_in_a_plain_page_makes_no_other_layout() -> None:
    text, titles = page(PAGES["search page A"], 0)
    text = text.replace("We study", "See [this](https://huggingface.co/papers/2501.00001) or arxiv:2501.00002.", 1)
    reader, records, _issues, _ledger = read(text)
    assert (reader.name, [record.title for record in records]) == ("search-page", titles)


def test_nothing_is_read_without_parts() -> None:
    (ledger,) = Mixed().read(iter(["a", "b"]), Survey())
    assert isinstance(ledger, Ledger)
    assert (ledger.lines, ledger.furniture_lines) == (2, 2)


def test_real_pages_in_any_order_read_as_alone(dumps: Path) -> None:
    folder = dumps.parent / "layouts"
    files = [*sorted(dumps.glob("*.txt")), *sorted([*folder.glob("*.txt"), *folder.glob("*.md")])]
    alone = {}
    for file in files:
        found = read_file(file.read_text(encoding="utf-8"))
        alone[file] = [(r.title, r.abstract, r.author_count, r.month_day, r.upvotes, r.arxiv_id) for r in found]
    for one, two in permutations(files, 2):
        found = read_file(one.read_text(encoding="utf-8") + "\n" + two.read_text(encoding="utf-8"))
        both = [(r.title, r.abstract, r.author_count, r.month_day, r.upvotes, r.arxiv_id) for r in found]
        assert both == alone[one] + alone[two], (one.name, two.name)


def read_file(text: str) -> list[Record]:
    lines = text.split("\n")
    reader, survey = formats.plan(formats.guesses(text)[0].format, lambda: lines)
    return [item for item in reader.read(iter(lines), survey) if isinstance(item, Record)]
