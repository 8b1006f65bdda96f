"""The triggers of a library, made anew when this version generates others than it has."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import text

from db.store import engines

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SIGNATURE = "trigger_signature"
_KNOWN_OTHERWISE = (
    "INSERT OR IGNORE INTO dirty (paper_id) SELECT v.paper_id FROM paper_version v JOIN paper p ON p.id = v.paper_id "
    "WHERE v.title <> '' AND v.title <> p.title "
    "UNION SELECT merged_into FROM paper WHERE merged_into IS NOT NULL"
)
"""Papers with keys that are not of their own texts: a library from before these triggers lacks them."""


def _signature(session: Session) -> str:
    return hashlib.sha256("\n".join(engines.of(session).triggers()).encode()).hexdigest()


def is_installed(session: Session) -> bool:
    """Tell whether the library has the triggers that this version generates."""
    found = session.execute(text("SELECT value FROM setting WHERE name = :n"), {"n": SIGNATURE}).scalar()
    return bool(found == _signature(session))


def install(session: Session) -> None:
    """Make the triggers, or make them anew when this version generates others than the library has."""
    if is_installed(session):
        return
    engine = engines.of(session)
    engine.drop_triggers(session)
    session.execute(text("UPDATE journal_state SET step_id = NULL"))
    run = session.connection().exec_driver_sql
    for statement in engine.triggers():
        run(statement)
    session.execute(text(_KNOWN_OTHERWISE))
    session.execute(
        text(
            "INSERT INTO setting (name, value) VALUES (:n, :v) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        ),
        {"n": SIGNATURE, "v": _signature(session)},
    )
