"""What is made from papers and kept beside them: full-text index, blocking keys, sort columns, content hash.

Triggers note which papers changed; `refresh` brings all of it up to date in bulk at the end of a transaction,
which is several times faster than index triggers row by row. An import hands new papers over as they come:
see `backlog`. Tags are not in it, so that tagging 100,000 papers indexes nothing: see `search`.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from db.domain.duplicates import blocking_keys
from db.domain.names import authors_sort, fold
from db.store import engines, forms
from db.store.noting import KEYS, KIND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.orm import Session

BATCH = 500
"""Papers between two reports of progress."""
ROOM = 2_500
"""FTS5 writes what it has gathered to disk whenever another table is written, so few large runs are best."""
HASHED = ("title", "abstract", "authors", "year", "month", "day", "arxiv_id", "doi", "citation_key", "notes")

_HASHED = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode

READ = text(
    "SELECT p.id, p.title, p.abstract, p.authors, p.author_count, p.organization, p.notes, p.citation_key, p.state, "
    "p.year, p.month, p.day, p.arxiv_id, p.doi, p.entry_type, p.venue, p.title_sort, p.authors_sort, p.date_sort, "
    "p.content_hash, p.own_kind, d.depth "
    f"FROM dirty d JOIN paper p ON p.id = d.paper_id WHERE d.paper_id BETWEEN :low AND :high AND d.depth > {KIND}"
)
KINDS = text(
    "SELECT p.id, p.entry_type, p.venue, p.doi, p.arxiv_id, p.abstract <> '' AS abstract, p.own_kind "
    f"FROM dirty d JOIN paper p ON p.id = d.paper_id WHERE d.depth = {KIND}"
)

BLOCKED = "INSERT OR IGNORE INTO block (key, paper_id) VALUES (?, ?)"
SORTED = "UPDATE paper SET title_sort = ?, authors_sort = ?, date_sort = ?, content_hash = ?, own_kind = ? WHERE id = ?"


def refresh(session: Session, tick: Callable[[int, int], None] | None = None) -> int:
    """Bring the index of all changed papers up to date; return how many there were.

    `tick` is told (done, total) every now and then and may raise Cancelled.
    """
    session.flush()
    of_kind = _settle_kinds(session)
    dirty = f"SELECT paper_id FROM dirty WHERE depth > {KIND} ORDER BY paper_id"
    ids = list(session.execute(text(dirty)).scalars())
    known = set(session.execute(text(f"SELECT paper_id FROM dirty WHERE depth = {KEYS}")).scalars())
    if _mostly_dirty(session, len(ids)):
        engines.of(session).empty_search(session)
    waiting: list[tuple[Any, ...]] = []
    done = 0

    def at() -> None:
        if tick is not None and len(ids) > BATCH:  # a few take no time
            tick(done, len(ids))

    for start in range(0, len(ids), BATCH):
        done = start
        at()
        some = ids[start : start + BATCH]
        waiting += _refresh_some(session, some, [paper_id for paper_id in some if paper_id in known])
        if len(waiting) >= ROOM or start + BATCH >= len(ids):
            search_among(session, waiting, at)
            waiting = []
    if ids or of_kind:
        session.execute(text("DELETE FROM dirty"))
    return len(ids) + of_kind


def _settle_kinds(session: Session) -> int:
    """Write the kinds of papers of which nothing else may have changed, where they are others; return how many may."""
    rows = list(session.execute(KINDS).mappings())
    others = [(found, row["id"]) for row in rows if (found := own_kind(row)) != row["own_kind"]]
    if others:
        session.connection().exec_driver_sql("UPDATE paper SET own_kind = ? WHERE id = ?", others)
    return len(rows)


def search_among(session: Session, rows: Sequence[tuple[Any, ...]], tick: Callable[[], None]) -> None:
    """Put rows into the search index; `tick` is called every now and then."""
    for start in range(0, len(rows), BATCH):
        engines.of(session).search_among(session, rows[start : start + BATCH])
        tick()


def _mostly_dirty(session: Session, dirty: int) -> bool:
    """Tell whether nothing is left that needs no new index, as after the undo of a first import."""
    if dirty < ROOM:
        return False
    clean = text("SELECT 1 FROM paper WHERE id NOT IN (SELECT paper_id FROM dirty) LIMIT 1")
    return session.execute(clean).first() is None


def block(session: Session, ids: Iterable[int]) -> None:
    """Let papers be found at once by what they are known by beside their own texts; `refresh` does the same later."""
    if keys := sorted(forms.keys(session, ids)):
        session.connection().exec_driver_sql(BLOCKED, keys)


def derived(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that are made from others of a new paper's row; `authors` is JSON text.

    What the texts are sorted by may be known already.
    """
    return {
        "title_sort": row.get("title_sort") or fold(row["title"]),
        "authors_sort": row.get("authors_sort") or _sorted_by(row),
        "date_sort": _date_number(row),
        "content_hash": content_hash(row),
        "own_kind": own_kind(row),
    }


MISSING = "SELECT id FROM paper WHERE state != 'merged' EXCEPT SELECT rowid FROM paper_fts"
LEFT_OVER = "SELECT rowid FROM paper_fts EXCEPT SELECT id FROM paper WHERE state != 'merged'"


def mend(session: Session) -> int:
    """Index the papers that the search index lacks, and drop what it has too much; return how many there were.

    Other papers are left alone, as a new hash of their content would hide that it was damaged.
    """
    for astray in (MISSING, LEFT_OVER):
        session.execute(text(f"INSERT OR IGNORE INTO dirty (paper_id) {astray}"))
    return refresh(session)


def own_kind(row: Mapping[Any, Any]) -> str:
    """Return the kind of version that a paper itself tells of, empty when nothing tells."""
    from db.domain.versions import Told, kind  # first when something is written: opening a library does not need it

    found = kind(Told(row["entry_type"], row["venue"], row["doi"], row["arxiv_id"], bool(row["abstract"])))
    return found.value if found else ""


def content_hash(row: Mapping[str, Any]) -> str:
    """Return the hash that tells whether a paper's content changed behind the library's back."""
    content = _HASHED([row[name] for name in HASHED])
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _refresh_some(session: Session, ids: Sequence[int], known: Sequence[int]) -> list[tuple[Any, ...]]:
    """Bring all but the search index up to date; return its new rows, whose old ones are taken out.

    What `known` papers are found by as twins may have changed as well.
    """
    span = {"low": ids[0], "high": ids[-1]}
    engine = engines.of(session)
    held = dict(engine.held(session, ids[0], ids[-1]))
    searched: list[tuple[Any, ...]] = []
    blocks: list[tuple[int, int]] = []
    sorted_by: list[tuple[Any, ...]] = []
    for row in session.execute(READ, span):
        if row.state != "merged":
            if row.depth == KEYS:
                blocks.extend((key, row.id) for key in blocking_keys(row.title, row.abstract))
            found = _searched(row)
            if row.id in held and held[row.id] == engine.as_held(found):
                del held[row.id]  # what changed is not searched for, and indexing takes ten times longer than looking
            else:
                searched.append(found)
        made = _made(row._mapping)
        if made != (row.title_sort, row.authors_sort, row.date_sort, row.content_hash, row.own_kind):
            sorted_by.append((*made, row.id))
    blocks += forms.keys(session, {paper_id for _key, paper_id in blocks})
    _forget(session, "paper_fts", "rowid", sorted(held.keys() | {found[0] for found in searched}))
    _forget(session, "block", "paper_id", known)
    for statement, rows in ((BLOCKED, sorted(blocks)), (SORTED, sorted_by)):
        if rows:
            session.connection().exec_driver_sql(statement, rows)
    return searched


def _forget(session: Session, table: str, column: str, ids: Sequence[int]) -> None:
    # A new paper has nothing to delete; asking first keeps an import from probing each id.
    last = text(f"SELECT {column} FROM {table} ORDER BY {column} DESC LIMIT 1")
    newest = session.execute(last).scalar() or 0
    if ids and ids[0] <= newest:
        listed = f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))"
        session.connection().exec_driver_sql(listed, (json.dumps(ids),))


def _names(stored: str | None) -> list[list[str]]:
    return json.loads(stored) if stored and stored != "[]" else []


def people(names: Sequence[Sequence[str]], organization: str | None) -> str:
    """Return what the search index holds of a paper's authors."""
    authors = " ".join(" ".join(name) for name in names)
    return " ".join(part for part in (authors, organization) if part)


def _searched(row: Row[Any]) -> tuple[Any, ...]:
    who = people(_names(row.authors), row.organization)
    return (row.id, row.title, row.abstract, row.notes, who, row.citation_key)


def _made(row: Mapping[Any, Any]) -> tuple[str, str, int, str, str]:
    return fold(row["title"]), _sorted_by(row), _date_number(row), content_hash(row), own_kind(row)


def _sorted_by(row: Mapping[Any, Any]) -> str:
    return authors_sort([name[0] for name in _names(row["authors"])], row["organization"])


def _date_number(row: Mapping[Any, Any]) -> int:
    year = row["year"]
    return int(year * 10_000 + (row["month"] or 0) * 100 + (row["day"] or 0)) if year else 0
