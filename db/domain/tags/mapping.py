"""Files that give tags other names: two columns, `old,new`; an empty new name deletes the tag."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.domain.formats.tables.guard import guarded, unguarded
from db.domain.names import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MARKS = (",", ";", "\t")
HEAD = ("old", "new")


@dataclass(frozen=True, slots=True)
class MapLine:
    """One line that says something: its number in the file, the tag, and its new name ("" deletes it)."""

    number: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A line that could not be followed, and why."""

    number: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class TagMap:
    """What a file says, and which of its lines could not be read; the others count."""

    lines: tuple[MapLine, ...]
    remarks: tuple[Remark, ...] = ()


def read(text: str) -> TagMap:
    """Read a file; nothing in it is an error that stops the rest. Blank lines and a heading `old,new` are passed over.

    The columns are parted by commas, semicolons or tabs, as the first line has them; quotes guard commas in names.
    """
    every = list(enumerate(text.splitlines(), start=1))
    first = next((line for _number, line in every if line.strip(" ,;\t")), "")
    mark = next((mark for mark in MARKS if mark in first), ",")
    rows = [(number, line) for number, line in every if line.strip(f" \t{mark}")]  # a tag may be called `;`
    lines: list[MapLine] = []
    remarks: list[Remark] = []
    seen: dict[str, int] = {}
    for number, line in rows:
        cells = _cells(line, mark)
        if number == rows[0][0] and tuple(cell.casefold() for cell in cells) == HEAD:
            continue
        why = _problem(cells, mark, seen)
        if why:
            remarks.append(Remark(number, line, why))
        else:
            seen[cells[0].casefold()] = number
            lines.append(MapLine(number, cells[0], cells[1]))
    return TagMap(tuple(lines), tuple(remarks))


def _cells(line: str, mark: str) -> list[str]:
    try:
        (row,) = csv.reader([line], delimiter=mark, skipinitialspace=True, strict=True)
    except (csv.Error, ValueError):  # a quotation mark that is never closed, or a cell without end
        return []
    cells = [" ".join(unguarded(cell).split()) for cell in row]
    while len(cells) > 2 and not cells[-1]:
        cells.pop()  # what a spreadsheet adds
    return cells


def _problem(cells: list[str], mark: str, seen: Mapping[str, int]) -> str:
    if not cells:
        return "cannot be read as columns: a quotation mark is missing or too much, or the line is too long"
    if len(cells) == 1:
        return f"has no second column; to delete the tag, write “{cells[0]}{mark}”"
    if len(cells) > 2:
        return "has more than two columns; put a name that holds the mark between columns in quotation marks"
    if not cells[0]:
        return "does not say which tag is meant"
    if len(cells[1]) > LONGEST_NAME:
        return f"gives a name of {len(cells[1])} characters; {LONGEST_NAME} are possible"
    if cells[0].casefold() in seen:
        return f"says something of {cells[0]}, of which line {seen[cells[0].casefold()]} does already; that one counts"
    return ""


def written(names: Iterable[str]) -> str:
    """Return a file in which each tag keeps its name, to be edited."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows((guarded(name), guarded(name)) for name in names)
    return file.getvalue()
