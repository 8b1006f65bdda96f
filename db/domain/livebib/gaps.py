"""Edits of a text that leave the gaps between entries as they should be: one blank line, no more and no less."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.domain.livebib.filetext import FileText
    from db.domain.livebib.pieces import Entry

_EOL = r"(?>\r\n|\n|\r)"  # atomic: the two characters of a Windows line end are not two line ends
_TWO_BEFORE = re.compile(rf"{_EOL}{{1,2}}\Z")
_TWO_AFTER = re.compile(rf"[ \t]*{_EOL}(?:[ \t]*{_EOL})?")
_ONE_AFTER = re.compile(rf"[ \t]*{_EOL}")
_BLANK_BEFORE = re.compile(rf"(?:\A\ufeff?|{_EOL})[ \t]*{_EOL}\Z")
_REST_OF_LINE = re.compile(r"[ \t]*(?:%[^\r\n]*)?(?=[\r\n]|\Z)")
_LOOK_BACK = 200


class Edit(NamedTuple):
    """A stretch of the text, and what stands there afterwards."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return a text after its edits, which do not overlap."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits):
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join([*parts, text[at:]]) if parts else text


def removals(text: str, gone: Iterable[Entry]) -> list[Edit]:
    """Return the edits that take entries out, each with its blank line; neighbours go together."""
    runs: list[list[int]] = []
    for entry in sorted(gone, key=lambda one: one.start):
        if runs and not text[runs[-1][1] : entry.start].strip(" \t\r\n"):
            runs[-1][1] = entry.end
        else:
            runs.append([entry.start, entry.end])
    return [_removal(text, start, end) for start, end in runs]


def _removal(text: str, start: int, end: int) -> Edit:
    before = text[max(0, start - _LOOK_BACK) : start]
    indent = len(before) - len(before.rstrip(" \t"))
    head = before[: len(before) - indent]
    is_first = start - indent <= (text[:1] == "\ufeff")
    if not is_first and not head.endswith(("\n", "\r")):
        return Edit(start, end, "")  # something of the person's stands before it in its line
    if not text[end : end + 1_000].strip() and not text[end:].strip():
        if is_first:
            return Edit(start - indent, len(text), "")
        found = _TWO_BEFORE.search(head)
        return Edit(start - indent - (len(found[0]) if found else 0), end, "")
    is_open = is_first or _BLANK_BEFORE.search(head) is not None
    behind = (_TWO_AFTER if is_open else _ONE_AFTER).match(text, end)
    return Edit(start - indent if behind else start, behind.end() if behind else end, "")


def insertion(file: FileText, fresh: Sequence[str], after: int | None) -> Edit:
    """Return the edit that puts entries behind the last one of Sheaf's, which ends at `after`, or at the end (None)."""
    text, eol = file.text, file.eol
    block = (eol * 2).join(fresh)
    if after is not None:
        rest = _REST_OF_LINE.match(text, after)
        at = rest.end() if rest else after
        return Edit(at, at, eol * 2 + block + ("" if rest else eol * 2))
    at = len(text)
    tail = text[-_LOOK_BACK:].lstrip("\ufeff") if len(text) <= _LOOK_BACK else text[-_LOOK_BACK:]
    if not tail:
        return Edit(at, at, block + eol)
    if not tail.endswith(("\n", "\r")):
        return Edit(at, at, eol * 2 + block)
    return Edit(at, at, ("" if _BLANK_BEFORE.search(tail) else eol) + block + eol)
