"""BibTeX and BibLaTeX bibliographies, whoever wrote them, read as a stream.

The text is cut where entries begin (`segments`), each piece is split by bibtexparser (`blocks`), and what is broken is
told in words (`ailments`). A survey pass gathers what entries take from elsewhere in the file: `@string`, parents of
`crossref` and `xdata`, JabRef's groups, keys that stand twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.domain.formats.bibread import sniffing
from db.domain.formats.textfile import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from db.domain.formats.survey import Survey
    from db.domain.records import Issue, Ledger, Record


class Bibtex:
    """The format of .bib files."""

    name = "bibtex"
    label = "BibTeX bibliography"
    kind = "bibliography"
    longest = WHOLE
    reader = 3

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) a text is a bibliography."""
        return sniffing.confidence(head)

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return definitions, parents, groups and repeated keys of the whole file."""
        from db.domain.formats.bibread.surveying import survey

        return survey(lines)

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield a record for each entry, an issue for each that is broken, and at last the ledger."""
        from db.domain.formats.bibread.reader import Reader

        return Reader(survey, self.name).items(lines)


def read_text(text: str) -> Iterator[Record | Issue | Ledger]:
    """Yield what a whole text holds, such as an export or a paste."""
    lines = text.split("\n")
    fmt = Bibtex()
    return fmt.read(lines, fmt.survey(lines))
