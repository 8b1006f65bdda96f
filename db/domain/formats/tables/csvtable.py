"""Tables of papers: comma, semicolon or tab between the columns, one paper a row; the headings tell the fields."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

from db.domain.formats.account import Account
from db.domain.formats.survey import Survey
from db.domain.formats.tables import headings
from db.domain.formats.tables.guard import unguarded
from db.domain.formats.tables.tablerow import TARGETS, has_place, record_of
from db.domain.formats.textfile import LONGEST
from db.domain.records import Issue, Ledger, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MARKS = (",", "\t", ";", "|")
ROW_LINES, ROW_CHARACTERS = 400, 120_000
"""The longest row; more means that a quotation mark was never closed."""
SAMPLE = 50


class CsvTable:
    """Reads tables with or without a row of headings; which column is which field is guessed and can be corrected."""

    name = "csv"
    label = "Table (CSV)"
    kind = "bibliography"
    longest = LONGEST
    reader = 2  # 2: tables without headings
    targets = TARGETS

    def sniff(self, head: str) -> float:
        """Return how sure (0 to 1) the text is a table of papers: a heading says title, and rows are alike."""
        lines = iter(head.split("\n")[: 20 * SAMPLE])
        table = [row for row, _first, _last in _rows(lines, Account()) if isinstance(row, list)][: SAMPLE + 1]
        if len(table) < 2 or len(table[0]) < 2 or len(head.lstrip("\ufeff \t\r\n").split("\n", 1)[0]) > 5_000:
            return 0.0
        fields = list(headings.guess(table[0]).values())
        alike = sum(1 for row in table[1:] if len(row) == len(table[0]))
        if headings.is_row(table[0]) or "title" not in fields:
            # Some table: the person says in the preview which column is which.
            return 0.2 if len(table[0]) > 2 and len(table) > 2 and alike == len(table) - 1 else 0.0
        known = sum(1 for field in fields if field != headings.OWN)
        return 0.92 if known >= 2 and alike >= 0.6 * (len(table) - 2) else 0.3

    def survey(self, lines: Iterable[str]) -> Survey:
        """Return the columns with the fields that they seem to be."""
        encoding = getattr(lines, "encoding", "")
        first = next((row for row, _first, _last in _rows(iter(lines), Account()) if isinstance(row, list)), [])
        columns = headings.of_row(first) if headings.is_row(first) else headings.guess(first)
        return Survey(dialect=f"{len(first)} columns", columns=columns, encoding=encoding)

    def read(self, lines: Iterable[str], survey: Survey) -> Iterator[Record | Issue | Ledger]:
        """Yield the papers and the rows that cannot be read, and at last the ledger."""
        account, index = Account(), 0
        names: list[str] = []
        for row, first, last in _rows(iter(lines), account):
            if isinstance(row, Issue):
                account.issues += 1
                yield replace(row, line=first)
                continue
            if not names and headings.is_row(row):
                names = list(headings.of_row(row))
            elif not names:
                names = headings.unique(row)
                account.furniture += last - first + 1
                continue
            if (found := _read(row, names, survey, (first, last))) is None:
                account.issues += last - first + 1
                yield Issue(first, " | ".join(row), "This row has no title, so it became no paper.")
            else:
                index += 1
                yield replace(found, index=index)
                if len(row) > len(names):
                    why = f"This row has {len(row)} cells for {len(names)} columns; the last ones were left out."
                    yield Issue(first, " | ".join(row), why)
        yield account.ledger(self.name, survey)


def _read(row: Sequence[str], names: Sequence[str], survey: Survey, lines: tuple[int, int]) -> Record | None:
    values: dict[str, list[str]] = {}
    own: list[tuple[str, str]] = []
    for heading, cell in zip(names, row, strict=False):
        text, field = unguarded(cell.strip()), survey.columns.get(heading, headings.OWN)
        if not text or field == headings.IGNORE:
            continue
        if field == headings.OWN or not has_place(field, text, values.get(field, ())):
            own.append((heading, text))
        else:
            values.setdefault(field, []).append(text)
    return record_of(values, headings.named(own), *lines) if values.get("title") else None


def _rows(lines: Iterator[str], account: Account) -> Iterator[tuple[list[str] | Issue, int, int]]:
    """Yield each row's cells, or what is wrong with a line, with its first and last line; blank lines are counted.

    A quotation mark that is never closed costs its own line only: the lines behind it are read again.
    """
    mark = ""
    waiting: list[str] = []
    while True:
        line = waiting.pop(0) if waiting else next(lines, None)
        if line is None:
            return
        account.number += 1
        text = line.strip("\ufeff\r")
        if not text.strip():
            account.blank += 1
            continue
        mark = mark or _mark(text)
        first, taken = account.number, [text]
        if _open(text, mark):
            taken += _until_closed(lines, waiting, text)
        row, used = _cells(taken, mark)
        waiting[:0] = taken[used:]
        account.number += used - 1
        yield row, first, account.number


def _cells(lines: list[str], mark: str) -> tuple[list[str] | Issue, int]:
    """Return the cells of the row that begins with the first line, and how many lines it takes."""
    if _open(lines[0], mark) and sum(line.count('"') for line in lines) % 2:
        return Issue(0, lines[0], "A quotation mark is opened in this row and never closed."), 1
    reader = csv.reader([f"{line}\n" for line in lines], delimiter=mark)
    try:
        return next(reader, []), reader.line_num
    except csv.Error:
        return Issue(0, lines[0], "This row could not be read as a row of a table."), 1


def _until_closed(lines: Iterator[str], waiting: list[str], text: str) -> list[str]:
    """Take lines until the quotation is closed, at most as many as a row can have."""
    taken: list[str] = []
    quotes, size = text.count('"'), len(text)
    while quotes % 2 and len(taken) < ROW_LINES and size < ROW_CHARACTERS:
        line = waiting.pop(0) if waiting else next(lines, None)
        if line is None:
            break
        taken.append(line)
        quotes += line.count('"')
        size += len(line)
    return taken


def _open(text: str, mark: str) -> bool:
    """Tell whether a cell that begins with a quotation mark is not closed."""
    return text.count('"') % 2 == 1 and (text.startswith('"') or f'{mark}"' in text or f'{mark} "' in text)


def _mark(text: str) -> str:
    """Return what stands between the columns: what a heading holds most of."""
    return max(MARKS, key=text.count)
