"""Tags: names unique without regard to case, and which paper has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, delete, func, insert, literal, select, text, update

from db.domain.errors import LibraryError
from db.store import membership
from db.store.ids import next_id
from db.store.imports import TABLES, batches
from db.store.papers import NOT_LIVE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

TAG, PAPER_TAG, REFUSAL = TABLES["tag"], TABLES["paper_tag"], TABLES["tag_refusal"]
COLOURS = 8
LIVE_OF = (
    "SELECT count(DISTINCT paper_id) FROM paper_tag WHERE tag_id IN (SELECT value FROM json_each(:tags)) "
    f"AND paper_id NOT IN ({NOT_LIVE})"
)
HELD = "SELECT paper_id FROM paper_tag WHERE tag_id = :tag AND paper_id IN (SELECT value FROM json_each(:ids)) "


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


def lacks(session: Session, tag_id: int, ids: Iterable[int]) -> bool:
    """Tell whether any of the papers does not have the tag; it stops at the first batch that tells."""
    held = text(HELD)
    for batch in batches(ids):
        found = session.execute(held, {"tag": tag_id, "ids": json.dumps(batch)}).scalars()
        if set(batch) - set(found):
            return True
    return False


def names(session: Session) -> dict[int, str]:
    """Return the names of all tags by their ids, in the order of the names."""
    return {row.id: row.name for row in session.execute(select(TAG.c.id, TAG.c.name).order_by(TAG.c.name_key))}


def live_papers(session: Session, tag_ids: Iterable[int]) -> int:
    """Return how many live papers have any of the tags."""
    return int(session.execute(text(LIVE_OF), {"tags": json.dumps(list(tag_ids))}).scalar_one())


def remove(session: Session, tag_id: int, ids: Iterable[int]) -> None:
    """Take a tag off papers."""
    membership.remove(session, PAPER_TAG, tag_id, ids)


def rename(session: Session, tag_id: int, name: str) -> None:
    """Rename a tag; the name must be free."""
    change = update(TAG).where(TAG.c.id == tag_id, TAG.c.name != name)
    session.execute(change.values(name=name, name_key=name.casefold(), version=TAG.c.version + 1))


def merge(session: Session, tag_ids: Sequence[int], into_id: int) -> None:
    """Move the papers of tags to another one and delete them; it takes over their number key when it has none."""
    losers = [tag_id for tag_id in tag_ids if tag_id != into_id]
    for pairs in (PAPER_TAG, REFUSAL):
        for batch in batches(losers):
            _take_over(session, pairs, batch, into_id)
    digit = None
    for batch in batches(losers):
        digit = digit or session.scalar(select(func.min(TAG.c.digit)).where(TAG.c.id.in_(batch)))
    for tag_id in losers:
        drop(session, tag_id)
    if digit is not None and get(session, into_id).digit is None:
        set_digit(session, into_id, digit)


def _take_over(session: Session, pairs: Table, losers: Sequence[int], into_id: int) -> None:
    old = pairs.alias()
    moving = select(old.c.paper_id, literal(into_id)).where(old.c.tag_id.in_(losers)).distinct()
    session.execute(insert(pairs).prefix_with("OR IGNORE").from_select(["paper_id", "tag_id"], moving))


def drop(session: Session, tag_id: int) -> None:
    """Delete a tag; papers only lose the label."""
    for pairs in (PAPER_TAG, REFUSAL):
        session.execute(delete(pairs).where(pairs.c.tag_id == tag_id))
    session.execute(delete(TAG).where(TAG.c.id == tag_id))


def set_colour(session: Session, tag_id: int, colour: int) -> None:
    """Set the colour of a tag."""
    change = update(TAG).where(TAG.c.id == tag_id, TAG.c.colour != colour)
    session.execute(change.values(colour=colour, version=TAG.c.version + 1))


def with_digit(session: Session, digit: int) -> Any | None:
    """Return the row of the tag with a number key."""
    return session.execute(select(TAG).where(TAG.c.digit == digit).order_by(TAG.c.id)).first()


def set_digit(session: Session, tag_id: int, digit: int | None) -> None:
    """Give a tag a number key, which another one then loses, or take it away."""
    if digit is not None:
        others = update(TAG).where(TAG.c.digit == digit, TAG.c.id != tag_id)
        session.execute(others.values(digit=None, version=TAG.c.version + 1))
    change = update(TAG).where(TAG.c.id == tag_id, TAG.c.digit.is_distinct_from(digit))
    session.execute(change.values(digit=digit, version=TAG.c.version + 1))
