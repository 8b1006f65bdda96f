"""The search page with numbered links: invented ones, and what a broken one leaves."""

from __future__ import annotations

import textwrap
from random import Random
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.domain.formats.linked.linkrefs import LinkRefs, is_mark, starts
from db.domain.formats.linked.refnumbers import RefNumbers

from .linkpages import Look, Shown, check, holds, read, shown, survives

PAGE = LinkRefs()
PIECES = st.sampled_from(
    [
        "[",
        "][1]",
        "]",
        "\n",
        "### [",
        "[1]: /papers/2401.00001",
        "   [2]: ",
        "·",
        "May 29",
        "* ",
        " ",
        "5 authors",
        "-",
        "a title",
        "65",
        "```",
        "[[x] Y][3]",
        "# Daily Papers",
        "\n\n",
        "Previous",
        "x" * 500,
    ]
)


class Numbers:
    """Numbers of links in the order in which they come, and their addresses."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.addresses: list[str] = []

    def __call__(self, address: str) -> str:
        self.addresses.append(address)
        return f"[{len(self.addresses)}]"

    def listed(self, lead: str) -> list[str]:
        return [f"{lead}[{n}]: {self.site}{address}" for n, address in enumerate(self.addresses, start=1)]


def write(papers: list[Shown], look: Look) -> list[str]:
    random, number = Random(look.seed), Numbers("" if look.relative else look.host)
    out: list[str] = []
    if look.header:
        query = f"?q={quote(look.query)}" if look.query else ""
        out += ["# Web source", f"- URL: {look.host}/papers{query}", "- Captured (UTC): 2026-06-29T16:31:22", "```text"]
        out += [f"[[Hugging Face's logo] Hugging Face]{number('/')}", f"* [ Models ]{number('/models')}", "* * Website"]
        out += [f"    * [ Tasks]{number('/tasks')}", "new", "", f"[Subscribe]{number('/login?next=%2Fpapers')}", ""]
        out += [
            "# Daily Papers",
            "",
            f"## by[AK]{number('/akhaliq')} and the research community",
            "* Daily",
            "",
            "Jun 29",
        ]
    gap = [""] * look.blank
    for one in papers:
        link = f"/papers/{one.arxiv_id}"
        votes = "-" if one.upvotes is None else f"{one.upvotes:,}"
        login = number(f"/login?next=%2Fpapers%2F{one.arxiv_id}")
        out += random.choice([["[", votes, f"]{login}"], [f"[{votes}]{login}"], ["[", f" {votes}", f" ]{login}"]])
        out += [*gap, f"### [{one.title}]{number(link)}", *gap]
        if one.abstract:
            width = random.choice([72, 120])
            body = textwrap.wrap(one.abstract, width, break_long_words=False, break_on_hyphens=False)
            out += ["[", "", *body, "", f"]{number(link)}"] if look.wrapped else [f"[{' '.join(body)}]{number(link)}"]
        if one.count is not None:
            faces = ["* [a face]"] * random.randint(0, 2)
            out += ["[", *faces, f"* {one.count} author{'s' * (one.count != 1)}", f"]{number(link)}"]
        if one.organisation:
            slug, name = one.organisation
            out += [f"[[{slug}] {name}]{number('/' + slug)}"]
        if one.day:
            year = f", {one.year}" if one.year else ""
            comments = f" [ {one.comments}]{number(link + '#community')}" if one.comments else ""
            out += ["·", one.day + year + comments]
    if look.footer:
        out += [f"[Previous]{number('/papers/date/2026-06-28')}", "System theme"]
    return [*out, "", *number.listed(random.choice(["", "   "]))]


@pytest.mark.parametrize("seed", range(60))
def test_a_broken_page(seed: int) -> None:
    survives(PAGE, write, seed)


@pytest.mark.parametrize("seed", range(150))
def test_any_page(seed: int) -> None:
    check(PAGE, write, seed)


def test_without_addresses_there_are_papers_without_identifiers() -> None:
    lines = write(shown(Random(1), 6), Look(wrapped=True))
    records, issues, _ledger, survey = read(PAGE, lines[: lines.index("")] if not lines[0] else lines)
    cut = [line for line in lines if not line.lstrip().startswith("[") or "]: " not in line]
    bare, _issues, _ledger, _survey = read(PAGE, cut)
    assert [one.title for one in bare] == [one.title for one in records]
    assert {one.arxiv_id for one in bare} == {None}
    assert not issues
    assert survey.render_year == 2026


def test_two_pages_with_the_same_numbers() -> None:
    papers = shown(Random(5), 8)
    lines = write(papers[:4], Look()) + write(papers[4:], Look(wrapped=True))
    records, _issues, _ledger, _survey = read(PAGE, lines)
    assert [one.arxiv_id for one in records] == [one.arxiv_id for one in papers]
    assert [one.title for one in records] == [one.title for one in papers]


CARD = (
    "[",
    "65",
    "][4]",
    "",
    "### [Tea [and Cups]][5]",
    "",
    "[",
    "",
    "Tea is warm [1][2] and (0,1]",
    "it stays so.",
    "",
    "][6]",
    "[",
    "* 671 authors",
    "][7]",
    "·",
    "Mar 8, 2024 [ 6][8]",
)


def test_brackets_in_titles_and_abstracts() -> None:
    (found,), issues, _ledger, _survey = read(PAGE, [*CARD, "[5]: https://hf.co/papers/2403.00001v2"])
    assert (found.title, found.abstract) == ("Tea [and Cups]", "Tea is warm [1][2] and (0,1] it stays so.")
    assert (found.arxiv_id, found.author_count, found.upvotes, found.comments) == ("2403.00001", 671, 65, 6)
    assert (found.line_title, found.line_abstract, found.line_end) == (5, 9, 17)
    assert not issues


def test_comments_on_lines_of_their_own() -> None:
    lines = [*CARD[:-1], "Mar 8", "[", "6", "][8]", *CARD]
    records, _issues, _ledger, _survey = read(PAGE, lines)
    assert [(one.upvotes, one.comments) for one in records] == [(65, 6), (65, 6)]


@pytest.mark.parametrize("lines", range(1, len(CARD)))
def test_a_page_may_end_anywhere(lines: int) -> None:
    records, _issues, _ledger, _survey = read(PAGE, [*CARD, *CARD[:lines]])
    assert len(records) == (1 if lines < 5 else 2)
    assert records[0].author_count == 671
    assert records[-1].abstract_truncated == (9 <= lines < 12)


def test_a_link_that_never_ends_does_not_swallow_the_next_paper() -> None:
    records, _issues, _ledger, _survey = read(PAGE, [*CARD[:10], *CARD])
    assert [one.author_count for one in records] == [None, 671]


def test_marks() -> None:
    assert [line for line in CARD if is_mark(line)] == [
        line for line in CARD if line[-1:] == "]" and line[-3:-2] == "[" and not line.startswith("Mar")
    ]
    assert [line for line in CARD if starts(line)] == ["[", "### [Tea [and Cups]][5]", "[", "["]


def test_other_texts_are_not_such_a_page() -> None:
    assert PAGE.sniff("A title\n\nAn abstract [1][2].\n\n  • 3 authors\n·\nMay 29\n") == 0


def test_numbers_of_titles_take_little_room() -> None:
    numbers = RefNumbers()
    for place in range(1_000):
        numbers.title(place * 4)
    for place in range(1_000):
        numbers.define(place * 4, f"/papers/2401.{place:05d}")
    assert numbers.identifier(7) == "2401.00007"
    assert numbers.identifier(5_000) is None
    assert not numbers.others


@given(st.lists(PIECES).map("".join))
def test_any_text(text: str) -> None:
    holds(PAGE, text)


@given(st.text())
def test_any_letters(text: str) -> None:
    holds(PAGE, text)
