"""One module per input or output format; `FORMATS` lists those that can be read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from db.domain.formats.searchpage import SearchPage
from db.domain.formats.survey import Survey
from db.domain.formats.values import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.records import Issue, Ledger, Record

__all__ = ["FORMATS", "Format", "Survey", "resolve", "sniff_format"]


class Format(Protocol):
    """A format that can be read as a stream of lines."""

    @property
    def name(self) -> str:
        """Return the name that ledgers and sources carry."""

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the first lines of a text are of this format."""

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return what must be known of the whole text before it is read."""

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield records and issues as they come, and at last the ledger."""


FORMATS: tuple[Format, ...] = (SearchPage(),)
"""Adding a format adds a line here and a module beside."""


def sniff_format(head: str) -> tuple[Format, float]:
    """Return the format that is surest of the text, and how sure (0 when none knows it)."""
    return max(((fmt, fmt.sniff(head)) for fmt in FORMATS), key=lambda found: found[1])
