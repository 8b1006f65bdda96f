"""Sources: their years, their kept text, and where each line of it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.domain import formats
from db.domain.errors import LibraryError
from db.domain.records import Sighting
from db.services.recognising import BY_HAND
from db.services.spans import Span, Stretch, reasons, shown, spans, waiting
from db.store import keys, ledger
from db.store import sources as store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.services.changes import Changes
    from db.services.library import Library
    from db.store.sessions import Session

__all__ = ["SourceIssue", "Span", "Stretch"]

YEARS = range(1900, 2101)
STRETCH, STRETCH_CHARACTERS = 10_000, 4_000_000
"""Lines and characters of a source that are shown at once: a text field needs a tenth of a second for them."""


@dataclass(frozen=True, slots=True)
class SourceIssue:
    """A line of a source that needs a look, and why."""

    id: int
    source_id: int
    source_name: str
    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class SightingDetail:
    """A sighting with the values it gave, the lines it was read from, and the encoding of their text."""

    sighting: Sighting
    values: Mapping[str, Any]
    raw: str
    encoding: str = ""


def set_year(library: Library, source_id: int, year: int | None) -> Changes:
    """Set the year in which a source's page was rendered; None goes back to the inferred one.

    The inferred dates that came from this source follow, in one step; stated and typed dates stay.
    """
    if year is not None and year not in YEARS:
        raise LibraryError(f"{year} cannot be the year of a page: give one from {YEARS[0]} to {YEARS[-1]}.")
    with library.reading() as session:
        name = _source(session, source_id)["name"]
    label = f"Set the year of {name} to {year}" if year is not None else f"Infer the year of {name}"
    with library.writing(label) as write:
        store.set_source(write.session, source_id, {"year_override": year})
        changed = store.redate(write.session, store.dated_papers(write.session, source_id), BY_HAND)
        keys.repropose(write.session, changed)
    return write.changes


def rename(library: Library, source_id: int, name: str) -> Changes:
    """Give a source another name; its file stays as it is."""
    clean = " ".join(name.split())
    if not clean:
        raise LibraryError("A dump needs a name.")
    with library.reading() as session:
        old = _source(session, source_id)["name"]
    with library.writing(f"Rename {old}") as write:
        if clean != old:
            store.set_source(write.session, source_id, {"name": clean})
    return write.changes


def text(library: Library, source_id: int, line_start: int = 1, line_count: int | None = None) -> list[str]:
    """Return the lines of a source as they were imported, from `line_start` (from 1)."""
    first = max(1, line_start)
    last = None if line_count is None else first + line_count - 1
    with library.reading() as session:
        return store.text(session, _source(session, source_id)["sha256"], first, last)


def find(library: Library, source_id: int, words: str, line: int, *, back: bool = False) -> int:
    """Return the next line after `line` (`back`: before it) that holds the words in any case, as it is shown.

    Goes round at the end, so that the last line to be looked at is `line` itself; 0 when no line holds them.
    """
    wanted = words.casefold()
    with library.reading() as session:
        source = _source(session, source_id)
        sha256, total = source["sha256"], source["lines"]
        rounds = ((1, line - 1), (line, total)) if back else ((line + 1, total), (1, line))
        for first, last in rounds:
            for number, one in store.numbered_lines(session, sha256, first, last, back=back):
                if wanted in shown(one).casefold():
                    return number
    return 0


def raw(library: Library, sighting_id: int) -> str:
    """Return the lines that a sighting was read from."""
    with library.reading() as session:
        found = store.sightings(session, ids=[sighting_id])
        if not found:
            raise LibraryError("This sighting is no longer in the library.")
        return _raw(session, found[0])


def sightings(library: Library, paper_id: int) -> list[SightingDetail]:
    """Return every sighting of a paper with its values and raw text, the first one first."""
    with library.reading() as session:
        return [_detail(session, row) for row in store.sightings(session, paper_id=paper_id)]


def issues(library: Library, source_id: int | None = None) -> list[SourceIssue]:
    """Return the issues of a source, or of all sources."""
    with library.reading() as session:
        return [SourceIssue(**row) for row in store.issues(session, source_id)]


def lines_of(library: Library, source_id: int, line_start: int = 1, line_count: int | None = None) -> list[Span]:
    """Return what became of every line from `line_start` on; the spans are in order, without gaps or overlap."""
    first = max(1, line_start)
    last = None if line_count is None else first + line_count - 1
    with library.reading() as session:
        return spans(session, source_id, _source(session, source_id)["sha256"], first, last)


def stretch(library: Library, source_id: int, line: int = 1, line_count: int = STRETCH) -> Stretch:
    """Return the lines around `line` as they are shown, with what became of them; all of them when they are few."""
    with library.reading() as session:
        source = _source(session, source_id)
        first, lines = _around(session, source, line, line_count)
        last = first + len(lines) - 1
        marked = ledger.marks(session, source_id)
        return Stretch(
            source_id,
            source["name"],
            source["lines"],
            first,
            lines,
            spans(session, source_id, source["sha256"], first, last),
            {line: kind for line, kind in marked.items() if first <= line <= last},
            reasons(session, source_id, first, last),
            waiting(session, source_id),
            has_newer_reader(source["format"], source["reader"]),
        )


def _around(session: Session, source: Mapping[str, Any], line: int, count: int) -> tuple[int, list[str]]:
    """Return the first line of a stretch around `line` and its lines as they are shown; fewer when they are long."""
    while True:
        first = max(1, min(line - count // 2, source["lines"] - count + 1))
        lines = [shown(one) for one in store.text(session, source["sha256"], first, first + count - 1)]
        if count < 100 or sum(map(len, lines)) <= STRETCH_CHARACTERS:
            return first, lines
        count //= 2


def has_newer_reader(format_name: str, reader: int) -> bool:
    """Tell whether the reader of a format understands more than that version of it, by which a source was read."""
    known = formats.by_name(format_name)
    return known is not None and known.reader > reader


def _detail(session: Session, row: Mapping[str, Any]) -> SightingDetail:
    sighting = Sighting(
        row["id"],
        row["source_id"],
        row["name"],
        row["kind"],
        row["position"],
        row["line_start"],
        row["line_end"],
    )
    return SightingDetail(sighting, row["values"], _raw(session, row), row["encoding"] or "")


def _raw(session: Session, row: Mapping[str, Any]) -> str:
    return "\n".join(store.text(session, row["sha256"], row["line_start"], row["line_end"]))


def _source(session: Session, source_id: int) -> dict[str, Any]:
    found = store.source(session, source_id)
    if found is None:
        raise LibraryError("This dump is no longer in the library.")
    return found
