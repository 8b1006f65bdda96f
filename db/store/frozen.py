"""Keys that are stable for ever: freezing them, and holding them through undo and redo.

Freezing is not journalled. `hold` and `settle` are called by undo and redo, `forget_lost` when steps that
could be redone are dropped.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, insert, select, update

from db.store.imports import TABLES, batches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy.orm import Session

PAPER, FROZEN, ADDED, ALIAS, STATE = (
    TABLES[name] for name in ("paper", "frozen_key", "added_key", "key_alias", "journal_state")
)
HOPS = 100
_ASKED = "id IN (SELECT value FROM json_each(?))"
_FREEZE = (
    "INSERT INTO frozen_key (key, paper_id, title) "
    f"SELECT citation_key, id, title FROM paper WHERE {_ASKED} AND state <> 'merged' "
    "AND NOT EXISTS (SELECT 1 FROM frozen_key WHERE key = citation_key) ORDER BY id RETURNING paper_id"
)
_MARK = f"UPDATE paper SET key_frozen = TRUE WHERE {_ASKED} AND NOT key_frozen"
"""What freezing runs, past the rows and parameters of SQLAlchemy: a first export freezes a whole library."""


@contextmanager
def unjournalled(session: Session) -> Iterator[None]:
    """Let the changes inside leave no trace in the journal."""
    step = session.scalar(select(STATE.c.step_id))
    session.execute(update(STATE).values(step_id=None))
    yield
    # Not in a `finally`: after an exception the whole transaction is rolled back anyway.
    session.execute(update(STATE).values(step_id=step))


def freeze(session: Session, ids: Sequence[int]) -> list[int]:
    """Freeze the keys of papers for ever; return the papers whose key was not frozen for ever before."""
    fresh: list[int] = []
    run = session.connection().exec_driver_sql
    with unjournalled(session):
        for batch in batches(ids):
            asked = (json.dumps(batch),)
            fresh += run(_FREEZE, asked).scalars()
            run(_MARK, asked)
    return fresh


def reserve(session: Session, keys: Iterable[tuple[str, int]]) -> None:
    """Keep frozen keys that papers give up: (key, paper id)."""
    rows = dict(keys)
    with unjournalled(session):
        for batch in batches(rows):
            known = set(session.scalars(select(FROZEN.c.key).where(FROZEN.c.key.in_(batch))))
            fresh = {key: rows[key] for key in batch if key not in known}
            titles = _titles(session, fresh.values())
            values = [{"key": key, "paper_id": paper, "title": titles.get(paper, "")} for key, paper in fresh.items()]
            if values:
                session.execute(insert(FROZEN), values)


def _titles(session: Session, ids: Iterable[int]) -> dict[int, str]:
    rows = session.execute(select(PAPER.c.id, PAPER.c.title).where(PAPER.c.id.in_(list(ids))))
    return {row.id: row.title for row in rows}


def give(session: Session, keys: Sequence[tuple[str, int, str]], lost: Collection[str]) -> None:
    """Freeze keys, (key, paper id, title), that papers are about to get; `lost` ones stood for papers that are gone."""
    if not keys:
        return
    run = session.connection().exec_driver_sql
    run("INSERT OR IGNORE INTO frozen_key (key, paper_id, title) VALUES (?, ?, ?)", list(keys))
    claimed = [(paper_id, title, key) for key, paper_id, title in keys if key in lost]
    if claimed:
        run("UPDATE frozen_key SET paper_id = ?, title = ? WHERE key = ?", claimed)


def lost(session: Session) -> list[tuple[str, str]]:
    """Return the frozen keys whose paper is gone, (key, title), in the order in which they were frozen."""
    there = select(PAPER.c.id).where(PAPER.c.id == FROZEN.c.paper_id).exists()
    added = select(ADDED.c.id).where(ADDED.c.key == FROZEN.c.key).exists()
    rows = session.execute(
        select(FROZEN.c.key, FROZEN.c.title).where(FROZEN.c.title != "", ~there, ~added).order_by(FROZEN.c.id)
    )
    return [(row.key, row.title) for row in rows]


def hold(session: Session, paper: dict[str, Any], image: Mapping[str, Any]) -> None:
    """Mend the key of a paper (`paper`: as it will be) before undo or redo writes `image` to it.

    A paper whose key was given away keeps it, unless the person pinned another one by hand: only then
    does the image name both columns. No image takes a key that another paper has by now.
    """
    paper_id, key = paper["id"], paper["citation_key"]
    given = set(session.scalars(select(FROZEN.c.key).where(FROZEN.c.paper_id == paper_id)))
    now = session.scalar(select(PAPER.c.citation_key).where(PAPER.c.id == paper_id))
    if key in given:
        paper["key_frozen"] = True
    elif now in given and "citation_key" in image and not image.get("key_frozen"):
        paper["citation_key"], paper["key_frozen"] = now, True
    elif is_anothers(session, key, paper_id):
        paper["citation_key"] = _free(session, key, paper_id)


def is_anothers(session: Session, key: str, paper_id: int) -> bool:
    """Tell whether a key is, or was given or added to, another paper."""
    at = select(PAPER.c.id).where(PAPER.c.citation_key == key, PAPER.c.id != paper_id, PAPER.c.state != "merged")
    added = select(ADDED.c.id).where(ADDED.c.key == key, ADDED.c.paper_id != paper_id)
    if session.scalar(at.union_all(added).limit(1)) is not None:
        return True
    owner = select(FROZEN.c.id).where(FROZEN.c.key == key)
    return session.scalar(owner.where(FROZEN.c.paper_id.is_distinct_from(paper_id))) is not None


def _free(session: Session, key: str, paper_id: int) -> str:
    number = 2
    while is_anothers(session, f"{key}-{number}", paper_id):
        number += 1
    return f"{key}-{number}"


def settle(session: Session) -> None:
    """Bring the aliases in line: frozen keys that no paper has lead to the paper that had them, added ones to theirs.

    The pinned key of a merged paper needs no reserving: it leads on for as long as the merge and the pin stand.
    """
    with unjournalled(session):
        session.execute(delete(ALIAS))
        own = FROZEN.c.key == PAPER.c.citation_key
        given = session.execute(
            select(FROZEN.c.key, PAPER.c.id)
            .join(PAPER, PAPER.c.id == FROZEN.c.paper_id)
            .where((PAPER.c.state == "merged") | ~own)
        ).all()
        merged = select(PAPER.c.citation_key, PAPER.c.id).where(PAPER.c.state == "merged", PAPER.c.key_frozen)
        owners = {row.citation_key: row.id for row in session.execute(merged)}
        owners |= {row.key: row.paper_id for row in session.execute(select(ADDED.c.key, ADDED.c.paper_id))}
        owners |= {row.key: row.id for row in given}
        into = heirs(session, set(owners.values()))
        values = [{"key": key, "paper_id": into[paper_id]} for key, paper_id in owners.items()]
        for batch in batches(values):
            session.execute(insert(ALIAS), batch)
        _drop_own(session)


def _drop_own(session: Session) -> None:
    """A heir may have taken over the very key: then it needs no alias."""
    mine = select(PAPER.c.citation_key).where(PAPER.c.id == ALIAS.c.paper_id).scalar_subquery()
    session.execute(delete(ALIAS).where(ALIAS.c.key == mine))


def heirs(session: Session, ids: set[int]) -> dict[int, int]:
    """Return for merged papers the paper that has them in now."""
    heirs = {paper_id: paper_id for paper_id in ids}
    for _hop in range(HOPS):
        into: dict[int, int] = {}
        for batch in batches(set(heirs.values())):
            merged = select(PAPER.c.id, PAPER.c.merged_into).where(PAPER.c.id.in_(batch))
            rows = session.execute(merged.where(PAPER.c.state == "merged", PAPER.c.merged_into.is_not(None)))
            into.update((paper_id, heir) for paper_id, heir in rows)
        if not into:
            break
        heirs = {paper_id: into.get(heir, heir) for paper_id, heir in heirs.items()}
    return heirs


def forget_lost(session: Session) -> None:
    """Leave keys of papers that can no longer come back without a paper."""
    gone = FROZEN.c.paper_id.not_in(select(PAPER.c.id))
    session.execute(update(FROZEN).where(gone).values(paper_id=None))


def rename(session: Session, keys: Sequence[tuple[int, str]]) -> None:
    """Give papers new keys, (paper id, key), whatever order they swap them in."""
    statement = update(PAPER).where(PAPER.c.id == bindparam("paper"))
    wanted = {key for _id, key in keys}
    clashing: list[int] = []
    for batch in batches(wanted):
        clashing += session.scalars(select(PAPER.c.id).where(PAPER.c.citation_key.in_(batch)))
    ours = {paper_id for paper_id, _key in keys}
    parked = [{"paper": i, "new_key": f"\x01{i}"} for i in clashing if i in ours]
    park = statement.values(citation_key=bindparam("new_key"))
    if parked:
        session.execute(park, parked)
    if keys:
        bumped = park.values(version=PAPER.c.version + 1)
        session.execute(bumped, [{"paper": i, "new_key": key} for i, key in keys])
