"""The search page as Markdown: real and invented ones, and what a broken one leaves."""

from __future__ import annotations

import json
import re
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.formats.linked.markdownpage import MarkdownPage, is_mark, starts
from db.domain.records import Record

from .linkpages import Look, Shown, check, folded, holds, read, seen, survives

PAGE = MarkdownPage()
PIECES = st.sampled_from(
    [
        "[",
        "](",
        ")",
        "\n",
        "### [",
        "/papers/2401.00001",
        "/login?next=%2Fpapers%2F2401.00001",
        "·",
        "May 29",
        "\\",
        " ",
        "5 authors",
        "[-",
        "a title",
        "#community",
        "---",
        "![",
        "]",
        "Previous",
        "\n\n",
        "\u200b",
        "x" * 500,
    ]
)


def escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]])", r"\\\1", text)


def write(papers: list[Shown], look: Look) -> list[str]:
    random = Random(look.seed)
    site = "" if look.relative else look.host
    out: list[str] = []
    if look.header:
        out += ["---", f"url: {look.host}/papers" + (f"?q={quote(look.query)}" if look.query else ""), "---"]
        out += ["new", "", f"[Subscribe]({site}/login?next=%2Fpapers)", "", "# Daily Papers", ""]
        out += [f"## by [![](x.png)AK]({site}/akhaliq) and the research community", "- Daily", "- Weekly", "", "Oct 2"]
        out += [f"[Trending Papers]({site}/papers/trending)", ""]
    for one in papers:
        link = f"{site}/papers/{one.arxiv_id}"
        votes = "-" if one.upvotes is None else f"{one.upvotes:,}"
        out += [f"[{votes}]({site}/login?next=%2Fpapers%2F{one.arxiv_id})", ""]
        title = escaped(one.title).replace(" ", "\\  ", 1) if random.random() < 0.3 else escaped(one.title)
        out += [f"### [{title}]({link})", ""]
        if one.abstract:
            out += ["[" + "\\\\\n".join(folded(escaped(one.abstract), look)) + f"]({link})"]
        avatars = random.randint(0, 3)
        if one.count is not None:
            word = random.choice(["authors", "author"]) if one.count == 1 else "authors"
            out += ["", "[" + "\\\\\n".join([*["- ![вася](a.svg)"] * avatars, f"- {one.count} {word}"]) + f"]({link})"]
        if one.organisation:
            slug, name = one.organisation
            out += ["", f"[![{slug}](https://cdn/x.png){escaped(name)}]({site}/{slug})"]
        if one.day:
            year = f", {one.year}" if one.year else ""
            comments = f"{random.choice(['', ' '])}[{one.comments}]({link}#community)" if one.comments else ""
            out += ["", "·", "", one.day + year + comments]
        out += [""] * look.blank
    if look.footer:
        out += [f"[Previous]({site}/papers/date/2026-10-01)", "", "System theme", "Company", f"[TOS]({site}/tos)"]
    return "\n".join(out).split("\n")


@pytest.mark.parametrize("seed", range(60))
def test_a_broken_page(seed: int) -> None:
    survives(PAGE, write, seed)


@pytest.mark.parametrize("seed", range(150))
def test_any_page(seed: int) -> None:
    check(PAGE, write, seed)


def test_real_page(dumps: Path) -> None:
    check_truth(dumps.parent / "layouts", "01_", PAGE)


def check_truth(folder: Path, prefix: str, fmt: MarkdownPage) -> None:
    if not (folder / "truth.jsonl").is_file():
        pytest.skip(f"the samples of layouts are not at {folder}")
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truth = next(one for one in map(json.loads, lines) if one["file"].startswith(prefix))
    text = (folder / truth["file"]).read_text(encoding="utf-8")
    assert fmt.sniff(text) > 0.9
    records, issues, ledger, _survey = read(fmt, text.splitlines())
    assert not issues
    assert ledger.page_date == truth["header_date"]
    assert len(records) == len(truth["records"])
    for record, expected in zip(records, truth["records"], strict=True):
        assert {name: getattr(record, name) for name in expected} == expected
        assert len(record.abstract) > 200


def test_search_and_year_of_the_front_matter() -> None:
    text = "---\nurl: https://hf.co/papers?q=paper+boats\nretrieved: 2026-10-02\n---\nOct 2\n" + "\n".join(
        card("2609.00001")
    )
    records, _issues, ledger, survey = read(PAGE, text.splitlines())
    assert (survey.search, survey.render_year, ledger.page_date) == ("paper boats", 2026, "Oct 2")
    assert "2026-10-02" in survey.evidence
    assert records[0].date.iso() == "2026-05-29"


def card(identifier: str, abstract: str = "Tea is warm.") -> list[str]:
    return [
        f"[7](/login?next=%2Fpapers%2F{identifier})",
        f"### [Tea](/papers/{identifier})",
        f"[{abstract}](/papers/{identifier})",
        f"[- 3 authors](/papers/{identifier})",
        "·",
        f"May 29[6](/papers/{identifier}#community)",
    ]


def one(lines: list[str]) -> Record:
    records, issues, _ledger, _survey = read(PAGE, lines)
    assert len(records) == 1, records
    assert not issues
    return records[0]


def test_abstract_with_links_and_paragraphs() -> None:
    abstract = "See [the code](https://x.org/a_b) first.\\\\\n\\\\\nThen \\[1\\] more\\_words: https://y.org/q."
    found = one("\n".join(card("2401.00001", abstract)).split("\n"))
    assert found.abstract == "See the code first. Then [1] more_words: https://y.org/q."
    assert found.urls == ("https://y.org/q", "https://x.org/a_b")


def test_abstract_that_the_page_shortens() -> None:
    assert one(card("2401.00001", "Tea is ...")).abstract_truncated
    assert not one(card("2401.00001")).abstract_truncated


def test_latex_stays_as_it_is() -> None:
    assert one(card("2401.00001", "100\\% of \\model and \\{x\\}")).abstract == "100\\% of \\model and \\{x\\}"


@pytest.mark.parametrize("lines", range(1, 7))
def test_a_page_may_end_anywhere(lines: int) -> None:
    records, _issues, _ledger, _survey = read(PAGE, [*card("2401.00001"), *card("2401.00002")[:lines]])
    assert len(records) == (1 if lines == 1 else 2)
    assert seen(records[0]) == seen(one(card("2401.00001")))


def test_a_page_may_end_inside_an_abstract() -> None:
    found, _issues, _ledger, _survey = read(PAGE, [*card("2401.00001")[:2], "[Tea is warm\\\\", "and then"])
    assert (found[0].abstract, found[0].abstract_truncated) == ("Tea is warm and then", True)


def test_a_link_that_never_ends_does_not_swallow_the_next_paper() -> None:
    broken = ["### [Lost](/papers/2401.00009)", "[This has no end", *card("2401.00001")]
    records, _issues, _ledger, _survey = read(PAGE, broken)
    assert [one.title for one in records] == ["Lost", "Tea"]
    assert records[0].abstract == "This has no end"


def test_daily_list_with_submitters() -> None:
    lines = ["Submitted by", "[![](a.png) ann](/ann)", *card("2401.00001")[:2], "[- 7 authors](/papers/2401.00001)"]
    found = one(lines)
    assert (found.fields["submitted_by"], found.author_count, found.upvotes) == ("ann", 7, 7)


def test_a_day_that_does_not_exist_is_an_issue() -> None:
    records, issues, _ledger, _survey = read(PAGE, [*card("2401.00001")[:-1], "Feb 31, 2024"])
    assert records[0].month_day is None
    assert "no such day" in issues[0].why


def test_votes_without_a_title_are_an_issue() -> None:
    records, issues, _ledger, _survey = read(PAGE, [card("2401.00001")[0], *card("2401.00002")])
    assert len(records) == 1
    assert "No title" in issues[0].why


def test_marks() -> None:
    lines = card("2401.00001")
    assert [is_mark(line) for line in lines] == [starts(line) for line in lines] == [True] + [False] * 5
    assert not is_mark("[Subscribe](https://huggingface.co/login?next=%2Fpapers)")


def test_other_texts_are_not_such_a_page() -> None:
    assert PAGE.sniff("A title\n\nAn abstract of a plain page.\n\n  • 3 authors\n·\nMay 29\n") == 0
    assert PAGE.sniff("### [A](https://arxiv.org/abs/2401.00001)\ntext") == 0


@given(st.lists(PIECES).map("".join))
def test_any_text(text: str) -> None:
    holds(PAGE, text)


@given(st.text())
def test_any_letters(text: str) -> None:
    holds(PAGE, text)
