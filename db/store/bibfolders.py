"""The folders in which the bibliographies of a paper say that their files are."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from sqlalchemy import select

from db.domain.formats.bibread import folders
from db.store.schema import SightingRow, SourceRow
from db.store.sources import numbered_lines

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

MOST_LINES = 20_000
"""Of the end of a bibliography, where JabRef writes such lines."""


def bibliographies(session: Session, paper_id: int) -> list[tuple[str, str]]:
    """Return path and hash of the bibliographies that show a paper, in the order of the sightings."""
    query = (
        select(SourceRow.path, SourceRow.sha256)
        .join(SightingRow, SightingRow.source_id == SourceRow.id)
        .where(SightingRow.paper_id == paper_id, SourceRow.format == "bibtex")
        .order_by(SightingRow.id)
    )
    return [(path, sha256) for path, sha256 in dict.fromkeys(map(tuple, session.execute(query))) if path]


def named(session: Session, sha256: str) -> list[str]:
    """Return the folders that a bibliography names, as it names them."""
    lines = islice(numbered_lines(session, sha256, back=True), MOST_LINES)
    return [folder for _number, line in lines if (folder := folders.folder(line))]
