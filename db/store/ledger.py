"""What became of the lines of a source, and what a person marked them as."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, insert, select, update

from db.store.imports import TABLES, batches, set_setting, setting
from db.store.schema import IssueRow, MarkRow, SightingRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

MARK = TABLES["mark"]
HEEDED = "marks_read:{}"
"""The setting with the marks that a source was last read with."""
COLUMNS = "columns:{}"
"""The setting with what a person decided of a table's headings."""


class RecordLines(NamedTuple):
    """The lines (from 1, inclusive) of one record of a source, and its paper."""

    line_start: int
    line_abstract: int | None
    line_end: int
    paper_id: int


def records_between(session: Session, source_id: int, first: int, last: int) -> list[RecordLines]:
    """Return the records that have lines from `first` to `last`, in the order of the source."""
    query = (
        select(SightingRow.line_start, SightingRow.line_abstract, SightingRow.line_end, SightingRow.paper_id)
        .where(SightingRow.source_id == source_id, SightingRow.line_start <= last, SightingRow.line_end >= first)
        .order_by(SightingRow.line_start, SightingRow.position)
    )
    return [RecordLines(*row) for row in session.execute(query)]


class IssueLines(NamedTuple):
    """An issue: its first line, its text, and why it is one."""

    line: int
    text: str
    why: str


def issues_between(session: Session, source_id: int, first: int, last: int) -> list[IssueLines]:
    """Return the issues that begin from `first` to `last`."""
    query = select(IssueRow.line, IssueRow.text, IssueRow.why).where(
        IssueRow.source_id == source_id, IssueRow.line >= first, IssueRow.line <= last
    )
    return [IssueLines(*row) for row in session.execute(query.order_by(IssueRow.line, IssueRow.id))]


def marks(session: Session, source_id: int) -> dict[int, str]:
    """Return what the lines of a source are marked as."""
    query = select(MarkRow.line, MarkRow.kind).where(MarkRow.source_id == source_id).order_by(MarkRow.line)
    return {line: kind for line, kind in session.execute(query)}  # noqa: C416


def set_marks(session: Session, source_id: int, lines: Iterable[int], kind: str | None) -> None:
    """Mark lines as a kind, or take their marks away; lines that are so already stay untouched."""
    known = marks(session, source_id)
    wanted = [line for line in sorted(set(lines)) if known.get(line) != kind]
    old = [line for line in wanted if line in known]
    for batch in batches(old):
        chosen = (MARK.c.source_id == source_id) & MARK.c.line.in_(batch)
        session.execute(delete(MARK).where(chosen) if kind is None else update(MARK).where(chosen).values(kind=kind))
    new = [{"source_id": source_id, "line": line, "kind": kind} for line in wanted if line not in known]
    if new and kind is not None:
        session.execute(insert(MARK), new)


def heeded(session: Session, source_id: int) -> dict[int, str]:
    """Return the marks that a source was last read with."""
    stored = setting(session, HEEDED.format(source_id))
    return {int(line): kind for line, kind in json.loads(stored).items()} if stored else {}


def set_heeded(session: Session, source_id: int, marked: Mapping[int, str]) -> None:
    """Remember the marks that a source was read with."""
    value = json.dumps({str(line): kind for line, kind in marked.items()}) if marked else None
    set_setting(session, HEEDED.format(source_id), value)


def columns(session: Session, source_id: int) -> dict[str, str]:
    """Return the meaning of a table's headings, as far as a person decided it when the source was imported."""
    stored = setting(session, COLUMNS.format(source_id))
    return json.loads(stored) if stored else {}


def set_columns(session: Session, source_id: int, chosen: Mapping[str, str]) -> None:
    """Remember what a person decided of a table's headings."""
    set_setting(session, COLUMNS.format(source_id), json.dumps(dict(chosen)) if chosen else None)
