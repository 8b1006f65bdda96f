"""Bibliographies as they were imported: their papers, where the entries stand in the kept text, and that text."""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from db.domain.formats import BIBTEX
from db.domain.formats.framing import Frame
from db.domain.roundtrip import private_of
from db.store.imports import batches
from db.store.schema import PaperRecord, SightingRow, SourceChunk, SourceRow
from db.store.sources import BASE, CALLED, STATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

_ROWS = 's.id, s.source_id, s.paper_id, s.line_start, s.line_end, s."values"'
_OF_PAPERS = (
    f"SELECT {_ROWS} FROM json_each(?) j CROSS JOIN sighting s ON s.paper_id = j.value "
    "WHERE s.source_id IN (SELECT value FROM json_each(?))"
)
_OF_SOURCE = f"SELECT {_ROWS} FROM sighting s WHERE s.source_id = ? ORDER BY s.line_start, s.id"
_SHOWN = (
    "SELECT DISTINCT s.source_id, s.paper_id FROM json_each(?) j CROSS JOIN sighting s ON s.paper_id = j.value "
    "WHERE s.source_id IN (SELECT value FROM json_each(?))"
)
_KEYS = (
    "SELECT p.id, p.citation_key, p.key_frozen FROM json_each(?) j CROSS JOIN paper p ON p.id = j.value "
    "WHERE p.state <> 'merged'"
)
_ALIASES = "SELECT a.key, a.paper_id FROM json_each(?) j CROSS JOIN key_alias a ON a.key = j.value"
_TAKEN_IN = (
    "WITH RECURSIVE gone (id, key, heir) AS ("
    "SELECT p.id, p.citation_key, p.merged_into FROM json_each(?) j CROSS JOIN paper p ON p.merged_into = j.value "
    "UNION SELECT p.id, p.citation_key, gone.heir FROM gone JOIN paper p ON p.merged_into = gone.id) "
    "SELECT heir, key FROM gone"
)

_decode = json.JSONDecoder().raw_decode


class Bib(NamedTuple):
    """A bibliography: its source, the key of its text, and how many lines and entries of papers it has."""

    id: int
    name: str
    sha256: str
    lines: int
    records: int


class Key(NamedTuple):
    """The key of a paper, and whether somebody was given it."""

    text: str
    is_frozen: bool


class Place(NamedTuple):
    """Where the entry of a paper stands in a bibliography, and what the library noted of both at the time.

    `columns` are where it begins in its first line and ends in its last one, None when the lines are its own. `key` is
    its own key, `called` the one that the paper got. For `state` and `base` see `domain.roundtrip.Kept`; `own` are the
    private aspects of the entry.
    """

    id: int
    source_id: int
    paper_id: int
    line_start: int
    line_end: int
    columns: tuple[int, int] | None
    key: str
    called: str
    state: str
    base: Mapping[str, str]
    own: Mapping[str, Any]


def bibs(session: Session) -> dict[int, Bib]:
    """Return the bibliographies of the library by their ids."""
    columns = (SourceRow.id, SourceRow.name, SourceRow.sha256, SourceRow.lines, SourceRow.records)
    rows = session.execute(select(*columns).where(SourceRow.format == BIBTEX).order_by(SourceRow.id))
    return {row.id: Bib(*row) for row in rows}


def shown(session: Session, paper_ids: Sequence[int], source_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return which of the papers each of the bibliographies holds."""
    found: dict[int, set[int]] = {}
    sources = json.dumps(list(source_ids))
    for source_id, paper_id in _run(session, _SHOWN, json.dumps(list(paper_ids)), sources):
        found.setdefault(source_id, set()).add(paper_id)
    return found


def live_papers(session: Session, source_id: int) -> set[int]:
    """Return the papers of a source that are not in the trash."""
    query = select(SightingRow.paper_id).join(PaperRecord, PaperRecord.id == SightingRow.paper_id)
    return set(session.scalars(query.where(SightingRow.source_id == source_id, PaperRecord.state == "live")))


def places(session: Session, source_id: int) -> list[Place]:
    """Return where the entries of a bibliography stand, in its order."""
    found = [_place(row) for row in _run(session, _OF_SOURCE, source_id)]
    return sorted(found, key=lambda one: (one.line_start, (one.columns or (0, 0))[0], one.id))


def places_of(session: Session, paper_ids: Iterable[int], source_ids: Iterable[int]) -> dict[int, list[Place]]:
    """Return for papers where their entries stand in some bibliographies."""
    found: dict[int, list[Place]] = {}
    sources = json.dumps(list(source_ids))
    for batch in batches(paper_ids):
        for row in _run(session, _OF_PAPERS, json.dumps(batch), sources):
            found.setdefault(row[2], []).append(_place(row))
    return found


def _run(session: Session, sql: str, *values: object) -> Any:
    return session.connection().exec_driver_sql(sql, values)


def _place(row: Sequence[Any]) -> Place:
    sighting_id, source_id, paper_id, first, last, stored = row
    values = _decode(stored)[0]
    key, columns = values.get("citation_key") or "", values.get("columns")
    return Place(
        id=sighting_id,
        source_id=source_id,
        paper_id=paper_id,
        line_start=first,
        line_end=last,
        columns=(columns[0], columns[1]) if columns else None,
        key=key,
        called=values.get(CALLED) or key,
        state=values.get(STATE) or "",
        base=values.get(BASE) or {},
        own=_own(values),
    )


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    files = (one["path"] for one in values.get("attachments", ()))
    notes, rating = values.get("notes", ""), values.get("rating", 0)
    return private_of(values.get("keywords", ()), files, notes, values.get("status"), rating)


def keys(session: Session, paper_ids: Sequence[int]) -> dict[int, Key]:
    """Return the keys of those of the papers that are there, merged ones left out."""
    rows = _run(session, _KEYS, json.dumps(list(paper_ids)))
    return {paper_id: Key(key, bool(is_frozen)) for paper_id, key, is_frozen in rows}


def led(session: Session, wanted: Iterable[str]) -> dict[str, int]:
    """Return the papers that keys lead to which have other ones, by those keys."""
    return {key: paper_id for key, paper_id in _run(session, _ALIASES, json.dumps(list(wanted)))}  # noqa: C416


def taken_in(session: Session, paper_ids: Iterable[int]) -> dict[int, set[str]]:
    """Return the keys of all papers that were merged into some papers, by those."""
    found: dict[int, set[str]] = {}
    for heir, key in _run(session, _TAKEN_IN, json.dumps(list(paper_ids))):
        found.setdefault(heir, set()).add(key)
    return found


def chunk_starts(session: Session, sha256: str) -> list[tuple[int, int]]:
    """Return (first line, id) of the chunks of a text."""
    query = select(SourceChunk.line_start, SourceChunk.id).where(SourceChunk.source_sha256 == sha256)
    ordered = query.where(SourceChunk.line_start > 0).order_by(SourceChunk.line_start)
    return [(first, key) for first, key in session.execute(ordered)]


def chunk(session: Session, chunk_id: int) -> list[str]:
    """Return the lines of a chunk."""
    data = session.scalar(select(SourceChunk.data).where(SourceChunk.id == chunk_id))
    return zlib.decompress(data or b"").decode("utf-8").split("\n")


def frame(session: Session, sha256: str) -> Frame:
    """Return how the lines of a text stood in their file; of a text that was not kept with that, the usual one."""
    query = select(SourceChunk.data).where(SourceChunk.source_sha256 == sha256, SourceChunk.line_start == 0)
    data = session.scalar(query)
    return Frame.unpacked(data) if data else Frame()


def set_noted(session: Session, noted: Mapping[int, Mapping[str, Any]]) -> None:
    """Put values into sightings, by their ids, in place of those of the same names."""
    patches = [(json.dumps(values), sighting_id) for sighting_id, values in noted.items()]
    if patches:
        sql = 'UPDATE sighting SET "values" = json_patch("values", ?) WHERE id = ?'
        session.connection().exec_driver_sql(sql, patches)
