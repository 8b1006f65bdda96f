"""What merges note of the versions of papers that are deleted for good, in the notes and in the journal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, update

from db.store.imports import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from sqlalchemy.orm import Session

MERGE, CHANGE = TABLES["merge"], TABLES["change"]


def forget_versions(session: Session, ids: Collection[int]) -> None:
    """Take the versions of papers out of all that is noted, or was noted once, of merges with others."""
    for merge_id, said in session.execute(select(MERGE.c.id, MERGE.c.versions)).all():
        kept = _without(said, ids)
        if kept != said:
            session.execute(update(MERGE).where(MERGE.c.id == merge_id).values(versions=kept))
    images = select(CHANGE.c.id, CHANGE.c.before, CHANGE.c.after).where(CHANGE.c.table_name == MERGE.name)
    for change_id, before, after in session.execute(images).all():
        new = _image_without(before, ids), _image_without(after, ids)
        if new != (before, after):
            session.execute(update(CHANGE).where(CHANGE.c.id == change_id).values(before=new[0], after=new[1]))


def _without(said: Mapping[str, Any], ids: Collection[int]) -> Mapping[str, Any]:
    """Return what a merge says of versions without those that were of the papers before it."""
    gone = {row["id"] for row in said.get("before", ()) if row["paper_id"] in ids}
    if not gone:
        return said
    return {**said, **{name: [row for row in said[name] if row["id"] not in gone] for name in ("before", "after")}}


def _image_without(image: str | None, ids: Collection[int]) -> str | None:
    values = json.loads(image) if image else {}
    if "versions" not in values:
        return image
    said = json.loads(values["versions"])
    kept = _without(said, ids)
    return image if kept == said else json.dumps(values | {"versions": json.dumps(kept)})
