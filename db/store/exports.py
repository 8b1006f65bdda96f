"""Papers on their way out: what an entry of an export is made from."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from db.domain.formats.bibwrite import BibEntry
from db.domain.records import Attachment, Date, Person
from db.domain.roundtrip import arxiv_url
from db.domain.versions import cited
from db.store import versions
from db.store.absorb import USER
from db.store.frozen import PAPER
from db.store.imports import batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

    from db.domain.records import CiteRule, Version

COLUMNS = (
    "id citation_key title authors author_count origins year month day year_inferred year_evidence abstract urls "
    "arxiv_id doi venue entry_type fields notes status rating"
).split()
_ASKED = "IN (SELECT value FROM json_each(?))"
_LOAD = f"SELECT {', '.join(COLUMNS)} FROM paper WHERE id {_ASKED} AND state <> 'merged'"
_SEEN = (
    "SELECT sighting.paper_id, sighting.id, source.name, sighting.position, source.kind FROM sighting "
    f"JOIN source ON source.id = sighting.source_id WHERE sighting.paper_id {_ASKED} ORDER BY sighting.id"
)
_KEYWORDS = (
    "SELECT paper_tag.paper_id, tag.name FROM paper_tag JOIN tag ON tag.id = paper_tag.tag_id "
    f"WHERE paper_tag.paper_id {_ASKED} ORDER BY tag.name_key"
)
_FILES = f"SELECT paper_id, path, title, mime FROM attachment WHERE paper_id {_ASKED} ORDER BY id"
_ALIASES = f"SELECT paper_id, key FROM key_alias WHERE paper_id {_ASKED} ORDER BY key"
_EMPTY: dict[str, Any] = {"[]": [], "{}": {}}
_decode = json.JSONDecoder().decode
# The same people and days come again and again.
_person, _date = lru_cache(maxsize=50_000)(Person), lru_cache(maxsize=5_000)(Date)
BIBLIOGRAPHY = "bibliography"


class Row(NamedTuple):
    """The columns of a paper, in the order of COLUMNS, four of them JSON."""

    id: int
    citation_key: str
    title: str
    authors: str
    author_count: int | None
    origins: str
    year: int | None
    month: int | None
    day: int | None
    year_inferred: bool
    year_evidence: str
    abstract: str
    urls: str
    arxiv_id: str | None
    doi: str | None
    venue: str | None
    entry_type: str
    fields: str
    notes: str
    status: str
    rating: int


class Seen(NamedTuple):
    """Where a paper was seen in dumps, and which of its sightings are entries of bibliographies."""

    dumps: list[str]
    entries: set[int]
    first: int


def entries(session: Session, ids: Sequence[int], rule: CiteRule | None = None) -> Iterator[BibEntry]:
    """Yield the entries of papers in the order of `ids`; merged and missing ones are left out.

    Of a paper in several versions it is that of the one that the `rule`, else that of the library, says, unless the
    paper has a rule of its own.
    """
    rule = rule or versions.rule(session)
    for batch in batches(ids):
        rows = {row[0]: row for row in _listed(session, _LOAD, batch)}
        seen, files = _seen(session, batch), _files(session, batch)
        words, aliases = _texts(session, _KEYWORDS, batch), _texts(session, _ALIASES, batch)
        several = versions.load(session, rows)
        # Each is made when it is asked for and gone soon: the garbage collector walks over all that stay.
        for one in batch:
            if one in rows:
                row = Row._make(rows[one])
                entry = _entry(row, seen.get(one), words.get(one, ()), files.get(one, ()), aliases.get(one, ()))
                yield _cited(entry, several[one], rule, row, seen.get(one)) if one in several else entry


def _cited(entry: BibEntry, several: Sequence[Version], rule: CiteRule, row: Row, seen: Seen | None) -> BibEntry:
    typed = [field for field, origin in _read(row.origins).items() if origin == USER]
    return cited(entry, several, rule, typed=typed, bibliographies=seen.entries if seen else set())


def _read(stored: str) -> Any:
    found = _EMPTY.get(stored)
    return _decode(stored) if found is None else found


def _seen(session: Session, ids: Sequence[int]) -> dict[int, Seen]:
    found: dict[int, Seen] = {}
    for paper_id, sighting_id, name, position, kind in _listed(session, _SEEN, ids):
        seen = found.setdefault(paper_id, Seen([], set(), sighting_id))
        # An entry that came from a bibliography says itself what it is: no note is added to it.
        if kind == BIBLIOGRAPHY:
            seen.entries.add(sighting_id)
        else:
            seen.dumps.append(f"{name}, record {position}")
    return found


def _texts(session: Session, sql: str, ids: Sequence[int]) -> defaultdict[int, list[str]]:
    """Return the texts that a statement gives for papers."""
    found: defaultdict[int, list[str]] = defaultdict(list)
    for paper_id, text in _listed(session, sql, ids):
        found[paper_id].append(text)
    return found


def _files(session: Session, ids: Sequence[int]) -> defaultdict[int, list[Attachment]]:
    files: defaultdict[int, list[Attachment]] = defaultdict(list)
    for paper_id, path, title, mime in _listed(session, _FILES, ids):
        files[paper_id].append(Attachment(path, title, mime))
    return files


def _listed(session: Session, sql: str, ids: Sequence[int]) -> list[Any]:
    """Return the rows of a statement whose one parameter is a JSON list: compiled once, however many ids."""
    return list(session.connection().exec_driver_sql(sql, (json.dumps(list(ids)),)).all())


def _entry(
    row: Row, seen: Seen | None, keywords: Sequence[str], files: Sequence[Attachment], aliases: Sequence[str]
) -> BibEntry:
    authors, urls = _read(row.authors), _read(row.urls)
    return BibEntry(
        key=row.citation_key,
        title=row.title,
        authors=tuple([_person(*name) for name in authors]),
        more_authors=_are_there_more(row, len(authors)),
        date=_date(row.year, row.month, row.day, bool(row.year_inferred), row.year_evidence),
        abstract=row.abstract,
        seen=tuple(seen.dumps) if seen else (),
        url=urls[0] if urls else arxiv_url(row.arxiv_id),
        arxiv_id=row.arxiv_id,
        doi=row.doi,
        venue=row.venue,
        keywords=tuple(keywords),
        entry_type=row.entry_type,
        fields=_read(row.fields),
        files=tuple(files),
        notes=row.notes,
        status=row.status,
        rating=row.rating,
        brought=_is_brought(row, seen),
        aliases=tuple(aliases),
    )


def _is_brought(row: Row, seen: Seen | None) -> bool:
    """Tell whether a bibliography said what kind of work it is, and where it was published if that is known."""
    if seen is None or not seen.entries:
        return False
    return row.venue is None or _read(row.origins).get("venue", seen.first) in seen.entries


def _are_there_more(row: Row, named: int) -> bool:
    """Tell whether a work has authors whom its list does not name: lists that end in `and others` have no count."""
    if row.author_count is None:
        return named > 0 and _read(row.origins).get("authors") != USER
    return row.author_count > named


def keys(session: Session, ids: Sequence[int]) -> list[str]:
    """Return the citation keys of papers in the order of `ids`; merged and missing ones are left out."""
    found: dict[int, str] = {}
    for batch in batches(ids):
        rows = select(PAPER.c.id, PAPER.c.citation_key).where(PAPER.c.id.in_(batch), PAPER.c.state != "merged")
        found.update((paper_id, key) for paper_id, key in session.execute(rows))
    return [found[one] for one in ids if one in found]
