"""Where a paper is found on the web."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.addresses import arxiv_address, doi_address

if TYPE_CHECKING:
    from db.domain.records import Paper

__all__ = ["arxiv_address", "best", "doi_address"]

_ARXIV = re.compile(r"[\w.\-/]+")


def best(paper: Paper) -> str:
    """Return where a paper is found: on arXiv, by its DOI, or at its first link to the web; "" when nowhere."""
    if paper.arxiv_id and _ARXIV.fullmatch(paper.arxiv_id):
        return arxiv_address(paper.arxiv_id)
    if paper.doi:
        return doi_address(paper.doi)
    return next((url for url in paper.urls if url.lower().startswith(("https://", "http://"))), "")
