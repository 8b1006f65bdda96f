"""Tags: names unique without regard to case, and which paper has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, literal, select, update

from db.domain.errors import LibraryError
from db.store import membership
from db.store.imports import TABLES, next_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

TAG, PAPER_TAG = TABLES["tag"], TABLES["paper_tag"]
COLOURS = 8


def get(session: Session, tag_id: int) -> Any:
    """Return the row of a tag; LibraryError when it is gone."""
    row = session.execute(select(TAG).where(TAG.c.id == tag_id)).one_or_none()
    if row is None:
        raise LibraryError("This tag is no longer there; nothing was changed.")
    return row


def find(session: Session, name: str) -> int | None:
    """Return the id of the tag with this name."""
    return session.scalar(select(TAG.c.id).where(TAG.c.name_key == name.casefold()))


def ensure(session: Session, name: str) -> int:
    """Return the id of the tag with this name, made with the next colour when there is none."""
    known = find(session, name)
    if known is not None:
        return known
    tag_id = next_id(session, "tag")
    used = dict.fromkeys(range(COLOURS), 0)
    for colour, number in session.execute(select(TAG.c.colour, func.count()).group_by(TAG.c.colour)):
        used[colour % COLOURS] += number
    # The least used colour, first ones first: round and round, and gaps are filled.
    colour = min(used, key=lambda one: (used[one], one))
    values = {"id": tag_id, "name": name, "name_key": name.casefold(), "colour": colour, "version": 1}
    session.execute(insert(TAG), [values])
    return tag_id


def add(session: Session, tag_id: int, ids: Iterable[int]) -> None:
    """Tag those of the papers that do not have the tag."""
    membership.add(session, PAPER_TAG, tag_id, ids)


def remove(session: Session, tag_id: int, ids: Iterable[int]) -> None:
    """Take a tag off papers."""
    membership.remove(session, PAPER_TAG, tag_id, ids)


def rename(session: Session, tag_id: int, name: str) -> None:
    """Rename a tag; the name must be free."""
    change = update(TAG).where(TAG.c.id == tag_id, TAG.c.name != name)
    session.execute(change.values(name=name, name_key=name.casefold(), version=TAG.c.version + 1))


def merge(session: Session, tag_ids: Sequence[int], into_id: int) -> None:
    """Move the papers of tags to another one and delete them."""
    losers = [tag_id for tag_id in tag_ids if tag_id != into_id]
    old = PAPER_TAG.alias()
    has = select(literal(1)).where(PAPER_TAG.c.paper_id == old.c.paper_id, PAPER_TAG.c.tag_id == into_id)
    moving = select(old.c.paper_id, literal(into_id)).where(old.c.tag_id.in_(losers), ~has.exists())
    session.execute(insert(PAPER_TAG).from_select(["paper_id", "tag_id"], moving.distinct()))
    for tag_id in losers:
        drop(session, tag_id)


def drop(session: Session, tag_id: int) -> None:
    """Delete a tag; papers only lose the label."""
    session.execute(delete(PAPER_TAG).where(PAPER_TAG.c.tag_id == tag_id))
    session.execute(delete(TAG).where(TAG.c.id == tag_id))


def set_colour(session: Session, tag_id: int, colour: int) -> None:
    """Set the colour of a tag."""
    change = update(TAG).where(TAG.c.id == tag_id, TAG.c.colour != colour)
    session.execute(change.values(colour=colour, version=TAG.c.version + 1))
