"""What an export takes from the library's own settings beside what the person chose for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.services import ownwords, venues

if TYPE_CHECKING:
    from db.domain.formats.bibwrite import ExportOptions
    from db.store.sessions import Session


def complete(session: Session, options: ExportOptions) -> ExportOptions:
    """Return the options with the library's own words and, when venues are to be abbreviated, its short names."""
    words = tuple(dict.fromkeys([*options.own_words, *ownwords.all_of(session)]))
    shorter = {**venues.all_of(session), **options.venues} if options.abbreviate else options.venues
    return replace(options, own_words=words, venues=shorter)
