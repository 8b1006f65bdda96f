"""Looking for damage: SQLite's own checks, a hash a paper, and what must hold between tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import text

from db.domain.records import CiteRule, VersionKind
from db.store import engines
from db.store.index import LEFT_OVER, MISSING, content_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session


class Finding(NamedTuple):
    """What is wrong, with which row (None: the file), how bad (error, warning), and how to mend it."""

    finding: str
    id: int | None
    severity: str
    fix: str


RESTORE = "Restore a backup: sheaf restore FILE."
MARK = "Mark the version that you read, in the Details tab of the paper."
REINDEX = "Run `sheaf check --repair`, which indexes the paper anew."

ORPHANS = {
    "sighting": "SELECT s.id FROM sighting s LEFT JOIN paper p ON p.id = s.paper_id WHERE p.id IS NULL",
    "issue": "SELECT i.id FROM issue i LEFT JOIN source o ON o.id = i.source_id WHERE o.id IS NULL",
    "file": "SELECT a.id FROM attachment a LEFT JOIN paper p ON p.id = a.paper_id WHERE p.id IS NULL",
    "version": "SELECT v.id FROM paper_version v LEFT JOIN paper p ON p.id = v.paper_id WHERE p.id IS NULL",
    "paper tag": "SELECT t.paper_id FROM paper_tag t LEFT JOIN paper p ON p.id = t.paper_id WHERE p.id IS NULL",
}

# What is noted of merges must fit the papers, or they could not be taken apart.
UNFIT = (
    'SELECT m.merge_id FROM merge_member m JOIN "merge" o ON o.id = m.merge_id JOIN paper p ON p.id = m.paper_id '
    "WHERE p.state <> 'merged' OR coalesce(p.merged_into, 0) <> o.paper_id "
    'UNION SELECT o.id FROM "merge" o WHERE NOT EXISTS (SELECT 1 FROM merge_member m WHERE m.merge_id = o.id)'
)


def findings(session: Session) -> Iterator[Finding]:
    """Yield everything that is wrong with a library."""
    for part in CHECKS:
        yield from part(session)


def _file(session: Session) -> Iterator[Finding]:
    for found, row_id in engines.of(session).damage(session):
        yield Finding(found, row_id, "error", RESTORE)


def _contents(session: Session) -> Iterator[Finding]:
    rows = session.execute(
        text(
            "SELECT id, title, abstract, authors, year, month, day, arxiv_id, doi, citation_key, notes, content_hash "
            "FROM paper"
        ).execution_options(yield_per=1000)
    )
    for row in rows:
        if content_hash(dict(row._mapping)) != row.content_hash:
            yield Finding("The content changed without the library's doing", row.id, "error", RESTORE)


def _orphans(session: Session) -> Iterator[Finding]:
    for name, statement in ORPHANS.items():
        for (row_id,) in session.execute(text(statement)):
            yield Finding(f"A {name} belongs to nothing", row_id, "error", RESTORE)


def _merges(session: Session) -> Iterator[Finding]:
    for (row_id,) in session.execute(text(UNFIT)):
        yield Finding("What is noted of a merge does not fit its papers", row_id, "error", RESTORE)


def _versions(session: Session) -> Iterator[Finding]:
    kinds, rules = ", ".join(f"'{one}'" for one in VersionKind), ", ".join(f"'{one}'" for one in CiteRule)
    lists = " OR ".join(f"NOT json_valid(v.{name})" for name in ("authors", "urls", "fields", "sightings", "typed"))
    strange = f"v.kind NOT IN ({kinds}) OR v.rule NOT IN ('', {rules}) OR {lists}"
    for row in session.execute(text(f"SELECT v.id, v.paper_id FROM paper_version v WHERE {strange}")):
        yield Finding("A version of the paper says what no version can say", row.paper_id, "error", RESTORE)
    twice = "SELECT paper_id FROM paper_version WHERE is_read AND NOT removed GROUP BY paper_id HAVING count(*) > 1"
    for (paper_id,) in session.execute(text(twice)):
        yield Finding("Two versions of the paper are marked as read", paper_id, "warning", MARK)


def _index(session: Session) -> Iterator[Finding]:
    for (paper_id,) in session.execute(text(MISSING)):
        yield Finding("The paper is missing from the search index", paper_id, "warning", REINDEX)
    for (row_id,) in session.execute(text(LEFT_OVER)):
        yield Finding("The search index knows a paper that is not there", row_id, "warning", REINDEX)


CHECKS: tuple[Callable[[Session], Iterator[Finding]], ...] = (_file, _contents, _orphans, _merges, _versions, _index)
