"""Sources: their years, their kept text, and where each line of it went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.domain.records import Sighting
from db.services.recognising import BY_HAND
from db.store import keys
from db.store import sources as store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.services.changes import Changes
    from db.services.library import Library
    from db.store.sessions import Session

YEARS = range(1900, 2101)


@dataclass(frozen=True, slots=True)
class Span:
    """Lines of a source (from 1, inclusive) that became one thing: record, furniture, blank or issue."""

    line_start: int
    line_end: int
    kind: str
    paper_id: int | None = None


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
    """A sighting with the values it gave and the lines it was read from."""

    sighting: Sighting
    values: Mapping[str, Any]
    raw: str


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


def lines_of(library: Library, source_id: int) -> list[Span]:
    """Return what became of every line of a source; the spans are in order, without gaps or overlap."""
    with library.reading() as session:
        lines = store.text(session, _source(session, source_id)["sha256"], 1, None)
        records = store.record_lines(session, source_id)
        issued = store.issues(session, source_id)
    kinds: list[tuple[str, int | None]] = [("furniture" if line.strip() else "blank", None) for line in lines]
    for issue in issued:
        first = int(issue["line"]) - 1
        for number in range(first, min(first + 1 + str(issue["text"]).count("\n"), len(lines))):
            kinds[number] = ("issue", None)
    for start, end, paper_id in records:
        for number in range(start - 1, min(end, len(lines))):
            if lines[number].strip():
                kinds[number] = ("record", paper_id)
    return list(_spans(kinds, [start for start, _end, _id in records]))


def _spans(kinds: list[tuple[str, int | None]], starts: list[int]) -> Iterator[Span]:
    """Join lines of one kind; two records of one paper that follow each other stay two spans."""
    heads = set(starts)
    begin = 0
    for number in range(1, len(kinds) + 1):
        if number == len(kinds) or kinds[number] != kinds[begin] or number + 1 in heads:
            yield Span(begin + 1, number, *kinds[begin])
            begin = number


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
    return SightingDetail(sighting, row["values"], _raw(session, row))


def _raw(session: Session, row: Mapping[str, Any]) -> str:
    return "\n".join(store.text(session, row["sha256"], row["line_start"], row["line_end"]))


def _source(session: Session, source_id: int) -> dict[str, Any]:
    found = store.source(session, source_id)
    if found is None:
        raise LibraryError("This dump is no longer in the library.")
    return found
