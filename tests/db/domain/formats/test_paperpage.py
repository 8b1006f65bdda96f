"""Pages of single papers, copied, converted from PDF, or as Markdown."""

from __future__ import annotations

import re
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

import layouts
import pages
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.domain import formats
from db.domain.formats.authors import people
from db.domain.formats.people import person
from db.domain.formats.sheets import paperpage
from db.domain.formats.sheets.paperpage import PaperPage
from db.domain.records import Person

SUMMARY = "A step-by-step method moors tokens at piers, improving patience without modifying the underlying boats."
COMMENTS = (
    "Community", "ann", "Paper submitter about 5 hours ago", "Our new paper is here!", "Reply", "librarian-bot",
    "I found the following papers similar to this paper.", "Snail Mail as a Side Channel (2025)",
    "Authors: please have a look at", "arxiv:2401.00001", "Abstract", "ingenuity of kites", "Upvote", "3",
)  # fmt: skip
FOOTER = (
    "Models citing this paper 1", "kite/Boats-4B", "Text Generation • Updated 4 days ago",
    "Datasets citing this paper 0",
    "No dataset linking this paper", "Collections including this paper 4", "System theme", "Company", "TOS", "Privacy",
)  # fmt: skip
BREAK = ("", "---", "*Page 2*", "")


@dataclass(frozen=True)
class Look:
    """How a page is written."""

    markdown: bool = False
    names: str = "commas"
    width: int = 0
    blanks: int = 0
    parts: str = "both"
    head: bool = True
    published: bool = True
    lab: bool = False
    split: bool = False
    breaks: bool = False
    comments: bool = True
    pieces: bool = False


LOOKS = st.builds(
    Look,
    markdown=st.booleans(),
    names=st.sampled_from(["commas", "lines", "trailing"]),
    width=st.sampled_from([0, 60, 80, 100]),
    blanks=st.sampled_from([0, 1, 2]),
    parts=st.sampled_from(["both", "both", "summary", "abstract"]),
    head=st.booleans(),
    published=st.booleans(),
    lab=st.booleans(),
    split=st.booleans(),
    breaks=st.booleans(),
    comments=st.booleans(),
    pieces=st.booleans(),
)


def render(paper: layouts.Paper, look: Look) -> list[str]:
    """Return the lines of the page of a paper."""
    md = look.markdown
    out = [f"# Paper page - {paper.title}", "Search models, datasets, users..."] if look.head else []
    out += ["Papers", f"arxiv:{paper.arxiv_id}"] if look.split else [f"Papers arxiv:{paper.arxiv_id}"]
    out += [f"# {paper.title}"] if md else _wrap(paper.title, look)
    out += _dates(paper, look) if look.published else []
    if md:
        out += [
            f"[Upvote {paper.upvotes}](/login?next=%2Fpapers%2F{paper.arxiv_id})",
            "- [![](/a.png)](/ann)",
            "- [+6](/x)",
        ]
    else:
        out += ["Upvote", f"{paper.upvotes}", "+24"] if look.split else [f"Upvote {paper.upvotes} +6"]
    out += [*_names(paper, look), "## Abstract" if md else "Abstract", *_texts(paper, look)]
    if md:
        out.append(
            f"[View arXiv page](https://arxiv.org/abs/{paper.arxiv_id}) "
            f"[View PDF](https://arxiv.org/pdf/{paper.arxiv_id}) [Project page](https://kites.example.org/) "
            f"[GitHub {paper.stars}]({paper.github}) [Add to collection](/login)"
        )
    else:
        out += ["View arXiv page View PDF Project page", "GitHub", paper.stars, "Add to collection"]
    out += COMMENTS if look.comments else ()
    lines: list[str] = []
    for line in [*out, *FOOTER]:
        lines += [line] + [""] * (look.blanks if line else 0)
    return lines


def _dates(paper: layouts.Paper, look: Look) -> list[str]:
    day = f"Published on {paper.month_day}" + (f", {paper.year}" if paper.year else "")
    slug, lab = paper.lab
    shown = [f"[![{slug}](/a.png) {lab}](/{slug})" if look.markdown else f"{slug} {lab}"] if look.lab else []
    if look.split:
        return [day, "·", "Submitted by", paper.name, "on Feb 6", "#1 Paper of the day", "·", *shown]
    return [f"{day} · Submitted by {paper.name} on Feb 6", *shown]


def _names(paper: layouts.Paper, look: Look) -> list[str]:
    names = [f"[{name}](/{name.split()[0].lower()})" if look.markdown else name for name in paper.authors]
    if look.names == "commas":
        return _wrap("Authors: " + ", ".join(names), look)
    if look.names == "trailing":
        return ["Authors:", *[f"{name}," for name in names[:-1]], names[-1]]
    return ["Authors:", *[part for name in names for part in (name, ",")][:-1]]


def _texts(paper: layouts.Paper, look: Look) -> list[str]:
    summary = [*_wrap(SUMMARY, look), "AI-generated summary"] if look.parts != "abstract" else []
    if look.parts == "summary":
        return summary
    abstract = _wrap(paper.abstract, look)
    if look.pieces:
        # Where keywords are links, copies break the text around them.
        abstract = [
            piece for line in abstract for piece in re.split(r"(?<=\w) (?=(?:models|agents|boats)\b)|(?=[.,] )", line)
        ]
    if look.breaks:
        middle = len(abstract) // 2
        abstract = [*abstract[:middle], "Ask HuggingChat about this Paper", *BREAK, *abstract[middle:]]
    return summary + abstract


def _wrap(text: str, look: Look) -> list[str]:
    # A converter to Markdown never breaks an address.
    breaks = not look.markdown
    return textwrap.wrap(text, look.width, break_long_words=False, break_on_hyphens=breaks) if look.width else [text]


def check(record: layouts.Record, paper: layouts.Paper, look: Look) -> None:
    assert record.title == paper.title
    assert record.abstract == ("" if look.parts == "summary" else paper.abstract)
    assert record.fields.get("summary") == (None if look.parts == "abstract" else SUMMARY)
    assert [f"{one.given} {one.family}" for one in record.authors] == list(paper.authors)
    assert [one.family for one in record.authors] == [layouts.FAMILIES[name] for name in paper.authors]
    assert (record.arxiv_id, record.upvotes, record.author_count) == (paper.arxiv_id, paper.upvotes, len(paper.authors))
    assert record.fields["github_stars"] == paper.stars
    if look.published:
        assert (record.month_day, record.year_explicit) == (paper.month_day, paper.year)
        assert record.date.year == 2025
        assert record.fields["submitted_by"] == paper.name
        assert record.organization == (paper.lab[1] if look.lab else None)
        assert record.organization_slug == (paper.lab[0] if look.lab else None)
    if look.markdown:
        assert record.fields["github"] == paper.github
        assert record.fields["project_page"] == "https://kites.example.org/"


@settings(max_examples=200)
@given(look=LOOKS, seed=st.integers(0, 100_000))
def test_every_field_comes_back(look: Look, seed: int) -> None:
    (paper,) = layouts.papers(Random(seed), 1)
    lines = render(paper, look)
    (record,), issues, _ = layouts.read(PaperPage(), lines)
    assert not issues
    check(record, paper, look)
    assert PaperPage().sniff("\n".join(lines)) > 0.9


@settings(max_examples=60)
@given(looks=st.lists(LOOKS, min_size=2, max_size=4), seed=st.integers(0, 10_000))
def test_pages_one_after_another(looks: list[Look], seed: int) -> None:
    shown = layouts.papers(Random(seed), len(looks))
    lines = [line for paper, look in zip(shown, looks, strict=True) for line in render(paper, look)]
    records, issues, _ = layouts.read(PaperPage(), lines)
    assert not issues
    assert len(records) == len(shown)
    for record, paper, look in zip(records, shown, looks, strict=True):
        check(record, paper, look)


@given(look=LOOKS, seed=st.integers(0, 1_000), cut=st.floats(0.05, 1.0))
def test_a_cut_page_loses_no_line(look: Look, seed: int, cut: float) -> None:
    text = "\n".join(render(layouts.papers(Random(seed), 1)[0], look))
    layouts.read(PaperPage(), text[: int(len(text) * cut)].split("\n"))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=60), max_size=30))
def test_any_text_is_accounted_for(lines: list[str]) -> None:
    layouts.read(PaperPage(), lines)


@settings(max_examples=100)
@given(st.randoms(use_true_random=False), LOOKS, st.integers(0, 1000))
def test_pages_in_disorder_are_accounted_for(random: Random, look: Look, seed: int) -> None:
    lines = [line for paper in layouts.papers(Random(seed), 2) for line in render(paper, look)]
    layouts.read(PaperPage(), random.sample(lines, len(lines) // 2))


def test_the_real_page(dumps: Path) -> None:
    lines, truth = layouts.sample(dumps, "06_")
    assert formats.guesses("\n".join(lines))[0].format.name == "paper-page"
    (record,), issues, _ = layouts.read(PaperPage(), lines)
    assert not issues
    assert not list(layouts.differences(record, truth[0]))
    assert record.abstract.startswith("Large language model (LLM)-powered")
    assert "designed to customize agent-specific memories in" in record.abstract
    assert record.abstract.endswith("modifications to the underlying frameworks.")
    assert "high-utility representations. Extensive" in record.abstract
    assert record.date.iso() == "2026-02-02"


def test_a_page_without_its_first_lines_is_read_from_its_title() -> None:
    lines = [
        "Paper Boats",
        "Published on Dec 17, 2025",
        "Authors:",
        "Ann Smith",
        "Abstract",
        "We fold. We float.",
        "View PDF",
    ]
    (record,), _, ledger = layouts.read(
        PaperPage(), [*lines, "Cite arxiv.org/abs/2512.00001 in a model README.md to link it"]
    )
    assert (record.title, record.arxiv_id, record.date.iso()) == ("Paper Boats", "2512.00001", "2025-12-17")
    assert (ledger.record_lines, ledger.furniture_lines) == (6, 2)


def test_keywords_on_lines_of_their_own_are_no_text() -> None:
    lines = ["arxiv:2512.00001", "Paper Boats", "Authors: Ann Smith", "Abstract", SUMMARY, "AI-generated summary"]
    text = [
        "We fold boats out of paper that was read before.",
        "They float.",
        "boats",
        "paper folding",
        "View arXiv page",
    ]
    (record,), _, _ = layouts.read(PaperPage(), lines + text)
    assert record.abstract == "We fold boats out of paper that was read before. They float."
    assert record.fields["keywords"] == "boats; paper folding"
    assert record.fields["summary"] == SUMMARY


@pytest.mark.parametrize(
    ("name", "family", "given_name"),
    [
        ("Ann Smith", "Smith", "Ann"), ("Jan van den Berg", "van den Berg", "Jan"), ("Plato", "Plato", ""),
        ("Ana de la Cruz", "de la Cruz", "Ana"), ("M. L. King Jr.", "King Jr.", "M. L."), ("Wei Van", "Van", "Wei"),
        ("Leonardo da Vinci", "da Vinci", "Leonardo"), ("Mary Jane Watson", "Watson", "Mary Jane"),
        ("李明", "李明", ""),
    ],
)  # fmt: skip
def test_names_split_before_the_family(name: str, family: str, given_name: str) -> None:
    assert person(name) == Person(family, given_name)


def test_lists_of_names() -> None:
    assert people(["Ann Smith", "Bob Jones"]) == ((Person("Smith", "Ann"), Person("Jones", "Bob")), True)
    assert people(["Ann Smith, Bob", "Jones and Eve Kite"])[0][1:] == (Person("Jones", "Bob"), Person("Kite", "Eve"))
    assert people(["Ann Smith et al."]) == ((Person("Smith", "Ann"),), False)
    assert people([]) == ((), True)
    many = [f"Ann{n} Smith" for n in range(150)]
    assert len(people([", ".join(many)])[0]) == 150


def test_marks() -> None:
    assert paperpage.starts("Papers arxiv:2512.15603")
    assert not paperpage.starts("Cite arxiv.org/abs/2512.15603 in a model README.md")
    assert all(
        map(paperpage.is_mark, ("Authors: Ann", "AI-generated summary", "[View PDF](https://arxiv.org/pdf/2512.15603)"))
    )
    assert not any(map(paperpage.is_mark, (SUMMARY, "", "Community", "Upvote")))


def test_other_pages_are_not_recognised() -> None:
    plain = "\n".join(pages.render(pages.made(Random(1), 9, dated=1.0), pages.Style()))
    for text in ("", plain, "{}", "<html>arxiv:2512.00001\nAbstract</html>", "Abstract\n\nWe fold.\n"):
        assert PaperPage().sniff(text) < 0.5


def test_time_grows_with_the_text_only() -> None:
    for unit in ("[", "[[a] ", "[a](", "Submitted by ", "Published on Feb 2 ", "View PDF ", "arxiv:2512.00001 ", "a, "):
        start = time.process_time()
        layouts.read(PaperPage(), [unit * 100_000, unit * 10, *[unit] * 3_000])
        assert time.process_time() - start < 3, unit
