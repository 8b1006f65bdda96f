"""What an export takes from the library's own settings beside what the person chose for it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.domain.formats.bibwrite import ExportOptions
from db.services import ownwords, venues

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.services.changes import Changes
    from db.services.library import Library
    from db.store.sessions import Session


PARTS = (
    "keep", "abstract", "keywords", "note", "url", "fields", "files", "personal", "abbreviate", "comment_incomplete",
    "unicode",
)  # fmt: skip
"""What can be chosen for an export, by the names that formats say they heed."""


def chosen(on: Mapping[str, bool], profile: str = "bibtex") -> ExportOptions:
    """Return the usual options of a profile (bibtex or biblatex) with some of `PARTS` on or off."""
    named: dict[str, Any] = {"profile": profile, **on}
    if "unicode" in named:
        named["encoding"] = "unicode" if named.pop("unicode") else "latex"
    return ExportOptions(**named)


def parts(options: ExportOptions) -> dict[str, bool]:
    """Return which of `PARTS` are on."""
    return {name: options.encoding == "unicode" if name == "unicode" else getattr(options, name) for name in PARTS}


def complete(session: Session, options: ExportOptions) -> ExportOptions:
    """Return the options with the library's own words and, when venues are to be abbreviated, its short names."""
    words = tuple(dict.fromkeys([*options.own_words, *ownwords.all_of(session)]))
    shorter = {**venues.all_of(session), **options.venues} if options.abbreviate else options.venues
    return replace(options, own_words=words, venues=shorter)


def change(library: Library, words: Iterable[str], shorter: Mapping[str, str]) -> Changes:
    """Keep words whose capitals stay and short names of venues as one step; LibraryError for a wrong one."""
    kept, short = ownwords.checked(words), venues.checked(shorter)
    with library.writing("Change words and venues for LaTeX") as write:
        ownwords.store(write.session, kept)
        venues.store(write.session, short)
    return write.changes
