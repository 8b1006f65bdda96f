"""What a source told before, to compare with what it tells when it is read again, and writing down the difference."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import delete, exists, func, or_, select

from db.domain.records import Date, Person, Record
from db.store.absorb import UNSEEN, USER
from db.store.edits import set_state
from db.store.imports import ABSORBED, TABLES, add_issues, batches, load_papers, rewrite, update_papers
from db.store.schema import SightingRow, SourceChunk
from db.store.sources import KEPT, NOTED, split_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

PAPER, SIGHTING, ISSUE = TABLES["paper"], TABLES["sighting"], TABLES["issue"]
WRITTEN = ["title", *ABSORBED]
OWNED = ("paper_tag", "paper_collection")
"""Tables whose rows show that a person did something with a paper."""


class Seen(NamedTuple):
    """A record as a source showed it: where, the digest of its values, and a number or key that tells it apart."""

    id: int
    paper_id: int
    position: int
    line_start: int
    line_abstract: int | None
    line_end: int
    digest: bytes
    identity: str


def chunks(session: Session, sha256: str) -> Iterator[list[str]]:
    """Yield the kept lines of a content in runs; other statements may come between."""
    lines = SourceChunk.source_sha256 == sha256, SourceChunk.line_start > 0
    keys = select(SourceChunk.id).where(*lines).order_by(SourceChunk.line_start)
    for key in session.scalars(keys).all():
        data = session.scalar(select(SourceChunk.data).where(SourceChunk.id == key))
        if data is not None:
            yield zlib.decompress(data).decode("utf-8").split("\n")


def digest(values: Mapping[str, Any]) -> bytes:
    """Return what tells two sightings' values apart; what was noted of the paper at the time does not count."""
    plain = {name: value for name, value in values.items() if name not in NOTED}
    return hashlib.blake2b(json.dumps(plain, sort_keys=True).encode(), digest_size=8).digest()


def identity(values: Mapping[str, Any]) -> str:
    """Return what names the paper itself among a sighting's values, empty when nothing does."""
    return str(values.get("arxiv_id") or values.get("doi") or values.get("citation_key") or "")


def sightings(session: Session, source_id: int) -> Iterator[Seen]:
    """Yield all sightings of a source in its order."""
    columns = (
        SightingRow.id,
        SightingRow.paper_id,
        SightingRow.position,
        SightingRow.line_start,
        SightingRow.line_abstract,
        SightingRow.line_end,
        SightingRow.values.label("said"),
    )
    query = select(*columns).where(SightingRow.source_id == source_id).order_by(SightingRow.line_start, SightingRow.id)
    for row in session.execute(query.execution_options(yield_per=500)):
        place = (row.id, row.paper_id, row.position, row.line_start, row.line_abstract, row.line_end)
        yield Seen(*place, digest(row.said), identity(row.said))


def values_of(session: Session, paper_ids: Iterable[int]) -> dict[int, list[tuple[int, dict[str, Any]]]]:
    """Return (sighting id, values) of all sightings of papers, by paper, the first one first."""
    found: dict[int, list[tuple[int, dict[str, Any]]]] = {}
    for batch in batches(paper_ids):
        query = select(SightingRow.paper_id, SightingRow.id, SightingRow.values).where(SightingRow.paper_id.in_(batch))
        for paper_id, sighting_id, values in session.execute(query.order_by(SightingRow.id)):
            found.setdefault(paper_id, []).append((sighting_id, values))
    return found


def first_sightings(session: Session, paper_ids: Iterable[int]) -> dict[int, int]:
    """Return the first sighting of each paper: where a value comes from that names no other origin."""
    found: dict[int, int] = {}
    for batch in batches(paper_ids):
        query = select(SightingRow.paper_id, func.min(SightingRow.id)).where(SightingRow.paper_id.in_(batch))
        found.update((paper_id, first) for paper_id, first in session.execute(query.group_by(SightingRow.paper_id)))
    return found


def record_of(values: Mapping[str, Any]) -> Record:
    """Return a sighting's values as a record; title, abstract and lines are not among them."""
    plain = {name: values[name] for name in KEPT if name in values}
    for name in ("urls", "urls_canonical", "urls_schemeless"):
        if name in plain:
            plain[name] = tuple(plain[name])
    date = Date(*split_date(values["date"])) if values.get("date") else Date()
    authors = tuple(Person(*name) for name in values.get("authors", ()))
    return Record("", authors=authors, fields=values.get("fields", {}), date=date, **plain)


def papers(session: Session, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the rows of papers, as far as sources write them, by id."""
    return load_papers(session, ids)


def write_papers(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows of papers back as far as sources write them, title included."""
    update_papers(session, [(row, WRITTEN) for row in rows])


def write_sightings(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write the place and the values of sightings anew; each row has `id` beside those columns."""
    rewrite(session, SIGHTING, rows, [name for name in (rows[0] if rows else ()) if name != "id"])


def drop_sightings(session: Session, ids: Iterable[int]) -> None:
    """Delete sightings."""
    for batch in batches(ids):
        session.execute(delete(SIGHTING).where(SIGHTING.c.id.in_(batch)))


def shows_any(session: Session, source_id: int, paper_ids: Iterable[int]) -> bool:
    """Tell whether a source shows any of these papers."""
    for batch in batches(paper_ids):
        query = select(SIGHTING.c.id).where(SIGHTING.c.paper_id.in_(batch), SIGHTING.c.source_id == source_id)
        if session.scalar(query.limit(1)) is not None:
            return True
    return False


def untouched_and_unseen(session: Session, ids: Iterable[int]) -> list[int]:
    """Return those of the live papers that no source shows any more and that no person did anything with."""
    found: list[int] = []
    for batch in batches(ids):
        seen = exists().where(SIGHTING.c.paper_id == PAPER.c.id)
        owned = [exists().where(TABLES[name].c.paper_id == PAPER.c.id) for name in OWNED]
        personal = (PAPER.c.status != "unread", PAPER.c.starred, PAPER.c.rating > 0, PAPER.c.notes != "")
        touched = or_(seen, *owned, *personal, PAPER.c.key_frozen)
        query = select(PAPER.c.id, PAPER.c.origins).where(PAPER.c.id.in_(batch), PAPER.c.state == "live", ~touched)
        found += [paper_id for paper_id, origins in session.execute(query) if 0 not in origins.values()]
    return found


def bin_papers(session: Session, ids: Iterable[int]) -> None:
    """Move papers to the trash, from which the next source that shows them takes them back."""
    rows = papers(session, ids)
    for row in rows.values():
        row["origins"] = {field: origin for field, origin in row["origins"].items() if origin == USER} | {UNSEEN: 1}
    write_papers(session, list(rows.values()))
    set_state(session, list(rows), "live", "trash")


def replace_issues(session: Session, source_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put issues in the place of those that a source has, unless they are the same."""
    query = select(ISSUE.c.line, ISSUE.c.text, ISSUE.c.why).where(ISSUE.c.source_id == source_id)
    old = [tuple(row) for row in session.execute(query.order_by(ISSUE.c.id))]
    if sorted(old) == sorted((row["line"], row["text"], row["why"]) for row in rows):
        return
    session.execute(delete(ISSUE).where(ISSUE.c.source_id == source_id))
    for batch in batches(rows):
        add_issues(session, [{"source_id": source_id, **row} for row in batch])
