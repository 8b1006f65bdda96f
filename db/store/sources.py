"""Sources, their kept text, and what each sighting said."""

from __future__ import annotations

import calendar
import zlib
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select, update

from db.domain.formats import arxiv
from db.store import engines
from db.store.absorb import USER
from db.store.imports import TABLES, batches
from db.store.schema import IssueRow, PaperRecord, SightingRow, SourceChunk, SourceRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

    from db.domain.records import Record

DATED = ("id", "year", "month", "day", "year_inferred", "year_evidence", "origins")
SKIPPED = "skipped"
"""The value of a sighting whose paper had been skipped when its source showed it again."""
STATE, BASE, CALLED = "state", "base", "called"
"""Of an entry of a bibliography: what its paper was when the import was done (see `domain.roundtrip.Kept`), and the key
that the paper had then if it was not that of the entry."""
TITLED = "title"
"""The title of a sighting whose paper has another one."""
NOTED = frozenset({SKIPPED, STATE, BASE, CALLED, TITLED})
"""Values that were noted of the paper, and are none of the record."""
KEPT = [
    "author_count",
    "organization",
    "organization_slug",
    "organization_name",
    "month_day",
    "year_explicit",
    "comments",
    "upvotes",
    "arxiv_id",
    "arxiv_version",
    "doi",
    "venue",
    "urls",
    "urls_canonical",
    "urls_schemeless",
    "citation_key",
    "entry_type",
    "abstract_truncated",
    "keywords",
    "collections",
    "notes",
    "starred",
    "rating",
    "columns",
    "identity",
]

_kept = attrgetter(*KEPT)


def values_of(record: Record) -> dict[str, Any]:
    """Return what a sighting keeps of its record beside title and abstract: all that is known.

    `date` is as far as the source states it: 2023-03-28, or --03-18 when it leaves the year out.
    """
    values: dict[str, Any] = {}
    for name, value in zip(KEPT, _kept(record), strict=True):
        if value:
            values[name] = list(value) if isinstance(value, tuple) else value
    if values.get("urls_canonical") == values.get("urls"):
        values.pop("urls_canonical", None)
    if record.authors:
        values["authors"] = [[person.family, person.given] for person in record.authors]
    if record.fields:
        values["fields"] = dict(record.fields)
    if record.attachments:
        values["attachments"] = [{"path": a.path, "title": a.title, "mime": a.mime} for a in record.attachments]
    if record.status is not None:
        values["status"] = record.status.value
    stated = _stated_date(record)
    return values | {"date": stated} if stated else values


def _stated_date(record: Record) -> str:
    date = record.date
    year = "-" if date.year is None or date.inferred else f"{date.year:04d}"
    parts = [year, *(f"{part:02d}" for part in (date.month, date.day) if part)]
    return "" if parts == ["-"] else "-".join(parts)


def split_date(stated: str) -> tuple[int | None, int | None, int | None]:
    """Return year, month and day of a sighting's date; what it leaves out is None."""
    year, _, rest = ("", "", stated[2:]) if stated.startswith("--") else stated.partition("-")
    month, _, day = rest.partition("-")
    return (int(year) if year else None, int(month) if month else None, int(day) if day else None)


def fit_day(year: int, month: int | None, day: int | None) -> int | None:
    """Return the day if the month of that year has it: 29 February proves a guessed year wrong."""
    if not month or not day:
        return None
    return day if day <= calendar.monthrange(year, month)[1] else None


def source(session: Session, source_id: int) -> dict[str, Any] | None:
    """Return the columns of a source, None when there is none with this id."""
    row = session.execute(select(TABLES["source"]).where(SourceRow.id == source_id)).mappings().first()
    return dict(row) if row else None


def set_source(session: Session, source_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of a source."""
    session.execute(update(TABLES["source"]).where(SourceRow.id == source_id).values(**values))


def text(session: Session, sha256: str, first: int, last: int | None) -> list[str]:
    """Return the kept lines `first` to `last` (from 1, inclusive; None: to the end) of a content."""
    return [line for _number, line in numbered_lines(session, sha256, first, last)]


def numbered_lines(
    session: Session, sha256: str, first: int = 1, last: int | None = None, *, back: bool = False
) -> Iterator[tuple[int, str]]:
    """Yield the kept lines `first` to `last` of a content with their numbers, the last one first when `back`.

    One chunk is in memory at a time.
    """
    query = select(SourceChunk.line_start, SourceChunk.data).where(
        SourceChunk.source_sha256 == sha256, SourceChunk.line_end >= first
    )
    if last is not None:
        query = query.where(SourceChunk.line_start <= last)
    order = SourceChunk.line_start.desc() if back else SourceChunk.line_start
    for start, data in session.execute(query.order_by(order).execution_options(yield_per=1)):
        chunk = zlib.decompress(data).decode("utf-8").split("\n")
        stop = len(chunk) if last is None else last - start + 1
        inside = range(max(0, first - start), min(len(chunk), max(0, stop)))
        for place in reversed(inside) if back else inside:
            yield start + place, chunk[place]


def issues(session: Session, source_id: int | None) -> list[dict[str, Any]]:
    """Return the issues of a source (None: of all) with the source's name, in the order of the lines."""
    query = select(
        IssueRow.id,
        IssueRow.source_id,
        SourceRow.name.label("source_name"),
        IssueRow.line,
        IssueRow.text,
        IssueRow.why,
    ).join(SourceRow, SourceRow.id == IssueRow.source_id)
    if source_id is not None:
        query = query.where(IssueRow.source_id == source_id)
    return [dict(row) for row in session.execute(query.order_by(IssueRow.source_id, IssueRow.line)).mappings()]


def sightings(session: Session, *, paper_id: int | None = None, ids: Sequence[int] = ()) -> list[dict[str, Any]]:
    """Return the sightings of a paper, or those with these ids, each with its source's name and text key."""
    query = select(
        SightingRow.id,
        SightingRow.paper_id,
        SightingRow.source_id,
        SightingRow.position,
        SightingRow.line_start,
        SightingRow.line_end,
        SightingRow.values,
        SourceRow.name,
        SourceRow.kind,
        SourceRow.sha256,
        SourceRow.encoding,
    ).join(SourceRow, SourceRow.id == SightingRow.source_id)
    if paper_id is not None:
        query = query.where(SightingRow.paper_id == paper_id)
    else:
        query = query.where(SightingRow.id.in_(list(ids)))
    return [dict(row) for row in session.execute(query.order_by(SightingRow.id)).mappings()]


def places(session: Session, paper_id: int) -> list[str]:
    """Return the files that the sources of a paper were imported from, the first sighting's first."""
    query = select(SourceRow.path).join(SightingRow, SightingRow.source_id == SourceRow.id)
    found = session.scalars(query.where(SightingRow.paper_id == paper_id).order_by(SightingRow.id))
    return list(dict.fromkeys(path for path in found if path))


def dated_papers(session: Session, source_id: int) -> list[int]:
    """Return the papers that a source shows with a month and no year."""
    query = select(SightingRow.paper_id, SightingRow.values).where(SightingRow.source_id == source_id)
    ids = {paper_id for paper_id, values in session.execute(query) if values.get("date", "").startswith("--")}
    return sorted(ids)


def redate(session: Session, paper_ids: Iterable[int], by_hand: str) -> list[int]:
    """Infer the year of these papers anew from all their sightings; return those whose date changed.

    Dates that a source states or the person typed stay. A year that an arXiv id proves beats one set by hand for
    a source, and that an inferred one; of two inferred ones the later counts, for each is a lower bound.
    `by_hand` is the evidence of a year set by hand, with {} for the year.
    """
    changed = []
    for batch in batches(paper_ids):
        seen, states = _yearless(session, batch, by_hand), _states(session, batch)
        query = select(*(getattr(PaperRecord, name) for name in DATED)).where(PaperRecord.id.in_(batch))
        for row in session.execute(query).mappings().all():
            stated = row["year"] is not None and not row["year_inferred"]
            if stated or row["origins"].get("date") == USER or row["id"] not in seen:
                continue
            new = _inferred_date(seen[row["id"]], row["origins"])
            told = states.get(row["id"], [])
            if told and new["year"] not in {split_date(date)[0] for date, _sighting_id in told}:
                new = _as_stated(told[0], row["origins"])  # a day of another year was none of this work's
            if any(row[name] != value for name, value in new.items()):
                _write_date(session, row["id"], new)
                changed.append(row["id"])
    return changed


def _write_date(session: Session, paper_id: int, values: Mapping[str, Any]) -> None:
    table = TABLES["paper"]
    session.execute(update(table).where(table.c.id == paper_id).values(version=table.c.version + 1, **values))


Yearless = tuple[int, int, int, str, str]
PROVED, BY_HAND, OF_PAGE = 2, 1, 0


def _yearless(session: Session, paper_ids: Sequence[int], by_hand: str) -> dict[int, list[Yearless]]:
    """Return (how sure, year or 0, -sighting id, evidence, date) of each sighting without a year, by paper."""
    query = (
        select(
            SightingRow.id,
            SightingRow.paper_id,
            SightingRow.values,
            SourceRow.render_year,
            SourceRow.render_year_evidence,
            SourceRow.year_override,
        )
        .join(SourceRow, SourceRow.id == SightingRow.source_id)
        .where(SightingRow.paper_id.in_(paper_ids))
    )
    found: dict[int, list[Yearless]] = {}
    for sighting_id, paper_id, values, year, evidence, override in session.execute(query):
        date = values.get("date", "")
        if date.startswith("--"):
            rank = OF_PAGE if override is None else BY_HAND
            words = by_hand.format(override) if override else evidence
            one = (rank, override or year or 0, -sighting_id, words, date)
            found.setdefault(paper_id, []).append(_proved(values, date, sighting_id) or one)
    return found


def _states(session: Session, paper_ids: Sequence[int]) -> dict[int, list[tuple[str, int]]]:
    """Return the dates with a year that sightings state, and the sightings, by paper."""
    date = engines.of(session).json_text(SightingRow.values, "$.date")
    query = select(SightingRow.paper_id, date, SightingRow.id).where(SightingRow.paper_id.in_(paper_ids))
    found: dict[int, list[tuple[str, int]]] = {}
    with_a_year = query.where(func.substr(date, 1, 1).between("0", "9")).order_by(SightingRow.id)
    for paper_id, said, sighting_id in session.execute(with_a_year):
        found.setdefault(paper_id, []).append((said, sighting_id))
    return found


def _as_stated(told: tuple[str, int], origins: Mapping[str, Any]) -> dict[str, Any]:
    year, month, day = split_date(told[0])
    return {
        "year": year, "month": month, "day": day, "year_inferred": False, "year_evidence": "",
        "origins": dict(origins) | {"date": told[1]},
    }  # fmt: skip


def _proved(values: Mapping[str, Any], date: str, sighting_id: int) -> Yearless | None:
    """Return what the arXiv id of a sighting proves of its year, None when it has none that fits the month."""
    month = split_date(date)[1]
    proof = arxiv.year_for(values["arxiv_id"], month) if month and "arxiv_id" in values else None
    return (PROVED, proof[0], -sighting_id, proof[1], date) if proof else None


def _inferred_date(seen: Sequence[Yearless], origins: Mapping[str, Any]) -> dict[str, Any]:
    _rank, year, negative_id, evidence, date = max(seen)
    _none, month, day = split_date(date)
    return {
        "year": year or None,
        "month": month,
        "day": fit_day(year, month, day) if year else day,
        "year_inferred": bool(year),
        "year_evidence": evidence if year else "",
        "origins": dict(origins) | {"date": -negative_id},
    }


def issue_count(session: Session, source_id: int) -> int:
    """Return the number of issues of a source."""
    query = select(func.count()).select_from(IssueRow).where(IssueRow.source_id == source_id)
    return session.scalar(query) or 0
