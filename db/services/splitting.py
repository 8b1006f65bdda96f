"""A record that was taken for a sighting of a paper is another paper: it becomes one of its own again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.domain.errors import LibraryError
from db.services.following import follow_all, owns
from db.services.placing import Shelf, Tally
from db.services.preparing import prepare
from db.services.progress import silent
from db.services.second_reading import SecondReading, source_of
from db.store import journal, twins, versions
from db.store import rereading as store
from db.store import sources as sources_store
from db.store.absorb import TEXTS

if TYPE_CHECKING:
    from db.domain.records import Record
    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.progress import Report
    from db.store.rereading import Seen
    from db.store.sessions import Session

ONLY = "This is the only record of the paper, so there is nothing to split off. Nothing was changed."
UNREAD = (
    "The record does not stand in {0} any more as it did when it was imported, so it was left where it is. "
    "Read the dump again first (Tools > Read the dump again)."
)


def another_paper(library: Library, sighting_id: int, report: Report = silent) -> tuple[int, Changes]:
    """Make a sighting a paper of its own, in one step; return the new paper and the change.

    The old paper loses what came from this record alone; what a person typed, tags, notes and keys stay with it. The
    two are remembered as different works. LibraryError when it is the only record, or cannot be read again.
    """
    with library.writing("Make a record its own paper", report=report) as write:
        session = write.session
        found = sources_store.sightings(session, ids=[sighting_id])
        if not found:
            raise LibraryError("This record is no longer in the library. Nothing was changed.")
        paper_id, source_id = found[0]["paper_id"], found[0]["source_id"]
        others = [one for one, _said in store.values_of(session, [paper_id])[paper_id] if one != sighting_id]
        if not others:
            raise LibraryError(ONLY)
        seen, record = _read(session, source_id, sighting_id, report)
        _leave(session, seen, others[0], report)
        new = _place(session, source_of(session, source_id), record)
        pair = (min(paper_id, new), max(paper_id, new))
        versions.refresh(session, pair)
        twins.decide(session, [pair], "different", journal.now())
    return new, write.changes


def _read(session: Session, source_id: int, sighting_id: int, report: Report) -> tuple[Seen, Record]:
    """Return a sighting and the record that its source shows in its place."""
    reading = SecondReading(session, source_id, report)
    seen = next(one for one in store.sightings(session, source_id) if one.id == sighting_id)
    for record in reading.records_again():
        if (record.line_title, record.index) == (seen.line_start, seen.position):
            return seen, record
    raise LibraryError(UNREAD.format(reading.source["name"]))


def _leave(session: Session, seen: Seen, heir: int, report: Report) -> None:
    """Take from the paper what the record said; words that it gave are taken from another one, read again."""
    paper = store.papers(session, [seen.paper_id])[seen.paper_id]
    first = store.first_sightings(session, [seen.paper_id])[seen.paper_id]
    gave_words = any(owns(paper, name, seen.id, first) for name in TEXTS)
    follow_all(session, [(seen, None)])
    store.drop_sightings(session, [seen.id])
    if gave_words:
        source_id = int(sources_store.sightings(session, ids=[heir])[0]["source_id"])
        follow_all(session, [_read(session, source_id, heir, report)])


def _place(session: Session, source: dict[str, Any], record: Record) -> int:
    shelf, tally = Shelf(session, keep_twins=True), Tally()
    shelf.begin()
    shelf.place(int(source["id"]), [prepare(record, source["format"])], tally)
    shelf.finish()
    shelf.settle(_go_on)
    return int(tally.new[0])


def _go_on() -> None:
    """One record is no work to cancel."""
