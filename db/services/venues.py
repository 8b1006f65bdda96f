"""Short names of venues: a list that comes with Sheaf and what the person adds to it, kept in the library."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.domain.formats.bibwrite import venues
from db.store.imports import set_setting, setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.services.changes import Changes
    from db.services.library import Library
    from db.store.sessions import Session

SETTING = "venue_abbreviations"


def abbreviations(library: Library) -> dict[str, str]:
    """Return what is written for each venue in an abbreviated export; the person's own go before those of Sheaf."""
    with library.reading() as session:
        return all_of(session)


def own_abbreviations(library: Library) -> dict[str, str]:
    """Return the short names that the person added, by the long ones."""
    with library.reading() as session:
        return _own(session)


def set_own_abbreviations(library: Library, own: Mapping[str, str]) -> Changes:
    """Keep these short names, by the long ones, instead of those added before; LibraryError for an empty name."""
    kept = checked(own)
    with library.writing("Change venue abbreviations") as write:
        store(write.session, kept)
    return write.changes


def checked(own: Mapping[str, str]) -> dict[str, str]:
    """Return short names as they are kept; LibraryError for an empty name."""
    kept = {" ".join(name.split()): " ".join(short.split()) for name, short in own.items()}
    for name, short in kept.items():
        if not name or not short:
            raise LibraryError(f"“{name or short}” needs a long and a short name; nothing was changed.")
    return kept


def store(session: Session, kept: Mapping[str, str]) -> None:
    """Store checked short names."""
    set_setting(session, SETTING, json.dumps(kept, ensure_ascii=False) if kept else None)


def all_of(session: Session) -> dict[str, str]:
    """Return the short names that hold in a library; one of the person's own replaces every name of that venue."""
    own = _own(session)
    known = {venues.norm(name) for name in own}
    return {name: short for name, short in venues.abbreviations().items() if venues.norm(name) not in known} | own


def _own(session: Session) -> dict[str, str]:
    return dict(json.loads(setting(session, SETTING) or "{}"))
