"""Saved HTML: the JSON that a page carries, what its tags say of a paper, or else its text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.domain.formats.cover import Cover
from db.domain.formats.survey import Survey
from db.domain.formats.textfile import WHOLE
from db.domain.records import Issue, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.domain.formats import Format
    from db.domain.formats.html.htmltext import PageText
    from db.domain.records import Ledger

_DOCTYPE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,5000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAG = re.compile(
    r"</?(?:div|span|p|a|article|section|main|ul|li|h[1-6]|table|td|tr|script|meta|link|br|head|body)\b[^<>]*>", re.I
)
_SURE = re.compile(
    r"data-target=[\"']?(?:DailyPapers|PaperContent)|name=[\"']?citation_title|SVELTE_HYDRATER|arxiv-result", re.I
)
READ_AS_TEXT = 0.45
"""How sure a reader must be of the text of a page."""


class HtmlPage:
    """Reads a page that a browser or a scraper saved as HTML."""

    name = "html"
    label = "Saved web page"
    kind = "dump"
    longest = WHOLE
    reader = 1

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is HTML; whether it shows papers is seen when it is read."""
        start = head[:20_000].lstrip("\ufeff \t\r\n")
        if not start.startswith("<") or re.match(r"<\?xml.{0,300}<(?!html|!doctype html)", start, re.I | re.S):
            return 0.0
        if _DOCTYPE.match(start):
            return 0.97 if _SURE.search(head) else 0.8
        tags = len(_TAG.findall(start))
        return 0.9 if _SURE.search(head) else 0.6 if tags >= 5 else 0.0

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return where the papers of the page stand; of its text, what the reader of the text must know."""
        return Page(whole(lines)).survey(getattr(lines, "encoding", ""))

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the records and issues in order and at last the ledger. Raises LibraryError for a page over 64 MB."""
        page = whole(lines)
        cover = Cover()
        for line in page:
            cover.line(line)
        for item in Page(page).items(survey):
            if isinstance(item, Record):
                cover.record(item.line_title, item.line_end)
            else:
                cover.issue(item.line, item.line + item.text.count("\n"))
            yield item
        yield cover.ledger(self.name, survey)


def whole(lines: Iterable[str]) -> list[str]:
    """Return all lines of a page; LibraryError when there are more than one can be read at once."""
    kept, size = [], 0
    for line in lines:
        size += len(line) + 1
        if size > WHOLE:
            raise LibraryError(
                f"This web page has more than {WHOLE // 1_000_000} million characters, which is too long to read. "
                "Nothing of it was kept. Save it without its pictures (as HTML only), or in parts, and try again."
            )
        kept.append(line)
    return kept


class Page:
    """One page, parsed, and where its papers stand."""

    def __init__(self, lines: Sequence[str]) -> None:
        from db.domain.formats.html import htmldata, htmlmeta, htmltree

        self._lines = lines
        self._root: Any = htmltree.parse(lines)
        self._carried = htmldata.Carried()
        if self._root is None:
            return
        self._carried = htmldata.carried(self._root, lines)
        if not self._carried.records:
            found = htmlmeta.listed(self._root, lines)
            described = () if found else htmlmeta.described(self._root, lines)
            kind = "listing" if found else "citation tags" if described else ""
            self._carried = replace(self._carried, records=found or described, dialect=kind)

    def survey(self, encoding: str) -> Survey:
        """Return where the papers stand, and what the reader of the text must know."""
        carried = self._carried
        if carried.records:
            return Survey(carried.dialect, encoding=encoding, search=carried.search, page_date=carried.page_date)
        shown = self._shown()
        if shown is None:
            return Survey("no papers", encoding=encoding)
        _text, fmt, found = shown
        return replace(found, dialect=f"text: {fmt.name} {found.dialect}".strip(), encoding=encoding)

    def has_papers(self) -> bool:
        """Say whether the page carries papers as data, tags or a text that a reader knows."""
        return bool(self._carried.records) or self._shown() is not None

    def items(self, survey: Survey) -> Iterator[Record | Issue]:
        """Yield the records, with lines of the source."""
        shown = None if self._carried.records else self._shown()
        if shown is None:
            yield from self._carried.records
            return
        text, fmt, found = shown
        inner = replace(found, render_year=survey.render_year, evidence=survey.evidence)
        yield from _in_source(fmt.read(text.lines, inner), text)

    def _shown(self) -> tuple[PageText, Format, Survey] | None:
        """Return the text of the page and the reader that knows it best: with its links, or without."""
        from db.domain import formats
        from db.domain.formats.html.htmldata import canonical
        from db.domain.formats.html.htmltext import rendered
        from db.domain.formats.plain.searchpage import SearchPage

        if self._root is None:
            return None
        best: tuple[float, PageText, Format] | None = None
        for links in (True, False):
            text = rendered(self._root, self._lines, links=links, base=canonical(self._root))
            head = "\n".join(text.lines)[: formats.HEAD_CHARACTERS]
            for fmt in formats.FORMATS:
                # A page's text is no bibliography, whatever its commas look like, and no other document.
                fits = fmt.kind == "dump" and fmt.longest < WHOLE and not (links and fmt.name == SearchPage.name)
                sure = fmt.sniff(head) if fits else 0.0
                if sure >= READ_AS_TEXT and (best is None or sure > best[0]):
                    best = sure, text, fmt
        if best is None:
            return None
        lines = best[1].lines
        return best[1], *formats.plan(best[2], lambda: lines)


def _in_source(items: Iterable[Record | Issue | Ledger], text: PageText) -> Iterator[Record | Issue]:
    """Give what was read from the text the lines that the text stands on in the source."""
    last = 1
    for item in items:
        if isinstance(item, Issue):
            yield Issue(
                text.sources[max(0, min(item.line, len(text.sources)) - 1)], item.text.partition("\n")[0], item.why
            )
        elif isinstance(item, Record):
            first = max(last, text.sources[item.line_title - 1])
            end = max(first, *text.sources[item.line_title - 1 : item.line_end])
            abstract = text.sources[item.line_abstract - 1] if item.line_abstract else None
            last = first
            yield replace(
                item, line_title=first, line_abstract=max(first, abstract) if abstract else None, line_end=end
            )
