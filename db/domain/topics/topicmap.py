"""The map as a value, which those who only look at it can have without scikit-learn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array

NONE = -1


@dataclass(frozen=True, slots=True)
class Topic:
    """A group of papers: up to four telling terms, how many papers, and where its label stands on the map (0 to 1)."""

    terms: tuple[str, ...]
    papers: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class TopicMap:
    """Topics, the largest first; of each paper its topic (-1: no words to go by) and its place, both from 0 to 1."""

    topics: tuple[Topic, ...]
    of: array[int]
    x: array[float]
    y: array[float]
