"""The triggers of a library, made anew when this version generates others than it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from db.store import engines

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SIGNATURE = "trigger_signature"
SIGNED = {
    "sqlite": "9ea91e4c8839f0391a1c950effcda649a0abc4f280432ba1f09a39520088e8f3",
    "postgresql": "674dff4e90dd73e6652335adf22f59884c3dfc8ac618cb82cf2ef5579e2a17e9",
}
"""The SHA-256 of each engine's triggers, which are made from all tables: opening a library need not map them.

A test holds them to that and says what they are.
"""
_KNOWN_OTHERWISE = (
    "INSERT OR IGNORE INTO dirty (paper_id) SELECT v.paper_id FROM paper_version v JOIN paper p ON p.id = v.paper_id "
    "WHERE v.title <> '' AND v.title <> p.title "
    "UNION SELECT merged_into FROM paper WHERE merged_into IS NOT NULL"
)
"""Papers with keys that are not of their own texts: a library from before these triggers lacks them."""


def _signature(session: Session) -> str:
    return SIGNED[session.get_bind().dialect.name]


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
