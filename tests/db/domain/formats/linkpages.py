"""Invented papers with all that a page with links shows of them, and such pages in many variations; for tests only."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from db.domain import formats
from db.domain.records import Issue, Ledger, Record

from .pages import SENTENCES, TITLES

if TYPE_CHECKING:
    from db.domain.formats import Format, Survey

HOSTS = ("https://huggingface.co", "https://hf-mirror.com", "https://hf.co")
ODD_TITLES = (
    "Boats [and Other [Nested] Vessels]: Lists in Brackets",
    "A(n) Umbrella (with Parentheses) in O(n log n)",
    "`teapot.brew()`: Calling Kettles by Name",
    "snake_case_harbour: Learning *Starred* Names",
    "$\\mathcal{O}(n^2)$ Whistles & 100\\% Melodies",
    "How Long Is 5 authors?",
)
ORGANISATIONS = (("paper-boats", "Paper Boats Lab"), ("Teapot", "Teapot"), ("kite-u", "Université du Cerf-volant"))
DAYS = ("Mar 18", "Oct 9", "May 29", "Feb 29", "Sep 30", "Jan 1")


@dataclass(frozen=True)
class Shown:
    """What a page says of one paper."""

    arxiv_id: str
    title: str
    abstract: str = ""
    count: int | None = None
    organisation: tuple[str, str] | None = None
    day: str | None = None
    year: int | None = None
    comments: int | None = None
    upvotes: int | None = None


@dataclass(frozen=True)
class Look:
    """How a page is written."""

    host: str = HOSTS[0]
    wrapped: bool = False
    header: bool = True
    footer: bool = True
    relative: bool = False
    blank: bool = True
    query: str = ""
    seed: int = field(default=0)


def shown(random: Random, count: int) -> list[Shown]:
    """Return invented papers; everything but the title may be missing."""
    return [_one(random, number) for number in range(count)]


def _one(random: Random, number: int) -> Shown:
    abstract = " ".join(random.sample(SENTENCES, random.randint(2, 8))) if random.random() < 0.9 else ""
    if abstract and random.random() < 0.3:
        abstract += f" Code: https://github.com/paper_boats/fold-{number}."
    by = random.random()
    day = random.choice(DAYS) if random.random() < 0.9 else None
    year = random.choice([None, 2020, 2024]) if day else None
    return Shown(
        arxiv_id=f"{random.randint(18, 25):02d}{random.randint(1, 12):02d}.{number:05d}",
        title=random.choice(TITLES + ODD_TITLES),
        abstract=abstract,
        count=random.choice([1, 2, 9, 128, 1065]) if by < 0.6 else None,
        organisation=random.choice(ORGANISATIONS) if 0.6 <= by < 0.9 else None,
        day=day,
        year=year,
        comments=random.choice([None, 1, 12]) if day else None,
        upvotes=random.choice([None, 1, 65, 1204]),
    )


def looks(random: Random) -> Look:
    """Return one of the many ways to write a page."""
    return Look(
        host=random.choice(HOSTS),
        wrapped=random.random() < 0.5,
        header=random.random() < 0.8,
        footer=random.random() < 0.5,
        relative=random.random() < 0.3,
        blank=random.random() < 0.8,
        query=random.choice(["", "paper boats", "kites & strings"]),
        seed=random.randint(0, 9_999),
    )


def folded(text: str, look: Look, width: int = 79) -> list[str]:
    """Return the lines of a text, one when the page does not wrap."""
    if not look.wrapped or not text:
        return [text]
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def read(fmt: Format, lines: list[str]) -> tuple[list[Record], list[Issue], Ledger, Survey]:
    """Return records with resolved dates, issues, ledger and survey; checks what holds for any text."""
    survey = fmt.survey(lines)
    items = list(fmt.read(lines, survey))
    ledger = items.pop()
    assert isinstance(ledger, Ledger)
    parts = (ledger.record_lines, ledger.furniture_lines, ledger.blank_lines, ledger.issue_lines)
    assert sum(parts) == ledger.lines == len(lines)
    assert min(parts) >= 0
    records = [one for one in items if isinstance(one, Record)]
    last = 0
    for number, one in enumerate(records, start=1):
        assert one.index == number
        assert last < one.line_title <= one.line_end <= len(lines)
        assert one.line_abstract is None or one.line_title <= one.line_abstract <= one.line_end
        last = one.line_end
    issues = [one for one in items if isinstance(one, Issue)]
    assert all(0 < one.line <= len(lines) for one in issues)
    resolved = [formats.resolve(one, survey.render_year, survey.evidence) for one in records]
    return resolved, issues, ledger, survey


def seen(record: Record) -> Shown:
    """Return a record in the shape of an invented paper."""
    organisation = None
    if record.organization is not None:
        organisation = record.organization_slug or "", record.organization
        assert record.organization == record.organization_name
    return Shown(
        record.arxiv_id or "",
        record.title,
        record.abstract,
        record.author_count,
        organisation,
        record.month_day,
        record.year_explicit,
        record.comments,
        record.upvotes,
    )


def check(fmt: Format, write: Callable[[list[Shown], Look], list[str]], seed: int) -> None:
    """Write a page in some way, read it, and compare every field with what was written."""
    random = Random(seed)
    papers, look = shown(random, random.randint(1, 12)), looks(random)
    lines = write(papers, look)
    assert fmt.sniff("\n".join(lines)) > 0.5
    records, issues, _ledger, survey = read(fmt, lines)
    assert [seen(one) for one in records] == papers
    assert not issues
    if look.header:
        assert survey.search == look.query
    for record, paper in zip(records, papers, strict=True):
        assert lines[record.line_title - 1].strip() != ""
        assert not record.abstract_truncated
        assert ("https://github.com/" in paper.abstract) == bool(record.urls)
        if paper.day and record.date.year is None:
            assert paper.year is None


def holds(fmt: Format, text: str) -> None:
    """Whatever the text is: no exception, and every line is accounted for."""
    fmt.sniff(text)
    read(fmt, text.splitlines())


def mutilated(random: Random, lines: list[str]) -> list[str]:
    """Return the lines with some of them lost, doubled, cut off or broken."""
    out = list(lines)
    for _ in range(random.randint(1, 8)):
        place = random.randrange(len(out))
        line = out[place]
        column = random.randint(0, len(line))
        mark = random.choice(["[", "]", "(", ")", "\\", "·", "#", " ", "](", "][4]"])
        out[place : place + 1] = random.choice(
            [[], [line, random.choice(out)], [line[:column]], [line[:column] + mark + line[column:]], [f"  {line} "]]
        ) or [""]
    return out


def survives(fmt: Format, write: Callable[[list[Shown], Look], list[str]], seed: int) -> None:
    """Write a page, break it, and read it: no line is lost, and what is far from the breaks is still there."""
    random = Random(seed)
    papers = shown(random, 12)
    lines = write(papers, looks(random))
    half = len(lines) // 2
    broken = mutilated(random, lines[:half]) + lines[half:]
    records, _issues, _ledger, _survey = read(fmt, broken)
    known = [one.title for one in papers]
    assert [one.title for one in records[-3:]] == known[-3:]
