"""The keys that a library has frozen, and holding another file of it to them: a backup knows no later ones."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from db.store import addedkeys, frozen, keys
from db.store.engine import file_uri
from db.store.frozen import ADDED, FROZEN, PAPER
from db.store.imports import batches

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sqlalchemy.orm import Session

_FROZEN = """
SELECT f.key, f.paper_id, p.added_at, coalesce(p.title, {title}), 'given' FROM frozen_key f
LEFT JOIN paper p ON p.id = f.paper_id
UNION ALL SELECT citation_key, id, added_at, title, 'pinned' FROM paper
WHERE key_frozen AND citation_key NOT IN (SELECT key FROM frozen_key)
"""
_ADDED = """
UNION ALL SELECT a.key, p.id, p.added_at, p.title, 'added' FROM added_key a JOIN paper p ON p.id = a.paper_id
WHERE a.key NOT IN (SELECT key FROM frozen_key)
"""
GIVEN, ADDITIONAL = "given", "added"
_CURRENT = "SELECT id, citation_key FROM paper WHERE state <> 'merged'"


@dataclass(frozen=True, slots=True)
class Handed:
    """A frozen key, the paper that it stands for, and when that came: earlier versions used ids again.

    A `given` key left the library or was given up, a `pinned` one is the paper's own, an `added` one stands beside
    that; the `current` one is the paper's key.
    """

    key: str
    paper_id: int | None
    added_at: str | None
    title: str
    kind: str
    current: bool


def of(path: Path) -> list[Handed]:
    """Return the frozen keys of a library file of any schema; none of one that cannot be read."""
    try:
        with closing(sqlite3.connect(file_uri(path, mode="ro"), uri=True)) as connection:
            current = set(connection.execute(_CURRENT))
            columns = {name for _at, name, *_more in connection.execute("PRAGMA table_info(frozen_key)")}
            sql = _FROZEN.format(title="f.title" if "title" in columns else "''")
            if connection.execute("PRAGMA table_info(added_key)").fetchall():
                sql += _ADDED
            rows = connection.execute(sql).fetchall()
    except sqlite3.Error:
        return []  # damaged, perhaps: that is why a backup is wanted
    found = [
        Handed(key, paper_id, added_at, title, kind, (paper_id, key) in current)
        for key, paper_id, added_at, title, kind in rows
    ]
    return sorted(found, key=lambda one: not one.current)


def keep(session: Session, handed: Sequence[Handed]) -> None:
    """Freeze the keys in another file of the same library; of one that shares no paper with it nothing changes.

    A paper that is there gets its key again, or is led to by it when it has a frozen one; the key of a paper that
    is not there is reserved until a source brings the work again.
    """
    there = _there(session, handed)
    if not there and session.scalar(select(PAPER.c.id).limit(1)) is not None:
        return
    added = set(session.scalars(select(ADDED.c.key)))
    with frozen.unjournalled(session):
        for one in handed:
            paper = there.get(one.paper_id or 0)
            if session.scalar(select(FROZEN.c.id).where(FROZEN.c.key == one.key)) is not None:
                continue
            if one.key in added:
                if one.kind == ADDITIONAL:
                    continue  # there it can still be undone
                addedkeys.take_back(session, one.key)
            _keep_one(session, one, paper)
    frozen.settle(session)


def _there(session: Session, handed: Sequence[Handed]) -> dict[int, Any]:
    """Return the papers that are the same ones, by id."""
    since = {one.paper_id: one.added_at for one in handed if one.paper_id is not None and one.added_at}
    columns = select(PAPER.c.id, PAPER.c.added_at)
    found = {}
    for batch in batches(since):
        rows = session.execute(columns.where(PAPER.c.id.in_(batch)))
        found.update({row.id: row for row in rows if row.added_at == since[row.id]})
    return found


def _keep_one(session: Session, one: Handed, paper: Any) -> None:
    if paper is None:
        session.execute(FROZEN.insert().values(key=one.key, paper_id=None, title=one.title))
        return
    columns = select(PAPER.c.citation_key, PAPER.c.key_frozen).where(PAPER.c.id == paper.id)
    has = session.execute(columns).one()
    if has.citation_key != one.key and has.key_frozen and one.kind != ADDITIONAL:
        _reserve(session, one)
        return
    if not _make_room(session, one.key, paper.id):
        return
    if one.kind == ADDITIONAL:
        _reserve(session, one)
        return
    values = {"citation_key": one.key, "key_frozen": True, "version": PAPER.c.version + 1}
    session.execute(update(PAPER).where(PAPER.c.id == paper.id).values(values))
    if one.kind == GIVEN:
        _reserve(session, one)


def _reserve(session: Session, one: Handed) -> None:
    session.execute(FROZEN.insert().values(key=one.key, paper_id=one.paper_id, title=one.title))


def _make_room(session: Session, key: str, paper_id: int) -> bool:
    """Take a key from another paper that has it unfrozen; tell whether it is free then."""
    held = select(PAPER.c.id, PAPER.c.key_frozen).where(PAPER.c.citation_key == key, PAPER.c.id != paper_id)
    holder = session.execute(held.where(PAPER.c.state != "merged")).first()
    if holder is None:
        return True
    if holder.key_frozen:
        return False
    other = update(PAPER).where(PAPER.c.id == holder.id)
    session.execute(other.values(citation_key=keys.free(session, key), version=PAPER.c.version + 1))
    return True
