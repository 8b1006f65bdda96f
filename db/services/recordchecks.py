"""What of the records needs a look, and mending it: of one paper or of many, as one step of the history."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from db.domain.citekeys import valid_key
from db.domain.findings import Around, Finding, Kind, findings, mended
from db.services import files
from db.services.progress import Progress, silent
from db.services.wording import papers
from db.store import edits, heldkeys, keys, twins
from db.store import papers as store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from db.domain.records import Paper
    from db.services.changes import Changes
    from db.services.library import Library
    from db.services.progress import Report
    from db.store.sessions import Session

__all__ = ["Kind", "RecordFinding", "fix", "fix_all", "live", "records"]

PAGE = 250
BY_HAND = "Open the paper and correct it."
SEVERE = frozenset({Kind.KEY, Kind.BRACES})
"""What LaTeX stumbles over; everything else only looks wrong."""
NAMES = {
    Kind.MISSING: "missing fields", Kind.KEY: "citation keys", Kind.TITLE_CASE: "titles in capitals",
    Kind.MARKUP: "markup", Kind.BRACES: "braces", Kind.MISPLACED: "misplaced values", Kind.PAGES: "page ranges",
    Kind.DUPLICATED: "fields that stand twice", Kind.DATE: "wrong dates",
    Kind.FUTURE: "dates in the future", Kind.FILE: "lost files",
}  # fmt: skip
PLAIN = ("title", "abstract", "venue", "doi", "arxiv_id", "entry_type")
"""What a fix may change in place; further `urls`, `fields`, files and the key."""


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """A finding of a paper; `fix` is what a fix would do, empty when only the person can know."""

    paper_id: int
    citation_key: str
    title: str
    kind: Kind
    field: str
    finding: str
    severity: str
    fix: str


def records(
    library: Library, ids: Sequence[int] | None = None, report: Report = silent, *, today: date | None = None
) -> Iterator[RecordFinding]:
    """Yield what of the papers (None: all that are not in the trash) needs a look, read a page at a time."""
    with library.reading() as session:
        around = _around(library, session, ids, today)
        ids = twins.live_ids(session) if ids is None else ids
    for done, page in _pages(ids):
        report(Progress(done, len(ids), "Checking"))
        with library.reading() as session:
            batch = store.whole(session, page)
        for paper in batch:
            for one in findings(paper, around):
                yield _told(paper, one)
    report(Progress(len(ids), len(ids), "Checking"))


def live(library: Library, ids: Iterable[int]) -> list[int]:
    """Return those of the papers that are there and not in the trash."""
    with library.reading() as session:
        return edits.live(session, ids)


def fix(library: Library, chosen: Iterable[RecordFinding], report: Report = silent) -> Changes:
    """Mend these findings where they still stand, as one step."""
    wanted: defaultdict[int, set[tuple[Kind, str]]] = defaultdict(set)
    kinds: set[Kind] = set()
    for one in chosen:
        wanted[one.paper_id].add((one.kind, one.field))
        kinds.add(one.kind)
    what = NAMES[next(iter(kinds))] if len(kinds) == 1 else "records"
    return _mend(library, what, list(wanted), lambda paper, one: (one.kind, one.field) in wanted[paper], report)


def fix_all(library: Library, kind: Kind, report: Report = silent) -> Changes:
    """Mend everything of one kind that has a fix, in the whole library, as one step."""
    concerned = dict.fromkeys(one.paper_id for one in records(library, report=report) if one.kind == kind and one.fix)
    return _mend(library, NAMES[kind], list(concerned), lambda _paper, one: one.kind == kind, report)


def _mend(
    library: Library, what: str, ids: Sequence[int], wanted: Callable[[int, Finding], bool], report: Report
) -> Changes:
    with library.writing(f"Fix {what} of {papers(len(ids))}", report=report) as write:
        session = write.session
        around = _around(library, session, ids)
        for done, page in _pages(ids):
            report(Progress(done, len(ids), "Mending"))
            changed: dict[int, dict[str, dict[str, Any]]] = {}
            for paper in store.whole(session, page):
                after = mended(paper, around, partial(wanted, paper.id))
                if fields := _differing(paper, after):
                    changed[paper.id] = fields
                _beside(session, paper, after)
            edits.set_each(session, changed)
            keys.follow(session, changed)
    return write.changes


def _differing(before: Paper, after: Paper) -> dict[str, dict[str, Any]]:
    """Return the columns of the fields that a fix changed."""
    found: dict[str, dict[str, Any]] = {
        name: {name: getattr(after, name)} for name in PLAIN if getattr(after, name) != getattr(before, name)
    }
    if after.urls != before.urls:
        found["urls"] = {"urls": list(after.urls)}
    if dict(after.fields) != dict(before.fields):
        found["fields"] = {"fields": dict(after.fields)}
    return found


def _beside(session: Session, before: Paper, after: Paper) -> None:
    """Set the key and take files off, which stand beside the fields."""
    if lost := [one.path for one in before.attachments if one not in after.attachments]:
        edits.drop_files(session, before.id, lost)
    if after.citation_key != before.citation_key and valid_key(after.citation_key) is None:
        heldkeys.set_key(session, before.id, keys.free(session, after.citation_key))


def _told(paper: Paper, one: Finding) -> RecordFinding:
    severity = "error" if one.kind in SEVERE else "warning"
    words = one.fix.words if one.fix else ""
    return RecordFinding(
        paper.id, paper.citation_key, paper.title, one.kind, one.field, one.words, severity, words
    )  # fmt: skip


def _around(library: Library, session: Session, ids: Sequence[int] | None, today: date | None = None) -> Around:
    day = today or datetime.now().astimezone().date()
    return Around(day, files.Finder(library).is_there, heldkeys.shared(session, ids))


def _pages(ids: Iterable[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield pages of ids, each with the number of those before it."""
    rest, done = iter(ids), 0
    while page := list(islice(rest, PAGE)):
        yield done, page
        done += len(page)
