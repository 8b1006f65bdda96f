"""Invented papers and the pages that show them, in many variations; for tests only."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from random import Random

from db.domain import formats
from db.domain.records import Issue, Ledger, Record

HEADER = (
    "new", "Get trending papers in your email inbox!", "Subscribe", "Daily Papers",
    "byAK and the research community", "Oct 31",
)  # fmt: skip
TITLES = (
    "Paper Boats: Folding Long Contexts into Small Harbours",
    "On the Temperature of Teapots in Federated Kitchens",
    "iFold: implicit Creases for Origami Agents",
    "γ-Harbour: Mooring Diffusion Models with Radio Tides",
    "Do Lighthouses Dream? Probing Memory in Coastal Language Models",
    "3D Kites from 2D Strings: A Survey",
    "Stop Rewriting the Map!",
    "Gardening Transformers -- Pruning, Grafting and Watering at Scale",
    "A Very Patient Benchmark for Agents That Wait for Buses, Trains, Ferries and the Occasional Balloon While Reading "
    "Timetables Written by Committees in Several Languages and Two Alphabets",
    "Snail Mail as a Side Channel",
    "Learning to Whistle (2021)'s Tune & Other W_+ Melodies",
    "Robust Umbrella Folding via Contrastive Rain Prediction",
)
SENTENCES = (
    "Folding long contexts into small models remains a difficult problem in many harbours.",
    "We propose a simple method that moors every token at the pier where it was first seen.",
    "Unlike earlier work, which assumes calm water, our approach keeps its promises in a storm.",
    "Experiments on seven invented benchmarks show that the error falls by 12.5% on average (p < 0.01).",
    "However, existing teapots cannot tell whether the tea is warm, and so their answers are often cold.",
    "To address this, we introduce a thermometer that is trained end to end with the kettle.",
    "In addition, we release the data and all recipes to help researchers who cook with large models.",
    "The results suggest that patience, not size, is what makes agents wait well for their buses.",
    "This paper studies whether agents that read timetables also understand the delays printed in them.",
    "Extensive studies with volunteers confirm these findings across languages, weather and seasons.",
    "Our theory explains why whistling models lose the tune after they have been pruned too early.",
    "Nevertheless, grafting two branches of a network has been shown to revive forgotten melodies.",
)
META = ("5 authors", "1 authors", "1 author", "128 authors", "paper-boats Paper Boats Lab")
DATES = ("Mar 18", "March 3", "Oct 9", "May 29", "September 30")


@dataclass(frozen=True)
class Made:
    """One invented paper with what its page says of it; `meta` is (authors or organisation, date, year, comments)."""

    title: str
    abstract: str
    meta: tuple[str, str, int | None, int | None] | None = None


@dataclass(frozen=True)
class Style:
    """How a page is written."""

    header: tuple[str, ...] = HEADER
    blanks: tuple[int, ...] = (1,)
    title_width: int = 0
    abstract_width: int = 0
    bullet: str = "  • "
    separator: str = "·"
    one_line: bool = False
    lead: str = ""
    trail: str = ""
    seed: int = field(default=0)


def made(random: Random, count: int, *, dated: float = 0.0) -> list[Made]:
    """Return invented papers; a share of them has author line and date."""
    found = []
    for _ in range(count):
        sentences = random.sample(SENTENCES, random.randint(5, 9))
        meta = None
        if random.random() < dated:
            years, comments = random.choice([None, 2021, 2023]), random.choice([None, 3, 12, 104])
            meta = (random.choice(META), random.choice(DATES), years, comments)
        found.append(Made(random.choice(TITLES), " ".join(sentences), meta))
    return found


def render(papers: list[Made], style: Style) -> list[str]:
    """Return the lines of a page that shows the papers."""
    random = Random(style.seed)
    out: list[str] = []

    def put(lines: list[str]) -> None:
        out.extend(style.lead + line + style.trail for line in lines)
        out.extend([""] * random.choice(style.blanks))

    for line in style.header:
        put([line])
    for paper in papers:
        put(_wrap(paper.title, style.title_width))
        put(_wrap(paper.abstract, style.abstract_width))
        if paper.meta:
            put(_meta(paper.meta, style))
    return out


def _wrap(text: str, width: int) -> list[str]:
    if not width:
        return [text]
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def _meta(meta: tuple[str, str, int | None, int | None], style: Style) -> list[str]:
    who, day, year, comments = meta
    date = day + (f", {year}" if year else "") + (f" {comments}" if comments else "")
    first = style.bullet + who if "author" in who else who
    if style.one_line:
        return [f"{first} · {date}"]
    return [first, *([style.separator] if style.separator else []), date]


def read(lines: list[str]) -> tuple[list[Record], list[Issue], Ledger]:
    """Return records with resolved dates, issues and the ledger; checks that no line vanished."""
    fmt = formats.FORMATS[0]
    survey = fmt.survey(lines)
    items = list(fmt.read(lines, survey))
    ledger = items[-1]
    assert isinstance(ledger, Ledger)
    parts = (ledger.record_lines, ledger.furniture_lines, ledger.blank_lines, ledger.issue_lines)
    assert sum(parts) == ledger.lines == len(lines)
    assert min(parts) >= 0
    records = [formats.resolve(i, survey.render_year, survey.evidence) for i in items if isinstance(i, Record)]
    return records, [i for i in items if isinstance(i, Issue)], ledger


def seen(record: Record) -> Made:
    """Return a record in the shape of an invented paper."""
    meta = None
    if record.month_day:
        who = record.organization or f"{record.author_count}"
        meta = (who, record.month_day, record.year_explicit, record.comments)
    return Made(record.title, record.abstract, meta)


def shown(paper: Made) -> Made:
    """Return the paper as its record must come out."""
    if paper.meta is None:
        return paper
    who, *rest = paper.meta
    return Made(paper.title, paper.abstract, (who.split()[0] if "author" in who else who, *rest))
