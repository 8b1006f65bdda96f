"""How what can be dragged is named while it is, and which files are documents that cite."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QMimeData

PAPERS = "application/x-sheaf-papers"
COLLECTION = "application/x-sheaf-collection"
TAG = "application/x-sheaf-tag"
SEARCH = "application/x-sheaf-search"
BIBTEX = "text/x-bibtex"
TEXT = "text/plain"
DOCUMENTS = (".tex", ".aux", ".bcf")


def papers_of(mime: QMimeData) -> list[int]:
    """Return the papers that a drag brings, none when it is no drag of papers."""
    if not mime.hasFormat(PAPERS):
        return []
    try:
        ids = json.loads(bytes(mime.data(PAPERS).data()))
    except ValueError:
        return []
    return [one for one in ids if isinstance(one, int)] if isinstance(ids, list) else []


def collection_of(mime: QMimeData) -> int | None:
    """Return the collection that a drag brings, None when it is no drag of a collection."""
    return _number(mime, COLLECTION)


def search_of(mime: QMimeData) -> int | None:
    """Return the saved search that a drag brings, None when it is no drag of one."""
    return _number(mime, SEARCH)


def _number(mime: QMimeData, kind: str) -> int | None:
    text = bytes(mime.data(kind).data())
    return int(text) if text.isdigit() else None


def tag_of(mime: QMimeData) -> str:
    """Return the whole name of the tag that a drag brings, nothing when it is no drag of a tag."""
    return bytes(mime.data(TAG).data()).decode("utf-8", "replace")


def is_document(path: Path) -> bool:
    """Tell whether a file is one that says what a LaTeX document cites."""
    return path.suffix.lower() in DOCUMENTS
