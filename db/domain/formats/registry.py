"""The formats that can be read, and which of them a text is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from db.domain.formats.arxivatom import ArxivAtom
from db.domain.formats.bibread import Bibtex
from db.domain.formats.cards import trending
from db.domain.formats.cards.trending import Trending
from db.domain.formats.digests import digest
from db.domain.formats.digests.digest import Digest
from db.domain.formats.endnotexml import EndnoteXml
from db.domain.formats.html.htmlarchive import HtmlArchive
from db.domain.formats.html.htmlpage import HtmlPage
from db.domain.formats.jsonfiles.csl import CslJson
from db.domain.formats.jsonfiles.jsonarchive import JsonArchive, JsonLines
from db.domain.formats.linked import bareurls, linkrefs, markdownpage
from db.domain.formats.linked.bareurls import BareUrls
from db.domain.formats.linked.linkrefs import LinkRefs
from db.domain.formats.linked.markdownpage import MarkdownPage
from db.domain.formats.mixed import Mixed
from db.domain.formats.parts import PLAIN, Signs, parts
from db.domain.formats.plain.searchpage import SearchPage
from db.domain.formats.ris import Ris
from db.domain.formats.sheets import paperpage
from db.domain.formats.sheets.paperpage import PaperPage
from db.domain.formats.tables.csvtable import CsvTable
from db.domain.formats.zotero.textform import Zotero

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from db.domain.formats.survey import Survey
    from db.domain.records import Issue, Ledger, Record

HEAD_CHARACTERS = 200_000
"""How much of a text a format is shown to say how sure it is."""


class Format(Protocol):
    """A format that can be read as a stream of lines.

    `label` is what people call it; `kind` what its texts are (dump or bibliography); `longest` bounds the
    characters of one line; `reader` counts up whenever the reader understands more than before, so that old sources
    can be read again.
    """

    name: str
    label: str
    kind: str
    longest: int
    reader: int

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the first characters of a text are of this format; over 0.5 is sure enough."""

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return what must be known of the whole text before it is read."""

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield records and issues as they come, and at last the ledger."""


@dataclass(frozen=True, slots=True)
class Guess:
    """A format that a text may be of, and how sure (0 to 1) it is."""

    format: Format
    confidence: float


FORMATS: tuple[Format, ...] = (
    SearchPage(),
    MarkdownPage(),
    LinkRefs(),
    BareUrls(),
    Trending(),
    PaperPage(),
    Digest(),
    Mixed(),
    Bibtex(),
    Zotero(),
    Ris(),
    CsvTable(),
    HtmlPage(),
    HtmlArchive(),
    JsonArchive(),
    CslJson(),
    JsonLines(),
    ArxivAtom(),
    EndnoteXml(),
)
"""Adding a format adds a line here and a module beside."""


SIGNS = {
    "paper-page": Signs(paperpage.is_mark, paperpage.starts),
    "trending": Signs(trending.is_mark, trending.starts),
    "search-page-markdown": Signs(markdownpage.is_mark, markdownpage.starts),
    "search-page-refs": Signs(linkrefs.is_mark, linkrefs.starts),
    "search-page-urls": Signs(bareurls.is_mark, bareurls.starts),
    "digest": Signs(digest.is_mark, digest.is_mark),  # its headings look like those of a linked page
}
"""What tells the layouts of pages from each other where several stand in one file."""
BIBTEX, MIXED = Bibtex.name, Mixed.name
PAGES = frozenset({PLAIN, MIXED, *SIGNS})


def by_name(name: str) -> Format | None:
    """Return the format that ledgers and sources call so, None when there is none."""
    return next((fmt for fmt in FORMATS if fmt.name == name), None)


def guesses(head: str) -> list[Guess]:
    """Return the formats that know the text, the surest first."""
    found = [Guess(fmt, fmt.sniff(head[:HEAD_CHARACTERS])) for fmt in FORMATS]
    return sorted((one for one in found if one.confidence > 0), key=lambda one: -one.confidence)


def plan(fmt: Format, lines: Callable[[], Iterable[str]]) -> tuple[Format, Survey]:
    """Return the format that reads the whole text, and its survey; `lines` opens the text anew.

    Pages of several layouts, or plain pages of several dialects, in one file are read part by part.
    """
    if fmt.name not in PAGES:
        return fmt, fmt.survey(lines())
    found = [(part, reader) for part in parts(lines(), SIGNS) if (reader := by_name(part.layout))]
    if len(found) > 1:
        mixed = Mixed(found)
        survey = mixed.survey(lines())
        if not mixed.is_uniform():
            return mixed, survey
    if isinstance(fmt, Mixed):
        fmt = found[0][1] if found else SearchPage()
    return fmt, fmt.survey(lines())
