"""The text of a page as lines, as a browser's copy or a Markdown scraper gives it, with the lines of the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from db.domain.formats.html.htmltree import classes

if TYPE_CHECKING:
    from collections.abc import Sequence

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu ol optgroup option p pre search section summary"
    " table tbody td tfoot th thead tr ul".split()
)
_LEFT_OUT = frozenset(
    "script style template noscript svg math head nav iframe object embed canvas audio video select textarea dialog"
    " input title meta link".split()
)
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_HIDDEN = frozenset({"hidden", "sf-hidden", "sr-only", "visually-hidden", "lg:hidden", "md:hidden", "xl:hidden"})
_SHOWN = re.compile(r"(?:^|\s)\w+:(?:block|flex|inline|grid|contents|table)")
_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CLOSED = re.compile(r"[\[\]]")


@dataclass(slots=True)
class PageText:
    """Lines of text, and for each the line of the source (from 1) that it begins on."""

    lines: list[str] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)


def rendered(root: Any, source: Sequence[str], *, links: bool, base: str = "") -> PageText:
    """Return the text of a page; with `links`, links and headings are written as in Markdown."""
    from lxml import etree

    writer = _Writer(len(source), base if links else None)
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            writer.end(element)
        elif _left_out(element):
            walk.skip_subtree()
            writer.skipped.add(element)
        else:
            writer.start(element)
    writer.line_end()
    return writer.page


def _left_out(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in _LEFT_OUT or element.get("hidden") is not None:
        return True
    if _NONE.search(element.get("style") or ""):
        return True
    return bool(_HIDDEN & classes(element)) and not _SHOWN.search(element.get("class") or "")


class _Writer:
    """Writes one line for each block, with a blank one between blocks."""

    def __init__(self, source_lines: int, base: str | None) -> None:
        self.page = PageText()
        self.skipped: set[Any] = set()
        self._last = source_lines
        self._base = base
        self._parts: list[str] = []
        self._begins = 0
        self._now = 1
        self._prefix = ""
        self._links: list[tuple[int, int]] = []

    def start(self, element: Any) -> None:
        """Begin an element, with the text before its first child."""
        tag = element.tag
        self._now = max(self._now, min(element.sourceline or 1, self._last))
        if tag in _BLOCKS or tag == "br":
            self.line_end()
        if self._base is not None:
            self._mark(element, tag)
        if tag == "a":
            self._links.append((len(self.page.lines), len(self._parts)))
        self._text(element.text)

    def end(self, element: Any) -> None:
        """End an element, with the text after it."""
        if element in self.skipped:
            self.skipped.discard(element)
        else:
            if element.tag == "a" and self._links:
                self._link(element, *self._links.pop())
            if element.tag in _BLOCKS:
                self.line_end()
                self._prefix = ""
        self._text(element.tail)

    def line_end(self) -> None:
        """End the line that is being written, if there is one."""
        line = " ".join("".join(self._parts).split())
        self._parts.clear()
        if line:
            self.page.lines.extend((self._prefix + line, ""))
            self.page.sources.extend((self._begins, self._begins))
            self._prefix = ""

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if not "".join(self._parts).strip() and text.strip():
            ahead = text[: len(text) - len(text.lstrip())].count("\n")
            self._begins = min(self._now + ahead, self._last)
        self._parts.append(text)
        self._now = min(self._now + text.count("\n"), self._last)

    def _mark(self, element: Any, tag: str) -> None:
        if tag in _HEADINGS:
            self._prefix = _HEADINGS[tag]
        elif tag == "li":
            self._prefix = "- "
        elif tag == "img" and self._links and element.get("alt"):
            source = element.get("src") or ""
            self._text(f"![{_CLOSED.sub('', element.get('alt'))}]({'' if source.startswith('data:') else source})")

    def _link(self, element: Any, lines: int, parts: int) -> None:
        """Write what stood in a link as one; of a link around blocks, its first line."""
        href = (element.get("href") or "").strip()
        if self._base is None or not href or href.startswith(("#", "javascript:", "data:")):
            return
        address = "".join(_joined(self._base, href).split())
        if len(self.page.lines) > lines:
            self.page.lines[lines] = _linked(self.page.lines[lines], address)
        elif inside := " ".join("".join(self._parts[parts:]).split()):
            self._parts[parts:] = [f"[{inside}]({address})"]


def _joined(base: str, href: str) -> str:
    try:
        return urljoin(base, href) if base else href
    except ValueError:  # brackets that hold no address of a host
        return href


def _linked(line: str, address: str) -> str:
    prefix = re.match(r"(?:#{1,6} |- )?", line)
    start = prefix.end() if prefix else 0
    return f"{line[:start]}[{line[start:]}]({address})"
