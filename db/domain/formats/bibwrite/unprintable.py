"""Which characters of an entry LaTeX cannot print, so that something else stands in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain import latex
from db.domain.formats.bibwrite.pen import Pen
from db.domain.formats.bibwrite.writer import foreign

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.domain.formats.bibwrite.model import BibEntry, ExportOptions


def unprintable(options: ExportOptions) -> Callable[[BibEntry], list[tuple[str, tuple[str, ...]]]]:
    """Return what finds the fields of an entry in which characters are replaced, with these, each once.

    It finds nothing when Unicode is written.
    """
    pen = Pen(options)

    def found(entry: BibEntry) -> list[tuple[str, tuple[str, ...]]]:
        names = pen.replaced(entry.authors)
        texts = [(name, tuple(latex.lossy(text))) for name, text in foreign(entry, pen).items()]
        return [one for one in (("author", tuple(names)), *texts) if one[1]]

    return (lambda _entry: []) if pen.unicode else found
