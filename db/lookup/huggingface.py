"""Hugging Face Papers: what its listing pages show, with the authors that they leave out, in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from db.domain.formats.arxiv import plain
from db.lookup import jsonanswers
from db.lookup.service import Part, Request, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CHARACTERS = 250
"""A longer question is refused."""


class HuggingFace:
    """The public part of the Hub's API that lists papers."""

    name, label, base = "huggingface", "Hugging Face", "https://huggingface.co"
    pause = 0.5
    batch = 1
    form = "json"
    tells = frozenset(Part)

    def number(self, work: Work) -> str | None:
        """Return the arXiv id, if it is none of before 2007 (math/0309136): others do not stand there."""
        number = plain(work.arxiv_id or "")
        return None if number is None or "/" in number else number

    def by_numbers(self, numbers: Sequence[str]) -> Request:
        """Ask for one paper."""
        return Request(f"/api/papers/{quote(numbers[0])}")

    def by_title(self, title: str) -> Request:
        """Ask for papers whose title or text is like these words."""
        return Request("/api/papers/search", {"q": title[:MOST_CHARACTERS]})

    def items(self, answer: str) -> list[str]:
        """Return the papers, which stand in a list or alone."""
        return [jsonanswers.text_of(one) for one in jsonanswers.listed(answer) if "title" in one or "paper" in one]
