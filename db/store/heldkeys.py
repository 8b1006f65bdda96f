"""Citation keys that papers hold: whose a key is, setting one by hand, pinning."""

from __future__ import annotations

import json
from operator import itemgetter
from typing import TYPE_CHECKING

from sqlalchemy import false, func, select, true, update

from db.store import addedkeys, frozen
from db.store.frozen import ALIAS, FROZEN, PAPER
from db.store.imports import batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

_KEYS_OF = "SELECT lower(citation_key) FROM paper WHERE id IN (SELECT value FROM json_each(?))"


def owner(session: Session, key: str, but: int | None = None) -> tuple[int | None, str] | None:
    """Return who has or had a key without regard to case: (paper id, title), (None, "") for a lost paper."""
    for table, column in ((PAPER, PAPER.c.citation_key), (ALIAS, ALIAS.c.key), (FROZEN, FROZEN.c.key)):
        at = PAPER.c.id if table is PAPER else table.c.paper_id
        found = select(at).where(func.lower(column) == key.lower())
        if table is PAPER:
            found = found.where(PAPER.c.state != "merged")
        for paper_id in session.scalars(found):
            if but is not None and _heir(session, paper_id) == but:
                continue
            return paper_id, _title(session, paper_id)
    return None


def shared(session: Session, ids: Sequence[int] | None) -> dict[str, int]:
    """Return the keys of papers (None: of all), in small letters, that another paper has too, in other capitals.

    Each comes with the oldest paper of that key.
    """
    sql = "SELECT lower(citation_key), min(id) FROM paper WHERE state = 'live' {} GROUP BY 1 HAVING count(*) > 1"
    run = session.connection().exec_driver_sql
    if ids is None:
        rows = run(sql.format(""))
    else:
        rows = run(sql.format(f"AND lower(citation_key) IN ({_KEYS_OF})"), (json.dumps(list(ids)),))
    return dict(map(itemgetter(0, 1), rows))


def _heir(session: Session, paper_id: int | None) -> int | None:
    return None if paper_id is None else frozen.heirs(session, {paper_id})[paper_id]


def _title(session: Session, paper_id: int | None) -> str:
    return session.scalar(select(PAPER.c.title).where(PAPER.c.id == paper_id)) or ""


def set_key(session: Session, paper_id: int, key: str) -> None:
    """Give a paper a key by hand and pin it; a frozen one it had before leads to it for ever."""
    row = session.execute(select(PAPER.c.citation_key, PAPER.c.key_frozen).where(PAPER.c.id == paper_id)).one()
    if row.citation_key == key and row.key_frozen:
        return
    if row.key_frozen:
        frozen.reserve(session, [(row.citation_key, paper_id)])
    addedkeys.take_back(session, key)
    one = update(PAPER).where(PAPER.c.id == paper_id)
    # In two steps, so that the journal's image of the second says that the key was pinned with it.
    session.execute(one.values(key_frozen=False))
    session.execute(one.values(citation_key=key, key_frozen=True, version=PAPER.c.version + 1))
    frozen.settle(session)


def pin(session: Session, ids: Iterable[int], *, pinned: bool) -> None:
    """Pin keys as they are, or let them follow the paper again; keys that were given away stay pinned."""
    change = update(PAPER).where(PAPER.c.key_frozen != (true() if pinned else false()))
    change = change.where(PAPER.c.state != "merged")
    if not pinned:
        change = change.where(PAPER.c.citation_key.not_in(select(FROZEN.c.key)))
    for batch in batches(ids):
        session.execute(change.where(PAPER.c.id.in_(batch)).values(key_frozen=pinned, version=PAPER.c.version + 1))


def given(session: Session, ids: Iterable[int]) -> int:
    """Return how many of the papers have a key that is frozen for ever."""
    return sum(
        session.scalar(
            select(func.count())
            .select_from(PAPER)
            .where(PAPER.c.id.in_(batch), PAPER.c.citation_key.in_(select(FROZEN.c.key)))
        )
        or 0
        for batch in batches(ids)
    )
