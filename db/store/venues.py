"""Short names of venues that hold in a library: those that Sheaf knows, and the person's own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.domain.formats.bibwrite import venues
from db.store.imports import set_setting, setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

SETTING = "venue_abbreviations"


def own(session: Session) -> dict[str, str]:
    """Return the short names that the person added, by the long ones."""
    return dict(json.loads(setting(session, SETTING) or "{}"))


def keep(session: Session, kept: Mapping[str, str]) -> None:
    """Store the person's own short names."""
    set_setting(session, SETTING, json.dumps(kept, ensure_ascii=False) if kept else None)


def all_of(session: Session) -> dict[str, str]:
    """Return the short names that hold in a library; one of the person's own replaces every name of that venue."""
    mine = own(session)
    known = {venues.norm(name) for name in mine}
    return {name: short for name, short in venues.abbreviations().items() if venues.norm(name) not in known} | mine
