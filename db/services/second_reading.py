"""One more reading of a source from its kept text, and what of it differs from the first one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from db.domain import formats
from db.domain.errors import LibraryError
from db.domain.formats.textfile import TextLines
from db.domain.records import Issue, Ledger, Record
from db.services import recognising
from db.services.following import owns
from db.services.givenkeys import INSTEAD
from db.services.intake import with_year
from db.services.meter import Meter
from db.services.pairing import Pairing, overlapping
from db.services.recognising import UNREADABLE, Choice, Form
from db.store import ledger
from db.store import rereading as store
from db.store import sources as sources_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.services.progress import Report
    from db.store.rereading import Seen
    from db.store.sessions import Session

BATCH = 500
COUNTS = ("lines", "record_lines", "furniture_lines", "blank_lines", "issue_lines")
TAKEN = (*COUNTS, "format", "dialect", "encoding", "render_year", "render_year_evidence", "search")


class KeptLines(TextLines):
    """The lines of a source as the library keeps them; may be gone through again."""

    def __init__(self, session: Session, sha256: str, encoding: str) -> None:
        super().__init__(io.StringIO(), encoding)
        self._session, self._sha256 = session, sha256

    def __iter__(self) -> Iterator[str]:
        for lines in store.chunks(self._session, self._sha256):
            yield from lines

    def head(self, characters: int) -> str:
        """Return the first characters of the text."""
        found: list[str] = []
        size = 0
        for line in self:
            found.append(line)
            size += len(line) + 1
            if size >= characters:
                break
        return "\n".join(found)[:characters]


class SecondReading:
    """Reads a source again and sorts its records: those that moved, changed, are new, or are none any more.

    `moved` are the new places of sightings that say the same as before.
    """

    def __init__(self, session: Session, source_id: int, report: Report) -> None:
        self.session, self.report = session, report
        self.source = source_of(session, source_id)
        self.marks = ledger.marks(session, source_id)
        self.moved: list[dict[str, Any]] = []
        self.changed: list[tuple[Seen, Record]] = []
        self.added: list[Record] = []
        self.removed: list[Seen] = []
        self.issues: list[dict[str, Any]] = []
        self.records = 0
        self.ledger: Ledger | None = None
        self._reader = 0
        self._meter = Meter(report, int(self.source["bytes"]), self.source["name"])
        self._loose: list[Record] = []
        self._batch: list[tuple[Seen, Record]] = []

    def run(self) -> None:
        """Read the source to its end."""
        pairing = Pairing(store.sightings(self.session, int(self.source["id"])))
        for item, done in recognising.read(self._lines, self.source["name"], self._choice()):
            self._meter.at(done)
            if isinstance(item, Record):
                self._take(pairing, item)
            elif isinstance(item, Issue):
                self.issues.append({"line": item.line, "text": item.text, "why": item.why})
            elif isinstance(item, Ledger):
                self.ledger = item
            elif isinstance(item, Form):
                self._reader = item.reader
        self._compare()
        self._pair_the_rest(pairing.rest())
        self._keep_remarks()
        self._meter.end()

    def records_again(self) -> Iterator[Record]:
        """Yield the records of the source as it is read now, with the year that a person set; nothing is compared."""
        for item, done in recognising.read(self._lines, self.source["name"], self._choice()):
            self._meter.at(done)
            if isinstance(item, Record):
                yield self._dated(item)

    def tick(self) -> None:
        """Let a cancel be heard between two pieces of work."""
        self._meter.stay()

    def new_source(self) -> dict[str, Any]:
        """Return the columns of the source as this reading found them."""
        assert self.ledger is not None
        found = {name: getattr(self.ledger, name) for name in TAKEN}
        return found | {"records": self.records, "reader": self._reader}

    def _lines(self) -> TextLines:
        return KeptLines(self.session, self.source["sha256"], self.source["encoding"])

    def _choice(self) -> Choice:
        known = formats.by_name(self.source["format"])
        columns = ledger.columns(self.session, int(self.source["id"]))
        return Choice(format=known.name if known else None, columns=columns, marks=self.marks)

    def _take(self, pairing: Pairing, record: Record) -> None:
        self.records += 1
        record = self._dated(record)
        values = sources_store.values_of(record)
        seen = pairing.take(record, store.digest(values), store.identity(values))
        if seen is None:
            self._loose.append(record)
            return
        self._batch.append((seen, record))
        if len(self._batch) >= BATCH:
            self._compare()

    def _dated(self, record: Record) -> Record:
        year = self.source["year_override"]
        return with_year(record, year) if year else record

    def _compare(self) -> None:
        batch, self._batch = self._batch, []
        ids = {seen.paper_id for seen, _record in batch}
        papers, firsts = store.papers(self.session, ids), store.first_sightings(self.session, ids)
        for seen, record in batch:
            values = sources_store.values_of(record)
            paper, first = papers[seen.paper_id], firsts.get(seen.paper_id)
            texts = ("title", record.title), ("abstract", record.abstract)
            same_words = all(paper[name] == text or not owns(paper, name, seen.id, first) for name, text in texts)
            if store.digest(values) != seen.digest or not same_words:
                self.changed.append((seen, record))
            elif place(record) != (seen.position, seen.line_start, seen.line_abstract, seen.line_end):
                self.moved.append({"id": seen.id} | columns_of(record))

    def _pair_the_rest(self, rest: list[Seen]) -> None:
        pairs = overlapping(rest, self._loose)
        again, found = {seen.id for seen, _record in pairs}, {id(record) for _seen, record in pairs}
        self.changed += pairs
        self.changed.sort(key=lambda pair: pair[1].line_title)
        self.removed = [seen for seen in rest if seen.id not in again]
        self.added = [record for record in self._loose if id(record) not in found]

    def _keep_remarks(self) -> None:
        """What only the first reading could say: of bytes that were not kept, of keys that were given then."""
        for old in sources_store.issues(self.session, int(self.source["id"])):
            if UNREADABLE in old["why"] or INSTEAD in old["why"]:
                self.issues.append({name: old[name] for name in ("line", "text", "why")})


def source_of(session: Session, source_id: int) -> dict[str, Any]:
    """Return the columns of a source; LibraryError when it is gone."""
    found = sources_store.source(session, source_id)
    if found is None:
        raise LibraryError("This dump is no longer in the library.")
    return found


def place(record: Record) -> tuple[int, int, int | None, int]:
    """Return number, first line, first line of the abstract and last line of a record."""
    return record.index, record.line_title, record.line_abstract, record.line_end


def columns_of(record: Record) -> dict[str, Any]:
    """Return the columns of a sighting that hold its place."""
    return dict(zip(("position", "line_start", "line_abstract", "line_end"), place(record), strict=True))
