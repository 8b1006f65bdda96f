"""What the tests of page layouts share: reading with a checked account, and invented authors, labs and papers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pages
import pytest

from db.domain import formats
from db.domain.records import Issue, Ledger, Record

LABS = (
    ("paper-boats", "Paper Boats Lab"), ("harbourU", "Harbour University"), ("Kite0", "Kite0"),
    ("teapot-ai", "Teapot AI"), ("umbrella", "Umbrella & Sons"),
)  # fmt: skip
PEOPLE = (
    "Ann Smith", "Bob A. Jones", "Carla van den Berg", "Dai Wei", "Élodie Dupré", "Fyodor O'Hara",
    "Gülşen Çelik-Yılmaz", "Hans-Peter Müller", "Ida de la Cruz", "J. R. Kite",
)  # fmt: skip
FAMILIES = {
    "Ann Smith": "Smith", "Bob A. Jones": "Jones", "Carla van den Berg": "van den Berg", "Dai Wei": "Wei",
    "Élodie Dupré": "Dupré", "Fyodor O'Hara": "O'Hara", "Gülşen Çelik-Yılmaz": "Çelik-Yılmaz",
    "Hans-Peter Müller": "Müller", "Ida de la Cruz": "de la Cruz", "J. R. Kite": "Kite",
}  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One invented paper."""

    title: str
    abstract: str
    arxiv_id: str
    authors: tuple[str, ...]
    lab: tuple[str, str]
    month_day: str
    year: int | None
    upvotes: int
    comments: int
    name: str
    github: str
    stars: str


def papers(random: Random, count: int) -> list[Paper]:
    """Return invented papers, each with another title."""
    titles = random.sample(pages.TITLES, min(count, len(pages.TITLES)))
    return [_paper(random, title, n) for n, title in enumerate(titles)]


def _paper(random: Random, title: str, n: int) -> Paper:
    month = random.randint(1, 12)
    name = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[month - 1]
    repository = f"https://github.com/{random.choice(('ann', 'kite-lab'))}/boats{n}"
    return Paper(
        title,
        " ".join(random.sample(pages.SENTENCES, random.randint(3, 9))),
        f"25{month:02}.{random.randint(10000, 99999)}",
        tuple(random.sample(PEOPLE, random.randint(1, 7))),
        random.choice(LABS),
        f"{name} {random.randint(1, 28)}",
        random.choice((None, 2025)),
        random.randint(0, 400),
        random.randint(1, 30),
        random.choice(("ann", "bob-the-2nd", "Carla Cruz")),
        repository,
        random.choice(("7", "843", "3.29k", "110k")),
    )


def read(fmt: Any, lines: list[str]) -> tuple[list[Record], list[Issue], Ledger]:
    """Return records with resolved dates, issues and the ledger; checks the account and the places of the records."""
    survey = fmt.survey(lines)
    items = list(fmt.read(lines, survey))
    ledger = items.pop()
    assert isinstance(ledger, Ledger)
    parts = (ledger.record_lines, ledger.furniture_lines, ledger.blank_lines, ledger.issue_lines)
    assert sum(parts) == ledger.lines == len(lines)
    assert min(parts) >= 0
    assert ledger.format == fmt.name
    records, issues, last = [], [], 0
    for item in items:
        if isinstance(item, Record):
            assert last < item.line_title <= item.line_end <= len(lines)
            assert item.line_abstract is None or item.line_title <= item.line_abstract <= item.line_end
            last = item.line_end
            records.append(formats.resolve(item, survey.render_year, survey.evidence))
            assert item.index == len(records)
        else:
            assert isinstance(item, Issue)
            assert 1 <= item.line <= len(lines)
            assert item.why.endswith(".")
            issues.append(item)
    return records, issues, ledger


def sample(dumps: Path, start: str) -> tuple[list[str], list[dict[str, Any]]]:
    """Return the lines of a real page and what is expected of it."""
    folder = dumps.parent / "layouts"
    files = sorted(folder.glob(start + "*"))
    if not files:
        pytest.skip(f"no page {start} in {folder}")
    truths = (json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines())
    return files[0].read_text("utf-8").splitlines(), next(t["records"] for t in truths if t["file"] == files[0].name)


def differences(found: Record, expected: dict[str, Any]) -> Iterator[str]:
    """Yield the fields in which a record is not what its truth says."""
    for name, value in expected.items():
        if name == "authors":
            got: Any = [f"{person.given} {person.family}".strip() for person in found.authors]
        elif hasattr(found, name):
            got = getattr(found, name)
        else:
            got = found.fields.get(name)
        if got != value:
            yield f"{name}: {got!r} is not {value!r}"
