"""The search page with an address behind each link: real and invented ones, and what a broken one leaves."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.formats.linked.bareurls import BareUrls, is_mark, starts
from db.domain.records import Record

from .linkpages import Look, Shown, check, folded, holds, read, survives
from .test_markdownpage import check_truth

PAGE = BareUrls()
PIECES = st.sampled_from(
    [
        " [-] ",
        "19",
        "\n",
        "/papers/2401.00001",
        "https://hf.co/papers/2401.00002",
        "#community",
        "·",
        "May 29",
        "[",
        " ",
        "3 authors](https://hf.co/papers/2401.00002)",
        "https://hf.co/login?next=%2Fpapers%2F2401.00001",
        "a title",
        "Daily",
        "\n\n",
        "https://hf.co/tea",
        "Submitted by",
        "Previous",
        "https://x.org",
        "x" * 500,
    ]
)


def write(papers: list[Shown], look: Look) -> list[str]:
    random = Random(look.seed)
    site = "" if look.relative else look.host
    lines: list[str] = []
    if look.header:
        lines += [
            "# Daily Papers - Hugging Face",
            "Daily Papers - Hugging Face",
            " Hugging Face",
            f"{look.host}/",
            "Models",
        ]
        lines += [f"{look.host}/models", "new", "Get trending papers in your email inbox!", "Subscribe"]
        lines += [f"{look.host}/login?next=%2Fpapers", "Daily Papers", "by ", "AK", f"{look.host}/akhaliq"]
        lines += [" and the research community", *([look.query] if look.query else []), "Daily", "Weekly", "Monthly "]
        lines += [f"{look.host}/papers/trending", " ", f"{look.host}/papers/date/2026-03-24", "Mar 25"]
    for one in papers:
        link = f"{site}/papers/{one.arxiv_id}"
        votes = "-" if one.upvotes is None else f"{one.upvotes:,}"
        lines += [f" [-] {votes}", f"{site}/login?next=%2Fpapers%2F{one.arxiv_id}", one.title, link]
        lines += [*folded(one.abstract, look), link] if one.abstract else []
        if one.count is not None:
            word = "author" if one.count == 1 else "authors"
            lines += ["[", f"{one.count} {word}]({link})"]
        if one.organisation:
            slug, name = one.organisation
            lines += [*([" ", link] if random.random() < 0.5 else []), f" {name}", f"{site}/{slug}"]
        if one.day:
            year = f", {one.year}" if one.year else ""
            lines += ["·", one.day + year + " "]
            lines += [f"{one.comments}", f"{link}#community"] if one.comments else []
    if look.footer:
        lines += ["Previous", f"{look.host}/papers/date/2026-03-24", "System theme", "Company", "TOS"]
        lines += [f"{look.host}/terms-of-service", " ", "Website", "Models", f"{look.host}/models"]
    return [part for line in lines for part in (line, *[""] * look.blank)]


@pytest.mark.parametrize("seed", range(60))
def test_a_broken_page(seed: int) -> None:
    survives(PAGE, write, seed)


@pytest.mark.parametrize("seed", range(150))
def test_any_page(seed: int) -> None:
    check(PAGE, write, seed)


def test_real_page(dumps: Path) -> None:
    check_truth(dumps.parent / "layouts", "03_", PAGE)


def test_header_of_the_real_page(dumps: Path) -> None:
    samples = sorted((dumps.parent / "layouts").glob("03_*"))
    if not samples:
        pytest.skip("the samples of layouts are not there")
    _records, _issues, ledger, survey = read(PAGE, samples[0].read_text(encoding="utf-8").splitlines())
    assert (survey.search, survey.render_year, ledger.page_date) == ("Intercode Bash", 2026, "Mar 25")


LINK = "https://hf-mirror.com/papers/2403.00001"
CARD = (
    "[-] 65",
    "https://hf-mirror.com/login?next=%2Fpapers%2F2403.00001",
    "Tea [and Cups] (Hot)",
    LINK,
    "Tea is warm.",
    "https://x.org/tea",
    "It stays so.",
    LINK,
    "[",
    f"671 authors]({LINK})",
    "·",
    "Mar 8, 2024",
    "6",
    f"{LINK}#community",
)


def one(lines: list[str]) -> Record:
    records, issues, _ledger, _survey = read(PAGE, lines)
    assert len(records) == 1, records
    assert not issues
    return records[0]


def test_an_address_inside_the_abstract_belongs_to_it() -> None:
    found = one(list(CARD))
    assert (found.title, found.abstract) == ("Tea [and Cups] (Hot)", "Tea is warm. https://x.org/tea It stays so.")
    assert (found.urls, found.upvotes, found.comments, found.author_count) == (("https://x.org/tea",), 65, 6, 671)
    assert (found.line_title, found.line_abstract, found.line_end) == (3, 5, 14)
    assert found.fields["page"] == "https://huggingface.co/papers/2403.00001"


def test_votes_without_a_bracket() -> None:
    found = one(["12", *CARD[1:]])
    assert (found.upvotes, found.title) == (12, "Tea [and Cups] (Hot)")


def test_submitter_and_repository() -> None:
    lines = [*CARD[:4], "GitHub 3.29k", "https://github.com/tea/pot", *CARD[4:]]
    found = one(["Submitted by", "ann", "https://huggingface.co/ann", *lines[1:]])
    assert found.fields["submitted_by"] == "ann"
    assert (found.fields["github"], found.fields["github_stars"]) == ("https://github.com/tea/pot", "3.29k")
    assert found.urls == ("https://x.org/tea", "https://github.com/tea/pot")


def test_the_first_of_january_leads_back_to_the_year_before() -> None:
    lines = ["https://hf.co/papers/date/2025-12-31", "Jan 1", *CARD[:-3], "Dec 30"]
    _records, _issues, _ledger, survey = read(PAGE, lines)
    assert survey.render_year == 2026


@pytest.mark.parametrize("lines", range(1, len(CARD)))
def test_a_page_may_end_anywhere(lines: int) -> None:
    records, _issues, _ledger, _survey = read(PAGE, [*CARD, *CARD[:lines]])
    assert len(records) == (1 if lines < 3 else 2)
    assert records[0].comments == 6
    assert records[-1].abstract_truncated == (5 <= lines < 8)


def test_marks() -> None:
    assert [line for line in CARD if is_mark(line)] == [*CARD[:2], CARD[9]]
    assert starts(" [-] -")
    assert not is_mark("[-] see below")


def test_other_texts_are_not_such_a_page() -> None:
    assert PAGE.sniff("A title\n\nAn abstract.\nhttps://x.org\n\n  • 3 authors\n·\nMay 29\n") == 0


@given(st.lists(PIECES).map("".join))
def test_any_text(text: str) -> None:
    holds(PAGE, text)


@given(st.text())
def test_any_letters(text: str) -> None:
    holds(PAGE, text)
