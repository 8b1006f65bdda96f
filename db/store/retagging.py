"""Giving many tags other names at once: tags that come to have one name become one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import update

from db.store import tags as store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

TAG = store.TAG


def apply(session: Session, wanted: Mapping[int, str | None]) -> None:
    """Give tags the names that are wanted, all at once, so that two may swap theirs; None deletes a tag.

    Of tags with one name the one that had it stays, else the first of those that are wanted to have it.
    """
    names = store.names(session)
    for tag_id in wanted:
        if tag_id in names and wanted[tag_id] is None:
            store.drop(session, tag_id)
            del names[tag_id]
    groups: dict[str, list[int]] = {}
    for tag_id in sorted(names, key=lambda one: one not in wanted):
        groups.setdefault(_wanted(names, wanted, tag_id).casefold(), []).append(tag_id)
    renamed: dict[int, str] = {}
    for key, members in groups.items():
        stays = next((one for one in members if names[one].casefold() == key), members[0])
        if len(members) > 1:
            store.merge(session, members, stays)
        renamed[stays] = _wanted(names, wanted, stays)
    _rename(session, {one: name for one, name in renamed.items() if name != names[one]}, names)


def _wanted(names: Mapping[int, str], wanted: Mapping[int, str | None], tag_id: int) -> str:
    return wanted.get(tag_id) or names[tag_id]


def _rename(session: Session, renamed: Mapping[int, str], names: Mapping[int, str]) -> None:
    """Rename tags; one whose name another still has steps aside first, as names are unique at any moment."""
    held = {name.casefold(): one for one, name in names.items() if one in renamed}
    for one, name in renamed.items():
        if held.get(name.casefold(), one) != one:
            aside = update(TAG).where(TAG.c.id == held[name.casefold()])
            session.execute(aside.values(name_key=f"\1{held[name.casefold()]}"))
    for one, name in renamed.items():
        store.rename(session, one, name)
