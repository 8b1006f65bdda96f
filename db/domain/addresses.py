"""Where a paper is found by its identifiers."""

from __future__ import annotations

from urllib.parse import quote


def arxiv_address(arxiv_id: str) -> str:
    """Return the web address of an arXiv id, with or without a version."""
    return f"https://arxiv.org/abs/{arxiv_id}"


def doi_address(doi: str) -> str:
    """Return the web address that leads to a DOI; what an address cannot hold is percent-encoded."""
    return f"https://doi.org/{quote(doi, safe='/.:;()')}"
