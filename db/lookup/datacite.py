"""DataCite: preprints, theses, reports and data with a DOI, in JSON (https://support.datacite.org/docs/api)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.lookup import jsonanswers
from db.lookup.service import Part, Request, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

OF_ARXIV = "10.48550/arxiv."
"""Every paper of arXiv has a DOI that is made of its id."""
KINDS = "Preprint Text JournalArticle ConferencePaper Dissertation Report Book BookChapter"
"""Data and programs often bear the title of the paper that they belong to."""


class DataCite:
    """The REST API of DataCite. It takes 500 questions in five minutes from who does not say who asks."""

    name, label, base = "datacite", "DataCite", "https://api.datacite.org"
    pause = 1.0
    batch = 25
    form = "json"
    tells = frozenset(Part)

    def number(self, work: Work) -> str | None:
        """Return the DOI, that of arXiv before others; it is compared in small letters, and a quote would end it."""
        doi = f"{OF_ARXIV}{work.arxiv_id}" if work.arxiv_id else work.doi or ""
        return doi.lower() if doi and not set('"\\') & set(doi) else None

    def by_numbers(self, numbers: Sequence[str]) -> Request:
        """Ask for works by their DOIs."""
        alternatives = " OR ".join(f'"{one}"' for one in numbers)
        return Request("/dois", {"query": f"id:({alternatives})", "page[size]": str(len(numbers))})

    def by_title(self, title: str) -> Request:
        """Ask for texts with these words in this order; between quotes only two signs are operators."""
        words = " ".join(title.replace('"', " ").replace("\\", " ").split())
        kinds = " OR ".join(KINDS.split())
        query = f'titles.title:"{words}" AND types.resourceTypeGeneral:({kinds})'
        return Request("/dois", {"query": query, "page[size]": "5"})

    def items(self, answer: str) -> list[str]:
        """Return the works of a list."""
        works = [one.get("attributes") for one in jsonanswers.listed(answer, "data")]
        return [jsonanswers.text_of(one) for one in works if isinstance(one, dict) and one.get("titles")]
