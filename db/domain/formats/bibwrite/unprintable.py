"""Which characters of an entry LaTeX cannot print, so that something else stands in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain import latex
from db.domain.formats.bibwrite.pen import Pen
from db.domain.formats.bibwrite.writer import foreign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.bibwrite.model import BibEntry, ExportOptions


def unprintable(entries: Iterable[BibEntry], options: ExportOptions) -> Iterator[tuple[BibEntry, str, tuple[str, ...]]]:
    """Yield each entry and field in which characters were replaced, with these, each once; nothing in Unicode."""
    pen = Pen(options)
    for entry in () if pen.unicode else entries:
        if found := pen.replaced(entry.authors):
            yield entry, "author", tuple(found)
        for name, text in foreign(entry, pen).items():
            if found := latex.lossy(text):
                yield entry, name, tuple(found)
