"""What papers are about: their most frequent terms and, with scikit-learn, a map of their topics."""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from db.domain.topics import NONE, Topic, TopicMap
from db.services.progress import Report, silent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.library import Library

__all__ = ["NONE", "Frequent", "Survey", "Topic", "TopicMap", "has_map", "how_to_get", "survey"]

NEEDED = "sklearn"


@dataclass(frozen=True, slots=True)
class Frequent:
    """A term, how many papers have it, and the search text that finds them."""

    label: str
    papers: int
    text: str


@dataclass(frozen=True, slots=True)
class Survey:
    """What `ids` are about; `map` is None without scikit-learn; `abstracts` have one, `wordless` have no term."""

    ids: array[int]
    terms: tuple[Frequent, ...]
    map: TopicMap | None
    abstracts: int
    wordless: int


def has_map() -> bool:
    """Tell whether what the topic map needs is installed."""
    return find_spec(NEEDED) is not None


def how_to_get() -> str:
    """Return the command that installs what the topic map needs, for the Python that runs."""
    return f'"{sys.executable}" -m pip install "scikit-learn>=1.6,<2"'


def survey(library: Library, ids: Sequence[int], report: Report = silent) -> Survey:
    """Read titles and abstracts and say what they are about; the same papers in any order give the same answer.

    All of it happens in another process, which ends at once when `report` raises Cancelled. Raises LibraryError when
    that process does, for want of memory for example.
    """
    from db.services.exploring_process import run

    return run(library.whole_address, array("q", sorted(ids)), report)
