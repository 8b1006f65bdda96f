"""Sources as sets of papers: what they share, and how many records and papers they hold.

Records are sightings, whatever became of their papers; papers are counted once, and only those that are live.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from db.store.papers import NOT_LIVE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

CHOSEN = "SELECT value FROM json_each(:ids)"
NAMES = text("SELECT id, name, kind, search, imported_at FROM source ORDER BY id")
HELD = text(
    "SELECT o.id, count(s.id) AS records, count(DISTINCT s.paper_id) AS works, "
    f"count(DISTINCT CASE WHEN s.paper_id NOT IN ({NOT_LIVE}) THEN s.paper_id END) AS papers "
    f"FROM source o LEFT JOIN sighting s ON s.source_id = o.id WHERE o.id IN ({CHOSEN}) GROUP BY o.id ORDER BY o.id"
)
SHARED = text(
    "SELECT count(*) FROM (SELECT paper_id FROM sighting WHERE source_id = :a "
    f"INTERSECT SELECT paper_id FROM sighting WHERE source_id = :b) shared WHERE paper_id NOT IN ({NOT_LIVE})"
)
FIRST = text(
    f"SELECT count(DISTINCT s.paper_id) FROM sighting s WHERE s.source_id = :a AND s.paper_id NOT IN ({NOT_LIVE}) "
    "AND NOT EXISTS (SELECT 1 FROM sighting e WHERE e.paper_id = s.paper_id AND e.source_id < :a)"
)
WORKS = f"SELECT DISTINCT paper_id FROM sighting WHERE source_id IN ({CHOSEN})"
STATES = text(
    "SELECT p.state, p.status, count(*) AS papers, count(CASE WHEN p.starred THEN 1 END) AS starred FROM paper p "
    f"WHERE p.id IN ({WORKS}) GROUP BY p.state, p.status"
)
TAGGED = text(
    "SELECT t.name, count(*) AS papers FROM paper_tag pt JOIN tag t ON t.id = pt.tag_id "
    f"WHERE pt.paper_id IN ({WORKS}) AND pt.paper_id NOT IN ({NOT_LIVE}) "
    "GROUP BY t.id ORDER BY papers DESC, t.name_key"
)
KNOWN = text(
    f"SELECT count(*) FROM ({WORKS}) w WHERE w.paper_id NOT IN ({NOT_LIVE}) "
    "AND EXISTS (SELECT 1 FROM sighting e WHERE e.paper_id = w.paper_id AND e.source_id < :first)"
)
WAITING = text(
    f"WITH w AS ({WORKS}) SELECT count(*) FROM twin t JOIN paper a ON a.id = t.low_id JOIN paper b ON b.id = t.high_id "
    "WHERE t.decision IN ('open', 'later') AND a.state = 'live' AND b.state = 'live' "
    "AND t.low_id IN (SELECT paper_id FROM w) AND t.high_id IN (SELECT paper_id FROM w)"
)


def names(session: Session) -> list[dict[str, Any]]:
    """Return id, name, kind, search and time of import of every source, the oldest first."""
    return [dict(row) for row in session.execute(NAMES).mappings()]


def held(session: Session, source_ids: Sequence[int]) -> list[dict[str, int]]:
    """Return id, records, works (papers in the trash included) and papers of these sources."""
    return [dict(row) for row in session.execute(HELD, {"ids": json.dumps(list(source_ids))}).mappings()]


def shared(session: Session, a: int, b: int) -> int:
    """Return how many papers both sources show."""
    return int(session.execute(SHARED, {"a": a, "b": b}).scalar_one())


def never_seen(session: Session, source_id: int) -> int:
    """Return how many papers of a source no earlier source shows."""
    return int(session.execute(FIRST, {"a": source_id}).scalar_one())


def states(session: Session, source_ids: Sequence[int]) -> list[dict[str, Any]]:
    """Return the papers that these sources show together, counted by state and status."""
    return [dict(row) for row in session.execute(STATES, {"ids": json.dumps(list(source_ids))}).mappings()]


def tagged(session: Session, source_ids: Sequence[int]) -> list[tuple[str, int]]:
    """Return the tags of the papers that these sources show together, the most frequent first."""
    return [(name, count) for name, count in session.execute(TAGGED, {"ids": json.dumps(list(source_ids))})]


def known_before(session: Session, source_ids: Sequence[int]) -> int:
    """Return how many papers of these sources stood in another source imported before the first of them."""
    values = {"ids": json.dumps(list(source_ids)), "first": min(source_ids)}
    return int(session.execute(KNOWN, values).scalar_one())


def waiting(session: Session, source_ids: Sequence[int]) -> int:
    """Return how many pairs of papers of these sources wait to be told apart or merged."""
    return int(session.execute(WAITING, {"ids": json.dumps(list(source_ids))}).scalar_one())
