"""Reading a source again, from its kept text: with marks of a person, or because its reader understands more by now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.domain import formats
from db.domain.errors import LibraryError
from db.domain.formats.marking import KINDS
from db.services import gains, noting
from db.services.following import follow_all, owns
from db.services.placing import Shelf, Tally
from db.services.preparing import prepare
from db.services.recognising import BY_HAND
from db.services.second_reading import SecondReading, columns_of, source_of
from db.store import absorb, keys, ledger, versions
from db.store import rereading as store
from db.store import sources as sources_store
from db.store.absorb import TEXTS
from db.store.sources import NOTED, STATE, TITLED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.domain.records import Record
    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.progress import Report
    from db.store.rereading import Seen
    from db.store.sessions import Session

BATCH = 500
COUNTS = ("lines", "records", "record_lines", "furniture_lines", "blank_lines", "issue_lines", "render_year")
Worded = tuple[str, str, str]
"""A field with its old and its new value, as text."""


@dataclass(frozen=True, slots=True)
class Told:
    """A record that is new, or that is none any more: its title and first line."""

    line: int
    title: str
    paper_id: int | None = None


@dataclass(frozen=True, slots=True)
class Altered:
    """A record that says something else by now: (field, old, new) of each value that differs, as text."""

    line: int
    title: str
    paper_id: int
    values: tuple[Worded, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """What reading a source again would change; `before` and `after` are the counts of its ledger and issues."""

    source_id: int
    name: str
    added: tuple[Told, ...]
    removed: tuple[Told, ...]
    changed: tuple[Altered, ...]
    before: Mapping[str, int | None]
    after: Mapping[str, int | None]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed) or self.before != self.after


def set_marks(library: Library, source_id: int, lines: Iterable[int], kind: str | None) -> Changes:
    """Mark lines (from 1) of a source as title, abstract or ignore; None clears their marks.

    Nothing else changes until the source is read again.
    """
    if kind is not None and kind not in KINDS:
        raise LibraryError(f"A line is a title, part of an abstract, or to be ignored, not “{kind}”.")
    wanted = set(lines)
    with library.reading() as session:
        source = source_of(session, source_id)
    if any(not 1 <= line <= source["lines"] for line in wanted):
        raise LibraryError(f"{source['name']} has {source['lines']:,} lines.")
    what = "1 line" if len(wanted) == 1 else f"{len(wanted):,} lines"
    label = f"Mark {what} of {source['name']}" if kind else f"Clear the marks of {what} of {source['name']}"
    with library.writing(label) as write:
        ledger.set_marks(write.session, source_id, wanted, kind)
    return write.changes


def difference(library: Library, source_id: int, report: Report) -> Difference:
    """Return what reading a source again would change; nothing is changed."""
    with library.reading() as session:
        reading = SecondReading(session, source_id, report)
        reading.run()
        return _difference(session, reading)


def apply(library: Library, source_id: int, report: Report) -> Changes:
    """Read a source again and let the library follow, in one step.

    Records that say the same keep their sightings; papers follow those that say something else, except in what
    a person typed; new ones are placed as in an import; papers that no source shows any more go to the trash
    unless a person did something with them.
    """
    with library.reading() as session:
        name = source_of(session, source_id)["name"]
    with library.writing(f"Read {name} again", report=report) as write:
        reading = SecondReading(write.session, source_id, report)
        reading.run()
        _apply(write.session, reading)
    return write.changes


def _apply(session: Session, reading: SecondReading) -> None:
    source_id = int(reading.source["id"])
    _change(session, reading)
    store.write_sightings(session, reading.moved)
    _add(session, reading)
    follow_all(session, [(seen, None) for seen in reading.removed])
    store.drop_sightings(session, [seen.id for seen in reading.removed])
    versions.refresh(session, {seen.paper_id for seen in (*reading.removed, *(seen for seen, _ in reading.changed))})
    left = store.untouched_and_unseen(session, {seen.paper_id for seen in reading.removed})
    store.bin_papers(session, left)
    if store.shows_any(session, source_id, {seen.paper_id for seen in reading.removed}):
        # The source shows a paper twice: what one sighting said is now what the other one says.
        second = SecondReading(session, source_id, reading.report)
        second.run()
        _change(session, second)
    store.replace_issues(session, source_id, reading.issues)
    ledger.set_heeded(session, source_id, reading.marks)
    new = reading.new_source()
    sources_store.set_source(session, source_id, new)
    if any(reading.source[name] != new[name] for name in ("render_year", "render_year_evidence")):
        dated = sources_store.dated_papers(session, source_id)
        keys.repropose(session, sources_store.redate(session, dated, BY_HAND))


def _change(session: Session, reading: SecondReading) -> None:
    """Write what sightings say now, and let their papers follow."""
    old = _old_values(session, reading)
    follow_all(session, reading.changed)
    store.write_sightings(session, [_row(seen, record, old[seen.id]) for seen, record in reading.changed])


def _old_values(session: Session, reading: SecondReading) -> dict[int, dict[str, Any]]:
    """Return what the sightings that changed said before, by their ids."""
    told = store.values_of(session, {seen.paper_id for seen, _record in reading.changed})
    return {sighting_id: values for several in told.values() for sighting_id, values in several}


def _row(seen: Seen, record: Record, old: Mapping[str, Any]) -> dict[str, Any]:
    noted = {name: old[name] for name in NOTED if name in old}
    if TITLED in noted:
        noted[TITLED] = record.title
    if STATE in noted:
        noted[STATE] = prepare(record, formats.BIBTEX).state
    return {"id": seen.id} | columns_of(record) | {"values": sources_store.values_of(record) | noted}


def _add(session: Session, reading: SecondReading) -> None:
    """Place the new records as an import does."""
    if not reading.added:
        return
    shelf, tally = Shelf(session), Tally()
    shelf.begin()
    source_id, name = int(reading.source["id"]), reading.new_source()["format"]
    for at in range(0, len(reading.added), BATCH):
        shelf.place(source_id, [prepare(one, name) for one in reading.added[at : at + BATCH]], tally)
        shelf.settle(reading.tick, all_of_them=False)
    shelf.finish()
    noting.note(session, source_id, tally.merged, shelf.first_sighting)
    shelf.settle(reading.tick)
    reading.issues += [{"line": one.line, "text": one.text, "why": one.why} for one in tally.issues]


def _difference(session: Session, reading: SecondReading) -> Difference:
    old = _old_values(session, reading)
    ids = {seen.paper_id for seen in (*reading.removed, *(seen for seen, _record in reading.changed))}
    papers, firsts = store.papers(session, ids), store.first_sightings(session, ids)
    changed = []
    for seen, record in reading.changed:
        paper = papers[seen.paper_id]
        own = {name for name in TEXTS if owns(paper, name, seen.id, firsts.get(seen.paper_id))}
        values = _words(paper, own, old[seen.id], record)
        if values:
            changed.append(Altered(record.line_title, record.title, seen.paper_id, values))
    new = reading.new_source()
    return Difference(
        int(reading.source["id"]),
        reading.source["name"],
        tuple(Told(record.line_title, record.title) for record in reading.added),
        tuple(Told(seen.line_start, papers[seen.paper_id]["title"], seen.paper_id) for seen in reading.removed),
        tuple(changed),
        {name: reading.source[name] for name in COUNTS}
        | {"issues": sources_store.issue_count(reading.session, int(reading.source["id"]))},
        {name: new[name] for name in COUNTS} | {"issues": len(reading.issues)},
    )


def _words(paper: Mapping[str, Any], own: set[str], old: Mapping[str, Any], record: Record) -> tuple[Worded, ...]:
    """Return (field, old, new) of what differs, as a person reads it."""
    before = gains.texts(absorb.columns(store.record_of(old)))
    after = gains.texts(absorb.columns(store.record_of(sources_store.values_of(record))))
    for name in TEXTS:
        before[name] = paper[name] if name in own else getattr(record, name)
        after[name] = getattr(record, name)
    return tuple((name, before[name], after[name]) for name in before if before[name] != after[name])
