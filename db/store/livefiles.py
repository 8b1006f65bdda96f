"""Rows of live .bib files, and the papers that they follow."""

from __future__ import annotations

import json
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select, update

from db.domain.errors import LibraryError
from db.domain.livebib import Owned
from db.store.ids import next_id
from db.store.imports import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy.orm import Session

FILE, ENTRY = TABLES["live_file"], TABLES["live_entry"]
# CROSS JOIN: else SQLite may go through all papers for each key.
_KEYS = (
    "SELECT p.id, p.citation_key FROM json_each(?) j CROSS JOIN paper p ON p.id = j.value "
    "WHERE p.state = 'live' ORDER BY j.key"
)
_BY_KEY = "SELECT j.value, p.id FROM json_each(?) j CROSS JOIN paper p ON p.state = 'live' AND p.citation_key = j.value"
_BY_ALIAS = (
    "SELECT j.value, p.id FROM json_each(?) j CROSS JOIN key_alias a ON a.key = j.value "
    "CROSS JOIN paper p ON p.id = a.paper_id WHERE p.state = 'live'"
)


def files(session: Session) -> list[dict[str, Any]]:
    """Return the files by path, each with the number of its `entries`."""
    own = select(func.count()).where(ENTRY.c.file_id == FILE.c.id, ~ENTRY.c.left).scalar_subquery()
    rows = session.execute(select(FILE, own.label("entries")).order_by(FILE.c.path)).mappings()
    return [dict(row) for row in rows]


def get(session: Session, file_id: int) -> dict[str, Any]:
    """Return one file; LibraryError when it is no longer attached."""
    row = next((one for one in files(session) if one["id"] == file_id), None)
    if row is None:
        raise LibraryError("This file is no longer attached to the library; nothing was changed.")
    return row


def add(session: Session, values: Mapping[str, Any]) -> int:
    """Insert a file; return its id."""
    file_id = next_id(session, "live_file")
    blank = {"state": "pending", "reason": "", "written_at": None, "questions": 0, "digest": ""}
    session.execute(insert(FILE), [{**blank, **values, "id": file_id}])
    return file_id


def change(session: Session, file_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of a file."""
    session.execute(update(FILE).where(FILE.c.id == file_id).values(**values))


def drop(session: Session, file_id: int) -> None:
    """Forget a file; what stands in it stays."""
    session.execute(delete(ENTRY).where(ENTRY.c.file_id == file_id))
    session.execute(delete(FILE).where(FILE.c.id == file_id))


def owned(session: Session, file_id: int) -> dict[str, Owned]:
    """Return the entries of a file that are Sheaf's, or left to the person, by key."""
    sql = 'SELECT key, paper_id, marks, "left" FROM live_entry WHERE file_id = ? ORDER BY rowid'
    rows = session.connection().exec_driver_sql(sql, (file_id,))
    return {key: Owned(key, paper_id, tuple(marks.split()), bool(left)) for key, paper_id, marks, left in rows}


def owned_keys(session: Session, file_id: int) -> set[str] | None:
    """Return the keys of a file's entries, None when one is left to the person."""
    sql = 'SELECT key, "left" FROM live_entry WHERE file_id = ?'
    rows = session.connection().exec_driver_sql(sql, (file_id,)).all()
    return None if any(left for _key, left in rows) else {key for key, _left in rows}


def owned_of(session: Session, file_id: int, keys: Iterable[str]) -> dict[str, Owned]:
    """Return the entries with these keys."""
    sql = (
        "SELECT e.key, e.paper_id, e.marks FROM json_each(?) j CROSS JOIN live_entry e "
        "ON e.file_id = ? AND e.key = j.value"
    )
    rows = session.connection().exec_driver_sql(sql, (json.dumps(list(keys)), file_id))
    return {key: Owned(key, paper_id, tuple(marks.split())) for key, paper_id, marks in rows}


def set_owned(session: Session, file_id: int, before: Mapping[str, Owned], after: Mapping[str, Owned]) -> None:
    """Write the entries that differ."""
    run = session.connection().exec_driver_sql
    gone = [(file_id, key) for key in before.keys() - after.keys()]
    if gone:
        run("DELETE FROM live_entry WHERE file_id = ? AND key = ?", gone)
    rows = [
        (file_id, one.key, one.paper_id, " ".join(one.marks), one.left)
        for key, one in after.items()
        if before.get(key) is not one
    ]
    if rows:
        upsert = (
            'INSERT INTO live_entry (file_id, key, paper_id, marks, "left") VALUES (?, ?, ?, ?, ?) '
            "ON CONFLICT (file_id, key) DO UPDATE SET paper_id = excluded.paper_id, marks = excluded.marks, "
            '"left" = excluded."left"'
        )
        run(upsert, rows)


def keys_of(session: Session, ids: Sequence[int]) -> list[tuple[int, str]]:
    """Return (paper id, key) of those of the papers that are not in the trash, in their order."""
    rows = session.connection().exec_driver_sql(_KEYS, (json.dumps(list(ids)),))
    return [(paper_id, key) for paper_id, key in rows]


def by_key(session: Session, keys: Iterable[str]) -> dict[str, int]:
    """Return the papers that keys stand for, by key: their own, or one that leads to them; in the order of `keys`."""
    wanted = list(dict.fromkeys(keys))
    listed = (json.dumps(wanted),)
    run = session.connection().exec_driver_sql
    found = dict(map(itemgetter(0, 1), run(_BY_ALIAS, listed)))
    found |= dict(map(itemgetter(0, 1), run(_BY_KEY, listed)))
    return {key: found[key] for key in wanted if key in found}


def collection_name(session: Session, collection_id: int) -> str | None:
    """Return the name of a collection, None when it is gone."""
    table = TABLES["collection"]
    return session.scalar(select(table.c.name).where(table.c.id == collection_id))
