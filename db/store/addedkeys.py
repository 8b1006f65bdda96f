"""Keys that a person added to papers: an ordinary change, until a key leaves the library and is frozen for ever."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from db.store import frozen
from db.store.frozen import ADDED, ALIAS, FROZEN, PAPER
from db.store.imports import TABLES, batches, key_holders

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

CHANGE = TABLES["change"]
_LISTED = "(SELECT value FROM json_each(?))"
_HAND_OUT = (
    "INSERT INTO frozen_key (key, paper_id, title) SELECT a.key, a.paper_id, p.title FROM added_key a "
    "JOIN paper p ON p.id = a.paper_id WHERE {} ON CONFLICT (key) DO UPDATE "
    "SET paper_id = excluded.paper_id, title = excluded.title "
    "WHERE NOT EXISTS (SELECT 1 FROM paper WHERE paper.id = frozen_key.paper_id)"
)
"""A key that had been lost with another paper stands for this one from now on."""


def add(session: Session, key: str, paper_id: int) -> None:
    """Let a key lead to a paper beside the key that it has; the key is free, lost with its paper, or leads there."""
    own = select(PAPER.c.id).where(PAPER.c.id == paper_id, PAPER.c.citation_key == key)
    leads = select(ALIAS.c.paper_id).where(ALIAS.c.paper_id == paper_id, ALIAS.c.key == key)
    if session.scalar(own.union_all(leads).limit(1)) is not None:
        return
    session.execute(insert(ADDED).values(key=key, paper_id=paper_id))
    frozen.settle(session)


def fits(session: Session, key: str, paper_id: int) -> bool:
    """Tell whether a key can be added to a paper once more: another one may have been given it meanwhile."""
    return key_holders(session, [key]).get(key) in (None, paper_id)


def take_back(session: Session, key: str) -> None:
    """Forget that a key was added, since it becomes the own one of a paper, or is frozen."""
    session.execute(delete(ADDED).where(ADDED.c.key == key))


def hand_out(session: Session, keys: Iterable[str]) -> None:
    """Freeze those of the keys for ever that were added: they leave the library."""
    _hand_out(session, f"a.key IN {_LISTED}", keys)


def hand_out_of(session: Session, ids: Iterable[int]) -> None:
    """Freeze the keys for ever that were added to papers, or to papers that are part of them by now."""
    _hand_out(session, f"a.key IN (SELECT k.key FROM key_alias k WHERE k.paper_id IN {_LISTED})", ids)


def stays(session: Session, step: int) -> bool:
    """Tell whether a key that an undone step had added has left the library meanwhile."""
    added = (CHANGE.c.table_name == ADDED.name, CHANGE.c.before.is_(None), CHANGE.c.after.is_not(None))
    images = session.scalars(select(CHANGE.c.after).where(CHANGE.c.step_id == step, *added)).all()
    keys = [json.loads(image)["key"] for image in images]
    return bool(keys) and session.scalar(select(FROZEN.c.id).where(FROZEN.c.key.in_(keys)).limit(1)) is not None


def _hand_out(session: Session, which: str, values: Iterable[str] | Iterable[int]) -> None:
    if session.scalar(select(ADDED.c.id).limit(1)) is None:
        return  # as in most libraries, and an export may be of all papers
    for batch in batches(values):
        session.connection().exec_driver_sql(_HAND_OUT.format(which), (json.dumps(batch),))
