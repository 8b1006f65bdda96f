"""The formats that papers can be written in; `WRITERS` lists them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.domain.formats import bibwrite
from db.domain.formats.writers import csljson, csvfile, markdown, ris

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from db.domain.formats.bibwrite import BibEntry, ExportOptions, Profile

    Write = Callable[[Iterable[BibEntry], ExportOptions], Iterator[str]]
    Framed = Callable[[Iterable[str], ExportOptions], Iterator[str]]


def _bare(texts: Iterable[str], _options: ExportOptions) -> Iterator[str]:
    """Return texts that make a file as they are."""
    return iter(texts)


@dataclass(frozen=True, slots=True)
class Writer:
    """A format: what the command line and people call it, how its files end, and what of `ExportOptions` it heeds.

    `each` yields a text per paper. Those of a batch are joined by `between`, and `framed` makes batches, or single
    texts, a file; so papers can be written in parts.
    """

    name: str
    label: str
    suffix: str
    each: Write
    options: frozenset[str]
    profile: Profile | None = None
    """For LaTeX, the profile that it is."""
    between: str = ""
    framed: Framed = _bare

    def write(self, entries: Iterable[BibEntry], options: ExportOptions) -> Iterator[str]:
        """Yield a whole file in pieces."""
        return self.framed(self.each(entries, options), options)


def _heeding(names: str) -> frozenset[str]:
    return frozenset(names.split())


def _as(profile: Profile) -> Write:
    def write(entries: Iterable[BibEntry], options: ExportOptions) -> Iterator[str]:
        return bibwrite.write(entries, replace(options, profile=profile))

    return write


_BIB = _heeding("keep abstract keywords note url fields files personal abbreviate comment_incomplete unicode")
WRITERS: tuple[Writer, ...] = (
    Writer("bibtex", "BibTeX", ".bib", _as("bibtex"), _BIB, "bibtex"),
    Writer("biblatex", "BibLaTeX", ".bib", _as("biblatex"), _BIB, "biblatex"),
    Writer("ris", "RIS", ".ris", ris.write, _heeding("abstract keywords note url fields files personal")),
    Writer(
        "csl-json", "CSL-JSON", ".json", csljson.write, _heeding("abstract keywords url fields personal"),
        between=csljson.BETWEEN, framed=csljson.framed,
    ),
    Writer(
        "csv", "Table (CSV)", ".csv", csvfile.write, _heeding("abstract keywords url fields files personal"),
        framed=csvfile.framed,
    ),
    Writer("markdown", "Reading list (Markdown)", ".md", markdown.write, _heeding("abstract keywords url personal")),
)  # fmt: skip
"""Adding a format adds a line here and a module beside."""


def by_name(name: str) -> Writer | None:
    """Return the writer of that name, None when there is none."""
    return next((writer for writer in WRITERS if writer.name == name), None)
