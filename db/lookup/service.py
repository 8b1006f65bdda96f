"""What a metadata service is: how it is asked for works, and how its answer falls into items."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, Protocol

from db.domain.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Part(StrEnum):
    """What a paper may lack and a service may tell."""

    AUTHORS = "authors"
    DATE = "date"
    NUMBER = "number"
    ABSTRACT = "abstract"


class Work(NamedTuple):
    """What a paper is asked for by."""

    title: str
    arxiv_id: str | None = None
    doi: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One question: a path below the service's address and what stands behind its question mark."""

    path: str
    values: Mapping[str, str] = field(default_factory=dict)


class Refused(LibraryError):  # noqa: N818 - what happened, worded for the person
    """A service did not take this question; another one it may."""


class Unreachable(LibraryError):  # noqa: N818 - what happened, worded for the person
    """A service does not answer at all, or not any more."""


class Service(Protocol):
    """A client of one service.

    `name` is for the command line, `label` for people; `base` is its address without a path. `pause` are the seconds
    between two questions that its terms ask for, `batch` how many works one question can name by their numbers,
    `form` the format that its answers are read in, and `tells` what they may say.
    """

    name: str
    label: str
    base: str
    pause: float
    batch: int
    form: str
    tells: frozenset[Part]

    def number(self, work: Work) -> str | None:
        """Return what the service knows the work by, None when it can only be asked for the title."""
        ...

    def by_numbers(self, numbers: Sequence[str]) -> Request:
        """Return the question for works by their numbers, `batch` of them at most."""
        ...

    def by_title(self, title: str) -> Request:
        """Return the question for a work by its title."""
        ...

    def items(self, answer: str) -> list[str]:
        """Return the texts of the works in an answer, none for an answer that is not understood."""
        ...
