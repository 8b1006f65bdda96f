"""Cite commands for the clipboard and drags: a key that is handed out keeps for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.documents import CitedKeys, CiteStyle, cited_as
from db.domain.documents.citing import FORMS, LATEX, PANDOC, TYPST
from db.services import exporting
from db.services.reading import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.services.changes import Changes
    from db.services.library import Library

__all__ = ["FORMS", "LATEX", "PANDOC", "TYPST", "CiteStyle", "CitedKeys", "cite", "cited_keys", "preview"]


def cite(library: Library, ids: Sequence[int], style: CiteStyle) -> tuple[str, Changes]:
    """Return what cites papers, in the order of `ids`, and the change: their keys are frozen from now on."""
    return exporting.cite(library, ids, style)


def cited_keys(library: Library, ids: Sequence[int], style: CiteStyle) -> tuple[CitedKeys, Changes]:
    """Return what is pushed to an editor for papers, and the change: their keys are frozen from now on."""
    return exporting.cited_keys(library, ids, style)


def preview(library: Library, ids: Sequence[int], style: CiteStyle) -> str:
    """Return what would cite papers now; their keys stay as loose as they are. Raises LibraryError as `cite` does."""
    return cited_as([row.citation_key for row in rows(library, ids)], style)
