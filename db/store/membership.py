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
    # Asked which papers lack it, a server would go through all that have it, once for each paper: it knows no numbers
    # of what a transaction has written.
    adding = insert(pairs).prefix_with("OR IGNORE")
    there = select(PAPER.c.id, literal(group_id)).where(PAPER.c.state != "merged")
    for batch in batches(ids):
        session.execute(adding.from_select(["paper_id", _group(pairs).name], there.where(PAPER.c.id.in_(batch))))


def remove(session: Session, pairs: Table, group_id: int, ids: Iterable[int]) -> None:
    """Take papers out of a group."""
    for batch in batches(ids):
        session.execute(delete(pairs).where(_group(pairs) == group_id, pairs.c.paper_id.in_(batch)))


def _group(pairs: Table) -> Column[Any]:
    (group,) = (column for column in pairs.columns if column.name != "paper_id")
    return group
