"""MHTML: a web page saved in one file as parts of a mail; the page among them is read as saved HTML."""

from __future__ import annotations

import binascii
import itertools
import quopri
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from db.domain.formats.cover import Cover
from db.domain.formats.html.htmlpage import Page, whole
from db.domain.formats.survey import Survey
from db.domain.formats.textfile import WHOLE
from db.domain.records import Issue, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.domain.records import Ledger

_START = re.compile(r"(?:[\w-]+:.*\n(?:[ \t].*\n)*){0,40}?content-type:\s*multipart/related", re.IGNORECASE)
_BOUNDARY = re.compile(r'boundary\s*=\s*(?:"([^"\n]+)"|([^\s;]+))', re.IGNORECASE)
_CHARSET = re.compile(r'charset\s*=\s*"?([\w.:-]+)', re.IGNORECASE)
_HEADER = 200
NO_PAGE = "No web page stands in this archive, so nothing was read from it. Save the page as HTML and try again."


class HtmlArchive:
    """Reads a page that was saved as MHTML (one file, .mht or .mhtml)."""

    name = "mhtml"
    label = "Saved web page (MHTML)"
    kind = "dump"
    longest = WHOLE
    reader = 1

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is such an archive."""
        start = head[:10_000].lstrip("\ufeff \t\r\n")
        if not _START.match(start):
            return 0.0
        return 0.97 if re.search(r"content-type:\s*text/html", start, re.IGNORECASE) else 0.7

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return what is to be known of the page in the archive."""
        encoding = getattr(lines, "encoding", "")
        found = _best(whole(lines))
        return found[1].survey(encoding) if found else Survey("no page", encoding=encoding)

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the records of the page, with lines of the archive, and at last the ledger."""
        kept = whole(lines)
        cover = Cover()
        for line in kept:
            cover.line(line)
        found = _best(kept)
        if found is None and kept:
            cover.issue(1, 1)
            yield Issue(1, kept[0], NO_PAGE)
        elif found:
            for item in found[1].items(survey):
                placed = found[0].placed(item)
                if isinstance(placed, Record):
                    cover.record(placed.line_title, placed.line_end)
                else:
                    cover.issue(placed.line, placed.line)
                yield placed
        yield cover.ledger(self.name, survey)


@dataclass(slots=True)
class _Part:
    """The decoded lines of one part, and the line of the archive (from 1) that each begins on; one more at the end."""

    lines: list[str] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)

    def placed(self, item: Record | Issue) -> Record | Issue:
        """Return an item with lines of the archive."""
        if isinstance(item, Issue):
            return Issue(self._at(item.line), item.text.partition("\n")[0], item.why)
        first = self._at(item.line_title)
        abstract = max(first, self._at(item.line_abstract)) if item.line_abstract else None
        return replace(
            item,
            line_title=first,
            line_abstract=abstract,
            line_end=max(first, abstract or first, self._at(item.line_end + 1) - 1),
        )

    def _at(self, line: int) -> int:
        return self.sources[max(0, min(line, len(self.sources)) - 1)]


def _best(lines: Sequence[str]) -> tuple[_Part, Page] | None:
    """Return the first page with papers; else the first page."""
    first = None
    for part in _pages(lines):
        page = Page(part.lines)
        if page.has_papers():
            return part, page
        first = first or (part, page)
    return first


def _pages(lines: Sequence[str]) -> Iterator[_Part]:
    match = _BOUNDARY.search("\n".join(line[:1_000] for line in lines[:_HEADER]))
    if match is None:
        return
    mark = "--" + (match[1] or match[2])
    starts = [number for number, line in enumerate(lines) if line.startswith(mark)]
    for start, stop in itertools.pairwise([*starts, len(lines)]):
        body = next((n for n in range(start + 1, min(stop, start + _HEADER)) if not lines[n].strip()), stop)
        header = "\n".join(line[:1_000] for line in lines[start + 1 : body]).lower()
        if re.search(r"content-type:\s*(?:text/html|application/xhtml)", header):
            yield _decoded(lines, body + 1, stop, header)


def _decoded(lines: Sequence[str], start: int, stop: int, header: str) -> _Part:
    match = _CHARSET.search(header)
    charset = match[1] if match else "utf-8"
    part = _Part()
    if "base64" in header:
        _base64(part, lines[start:stop], charset, start + 1)
    elif "quoted-printable" in header:
        _quoted(part, lines[start:stop], charset, start + 1)
    else:
        part.lines.extend(lines[start:stop])
        part.sources.extend(range(start + 1, stop + 1))
    part.sources.append(max(stop, 1) if part.sources else max(1, start))
    return part


def _base64(part: _Part, lines: Sequence[str], charset: str, number: int) -> None:
    try:
        data = binascii.a2b_base64("".join(lines).encode("ascii", "ignore"))
    except binascii.Error:
        return
    for line in _text(data, charset).split("\n"):
        part.lines.append(line.rstrip("\r"))
        part.sources.append(number)


def _quoted(part: _Part, lines: Sequence[str], charset: str, number: int) -> None:
    """A line that ends with `=` goes on in the next one; letters may be cut in two there."""
    pieces: list[bytes] = []
    begins = number
    for at, line in enumerate(lines, start=number):
        goes_on = line.endswith("=")
        pieces.append(quopri.decodestring((line[:-1] if goes_on else line).encode("latin-1", "replace")))
        if goes_on and at < number + len(lines) - 1:
            continue
        for text in _text(b"".join(pieces), charset).split("\n"):
            part.lines.append(text.rstrip("\r"))
            part.sources.append(begins)
        pieces, begins = [], at + 1


def _text(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace")
    except (LookupError, ValueError):
        return data.decode("utf-8", "replace")
