"""What became of the lines of a source: runs of lines of one kind, and a stretch of the text to show with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.domain.formats import painting
from db.store import ledger
from db.store import sources as store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.store.ledger import RecordLines
    from db.store.sessions import Session

MOST_SHOWN = 4_000
"""Characters of a line that are shown: saved HTML and JSON can have all records on one line."""

Painted = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Span:
    """Lines of a source (from 1, inclusive) that became one thing, and the paper that they belong to.

    `kind` is a part of a record (title, abstract, authors, date, detail, or record for a whole one on a line),
    furniture, ignored, blank, or issue.
    """

    line_start: int
    line_end: int
    kind: str
    paper_id: int | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of the lines of a source from `line_start` on, of `total`, with what became of them.

    `marks` are what a person marked them as, `reasons` why an issue that begins in a line is one; `waiting`
    marks of the whole source were set or cleared since it was read; `newer`: the reader understands more by now.
    """

    source_id: int
    name: str
    total: int
    line_start: int = 1
    lines: Sequence[str] = ()
    spans: Sequence[Span] = ()
    marks: Mapping[int, str] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
    waiting: int = 0
    newer: bool = False

    @property
    def line_end(self) -> int:
        """The last line of the stretch."""
        return self.line_start + len(self.lines) - 1


def spans(session: Session, source_id: int, sha256: str, first: int, last: int | None) -> list[Span]:
    """Return what became of the lines `first` to `last` (None: the last one), in order, without gaps or overlap."""
    lines = store.text(session, sha256, first, last)
    return _spans(session, source_id, sha256, first, lines)


def shown(line: str) -> str:
    """Return a line as it is shown: a very long one is cut, and says so."""
    if len(line) <= MOST_SHOWN:
        return line
    return f"{line[:MOST_SHOWN]}… ({len(line) - MOST_SHOWN:,} more characters)"


def reasons(session: Session, source_id: int, first: int, last: int) -> dict[int, str]:
    """Return why lines are issues, by the first line of each."""
    found: dict[int, str] = {}
    for issue in ledger.issues_between(session, source_id, first, last):
        found[issue.line] = f"{found[issue.line]} {issue.why}" if issue.line in found else issue.why
    return found


def waiting(session: Session, source_id: int) -> int:
    """Return how many marks of a source were set, changed or cleared since it was read."""
    now, then = ledger.marks(session, source_id), ledger.heeded(session, source_id)
    return sum(1 for line in now.keys() | then.keys() if now.get(line) != then.get(line))


def _spans(session: Session, source_id: int, sha256: str, first: int, lines: Sequence[str]) -> list[Span]:
    if not lines:
        return []
    last = first + len(lines) - 1
    records = ledger.records_between(session, source_id, first, last)
    ignored = ledger.heeded(session, source_id)
    painted: list[Painted] = [("furniture" if line.strip() else "blank", None) for line in lines]
    before, after = _beside(session, sha256, records, first, last)
    _paint(painted, [*before, *lines, *after], records, first, len(before))
    for line, kind in ignored.items():
        if kind == "ignore" and first <= line <= last and lines[line - first].strip():
            painted[line - first] = ("ignored", painted[line - first][1])
    for issue in ledger.issues_between(session, source_id, first, last):
        for at in range(issue.line - first, min(issue.line - first + 1 + issue.text.count("\n"), len(lines))):
            painted[at] = ("issue", painted[at][1])
    return list(_joined(painted, first, {record.line_start for record in records}))


def _beside(
    session: Session, sha256: str, records: Sequence[RecordLines], first: int, last: int
) -> tuple[list[str], list[str]]:
    """Return the lines before and after a stretch that belong to records which only begin or end in it."""
    low = min((record.line_start for record in records), default=first)
    high = max((record.line_end for record in records), default=last)
    before = store.text(session, sha256, low, first - 1) if low < first else []
    return before, store.text(session, sha256, last + 1, high) if high > last else []


def _paint(
    painted: list[Painted], lines: Sequence[str], records: Sequence[RecordLines], first: int, offset: int
) -> None:
    """Fill in the lines of records; `lines[offset]` is line `first`. Of records on the same lines the first counts."""
    done: tuple[int, int] | None = None
    for record in records:
        if (record.line_start, record.line_end) == done:
            continue
        done = record.line_start, record.line_end
        begin = record.line_start - first + offset
        abstract = None if record.line_abstract is None else record.line_abstract - record.line_start
        for at, kind in enumerate(
            painting.kinds(lines[begin : begin + 1 + done[1] - done[0]], abstract), begin - offset
        ):
            if kind != "blank" and 0 <= at < len(painted):
                painted[at] = (kind, record.paper_id)


def _joined(painted: Sequence[Painted], first: int, heads: set[int]) -> Iterator[Span]:
    """Join lines of one kind; two records of one paper that follow each other stay two spans."""
    begin = 0
    for at in range(1, len(painted) + 1):
        if at == len(painted) or painted[at] != painted[begin] or first + at in heads:
            yield Span(first + begin, first + at - 1, *painted[begin])
            begin = at
