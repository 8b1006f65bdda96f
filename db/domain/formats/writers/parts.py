"""What every writer asks of an entry: texts on one line, and the fields that it came with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.domain.formats.bibwrite.common import OF_PAGES
from db.domain.formats.bibwrite.model import VENUE_FIELDS

if TYPE_CHECKING:
    from db.domain.formats.bibwrite import BibEntry, ExportOptions

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_AND = re.compile(r"\s+and\s+|\s*;\s*")
_RANGE = re.compile(r"\s*([^\s,;–-]+)\s*(?:--+|–)\s*([^\s,;–-]+)\s*|\s*(\d+)\s*-\s*(\d+)\s*")


def one_line(text: str) -> str:
    """Return a text with every run of white space as one blank, and without characters that no file should hold."""
    return " ".join(_CONTROLS.sub("", text).split())


def many_lines(text: str) -> str:
    """Return a text with its line ends, without characters that no file should hold."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def kept(entry: BibEntry, options: ExportOptions) -> dict[str, str]:
    """Return the fields that the entry came with and that stand nowhere else, by name in small letters."""
    if not options.fields:
        return {}
    found = {name.lower(): one_line(text) for name, text in sorted(entry.fields.items()) if name not in OF_PAGES}
    return {
        name: text
        for name, text in found.items()
        if text and name != "note" and not (name in VENUE_FIELDS and text == one_line(entry.venue or ""))
    }


def notes(entry: BibEntry, options: ExportOptions) -> list[str]:
    """Return the note of the entry and those of the person, as far as they are to go out."""
    found = [entry.fields.get("note", "")] if options.fields else []
    found += [entry.notes] if options.personal else []
    return [text for text in map(many_lines, found) if text]


def names(text: str) -> list[str]:
    """Return the names in a field such as `editor`."""
    return [name for name in _AND.split(text) if name]


def page_range(text: str) -> tuple[str, str] | None:
    """Return the first and last page of a single range, None for anything else."""
    match = _RANGE.fullmatch(text)
    return (match[1] or match[3], match[2] or match[4]) if match else None
