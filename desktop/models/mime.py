"""How what can be dragged is named while it is, and which files are documents that cite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PAPERS = "application/x-sheaf-papers"
COLLECTION = "application/x-sheaf-collection"
TAG = "application/x-sheaf-tag"
SEARCH = "application/x-sheaf-search"
BIBTEX = "text/x-bibtex"
TEXT = "text/plain"
DOCUMENTS = (".tex", ".aux", ".bcf")


class PapersMime(QMimeData):
    """A drag of papers, which stay what they are: a text of a million numbers would hold the window up.

    Qt hands what is dragged to every window of this process as it is. Another process gets none of the numbers, which
    would mean other papers in its library.
    """

    def __init__(self, papers: Sequence[int]) -> None:
        super().__init__()
        self.papers = papers
        self.setData(PAPERS, b"")


def papers_of(mime: QMimeData) -> Sequence[int]:
    """Return the papers that a drag brings, none when it is no drag of papers of this process."""
    return mime.papers if isinstance(mime, PapersMime) else ()


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
