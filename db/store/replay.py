"""Undo and redo: row images of a step are put back, in reverse or forward."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select, text, update

from db.store import addedkeys, engines, frozen
from db.store.frozen import ADDED
from db.store.imports import batches
from db.store.noting import key_columns
from db.store.schema import Base, ChangeRow, StepRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Row, Table
    from sqlalchemy.orm import Session

KEY_COLUMNS = frozenset({"citation_key", "key_frozen"})
RUN = 5_000
GIVEN = (
    "SELECT key, paper_id FROM frozen_key WHERE key IN (SELECT value FROM json_each(:keys)) "
    "OR paper_id IN (SELECT value FROM json_each(:ids))"
)
TAKEN = (
    "SELECT citation_key FROM paper WHERE citation_key IN (SELECT value FROM json_each(:keys)) AND state <> 'merged'"
)


class Change(NamedTuple):
    """One row's change: its id in the journal, the table, the primary key, and the images."""

    id: int
    table: str
    key: list[Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def next_step(session: Session, *, undone: bool) -> Row[int, str] | None:
    """Return id and label of the step that undo (undone False) or redo (True) would take."""
    order = StepRow.id if undone else StepRow.id.desc()
    return session.execute(
        select(StepRow.id, StepRow.label).where(StepRow.undone.is_(undone)).order_by(order).limit(1)
    ).one_or_none()


def undo(session: Session, step: int) -> None:
    """Put back every row as it was before the step. Foreign keys are checked at the end."""
    engines.of(session).defer_foreign_keys(session)
    for table, changes in _runs(session, step, newest_first=True):
        if changes[0].before is None:
            _keep_images(session, table, changes)
            _delete(session, table, changes)
        else:
            _put_all(session, table, [(change, change.key, change.before) for change in changes])
    session.execute(update(StepRow).where(StepRow.id == step).values(undone=True))
    frozen.settle(session)


def redo(session: Session, step: int) -> None:
    """Put every row as it was after the step."""
    engines.of(session).defer_foreign_keys(session)
    for table, changes in _runs(session, step, newest_first=False):
        if changes[0].after is None:
            _delete(session, table, changes)
        else:
            _put_all(session, table, [(change, _old_key(table, change), change.after) for change in changes])
    session.execute(update(StepRow).where(StepRow.id == step).values(undone=False))
    frozen.settle(session)


def _runs(session: Session, step: int, *, newest_first: bool) -> Iterable[tuple[Table, list[Change]]]:
    """Yield runs of changes of one table and one kind; bounded, so that a large import stays in memory."""
    columns = (ChangeRow.id, ChangeRow.table_name, ChangeRow.row_key, ChangeRow.before, ChangeRow.after)
    order = ChangeRow.id.desc() if newest_first else ChangeRow.id
    wanted = select(*columns).where(ChangeRow.step_id == step).order_by(order).limit(RUN)
    rows = session.execute(wanted).all()
    while rows:
        changes = [Change(i, t, json.loads(k), _image(b), _image(a)) for i, t, k, b, a in rows]
        for (name, _b, _a), run in groupby(changes, lambda c: (c.table, c.before is None, c.after is None)):
            yield Base.metadata.tables[name], list(run)
        last = changes[-1].id
        beyond = ChangeRow.id < last if newest_first else ChangeRow.id > last
        rows = session.execute(wanted.where(beyond)).all()


def _image(stored: str | None) -> dict[str, Any] | None:
    return None if stored is None else json.loads(stored)


def _where(table: Table) -> str:
    return " AND ".join(f'"{name}" = ?' for name in key_columns(table))


def _keep_images(session: Session, table: Table, changes: Sequence[Change]) -> None:
    """Take the images of rows that an undo is about to delete: redo needs them."""
    run = session.connection().exec_driver_sql
    row = f'"{table.name}"'
    image = engines.of(session).image(table, row)
    run(
        f"UPDATE change SET after = (SELECT {image} FROM {row} WHERE {_where(table)}) WHERE id = ?",
        [(*change.key, change.id) for change in changes],
    )


def _delete(session: Session, table: Table, changes: Sequence[Change]) -> None:
    session.connection().exec_driver_sql(
        f'DELETE FROM "{table.name}" WHERE {_where(table)}', [tuple(change.key) for change in changes]
    )


Put = tuple[Change, list[Any], "dict[str, Any] | None"]
"""A change, the primary key under which the row stands now, and the values to write."""


def _old_key(table: Table, change: Change) -> list[Any]:
    """Return the primary key before the change: an update may have moved the row."""
    before = change.before or {}
    return [before.get(name, now) for name, now in zip(key_columns(table), change.key, strict=True)]


def _put_all(session: Session, table: Table, puts: Sequence[Put]) -> None:
    """Write a run of images, many rows a statement; a row without an image had vanished by a cascade."""
    there = puts[0][0].before is not None and puts[0][0].after is not None
    rows = [(change, key, values) for change, key, values in puts if values]
    if table.name == "paper":
        # Row by row only those whose key needs a look: a bibliography brings 50,000 frozen ones.
        held = None if there else _held_keys(session, [values for _c, _k, values in rows])
        plain = []
        for change, key, values in rows:
            if held is None or values["id"] in held:
                _put(session, table, [(key, _with_kept_key(session, change, values))], there=there)
            else:
                plain.append((change, key, values))
        rows = plain
    elif table is ADDED and not there:
        rows = [put for put in rows if addedkeys.fits(session, put[2]["key"], put[2]["paper_id"])]
    for _names, group in groupby(rows, lambda put: tuple(put[2])):
        _put(session, table, [(key, values) for _change, key, values in group], there=there)


def _put(session: Session, table: Table, rows: Sequence[tuple[list[Any], dict[str, Any]]], *, there: bool) -> None:
    names = list(rows[0][1])
    if there:
        columns = ", ".join(f'"{name}" = ?' for name in names)
        statement = f'UPDATE "{table.name}" SET {columns} WHERE {_where(table)}'
        parameters = [(*values.values(), *key) for key, values in rows]
    else:
        columns = ", ".join(f'"{name}"' for name in names)
        statement = f'INSERT INTO "{table.name}" ({columns}) VALUES ({", ".join("?" * len(names))})'
        parameters = [tuple(values.values()) for _key, values in rows]
    session.connection().exec_driver_sql(statement, parameters)


def _held_keys(session: Session, papers: Sequence[dict[str, Any]]) -> set[int]:
    """Return those of the papers that may not simply get their key back: see `frozen.hold`."""
    held: set[int] = set()
    for batch in batches(papers):
        keys = json.dumps([paper["citation_key"] for paper in batch])
        ids = json.dumps([paper["id"] for paper in batch])
        listed = {"keys": keys, "ids": ids}
        given = {row.key: row.paper_id for row in session.execute(text(GIVEN), listed)}
        owners = set(given.values())
        taken = set(session.execute(text(TAKEN), listed).scalars())
        for paper in batch:
            key, paper_id = paper["citation_key"], paper["id"]
            if key in taken:
                held.add(paper_id)
            elif key in given:
                if given[key] != paper_id or not paper["key_frozen"]:
                    held.add(paper_id)
            elif paper_id in owners:
                held.add(paper_id)
    return held


def _with_kept_key(session: Session, change: Change, values: dict[str, Any]) -> dict[str, Any]:
    """Let a key that was given to a document stay, whatever the image says."""
    if "state" not in values and not KEY_COLUMNS & values.keys():
        return values
    found = session.execute(
        text("SELECT citation_key, key_frozen FROM paper WHERE id = :id"), {"id": change.key[0]}
    ).one_or_none()
    held = {"id": change.key[0]} | (dict(found._mapping) if found else {}) | values
    frozen.hold(session, held, values)
    return values | {name: held[name] for name in KEY_COLUMNS if name in held}
