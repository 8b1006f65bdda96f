"""What goes into an export beyond the usual: one remembered choice for files, the clipboard, drags and previews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import services

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.services.exporting import ExportOptions
    from desktop.settings import Settings

USUAL = {
    "keep": True,
    "abstract": False, "keywords": False, "note": False, "url": True, "fields": True, "files": False, "personal": False,
    "abbreviate": False, "comment_incomplete": False, "unicode": False,
}  # fmt: skip
"""Lean: a .bib file for LaTeX needs no abstracts, and tags, notes and stars are the person's own.

What came from a bibliography stays as it stood there, whatever of it is not wanted otherwise.
"""
PROFILES = ("bibtex", "biblatex")
PROFILE_KEY = "export/profile"


def remembered(settings: Settings) -> dict[str, bool]:
    """Return which parts the entries get, as chosen last."""
    return {name: settings.get(f"export/{name}", usual) for name, usual in USUAL.items()}


def remember(settings: Settings, chosen: Mapping[str, bool]) -> None:
    """Keep a choice for every later way out."""
    for name, on in chosen.items():
        settings.set(f"export/{name}", on)


def made(chosen: Mapping[str, bool], profile: str = PROFILES[0]) -> ExportOptions:
    """Return a choice as the writer takes it."""
    return services.exportchoices.chosen(chosen, profile)


def options(settings: Settings) -> ExportOptions:
    """Return the remembered choice as the writer takes it, in the profile of the last .bib file that was written."""
    profile = settings.get(PROFILE_KEY, PROFILES[0])
    return made(remembered(settings), profile if profile in PROFILES else PROFILES[0])
