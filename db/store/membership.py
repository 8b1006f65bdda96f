"""Which papers are in a group: the one shape that tags and collections share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Column, Table, delete, insert, literal, select

from db.store.frozen import PAPER
from db.store.imports import batches

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from sqlalchemy.orm import Session


def add(session: Session, pairs: Table, group_id: int, ids: Iterable[int]) -> None:
    """Put those of the papers into a group that are not in it; `pairs` holds (paper id, group id)."""
    group = _group(pairs)
    held = select(literal(1)).where(pairs.c.paper_id == PAPER.c.id, group == group_id)
    lacking = select(PAPER.c.id, literal(group_id)).where(PAPER.c.state != "merged", ~held.exists())
    for batch in batches(ids):
        rows = lacking.where(PAPER.c.id.in_(batch))
        session.execute(insert(pairs).from_select(["paper_id", group.name], rows))


def remove(session: Session, pairs: Table, group_id: int, ids: Iterable[int]) -> None:
    """Take papers out of a group."""
    for batch in batches(ids):
        session.execute(delete(pairs).where(_group(pairs) == group_id, pairs.c.paper_id.in_(batch)))


def _group(pairs: Table) -> Column[Any]:
    (group,) = (column for column in pairs.columns if column.name != "paper_id")
    return group
