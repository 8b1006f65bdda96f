"""Crossref: published works with a DOI, in JSON (https://www.crossref.org/documentation/retrieve-metadata/rest-api/)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.lookup import jsonanswers
from db.lookup.service import Part, Request, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

ELSEWHERE = "10.48550/"
"""DOIs of arXiv, which another agency registers."""
PARTS = "DOI,title,author,issued,published,container-title,type,volume,issue,page,publisher,abstract,ISSN,ISBN,URL"
"""What is asked for of a work: all of it holds its list of references, and the day on which its DOI was made."""


class Crossref:
    """The REST API of Crossref. It tells DOIs of journals and proceedings, not of arXiv."""

    name, label, base = "crossref", "Crossref", "https://api.crossref.org"
    pause = 1.0
    batch = 20
    form = "json"
    tells = frozenset({Part.AUTHORS, Part.DATE, Part.NUMBER})

    def number(self, work: Work) -> str | None:
        """Return the DOI, if Crossref may know it; a comma would part it."""
        doi = work.doi or ""
        return doi if doi and not doi.lower().startswith(ELSEWHERE) and "," not in doi else None

    def by_numbers(self, numbers: Sequence[str]) -> Request:
        """Ask for works by their DOIs."""
        dois = ",".join(f"doi:{one}" for one in numbers)
        return Request("/works", {"filter": dois, "rows": str(len(numbers)), "select": PARTS})

    def by_title(self, title: str) -> Request:
        """Ask for works whose citation is like these words."""
        return Request("/works", {"query.bibliographic": title, "rows": "5", "select": PARTS})

    def items(self, answer: str) -> list[str]:
        """Return the works of a list."""
        return [jsonanswers.text_of(one) for one in jsonanswers.listed(answer, "message", "items") if one.get("title")]
