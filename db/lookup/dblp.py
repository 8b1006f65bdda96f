"""dblp: publications in computer science, in JSON (https://dblp.org/faq/How+to+use+the+dblp+search+API.html)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.lookup import jsonanswers
from db.lookup.service import Part, Request, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"\w+")


class Dblp:
    """The search of dblp. It asks for a second between questions, and says when that is too little."""

    name, label, base = "dblp", "dblp", "https://dblp.org"
    pause = 1.5
    batch = 1
    form = "json"
    tells = frozenset({Part.AUTHORS, Part.DATE, Part.NUMBER})

    def number(self, work: Work) -> str | None:  # noqa: ARG002 - others look at it
        """Return None: its search knows no numbers."""
        return None

    def by_numbers(self, numbers: Sequence[str]) -> Request:
        """Ask for the number as if it were a title."""
        return self.by_title(numbers[0])

    def by_title(self, title: str) -> Request:
        """Ask for publications with all these words; signs would be taken for operators."""
        return Request("/search/publ/api", {"q": " ".join(_WORD.findall(title)), "format": "json", "h": "5"})

    def items(self, answer: str) -> list[str]:
        """Return the publications among the hits."""
        hits = jsonanswers.listed(answer, "result", "hits", "hit")
        return [jsonanswers.text_of(one["info"]) for one in hits if isinstance(one.get("info"), dict)]
