"""Short names of venues: a list that comes with Sheaf and what the person adds to it, kept in the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.errors import LibraryError
from db.store.venues import all_of, own
from db.store.venues import keep as store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.services.library import Library

__all__ = ["abbreviations", "all_of", "checked", "own_abbreviations", "store"]


def abbreviations(library: Library) -> dict[str, str]:
    """Return what is written for each venue in an abbreviated export; the person's own go before those of Sheaf."""
    with library.reading() as session:
        return all_of(session)


def own_abbreviations(library: Library) -> dict[str, str]:
    """Return the short names that the person added, by the long ones."""
    with library.reading() as session:
        return own(session)


def checked(own: Mapping[str, str]) -> dict[str, str]:
    """Return short names as they are kept; LibraryError for an empty name."""
    kept = {" ".join(name.split()): " ".join(short.split()) for name, short in own.items()}
    for name, short in kept.items():
        if not name or not short:
            raise LibraryError(f"“{name or short}” needs a long and a short name; nothing was changed.")
    return kept
