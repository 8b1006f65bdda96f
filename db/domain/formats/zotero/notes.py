"""Notes as Zotero keeps them, in HTML, as Markdown; what has no form there stays as text, and text shows as typed."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from db.domain.formats.zotero import literal

LONGEST = 5_000_000
"""Characters of one note."""
_BLOCKS = frozenset("p div ul ol table tr section article header footer figure dl dt dd".split())
_HEADINGS = {f"h{level}": "#" * level + " " for level in range(1, 7)}
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "s": "~~", "del": "~~", "strike": "~~"}
_SPANS = frozenset({"span", "code"})
_SILENT = frozenset({"script", "style", "head", "title"})
_SPACES = re.compile(r"[ \t\r\n\f]+")
_TAGS = re.compile(r"&lt;(/?(?:b|i|sub|sup))&gt;")
_GAP = re.compile(r"\n[ \t\r]*\n\s*")
_DEEPEST = 20
_IN_LINK = str.maketrans({" ": "%20", "(": "%28", ")": "%29", "\n": "%0A"})
"""What would end an address in Markdown."""


class _Writer(HTMLParser):
    """Writes line by line; `_prefix` is what begins each line where the text is nested."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line = ""
        self._lists: list[int] = []  # numbers of the items so far, -1 in a list without numbers
        self._quotes = self._silent = self._kept = 0
        self._links: list[str] = []
        self._cells = -1  # of the row of a table so far, -1 outside of any
        self._mark = ""
        self._spans = [False]  # whether what stands in each span or code that is open is no prose
        self._opened = ""  # the signs that end the line and have no text behind them so far

    def text(self) -> str:
        """Return what was written."""
        self._end()
        return "\n".join(self._lines).strip("\n").rstrip()

    # Lines --------------------------------------------------------------------------------------------

    def _end(self, *, gap: bool = False, broken: bool = False) -> None:
        """End the line; with `gap` a blank one follows, and one that is `broken` goes on in the next."""
        if self._line.strip():
            line = literal.begun(self._line.strip(" "))
            line = literal.headed(line) if self._mark.startswith("#") else line
            self._lines.append(self._begin() + self._mark + line + ("  " if broken else ""))
            self._mark = ""
        self._line = self._opened = ""
        blank = ("> " * self._quotes).rstrip()
        if gap and self._lines:
            if self._lines[-1].strip("> "):
                self._lines.append(blank)
            elif len(self._lines[-1]) > len(blank):
                self._lines[-1] = blank  # a quotation that is over needs no blank line of its own

    def _begin(self) -> str:
        depth = len(self._lists) - (1 if self._mark else 0)
        return "> " * self._quotes + ("  " * max(0, depth) if self._lists else "")

    # Tags ---------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS or tag in _HEADINGS or tag == "blockquote":
            self._open(tag)
        elif tag == "li":
            self._item()
        elif tag == "pre":
            self._end(gap=True)
            self._kept += 1
            self._fence(given)
        else:
            self._inline(tag, given)

    def _open(self, tag: str) -> None:
        if self._cells >= 0 and tag != "tr":
            return  # what stands in a cell stays on the line of its row
        self._end(gap=not self._lists and tag != "tr")
        if tag == "blockquote":
            self._quotes = min(self._quotes + 1, _DEEPEST)
        elif tag in ("ul", "ol") and len(self._lists) < _DEEPEST:
            self._lists.append(0 if tag == "ol" else -1)
        elif tag in _HEADINGS:
            self._mark = _HEADINGS[tag]
        elif tag == "tr":
            self._cells = 0

    def _item(self) -> None:
        self._end()
        if not self._lists or self._lists[-1] < 0:
            self._mark = "- "
        else:
            self._lists[-1] += 1
            self._mark = f"{self._lists[-1]}. "

    def _fence(self, given: dict[str, str | None]) -> None:
        if "math" not in (given.get("class") or ""):  # formulas bring their own dollar signs
            self._lines.append("```")

    def _inline(self, tag: str, given: dict[str, str | None]) -> None:
        if tag == "br":
            self._end(broken=True)
        elif tag == "hr":
            self._end(gap=True)
            self._lines += ["---", ""]
        elif tag in ("td", "th"):
            self._line += " | " if self._cells > 0 else ""
            self._cells = max(0, self._cells) + 1
        elif tag == "img":
            self._line += f"[{given.get('alt') or 'picture'}]"
        elif tag == "a":
            self._links.append(given.get("href") or "")
            self._line += "[" if self._links[-1] else ""
        elif tag in _MARKS and not self._verbatim:
            self._opened += _MARKS[tag]
            self._line += _MARKS[tag]
        if tag in _SPANS:
            self._spans.append(self._spans[-1] or tag == "code" or "math" in (given.get("class") or ""))

    @property
    def _verbatim(self) -> bool:
        return self._kept > 0 or self._spans[-1]

    def handle_endtag(self, tag: str) -> None:
        if tag in _SPANS and len(self._spans) > 1:
            self._spans.pop()
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "pre" and self._kept:
            self._kept -= 1
            self._close_fence()
        elif tag in _BLOCKS or tag in _HEADINGS or tag == "blockquote" or tag == "li":
            self._close(tag)
        elif tag == "a" and self._links:
            address = self._links.pop()
            self._line += f"]({address.translate(_IN_LINK)})" if address else ""
        elif tag in _MARKS and not self._verbatim:
            self._close_mark(_MARKS[tag])

    def _close(self, tag: str) -> None:
        if self._cells >= 0 and tag not in ("tr", "table"):
            return
        self._end(broken=tag == "tr")
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag in ("tr", "table"):
            self._cells = -1
        self._end(gap=tag not in ("li", "tr") and not self._lists)

    def _close_fence(self) -> None:
        if self._line:
            self._lines.append(self._line)  # blanks before it count
        self._line = ""
        opened = next((line for line in reversed(self._lines) if line == "```"), "")
        if opened and self._lines.count("```") % 2:
            self._lines.append("```")
        self._lines.append("")

    def _close_mark(self, mark: str) -> None:
        """Put the closing sign behind the last letter, for a blank before it would make it no sign."""
        bare = self._line.rstrip(" ")
        gap = self._line[len(bare) :]
        if self._opened.endswith(mark):
            self._line = bare.removesuffix(mark) + gap
            self._opened = self._opened.removesuffix(mark)
        else:
            self._line = bare + mark + gap

    # Text ---------------------------------------------------------------------------------------------

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._kept:
            self._keep(data)
            return
        text = _SPACES.sub(" ", data.replace("\xa0", " "))
        if self._opened and text.startswith(" "):  # a blank behind it would make it no sign
            self._line = f"{self._line.removesuffix(self._opened).rstrip(' ')} {self._opened}"
            text = text.lstrip(" ")
        if text:
            self._opened = ""
        if not self._verbatim:
            bound = self._line.endswith("]") and text.startswith(("(", "["))
            text = ("\\" if bound else "") + literal.inline(text, linked=bool(self._links and self._links[-1]))
        self._line += text.lstrip(" ") if not self._line else text

    def _keep(self, data: str) -> None:
        """Take lines as they are."""
        first, *rest = data.split("\n")
        self._line += first
        for line in rest:
            self._lines.append(self._line)
            self._line = line


def markdown(note: str) -> str:
    """Return a note in Markdown; one without any tag is plain text."""
    if "<" not in note and "&" not in note:
        return plain(note)
    writer = _Writer()
    writer.feed(note[:LONGEST])
    writer.close()
    return writer.text()


def plain(text: str) -> str:
    """Return a plain text in Markdown, line by line; few tags may stand in it, as in what was marked in a file."""
    tagged = _TAGS.sub(r"<\1>", html.escape(text.strip(), quote=False))
    paragraphs = ("<br>".join(one.split("\n")) for one in _GAP.split(tagged))
    writer = _Writer()
    writer.feed("".join(f"<p>{one}</p>" for one in paragraphs)[:LONGEST])
    writer.close()
    return writer.text()
