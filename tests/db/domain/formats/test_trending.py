"""Trending and daily pages: every card stands twice, each paper comes out once."""

from __future__ import annotations

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
from db.domain.formats import prose
from db.domain.formats.cards import trending
from db.domain.formats.cards.trending import Trending
from db.domain.formats.survey import Survey
from db.domain.records import Record

SUMMARY = "A patient model waits for buses, i.e. ferries and trains, and improves on 7.5% of all timetables."
HEADER = ("new", "Trending Papers", "by AK and the research community", "Subscribe")


@dataclass(frozen=True)
class Look:
    """How a page is written."""

    markdown: bool = True
    header: bool = True
    copies: str = "near"
    blanks: int = 1
    alt: str = "[Image: no text]"
    anchors: bool = False
    one_line: bool = True


LOOKS = st.builds(
    Look,
    markdown=st.booleans(),
    header=st.booleans(),
    copies=st.sampled_from(["near", "near", "once", "far"]),
    blanks=st.sampled_from([0, 1, 2]),
    alt=st.sampled_from(
        ["[Image: no text]", "[图片：无替代文本]", "![](https://cdn.example.org/a.png)", "[Bild: ohne Text]"]
    ),
    anchors=st.booleans(),
    one_line=st.booleans(),
)


@dataclass(frozen=True)
class Card:
    """Which parts the card of a paper has."""

    paper: layouts.Paper
    summary: bool
    submitted: bool
    lab: bool
    votes: bool
    github: bool


def cards(seed: int, count: int = 4) -> list[Card]:
    random = Random(seed)
    # The first card of a page without a header could not be told from a header without its submitter.
    return [
        Card(
            paper,
            random.random() < 0.4,
            n == 0 or random.random() < 0.7,
            *(random.random() < p for p in (0.5, 0.9, 0.7)),
        )
        for n, paper in enumerate(layouts.papers(random, count))
    ]


def render(shown: list[Card], look: Look) -> list[str]:
    draw = _markdown if look.markdown else _text
    out: list[str] = []
    for line in HEADER if look.header else ():
        out += [line] + [""] * look.blanks
    first = [draw(card, look, published=True) for card in shown]
    second = [draw(card, look, published=False) for card in shown]
    if look.copies == "near":
        parts = [part for pair in zip(first, second, strict=True) for part in pair]
    else:
        parts = first + (second if look.copies == "far" else [])
    for part in parts:
        for line in part:
            out += [line] + [""] * look.blanks
    return out


def _day(card: Card, published: bool) -> str:
    year = f", {card.paper.year}" if card.paper.year else ""
    return ("Published on " if published else "") + card.paper.month_day + year


def _markdown(card: Card, look: Look, *, published: bool) -> list[str]:
    paper, site = card.paper, "https://huggingface.co"
    lines = [] if card.submitted and look.one_line else [f"[{look.alt}]({site}/papers/{paper.arxiv_id})"]
    if card.submitted:
        lines += ["Submitted by", look.alt, paper.name]
    lines += ['<a id="source-section-7"></a>'] if look.anchors else []
    lines += [f"### [{paper.title}]({site}/papers/{paper.arxiv_id})", SUMMARY if card.summary else paper.abstract]
    slug, lab = paper.lab
    if card.lab:
        lines += [f"[{look.alt} {lab}]({site}/{slug}) · {_day(card, published)}"]
    else:
        lines += ["-", f"- {look.alt}", f"- {len(paper.authors)} authors", f"· {_day(card, published)}"]
    if card.votes:
        lines += ["[Upvote", f"{paper.upvotes}]({site}/login?next=%2Fpapers%2F{paper.arxiv_id})"]
    buttons = [f"[GitHub {paper.stars}]({paper.github})"] if card.github else []
    return [*lines, " ".join([*buttons, f"[arXiv Page](https://arxiv.org/abs/{paper.arxiv_id})"])]


def _text(card: Card, look: Look, *, published: bool) -> list[str]:
    paper = card.paper
    lines = ["Submitted by", paper.name] if card.submitted else []
    lines += [paper.title, SUMMARY if card.summary else paper.abstract]
    slug, lab = paper.lab
    who = [slug, lab] if card.lab else [f"{len(paper.authors)} authors"]
    if look.one_line:
        lines.append(f"{' '.join(who)} · {_day(card, published)}")
    else:
        lines += [*who, "·", _day(card, published)]
    if card.votes:
        lines += ["Upvote", str(paper.upvotes)]
    if card.github:
        lines += [f"GitHub {paper.stars}"] if look.one_line else ["GitHub", paper.stars]
    return [*lines, "arXiv Page"]


@settings(max_examples=150)
@given(look=LOOKS, seed=st.integers(0, 100_000))
def test_every_field_comes_back_once(look: Look, seed: int) -> None:
    shown = cards(seed)
    records, issues, ledger = layouts.read(Trending(), render(shown, look))
    assert not issues
    assert [record.title for record in records] == [card.paper.title for card in shown]
    for record, card in zip(records, shown, strict=True):
        paper = card.paper
        assert record.abstract == ("" if card.summary else paper.abstract)
        assert record.fields.get("summary") == (SUMMARY if card.summary else None)
        assert (record.month_day, record.year_explicit) == (paper.month_day, paper.year)
        assert record.author_count == (None if card.lab else len(paper.authors))
        expected = (paper.lab[1], paper.lab[0]) if card.lab else (None, None)
        assert (record.organization, record.organization_slug) == expected
        assert record.organization_name == record.organization
        assert record.upvotes == (paper.upvotes if card.votes else None)
        assert record.fields.get("submitted_by") == (paper.name if card.submitted else None)
        assert record.fields.get("github_stars") == (paper.stars if card.github else None)
        if look.markdown:
            assert record.arxiv_id == paper.arxiv_id
            assert record.fields["page"] == f"https://huggingface.co/papers/{paper.arxiv_id}"
            assert record.urls == ((paper.github,) if card.github else ())
            assert record.date.year == 2025
    assert ledger.dialect == ("markdown" if look.markdown else "text")


@settings(max_examples=60)
@given(look=LOOKS, seed=st.integers(0, 10_000), cut=st.floats(0.1, 1.0))
def test_a_cut_page_loses_no_line(look: Look, seed: int, cut: float) -> None:
    text = "\n".join(render(cards(seed), look))
    layouts.read(Trending(), text[: int(len(text) * cut)].split("\n"))


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=60), max_size=30))
def test_any_text_is_accounted_for(lines: list[str]) -> None:
    layouts.read(Trending(), lines)


@settings(max_examples=150)
@given(st.randoms(use_true_random=False), st.integers(0, 1000))
def test_pages_in_disorder_are_accounted_for(random: Random, seed: int) -> None:
    lines = render(cards(seed, 3), Look(markdown=seed % 2 == 0, blanks=seed % 3)) + list(HEADER)
    for _ in range(10):
        lines[random.randrange(len(lines))] = random.choice(lines) + random.choice(["", "", "](", "[", " ·", "\t"])
    layouts.read(Trending(), random.sample(lines, len(lines) // 2))


def test_the_real_page(dumps: Path) -> None:
    lines, truth = layouts.sample(dumps, "04_")
    assert formats.guesses("\n".join(lines))[0].format.name == "trending"
    records, issues, _ = layouts.read(Trending(), lines)
    assert not issues
    for record, expected in zip(records, truth, strict=True):
        assert not list(layouts.differences(record, expected))
    assert [bool(record.abstract) for record in records] == [True, False, False]


def test_a_daily_list_has_votes_first_and_comments_last() -> None:
    lines: list[str] = []
    shown = layouts.papers(Random(5), 5)
    for paper in shown:
        lines += ["Submitted by", "", paper.name, "", str(paper.upvotes), "", paper.title, "", "·", ""]
        lines += [f"{len(paper.authors)} authors", "", str(paper.comments), ""]
    records, issues, _ = layouts.read(Trending(), ["Daily Papers", "", "Oct 2", "", *lines, "System theme", "Company"])
    assert not issues
    got = [(r.title, r.upvotes, r.author_count, r.comments, r.abstract) for r in records]
    assert got == [(p.title, p.upvotes, len(p.authors), p.comments, "") for p in shown]
    linked: list[str] = []
    for paper in shown:
        link = f"/papers/{paper.arxiv_id}"
        linked += [f"[![]({link}.png)]({link})", "", f"Submitted by [![](/a.png)]({link}) {paper.name}", ""]
        linked += [
            f"[{paper.upvotes}](/login?next=%2Fpapers%2F{paper.arxiv_id})",
            "",
            f"### [{paper.title}]({link})",
            "",
        ]
        linked += [f"[- {len(paper.authors)} authors]({link})", "", f"[{paper.comments}]({link}#community)", ""]
    records, issues, _ = layouts.read(Trending(), linked)
    assert not issues
    got = [(r.title, r.upvotes, r.author_count, r.comments, r.abstract) for r in records]
    assert got == [(p.title, p.upvotes, len(p.authors), p.comments, "") for p in shown]
    assert [r.arxiv_id for r in records] == [p.arxiv_id for p in shown]


def test_a_wrapped_title_is_put_together() -> None:
    lines = [
        "### [Paper Boats: Folding Long",
        "Contexts](https://huggingface.co/papers/2501.00001)",
        "We fold. We float.",
    ]
    (record,), _, _ = layouts.read(Trending(), [*lines, "· Published on Jan 2, 2025", "[Upvote", "-](/login)"])
    assert (record.title, record.abstract) == ("Paper Boats: Folding Long Contexts", "We fold. We float.")
    assert record.upvotes is None


def test_a_day_that_does_not_exist_is_an_issue() -> None:
    lines = ["Submitted by", "ann", "Snail Mail", "We post. We wait.", "· Published on Feb 31, 2025", "Upvote", "3"]
    (record,), (issue,), _ = layouts.read(Trending(), lines)
    assert (record.title, record.month_day, record.upvotes) == ("Snail Mail", None, 3)
    assert (issue.line, "Feb 31" in issue.why) == (5, True)


def test_a_long_line_of_tags_alone_is_no_text() -> None:
    items = list(Trending().read(["Submitted by Ann", "Paper Boats", "<b>" * 300, "<b>" * 300, "We fold."], Survey()))
    (record,) = [one for one in items if isinstance(one, Record)]
    assert (record.title, record.fields["summary"]) == ("Paper Boats", "We fold.")


def test_lines_without_a_card_are_an_issue() -> None:
    lines = ["Submitted by", "ann", "Snail Mail", "Upvote", "3", "arXiv Page", "Somebody wrote this below the page"]
    _, (issue,), ledger = layouts.read(Trending(), lines)
    assert (issue.line, ledger.issue_lines) == (7, 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SUMMARY, True), ("We fold boats. They float.", False), ("We fold boats and", False),
        ("A boat, a kite ...", False),
        ("x" * 500 + ".", False), ("Boats by Smith et al. improve on GPT-4.5 vs. Kites.", True),
    ],
)  # fmt: skip
def test_summaries_are_one_whole_short_sentence(text: str, expected: bool) -> None:
    assert prose.is_summary(text) is expected


def test_marks() -> None:
    assert all(map(trending.is_mark, ("Submitted by", "[GitHub 3](https://github.com/a/b) [arXiv Page](https://x)")))
    assert not any(map(trending.is_mark, (SUMMARY, "### [Kites](/papers/2501.00001)", "", "Upvote 14 +6")))
    assert trending.starts("Submitted by")
    assert trending.starts("# Trending Papers")
    assert not trending.starts("arXiv Page")


def test_other_pages_are_not_recognised() -> None:
    plain = "\n".join(pages.render(pages.made(Random(1), 9, dated=1.0), pages.Style()))
    for text in ("", plain, "{}", "<html>Submitted by</html>", "Submitted by the authors.\n"):
        assert Trending().sniff(text) < 0.5


def test_the_page_year_comes_from_its_head() -> None:
    head = ["retrieved: 2026-01-05", "---", "Trending Papers"]
    lines = ["Submitted by", "ann", "Snail Mail", "We post. We wait.", "· Published on Jan 2", "Upvote", "3"]
    (record,), _, ledger = layouts.read(Trending(), head + lines)
    assert (record.date.iso(), record.date.inferred, ledger.render_year) == ("2026-01-02", True, 2026)


def test_time_grows_with_the_text_only() -> None:
    for unit in ("[", "[[a] ", "[a](", "](", "Submitted by ", "- [", "*", "a. ", "· "):
        start = time.process_time()
        layouts.read(Trending(), [unit * 100_000, unit * 60, *[unit] * 3_000])
        assert time.process_time() - start < 3, unit
