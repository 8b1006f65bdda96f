"""The numbers and pictures of charts, on their way out."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from db.domain.formats.tables.guard import guarded
from db.services.atomic import swapping, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> str:
    """Return a table as CSV; a name that a spreadsheet would run as a formula gets an apostrophe in front."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(header)
    table.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue()


def save_picture(path: Path, picture: bytes) -> None:
    """Write a picture so that the file is whole or untouched; LibraryError when it cannot be written."""
    with told(path, path), swapping(path.resolve()) as raw:
        raw.write(picture)
