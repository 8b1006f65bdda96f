"""Services in the network that know papers: one thin client each, and the way to ask them. Nothing here knows SQL.

`httpx` loads on first use: most runs of the program ask nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.lookup.arxiv import Arxiv
from db.lookup.crossref import Crossref
from db.lookup.datacite import DataCite
from db.lookup.dblp import Dblp
from db.lookup.huggingface import HuggingFace
from db.lookup.joining import joined
from db.lookup.service import Part, Refused, Request, Service, Unreachable, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SERVICES", "Part", "Refused", "Request", "Service", "Unreachable", "Work", "by_name", "joined"]

SERVICES: Sequence[Service] = (HuggingFace(), Arxiv(), Crossref(), Dblp(), DataCite())
"""In the order in which they are asked: those that know most of such papers, and answer fastest, first."""


def by_name(name: str) -> Service | None:
    """Return the service of that name, None when there is none."""
    return next((one for one in SERVICES if one.name == name), None)
