"""Invented listing pages in the three dialects, for tests of imports."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # makes the helper module of this folder importable by its name

HEADER = ["new", "", "Get trending papers in your email inbox!", "", "Subscribe", "", "Daily Papers", ""]
OPENERS = "Glacial Tidal Copper Velvet Amber Lunar Hollow Quartz Saffron Cobalt Thistle Ember".split()
SUBJECTS = "routing parsing planning pruning decoding sampling tracing sorting folding mixing".split()
OBJECTS = "beetles lanterns rivers violins harbours orchards glaciers compasses kettles meadows".split()


@dataclass(frozen=True)
class Shown:
    """A paper as a page shows it."""

    title: str
    abstract: str
    authors: int | None = None
    date: str | None = None  # as printed: "Mar 18" or "Mar 18, 2023"
    comments: int | None = None


class Pages:
    """Writes invented papers as pages."""

    @staticmethod
    def paper(number: int, **facts: object) -> Shown:
        """Return the paper with this number; no two look alike."""
        a, b = OPENERS[number % 12], SUBJECTS[number // 12 % 10]
        c, d = OBJECTS[number // 120 % 10], OBJECTS[(number * 7 + 3) % 10]
        title = f"{a}{number}: {b.capitalize()} {c} with {d} of order {number}"
        abstract = (
            f"We study how {c} numbered {number} behave under {b}, a question that {a.lower()} methods left open. "
            f"Our {d} need {number + 3} steps on the {a} benchmark and {number * 17 % 101} on its harder sibling, "
            f"which no earlier {b} of {c} reached. Code for experiment {number} will be released with the paper."
        )
        return Shown(title, abstract, **facts)  # type: ignore[arg-type]

    @staticmethod
    def full(papers: list[Shown], day: str = "Oct 31") -> str:
        """Return a page of dialect A."""
        lines = [*HEADER, "byAK and the research community", "", day, ""]
        for one in papers:
            lines += [one.title, "", one.abstract, ""]
            if one.date is not None:
                counted = f"{one.authors} author{'' if one.authors == 1 else 's'}"
                comments = "" if one.comments is None else f" {one.comments}"
                lines += [f"  • {counted}", "·", f"{one.date}{comments}", ""]
        return "\n".join(lines)

    @staticmethod
    def glued(papers: list[Shown]) -> str:
        """Return a page of dialect B."""
        lines = ["Get trending papers in your email inbox!"]
        for number, one in enumerate(papers):
            lines += [("" if number else "Subscribe") + one.title, one.abstract]
        return "\n".join(lines)

    @staticmethod
    def bare(papers: list[Shown], day: str = "Jun 4") -> str:
        """Return a page of dialect C."""
        lines = ["new", "", "Get trending papers in your email inbox!", "", "Subscribe", "", day, ""]
        for one in papers:
            lines += [one.title, "", one.abstract, ""]
        return "\n".join(lines[:-1])


@pytest.fixture
def pages() -> type[Pages]:
    """The writer of invented pages."""
    return Pages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder for files to import."""
    made = tmp_path / "drop"
    made.mkdir()
    return made
