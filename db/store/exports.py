"""Papers on their way out: what an entry of an export is made from."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db.domain.formats.bibtex import BibEntry
from db.domain.records import Attachment, Date, Person
from db.store.absorb import USER
from db.store.frozen import PAPER
from db.store.imports import TABLES, batches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy.orm import Session

SIGHTING, SOURCE, TAG, PAPER_TAG, FILE = (
    TABLES[name] for name in ("sighting", "source", "tag", "paper_tag", "attachment")
)
COLUMNS = (
    "id citation_key title authors author_count origins year month day year_inferred year_evidence abstract urls "
    "arxiv_id doi venue entry_type fields notes status rating"
).split()


def entries(session: Session, ids: Sequence[int]) -> Iterator[list[BibEntry]]:
    """Yield the entries of papers in the order of `ids`, a batch at a time; merged and missing ones are left out."""
    wanted = select(*(PAPER.c[name] for name in COLUMNS)).where(PAPER.c.state != "merged")
    for batch in batches(ids):
        rows = {row.id: row for row in session.execute(wanted.where(PAPER.c.id.in_(batch)))}
        seen, words, files = _seen(session, batch), _keywords(session, batch), _files(session, batch)
        yield [_entry(rows[one], tuple(seen[one]), words[one], files[one]) for one in batch if one in rows]


def _seen(session: Session, ids: Sequence[int]) -> defaultdict[int, list[str]]:
    seen: defaultdict[int, list[str]] = defaultdict(list)
    rows = (
        select(SIGHTING.c.paper_id, SOURCE.c.name, SIGHTING.c.position)
        .join(SOURCE, SOURCE.c.id == SIGHTING.c.source_id)
        # An entry that came from a bibliography says itself what it is: no note is added to it.
        .where(SIGHTING.c.paper_id.in_(ids), SOURCE.c.kind != "bibliography")
        .order_by(SIGHTING.c.id)
    )
    for paper_id, name, position in session.execute(rows):
        seen[paper_id].append(f"{name}, record {position}")
    return seen


def _keywords(session: Session, ids: Sequence[int]) -> defaultdict[int, list[str]]:
    words: defaultdict[int, list[str]] = defaultdict(list)
    rows = (
        select(PAPER_TAG.c.paper_id, TAG.c.name)
        .join(TAG, TAG.c.id == PAPER_TAG.c.tag_id)
        .where(PAPER_TAG.c.paper_id.in_(ids))
        .order_by(TAG.c.name_key)
    )
    for paper_id, name in session.execute(rows):
        words[paper_id].append(name)
    return words


def _files(session: Session, ids: Sequence[int]) -> defaultdict[int, list[Attachment]]:
    files: defaultdict[int, list[Attachment]] = defaultdict(list)
    rows = select(FILE.c.paper_id, FILE.c.path, FILE.c.title, FILE.c.mime).where(FILE.c.paper_id.in_(ids))
    for paper_id, path, title, mime in session.execute(rows.order_by(FILE.c.id)):
        files[paper_id].append(Attachment(path, title, mime))
    return files


def _entry(row: Any, seen: tuple[str, ...], keywords: Sequence[str], files: Sequence[Attachment]) -> BibEntry:
    url = row.urls[0] if row.urls else f"https://arxiv.org/abs/{row.arxiv_id}" if row.arxiv_id else None
    return BibEntry(
        key=row.citation_key,
        title=row.title,
        authors=tuple(Person(*name) for name in row.authors),
        more_authors=_are_there_more(row),
        date=Date(row.year, row.month, row.day, row.year_inferred, row.year_evidence),
        abstract=row.abstract,
        seen=seen,
        url=url,
        arxiv_id=row.arxiv_id,
        doi=row.doi,
        venue=row.venue,
        keywords=tuple(keywords),
        entry_type=row.entry_type,
        fields=row.fields,
        files=tuple(files),
        notes=row.notes,
        status=row.status,
        rating=row.rating,
    )


def _are_there_more(row: Any) -> bool:
    """Tell whether a work has authors whom its list does not name: lists that end in `and others` have no count."""
    if row.author_count is None:
        return bool(row.authors) and row.origins.get("authors") != USER
    return bool(row.author_count > len(row.authors))


def keys(session: Session, ids: Sequence[int]) -> list[str]:
    """Return the citation keys of papers in the order of `ids`; merged and missing ones are left out."""
    found: dict[int, str] = {}
    for batch in batches(ids):
        rows = select(PAPER.c.id, PAPER.c.citation_key).where(PAPER.c.id.in_(batch), PAPER.c.state != "merged")
        found.update((paper_id, key) for paper_id, key in session.execute(rows))
    return [found[one] for one in ids if one in found]
