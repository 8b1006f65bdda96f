"""One module per input or output format; `FORMATS` lists those that can be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from db.domain.formats.searchpage import SearchPage
from db.domain.formats.survey import Survey
from db.domain.formats.values import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from db.domain.records import Issue, Ledger, Record

__all__ = ["FORMATS", "HEAD_CHARACTERS", "Format", "Guess", "Survey", "by_name", "guesses", "plan", "resolve"]

HEAD_CHARACTERS = 200_000
"""How much of a text a format is shown to say how sure it is."""


class Format(Protocol):
    """A format that can be read as a stream of lines.

    `label` is what people call it; `longest` bounds the characters of one line; `reader` counts up
    whenever the reader understands more than before, so that old sources can be read again.
    """

    name: str
    label: str
    longest: int
    reader: int

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the first characters of a text are of this format; over 0.5 is sure enough."""

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return what must be known of the whole text before it is read."""

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield records and issues as they come, and at last the ledger."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A format that a text may be of, and how sure (0 to 1) it is."""

    format: Format
    confidence: float


FORMATS: tuple[Format, ...] = (SearchPage(),)
"""Adding a format adds a line here and a module beside."""


def by_name(name: str) -> Format | None:
    """Return the format that ledgers and sources call so, None when there is none."""
    return next((fmt for fmt in FORMATS if fmt.name == name), None)


def guesses(head: str) -> list[Guess]:
    """Return the formats that know the text, the surest first."""
    found = [Guess(fmt, fmt.sniff(head[:HEAD_CHARACTERS])) for fmt in FORMATS]
    return sorted((one for one in found if one.confidence > 0), key=lambda one: -one.confidence)


def plan(fmt: Format, lines: Callable[[], Iterable[str]]) -> tuple[Format, Survey]:
    """Return the format that reads the whole text, and its survey; `lines` opens the text anew."""
    return fmt, fmt.survey(lines())
