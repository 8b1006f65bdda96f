"""The text of a bibliography between its entries: it stays as it is, whatever becomes of them."""

from __future__ import annotations

import re

from db.domain.formats.bibread import read_text
from db.domain.records import Record

_EOL = r"(?:\r\n|\n|\r)"
_END = re.compile(_EOL)
_REST = re.compile(rf"[ \t]*{_EOL}")
_BLANK = re.compile(rf"{_EOL}[ \t]*{_EOL}\Z")
_BLANK_FIRST = re.compile(rf"(?:\A|{_EOL})[ \t]*(?:{_EOL})?\Z")
_LAST = re.compile(rf"{_EOL}\Z")
_INDENT = re.compile(r"(?:\A|(?<=[\r\n]))[ \t]+\Z")


def joined(before: str, after: str, *, is_first: bool, is_last: bool) -> str:
    """Return what stands in place of an entry that goes, from what stood before and behind it.

    Its line goes with it, and one of two blank lines. `is_first`: the text begins with `before`, which otherwise stands
    behind another entry; `is_last`: it ends with `after`.
    """
    rest = _REST.match(after)
    if rest is None and after:
        return before + after
    begin = _INDENT.sub("", before)
    if not begin.endswith(("\n", "\r")) and (begin or not is_first):
        return before + after  # something else stands in its first line
    behind = after[rest.end() :] if rest else ""
    if (_BLANK_FIRST if is_first else _BLANK).search(begin):
        blank = _REST.match(behind)
        behind = behind[blank.end() :] if blank else behind
        begin = _LAST.sub("", begin) if is_last and not behind else begin
    return begin + behind


def records_in(text: str) -> list[tuple[int, int]]:
    """Return where entries of papers stand in a text: begin and end of each."""
    starts = [0, *(found.end() for found in _END.finditer(text))]
    found = []
    for one in read_text(_END.sub("\n", text)):
        if isinstance(one, Record):
            last = starts[one.line_end - 1]
            end = _END.search(text, last)
            columns = one.columns or (0, (end.start() if end else len(text)) - last)
            found.append((starts[one.line_title - 1] + columns[0], last + columns[1]))
    return found


def separated(before: str, eol: str) -> str:
    """Return what must stand behind a text so that an entry after it has a blank line above."""
    if not before or before.endswith(eol * 2):
        return ""
    return eol if before.endswith(("\n", "\r")) else eol * 2
