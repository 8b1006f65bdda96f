"""Keys that a document cites, and the papers that they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.domain.documents import Named
from db.store import frozen, imports
from db.store.frozen import PAPER
from db.store.imports import batches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Held:
    """The paper that a key leads to, with the key that it has now."""

    paper_id: int
    citation_key: str
    title: str
    in_trash: bool


def holders(session: Session, keys: Iterable[str]) -> dict[str, Held]:
    """Return the papers that keys lead to, directly or as a key that a paper had before; others are left out."""
    found: dict[str, int] = {}
    for batch in batches(keys):
        held = imports.key_holders(session, batch)
        found.update((key, paper_id) for key, paper_id in held.items() if paper_id is not None)
    heirs = frozen.heirs(session, set(found.values()))
    papers = _papers(session, set(heirs.values()))
    return {key: papers[heirs[one]] for key, one in found.items() if heirs[one] in papers}


def _papers(session: Session, ids: set[int]) -> dict[int, Held]:
    papers: dict[int, Held] = {}
    columns = select(PAPER.c.id, PAPER.c.citation_key, PAPER.c.title, PAPER.c.state).where(PAPER.c.state != "merged")
    for batch in batches(ids):
        for row in session.execute(columns.where(PAPER.c.id.in_(batch))):
            papers[row.id] = Held(row.id, row.citation_key, row.title, row.state == "trash")
    return papers


def titles(session: Session, ids: Iterable[int]) -> dict[int, Held]:
    """Return papers by id; merged and missing ones are left out."""
    return _papers(session, set(ids))


def named(session: Session) -> list[Named]:
    """Return all live papers by what people make keys of."""
    columns = PAPER.c.id, PAPER.c.citation_key, PAPER.c.authors_sort, PAPER.c.year, PAPER.c.title_sort
    rows = session.execute(select(*columns).where(PAPER.c.state == "live").order_by(PAPER.c.id))
    return [Named(*row) for row in rows]
