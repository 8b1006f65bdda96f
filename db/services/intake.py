"""One source on its way into the library: read to its end, counted, and stored with its text."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.domain import formats
from db.domain.errors import LibraryError
from db.domain.formats import arxiv
from db.domain.records import Date, Issue, Ledger, Record
from db.services import noting
from db.services.placing import Shelf, Tally
from db.services.preparing import prepare
from db.services.recognising import BY_HAND, Choice, Form
from db.services.tape import Chunk
from db.store import imports
from db.store import sources as store
from db.store.ledger import set_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    from db.services.meter import Meter
    from db.services.preparing import Prepared, Ready

BATCH = 1_000
"""Records placed at once: a fifth of a second, so that Cancel is heard."""
NAME_LENGTH = 60
PASTED = "Pasted text"
PASTE, LOOKUP = "paste", "lookup"
"""The kinds of sources that are no files: what they are does not follow from the format of their text."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file: records = added + merged + doubtful; `error` is worded for the person.

    `added`, `merged` and `doubtful` are disjoint: a doubtful record is a new paper that may be the twin
    of another. `trashed` of the merged ones are sightings of papers in the trash, which stay there;
    `skipped` are papers that the person had skipped before this file showed them again. `confidence` (0 to 1) says how
    sure it was how to read the file.
    """

    file: str
    source_id: int | None = None
    format: str = ""
    dialect: str = ""
    records: int = 0
    added: int = 0
    merged: int = 0
    doubtful: int = 0
    issues: int = 0
    encoding: str = ""
    confidence: float = 1.0
    already_imported: bool = False
    error: str | None = None
    unsure: bool = False
    render_year: int | None = None
    render_year_evidence: str = ""
    inferred_dates: int = 0
    yearless_dates: int = 0
    trashed: int = 0
    skipped: int = 0
    new_ids: tuple[int, ...] = ()
    merged_ids: tuple[int, ...] = ()
    doubtful_ids: tuple[int, ...] = ()
    skipped_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file or text about to be imported: how to hash it, how to read it, and what a person decided of it.

    `check` raises LibraryError when it is not any more what was hashed. `meant` are the papers that records are
    certainly sightings of, by the records' indexes.
    """

    file: str
    name: str
    kind: str
    path: str
    size: int
    choice: Choice
    hash: Callable[[Meter], str]
    items: Callable[[Meter, Choice], Generator[tuple[Ready, int]]]
    check: Callable[[], None] = lambda: None
    meant: Mapping[int, int] = field(default_factory=dict)


class Intake:
    """One source on its way into the library."""

    def __init__(self, shelf: Shelf, source: Incoming, sha256: str, meter: Meter) -> None:
        self._session, self._shelf, self._source, self._sha256 = shelf.session, shelf, source, sha256
        self._meter = meter
        self._records: list[Prepared] = []
        self._issues: list[Issue] = []
        self._issue_count = 0
        self._tally = Tally()
        self._keep_text = not imports.has_text(self._session, sha256)
        self._title = ""
        self._form = Form("", "")
        values = {"kind": source.kind, "name": source.name, "path": source.path, "sha256": sha256}
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._id = imports.add_source(self._session, values | {"bytes": source.size, "imported_at": now})

    def run(self) -> FileResult:
        """Read the source to its end and store everything it says."""
        ledger = None
        # The year set by hand is kept beside the one that the page proves, so that it can be taken back.
        with closing(self._source.items(self._meter, replace(self._source.choice, year=None))) as items:
            for item, done in items:
                self._meter.at(done)
                if isinstance(item, Ledger):
                    ledger = item
                elif isinstance(item, Form):
                    self._form = item
                else:
                    self._take(item)
        self._flush()
        if ledger is None or not self._tally.records:
            raise LibraryError(f"No papers were found in {self._source.name}, so nothing of it was kept.")
        self._finish(ledger)
        self._shelf.finish()
        if ledger.format == formats.BIBTEX:
            noting.note(self._session, self._id, self._tally.merged, self._shelf.first_sighting)
        return self._result(ledger)

    def _take(self, item: Prepared | Record | Issue | Chunk) -> None:
        if isinstance(item, Chunk):
            if self._keep_text:
                imports.add_chunk(self._session, self._sha256, item.line_start, item.line_end, item.data)
        elif isinstance(item, Issue):
            self._issues.append(item)
        else:
            one = prepare(item, self._form.format) if isinstance(item, Record) else item
            self._title = self._title or one.record.title
            year = self._source.choice.year
            self._records.append(replace(one, record=with_year(one.record, year)) if year else one)
        if len(self._records) >= BATCH or len(self._issues) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        if self._records:
            self._shelf.place(self._id, self._records, self._tally)
            self._shelf.settle(self._meter.stay, all_of_them=False)
            self._issues += self._tally.issues
            self._tally.issues = []
        rows = [{"source_id": self._id, "line": one.line, "text": one.text, "why": one.why} for one in self._issues]
        imports.add_issues(self._session, rows)
        self._issue_count += len(rows)
        self._records, self._issues = [], []

    def _finish(self, ledger: Ledger) -> None:
        names = (
            "lines record_lines furniture_lines blank_lines issue_lines format dialect encoding "
            "render_year render_year_evidence search"
        )
        values = {name: getattr(ledger, name) for name in names.split()}
        fmt = formats.by_name(ledger.format)
        if fmt is not None and self._source.kind not in (PASTE, LOOKUP):
            values["kind"] = getattr(fmt, "kind", "dump")
        values |= {
            "records": self._tally.records,
            "year_override": self._source.choice.year,
            "reader": self._form.reader,
        }
        if self._source.kind == PASTE and self._source.name == PASTED:
            values["name"] = self._title[:NAME_LENGTH] or f"{PASTED} {datetime.now(UTC):%Y-%m-%d}"
        store.set_source(self._session, self._id, values)
        set_columns(self._session, self._id, self._source.choice.columns)

    def _result(self, ledger: Ledger) -> FileResult:
        tally, year = self._tally, self._source.choice.year
        return FileResult(
            self._source.file,
            self._id,
            ledger.format,
            ledger.dialect,
            tally.records,
            added=len(tally.new),
            merged=len(tally.merged),
            doubtful=len(tally.doubtful),
            issues=self._issue_count,
            encoding=ledger.encoding,
            confidence=self._form.confidence,
            render_year=year or ledger.render_year,
            render_year_evidence=BY_HAND.format(year) if year else ledger.render_year_evidence,
            inferred_dates=tally.inferred_dates,
            yearless_dates=tally.yearless_dates,
            trashed=tally.trashed,
            skipped=len(set(tally.skipped)),
            new_ids=tuple(tally.new),
            merged_ids=tuple(dict.fromkeys(tally.merged)),
            doubtful_ids=tuple(tally.doubtful),
            skipped_ids=tuple(dict.fromkeys(tally.skipped)),
        )


def with_year(record: Record, year: int) -> Record:
    """Return the record with `year`, set by hand for its page, where the page leaves the year out."""
    date = record.date
    if not date.month or (date.year is not None and not date.inferred):
        return record
    if record.arxiv_id and arxiv.year_for(record.arxiv_id, date.month):
        return record
    day = store.fit_day(year, date.month, date.day)
    by_hand = Date(year, date.month, day, inferred=True, evidence=BY_HAND.format(year))
    return replace(record, date=by_hand)
