"""arXiv: preprints by id or title, in Atom (https://info.arxiv.org/help/api/user-manual.html)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.arxiv import plain
from db.lookup.service import Part, Request, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENTRY = re.compile(r"<entry[\s>]")
_END = "</entry>"
_WORD = re.compile(r"\w+")
MOST_WORDS = 25


class Arxiv:
    """The API of arXiv. Its terms allow one question every three seconds."""

    name, label, base = "arxiv", "arXiv", "https://export.arxiv.org"
    pause = 3.0
    batch = 100
    form = "arxiv-atom"
    tells = frozenset(Part)

    def number(self, work: Work) -> str | None:
        """Return the arXiv id, if it is one."""
        return plain(work.arxiv_id or "")

    def by_numbers(self, numbers: Sequence[str]) -> Request:
        """Ask for a list of ids; one that is none has the whole question refused."""
        return Request("/api/query", {"id_list": ",".join(numbers), "max_results": str(len(numbers))})

    def by_title(self, title: str) -> Request:
        """Ask for the words in this order; signs would be taken for operators."""
        words = " ".join(_WORD.findall(title)[:MOST_WORDS])
        return Request("/api/query", {"search_query": f'ti:"{words}"', "max_results": "5"})

    def items(self, answer: str) -> list[str]:
        """Return the entries of the feed."""
        parts = [(part, _ENTRY.search(part)) for part in answer.split(_END)[:-1]]
        entries = [part[begin.start() :] + _END for part, begin in parts if begin]
        return [one for one in entries if "/api/errors" not in one]
