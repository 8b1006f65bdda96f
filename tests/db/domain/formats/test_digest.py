"""Digests: lists, tables, sections and newsletters with abstracts cut short."""

from __future__ import annotations

import time
from random import Random

import layouts
import pages
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain import formats
from db.domain.formats.digests import digest
from db.domain.formats.digests.digest import Digest
from db.domain.formats.digests.item import item, moment, names
from db.domain.records import Date

STYLES = (
    "bold bullets", "bullets", "numbers", "awesome", "details", "table", "arxiv table", "abstract table", "sections",
    "linked sections", "newsletter", "tight newsletter", "late links", "labels",
)  # fmt: skip


def shown(paper: layouts.Paper, random: Random) -> str:
    """Return the abstract as a digest shows it."""
    return paper.abstract[: random.randint(90, 220)].rsplit(" ", 1)[0] + random.choice(["...", "…", " ..."])


def link(paper: layouts.Paper, random: Random) -> str:
    kind = random.choice(["abs", "pdf"])
    return f"https://arxiv.org/{kind}/{paper.arxiv_id}{random.choice(['', 'v2'])}"


def render(style: str, papers: list[layouts.Paper], cut: list[str], random: Random) -> list[str]:
    """Return the lines of a digest in a style."""
    tables = {
        "table": ["| Date | Title | Authors | Code |", "|:---|:---|:---|---|"],
        "arxiv table": ["|Publish Date|Title|Authors|PDF|Code|", "|---|---|---|---|---|"],
        "abstract table": ["| Paper | Abstract | Links |", "| --- | --- | --- |"],
    }
    mail = style in ("newsletter", "tight newsletter", "late links", "labels")
    out = ["Boats weekly", "", "Hello, here are the boats.", ""] if mail else ["# Boats", "", "A list of boats.", ""]
    out += tables.get(style, ["## Kites", ""] if "sections" not in style and not mail else [])
    for number, (paper, text) in enumerate(zip(papers, cut, strict=True), start=1):
        out += _entry(style, paper, text, number, link(paper, random))
    return [*out, "", "Unsubscribe at any time." if mail else "## License", "", *([] if mail else ["MIT"])]


def _entry(style: str, paper: layouts.Paper, text: str, number: int, url: str) -> list[str]:
    title, code, who = paper.title, f"([code]({paper.github}))", ", ".join(paper.authors)
    many = who if len(paper.authors) > 1 else who + " et.al."
    return {
        "bold bullets": [f"- **[{title}]({url})** - {text} {code}"],
        "bullets": [f"* [{title}]({url}): {text} [[code]({paper.github})]"],
        "numbers": [f"{number}. [{title}]({url})", "", f"   {text}", f"   [Code]({paper.github})", ""],
        "awesome": [f"- **{title}** [[paper]({url})] [[code]({paper.github})]", f"  {text}"],
        "details": [f"- **{title}**", f"  - Authors: {who}", f"  - Link: {url}", f"  - Abstract: {text}",
                    f"  - Code: {paper.github}"],
        "table": [f"| 2025-01-0{number} | [{title}]({url}) | {who} | [link]({paper.github}) |"],
        "arxiv table": [
            f"|**2025-01-0{number}**|**{title}**|{who}|[{paper.arxiv_id}]({url})|**[link]({paper.github})**|"
        ],
        "abstract table": [f"| **{title}** | {text} | [paper]({url}) [code]({paper.github}) |"],
        "sections": [f"## {number}. {title}", "", url, "", f"**Authors:** {who}", "", f"**Abstract:** {text}", "",
                     f"**Code:** {paper.github}", ""],
        "linked sections": [f"### [{title}]({url})", f"*{many}*", "", text, "", f"- [Code]({paper.github})", ""],
        "newsletter": [title, url, text, f"Code: {paper.github}", ""],
        "tight newsletter": [title, url, text],
        "late links": [title, "", text, "", f"Read: {url}", ""],
        "labels": [
            f"Title: {title}", f"Authors: {who}", f"Link: {url}", f"Code: {paper.github}", f"Abstract: {text}", ""
        ],
    }[style]  # fmt: skip


@settings(max_examples=200)
@given(style=st.sampled_from(STYLES), seed=st.integers(0, 100_000), count=st.integers(3, 8))
def test_every_field_comes_back(style: str, seed: int, count: int) -> None:
    random = Random(seed)
    papers = layouts.papers(random, count)
    cut = [shown(paper, random) for paper in papers]
    lines = render(style, papers, cut, random)
    records, issues, _ = layouts.read(Digest(), lines)
    assert not issues
    assert [record.title for record in records] == [paper.title.rstrip(".") for paper in papers]
    for record, paper, text in zip(records, papers, cut, strict=True):
        assert record.arxiv_id == paper.arxiv_id
        if style not in ("table", "arxiv table"):
            assert (record.abstract, record.abstract_truncated) == (text, True)
        else:
            assert record.date.iso() == f"2025-01-0{record.index}"
        if style not in ("tight newsletter", "late links"):
            assert record.fields["github"] == paper.github
        if style in ("table", "arxiv table", "details", "sections", "labels"):
            assert [f"{one.given} {one.family}" for one in record.authors] == list(paper.authors)
    assert Digest().sniff("\n".join(lines)) > 0.5


@settings(max_examples=80)
@given(style=st.sampled_from(STYLES), seed=st.integers(0, 1_000), part=st.floats(0.05, 1.0))
def test_a_cut_digest_loses_no_line(style: str, seed: int, part: float) -> None:
    random = Random(seed)
    papers = layouts.papers(random, 4)
    text = "\n".join(render(style, papers, [shown(paper, random) for paper in papers], random))
    layouts.read(Digest(), text[: int(len(text) * part)].split("\n"))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=60), max_size=30))
def test_any_text_is_accounted_for(lines: list[str]) -> None:
    layouts.read(Digest(), lines)


@settings(max_examples=150)
@given(
    st.randoms(use_true_random=False), st.lists(st.sampled_from(STYLES), min_size=1, max_size=3), st.integers(0, 1000)
)
def test_digests_in_disorder_are_accounted_for(random: Random, styles: list[str], seed: int) -> None:
    papers = layouts.papers(Random(seed), 4)
    lines = [line for style in styles for line in render(style, papers, [shown(p, random) for p in papers], random)]
    layouts.read(Digest(), random.sample(lines, len(lines) // 2))


def test_the_best_guess_is_a_digest() -> None:
    random = Random(3)
    papers = layouts.papers(random, 6)
    for style in STYLES:
        text = "\n".join(render(style, papers, [shown(paper, random) for paper in papers], random))
        assert formats.guesses(text)[0].format.name == "digest", style


README = """# Boats

[![tests](https://ci.example.org/badge.svg)](https://ci.example.org)

Boats folds paper. See [our paper](https://arxiv.org/abs/2501.00001) for the details.

## Install

    pip install boats

- fast
- small, see the [guide](https://boats.example.org/guide)

## Cite

    @article{boats, title={Boats}, url={https://arxiv.org/abs/2501.00001}}
"""


def test_ordinary_readmes_are_not_recognised() -> None:
    plain = "\n".join(pages.render(pages.made(Random(1), 9, dated=1.0), pages.Style()))
    bib = "@misc{a,\n  title = {A},\n  url = {https://arxiv.org/abs/2501.00001}\n}\n" * 5
    for text in ("", README, README.split("## Cite")[0], plain, bib, "{}", "<html></html>"):
        assert Digest().sniff(text) < 0.3


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("[2025/01] Snail Mail by Post [[paper](https://arxiv.org/abs/2501.00001)]", "Snail Mail by Post"),
        ("**Kites from Strings** (ICLR 2024) [[PDF](https://openreview.net/forum?id=a)]", "Kites from Strings"),
        ("[Stop Writing Maps!](https://arxiv.org/abs/2501.00001), Ann Smith, Bob Jones", "Stop Writing Maps!"),
        ('"Paper Boats", ICML 2023 [[paper](https://arxiv.org/abs/2301.00001)]', "Paper Boats"),
        ("Umbrellas in Rain. *Ann Smith et al.* [[arXiv](https://arxiv.org/abs/2301.00001)]", "Umbrellas in Rain"),
    ],
)  # fmt: skip
def test_titles_of_items(line: str, title: str) -> None:
    assert item(line).title == title
    (record,), _, _ = layouts.read(Digest(), ["- " + line])
    assert record.title == title


def test_what_stands_behind_a_title() -> None:
    (record,), _, _ = layouts.read(
        Digest(),
        ["- [Stop Rewriting the Map!](https://arxiv.org/abs/2402.00001), Ann Smith, Bob van den Berg, ICLR 2024"],
    )
    assert [one.family for one in record.authors] == ["Smith", "van den Berg"]
    assert (record.venue, record.date) == ("ICLR", Date(2024))
    (record,), _, _ = layouts.read(
        Digest(), ["- [Kites from Strings](https://arxiv.org/abs/2402.00001) - A framework for kites that fly."]
    )
    assert (record.abstract, record.fields["summary"]) == ("", "A framework for kites that fly.")
    (record,), _, _ = layouts.read(
        Digest(), ["- [Kites from Strings](https://arxiv.org/abs/2402.00001) - We fly kites on strings."]
    )
    assert (record.abstract, record.abstract_truncated) == ("We fly kites on strings.", False)


def test_a_mail_of_new_papers() -> None:
    lines = []
    for number, title in enumerate(("Paper Boats: Folding Long Contexts into\n  Harbours", "Snail Mail")):
        lines += ["-" * 70, "\\\\", f"arXiv:2501.0123{number}", "Date: Thu, 2 Jan 2025 10:00:00 GMT   (12kb)", ""]
        lines += [*f"Title: {title}".split("\n"), "Authors: Ann Smith, Bob Jones and", "  Carla van den Berg"]
        lines += [
            "Comments: 12 pages, and",
            "  a boat",
            "\\\\",
            "  Folding is hard. We propose a method that",
            "is long.",
        ]
        lines += [f"\\\\ ( https://arxiv.org/abs/2501.0123{number} ,  12kb)"]
    records, issues, _ = layouts.read(Digest(), lines)
    assert not issues
    assert [one.title for one in records] == ["Paper Boats: Folding Long Contexts into Harbours", "Snail Mail"]
    for number, record in enumerate(records):
        assert record.abstract == "Folding is hard. We propose a method that is long."
        assert (record.arxiv_id, record.date) == (f"2501.0123{number}", Date(2025, 1, 2))
        assert [one.family for one in record.authors] == ["Smith", "Jones", "van den Berg"]
    assert Digest().sniff("\n".join(lines)) > 0.5


def test_lists_as_people_write_them() -> None:
    lines = [
        "- **Paper Boats: A Study**, *Ann Smith, Bob Jones*, [[Paper]](https://arxiv.org/abs/2501.00001)",
        "+ Snail Mail Again (ICLR 2024) [[Paper]](https://arxiv.org/abs/2501.00002) ![](https://img.example.org/a.svg)",
        "* [**Kites and Strings**](https://arxiv.org/abs/2501.00003) <br> *Ann Smith et al.*",
        "1. **Umbrellas** <br> Ann Smith, Bob Jones <br> [paper](https://arxiv.org/abs/2501.00004)",
        "",
        "**[Lighthouses at Night](https://arxiv.org/abs/2501.00005)**",
        "> We watch lighthouses. They blink...",
    ]
    records, issues, _ = layouts.read(Digest(), lines)
    assert not issues
    titles = ["Paper Boats: A Study", "Snail Mail Again", "Kites and Strings", "Umbrellas", "Lighthouses at Night"]
    assert [one.title for one in records] == titles
    assert [len(one.authors) for one in records] == [2, 0, 1, 2, 0]
    assert (records[4].abstract, records[4].abstract_truncated) == ("We watch lighthouses. They blink...", True)


def test_an_item_without_a_title_is_an_issue() -> None:
    _, (issue,), ledger = layouts.read(Digest(), ["- https://arxiv.org/abs/2402.00001"])
    assert (issue.line, ledger.issue_lines) == (1, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-01-02", ("", Date(2025, 1, 2))), ("Jan 5, 2024", ("Jan 5", Date(2024, 1, 5))),
        ("2024", ("", Date(2024))),
        ("3 March 2023", ("", Date(2023, 3, 3))), ("Mar 2023", ("", Date(2023, 3))), ("soon", ("", Date())),
        ("2025-13-02", ("", Date(2025))), ("2025-02-30", ("", Date(2025, 2))), ("2025/01", ("", Date(2025, 1))),
    ],
)  # fmt: skip
def test_moments(text: str, expected: tuple[str, Date]) -> None:
    assert moment(text) == expected


def test_lists_of_authors() -> None:
    assert names("Ann Smith, Bob Jones")
    assert names("Ann Smith et al.")
    assert not names("We fold boats, and they float.")
    assert not names("Ann Smith")


def test_marks() -> None:
    assert digest.is_mark("- [Kites](https://arxiv.org/abs/2501.00001)")
    assert digest.starts("## [Kites](https://arxiv.org/abs/2501.00001)")
    assert not any(map(digest.is_mark, ("", "- kites", "https://arxiv.org/abs/2501.00001", "| a | b |")))


def test_time_grows_with_the_text_only() -> None:
    for unit in (
        "[",
        "[[a] ",
        "[a](",
        "- [",
        "| a ",
        "https://arxiv.org/abs/2501.00001 ",
        "**a",
        "Ann Smith, ",
        '"“',
        "a. ",
    ):
        start = time.process_time()
        layouts.read(Digest(), [unit * 100_000, unit * 60, *["- " + unit] * 3_000])
        assert time.process_time() - start < 4, unit
