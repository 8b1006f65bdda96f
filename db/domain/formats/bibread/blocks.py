"""What a segment holds: entries with their raw fields, definitions, comments, and what is broken."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from db.domain.formats.bibread import ailments
from db.domain.formats.bibread.segments import MASK

if TYPE_CHECKING:
    from db.domain.formats.bibread.segments import Segment

_SLASH = "\ufdd1"
_BRACED_SLASH = re.compile(r"\\(?=[{}])")
_NO_KEY = re.compile(r"\s*@\w+[ \t]*[{(](?=\s*[A-Za-z][\w-]*\s*=)")
_NO_COMMA = re.compile(r"\s*@\w+[ \t]*[{(]\s*[^\s,={}\"]++(?=\s+[A-Za-z][\w-]*\s*=)")


class RawField(NamedTuple):
    """A field as it stands: name in small letters, value with its delimiters, line of its name."""

    name: str
    value: str
    line: int


@dataclass(slots=True)
class RawEntry:
    """An entry as it stands, from its first to its last line; `remarks` are what is wrong with it.

    `columns` are where it begins in its first line and ends in its last one.
    """

    kind: str
    key: str
    fields: list[RawField]
    line: int
    end: int
    remarks: list[ailments.Remark] = field(default_factory=list)
    columns: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Definition:
    """A `@string`: its name in small letters, and its value with its delimiters."""

    name: str
    value: str
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Comment:
    """The text of a `@comment` between its braces."""

    text: str
    line: int
    end: int


@dataclass(frozen=True, slots=True)
class Broken:
    """Lines that could not be read, and why."""

    text: str
    why: str
    line: int
    end: int


Block = RawEntry | Definition | Comment | Broken


@cache
def _splitter() -> Any:
    # Imported here: it takes 33 ms, and most starts of the program read no .bib file.
    from bibtexparser.splitter import Splitter

    logging.getLogger("bibtexparser.splitter").setLevel(logging.CRITICAL + 1)  # what is broken becomes an issue
    return Splitter


def blocks(segment: Segment) -> list[Block]:
    """Return what a segment holds, in order; lines of no block are text between entries."""
    if segment.overlong:
        last = segment.start + len(segment.lines) - 1
        return [Broken(segment.lines[0][: ailments.SHOWN], ailments.OVERLONG, segment.start, last)]
    text = segment.text()
    if "@" not in text:
        return []
    found = _split(text, segment.start)
    if not any(isinstance(one, Broken) for one in found):
        return _plain(found, segment)
    return _mended(text, segment, found)


def _mended(text: str, segment: Segment, found: list[Block]) -> list[Block]:
    """Try what repairs an entry: braces behind a backslash counted, as BibTeX does, or the comma after its key."""
    other = _split(_BRACED_SLASH.sub(_SLASH, text), segment.start)
    if not any(isinstance(one, Broken) for one in other):
        return _plain(other, segment)
    for pattern, why in ((_NO_KEY, ailments.NO_KEY), (_NO_COMMA, ailments.NO_COMMA_AFTER_KEY)):
        match = pattern.match(text)
        other = _split(f"{match[0]},{text[match.end() :]}", segment.start, match.end()) if match else []
        if other and isinstance(other[0], RawEntry):
            other[0].remarks.append(ailments.Remark(other[0].line, segment.lines[0], why))
            return _plain(other, segment)
    return _plain(found, segment)


def _plain(found: list[Block], segment: Segment) -> list[Block]:
    """Give the blocks their whole lines back, and the characters that were masked."""
    last = segment.start + len(segment.lines) - 1
    for place, block in enumerate(found):
        behind = found[place + 1].line if place + 1 < len(found) else last + 1
        if isinstance(block, Broken):
            found[place] = _broken(block, segment, max(block.line, behind - 1))
        elif isinstance(block, RawEntry):
            _look_behind(block, segment, behind)
            if segment.masked:
                block.fields = [RawField(one.name, one.value.replace(MASK, "@"), one.line) for one in block.fields]
    return found


def _broken(block: Broken, segment: Segment, end: int) -> Broken:
    while end > block.line and not segment.lines[end - segment.start].strip():
        end -= 1
    lines = segment.lines[block.line - segment.start : end - segment.start + 1]
    text = "\n".join(lines).replace(MASK, "@")
    return Broken(text[: ailments.SHOWN], block.why, block.line, end)


def _look_behind(entry: RawEntry, segment: Segment, behind: int) -> None:
    """Look for fields behind the end of an entry: it was closed too early."""
    left = [
        (number, segment.lines[number - segment.start])
        for number in range(entry.end + 1, behind)
        if ailments.like_field(segment.lines[number - segment.start])
    ]
    rest = segment.lines[entry.end - segment.start][entry.columns[1] :]
    if ailments.like_field(rest.partition("@")[0]):
        entry.remarks.append(ailments.Remark(entry.end, rest[: ailments.SHOWN], ailments.CLOSED_EARLY))
    if left:
        text = "\n".join(line for _, line in left)[: ailments.SHOWN]
        lines = tuple(number for number, _ in left)
        entry.remarks.append(ailments.Remark(left[0][0], text, ailments.CLOSED_EARLY, lines))


def _split(text: str, start: int, inserted: int | None = None) -> list[Block]:
    """Return the blocks of a text whose first line is `start`; at `inserted` it has a character more than the file."""
    found, at = [], 0
    for block in _splitter()(text).split().blocks:
        whole = getattr(block, "ignore_error_block", None) or block
        one = _block(whole, start)
        if isinstance(one, RawEntry):
            begin = _place(text, whole.raw, at)
            at = begin + len(whole.raw)
            one.columns = (_column(text, begin, inserted), _column(text, at, inserted))
        if one is not None:
            found.append(one)
    return found


def _place(text: str, raw: str, at: int) -> int:
    """Return where the text of an entry stands behind a place; looking for its sign alone is the fastest way."""
    at = text.find("@", at)
    while not text.startswith(raw, at):
        at = text.find("@", at + 1)
    return at


def _column(text: str, at: int, inserted: int | None) -> int:
    first = text.rfind("\n", 0, at) + 1
    return at - first - (inserted is not None and first <= inserted < at)


def _block(whole: Any, start: int) -> Block | None:
    from bibtexparser.model import Entry, ExplicitComment, ParsingFailedBlock, String

    line = start + max(whole.start_line or 0, 0)
    raw = whole.raw or ""
    end = line + raw.count("\n")
    if isinstance(whole, Entry):
        return _entry(whole, start, line, end)
    if isinstance(whole, String):
        return Definition(whole.key.lower(), whole.value.replace(_SLASH, "\\").replace(MASK, "@"), line, end)
    if isinstance(whole, ExplicitComment):
        return Comment(whole.comment.replace(_SLASH, "\\").replace(MASK, "@"), line, end)
    if isinstance(whole, ParsingFailedBlock):
        # BibTeX knows no body of a comment: it goes on reading where the next entry begins.
        return (
            None
            if raw[:8].lower() == "@comment"
            else Broken("", ailments.why(raw, getattr(whole.error, "abort_reason", "")), line, end)
        )
    return None


def _entry(entry: Any, start: int, line: int, end: int) -> Block | None:
    if not entry.entry_type:
        return None  # an @ in a text, with a bracket behind it
    fields = [RawField(_name(one.key), one.value, start + one.start_line) for one in entry.fields]
    if _SLASH in entry.raw:
        fields = [RawField(one.name, one.value.replace(_SLASH, "\\"), one.line) for one in fields]
    return RawEntry(entry.entry_type, " ".join(entry.key.split()), fields, line, end)


def _name(key: str) -> str:
    """Return a field's name; comments that stand before it are not part of it."""
    key = key.lower()
    return key if key.isidentifier() or not key else key.split()[-1]
