"""Reading whole documents in tests, with the account checked; and invented papers as services would give them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from random import Random
from typing import Any

from pages import SENTENCES, TITLES

from db.domain.formats import Format
from db.domain.records import Issue, Ledger, Record

NAMES = ("Ada Kettle", "Bo Li", "Chiara van der Mast", "Ðorđe Lantern", "Eun-ji Park", "Plato")


@dataclass(frozen=True)
class Outcome:
    """What came of a document."""

    records: list[Record]
    issues: list[Issue]
    ledger: Ledger


def read(fmt: Format, text: str) -> Outcome:
    """Read a text and check that no line vanished and that the records' lines are in order and inside."""
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    items = list(fmt.read(lines, fmt.survey(lines)))
    ledger = items[-1]
    assert isinstance(ledger, Ledger)
    parts = (ledger.record_lines, ledger.furniture_lines, ledger.blank_lines, ledger.issue_lines)
    assert sum(parts) == ledger.lines == len(lines)
    assert min(parts) >= 0
    records = [item for item in items if isinstance(item, Record)]
    _check(records, len(lines))
    return Outcome(records, [item for item in items if isinstance(item, Issue)], ledger)


def _check(records: list[Record], count: int) -> None:
    last = 1
    for number, record in enumerate(records, start=1):
        assert record.index == number
        assert last <= record.line_title <= record.line_end <= count
        assert record.line_abstract is None or record.line_title <= record.line_abstract <= record.line_end
        assert record.title
        for text in (record.title, record.abstract, *record.fields.values()):
            assert "\0" not in text
            text.encode()
        last = record.line_title


@dataclass(frozen=True)
class Invented:
    """An invented paper and what must come of it."""

    number: int
    title: str
    abstract: str
    authors: tuple[str, ...]
    day: str
    upvotes: int
    comments: int

    @property
    def arxiv_id(self) -> str:
        """An identifier of its own."""
        return f"2503.{self.number:05d}"

    def matches(self, record: Record) -> bool:
        """Say whether the record holds what was invented."""
        people = tuple(f"{one.given} {one.family}".strip() for one in record.authors)
        seen = (record.title, record.abstract, people, record.date.iso(), record.arxiv_id, record.author_count)
        return seen == (self.title, self.abstract, self.authors, self.day, self.arxiv_id, len(self.authors) or None)

    def hub(self) -> dict[str, Any]:
        """The paper as the hub's API and pages give it."""
        inner: dict[str, Any] = {
            "id": self.arxiv_id,
            "authors": [{"_id": "a1", "name": name, "hidden": False} for name in self.authors],
            "publishedAt": f"{self.day}T17:53:27.000Z",
            "title": self.title.replace(" ", "\n  ", 1),
            "summary": self.abstract.replace(" ", "\n", 3),
            "upvotes": self.upvotes,
            "discussionId": "64fe",
            "ai_summary": "Kettles whistle.",
            "ai_keywords": ["kettle", "steam"],
            "githubRepo": "https://github.com/kettle/whistle",
            "githubStars": 77,
        }
        return {
            "paper": inner,
            "publishedAt": "2025-12-24T01:58:54.337Z",
            "title": self.title,
            "numComments": self.comments,
            "submittedBy": {"fullname": "Kim Harbour", "name": "kim"},
            "organization": {"name": "kettle-lab", "fullname": "The Kettle Lab"},
        }

    def flat(self) -> dict[str, Any]:
        """The paper as a script of one's own would write it."""
        return {
            "arxiv_id": self.arxiv_id,
            "title": self.title,
            "abstract": self.abstract,
            "authors": list(self.authors),
            "upvotes": self.upvotes,
            "published_at": f"{self.day}T00:00:00Z",
        }


def invented(random: Random, count: int) -> list[Invented]:
    """Return invented papers."""
    found = []
    for number in range(1, count + 1):
        sentences = random.sample(SENTENCES, random.randint(2, 6))
        authors = tuple(random.choice(NAMES) for _ in range(random.choice((0, 1, 2, 5, 120))))
        day = f"20{random.randint(10, 26)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
        title = f"{random.choice(TITLES)} {number}"
        found.append(Invented(number, title, " ".join(sentences), authors, day, random.randint(1, 400), number % 9))
    return found


def dump(value: Any, random: Random) -> str:
    """Write JSON in one of the usual ways."""
    indent = random.choice((None, 0, 1, 2, 4, "\t"))
    separators = random.choice((None, (",", ":"))) if indent is None else None
    return json.dumps(value, indent=indent, separators=separators, ensure_ascii=random.random() < 0.5)
