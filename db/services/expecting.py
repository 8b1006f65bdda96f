"""What would become of records if they were imported now; the library is only read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.domain.duplicates import compare
from db.domain.records import Verdict
from db.services.forecast import Expected, Fate
from db.services.givenkeys import Judge, Wish
from db.services.intake import with_year
from db.services.matching import CROWDED, SAME_ITEM, Draft, Matcher, OwnNames, nearest
from db.services.preparing import keys_of
from db.services.works import candidate_of
from db.store import absorb

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.domain.duplicates import Candidate
    from db.domain.records import Issue, Record
    from db.services.library import Library
    from db.services.matching import Match

    Key = int | str

MOST_CHARACTERS = 40_000_000
"""Of the records of a drop this much is kept to find repetitions; what comes later is not compared with them."""
TITLE, AUTHORS = 300, 200


class Fates:
    """Tells new papers from those of the library, and from those that stand earlier in the drop."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._earlier = _Earlier()
        self._own = OwnNames()
        self._judge = Judge()
        self._items: Mapping[str, int] | None = None

    def begin(self) -> None:
        """Start a source: what is one work under two keys, or as two items, is so within one source."""
        self._own = self._earlier.own = OwnNames()

    def of(self, records: Sequence[Record], *, remember: bool = True) -> tuple[list[Expected], list[Issue]]:
        """Return what would become of the records, and of their keys that papers could not get.

        With `remember` later records are compared with them too.
        """
        found = []
        wishes = []
        with self._library.reading() as session:
            matcher = Matcher(session)
            matcher.items, matcher.own = self._items, self._own
            keys = [keys_of(record) for record in records]
            matcher.load(keys, (record.identity for record in records))
            self._items = matcher.items
            for record, own in zip(records, keys, strict=True):
                columns = absorb.columns(record)
                match = matcher.find(columns, own, record.citation_key, record.identity)
                twin = _NOBODY if match.same else self._earlier.find(columns, own, record)
                found.append(_fate(record, match, twin))
                draft = match.same or Draft(columns | {"id": twin.paper or self._earlier.another()})
                self._own.add(draft.id, record.citation_key, record.identity)
                if record.citation_key:
                    wishes.append(Wish(draft, record.citation_key, record.line_title))
                if remember:
                    self._earlier.add(columns, own, draft.id, record.identity)
            judge = self._judge if remember else Judge()
            refused = judge.judged(session, wishes).refused if wishes else []
        return found, [one.foreseen() for one in refused]


def _fate(record: Record, match: Match, twin: _Twin) -> Expected:
    if match.same is not None:
        return _expected(record, Fate.SAME, match.same.columns, match.why)
    if twin.verdict is Verdict.SAME:
        return _expected(record, Fate.REPEATED, {"title": twin.title}, twin.why)
    if match.maybe:
        paper, score = match.maybe[0]
        return _expected(record, Fate.MAYBE, paper.columns, score.why)
    if twin.verdict is Verdict.MAYBE:
        return _expected(record, Fate.MAYBE, {"title": twin.title}, twin.why)
    return _expected(record, Fate.NEW, {})


def _expected(record: Record, fate: Fate, twin: dict[str, Any], why: tuple[str, ...] = ()) -> Expected:
    names = ", ".join(f"{one.given} {one.family}".strip() for one in record.authors[:10])
    # Any year will do to find out whether the page's year would be this record's.
    hangs = with_year(record, 1) is not record
    return Expected(
        title=record.title[:TITLE],
        authors=names[:AUTHORS],
        author_count=record.author_count if record.author_count is not None else len(record.authors) or None,
        date=record.date,
        month_day=record.month_day or "",
        line=record.line_title,
        fate=fate,
        key=str(twin.get("citation_key") or ""),
        twin=str(twin.get("title") or "")[:TITLE],
        why=why,
        in_trash=twin.get("state") == "trash",
        hangs=hangs,
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """A record of the drop, and the paper that it would be."""

    candidate: Candidate
    paper: int


@dataclass(frozen=True, slots=True)
class _Twin:
    """How sure an earlier record of the drop is the same work, its title, why, and the paper of what is the same."""

    verdict: Verdict
    title: str = ""
    why: tuple[str, ...] = ()
    paper: int = 0


_NOBODY = _Twin(Verdict.DIFFERENT)


class _Earlier:
    """The records of the drop so far, by their blocking keys, up to a bound.

    Papers that an import would make have numbers below 0; `own` is what the source that is being read calls them.
    """

    def __init__(self) -> None:
        self.own = OwnNames()
        self._works: list[_Work] = []
        self._held: dict[Key, list[int]] = {}
        self._items: dict[str, _Twin] = {}
        self._room = MOST_CHARACTERS
        self._papers = 0

    def another(self) -> int:
        """Return the number of one more paper."""
        self._papers -= 1
        return self._papers

    def add(self, columns: dict[str, Any], keys: Sequence[Key], paper: int, identity: str) -> None:
        """Remember a record of a paper, and which item of another library it is."""
        if self._room <= 0:
            return
        self._room -= len(columns["title"]) + len(columns["abstract"]) + 500
        if identity:
            self._items[identity] = _Twin(Verdict.SAME, columns["title"], (SAME_ITEM,), paper)
        number = len(self._works)
        self._works.append(_Work(candidate_of(columns), paper))
        for key in keys:
            held = self._held.setdefault(key, [])
            if len(held) < CROWDED:
                held.append(number)

    def find(self, columns: dict[str, Any], keys: Sequence[Key], record: Record) -> _Twin:
        """Return the one that is the same work, else one that may be."""
        if item := self._items.get(record.identity):
            return item
        near = nearest([self._held.get(key, []) for key in keys])
        if not near:
            return _NOBODY
        wanted = candidate_of(columns)
        maybe = _NOBODY
        for number in near:
            work = self._works[number]
            score = compare(wanted, work.candidate)
            apart = self.own.apart(work.paper, record.citation_key, record.identity)
            if score.verdict is Verdict.SAME and not apart:
                return _Twin(score.verdict, work.candidate.title, score.why, work.paper)
            if score.verdict is not Verdict.DIFFERENT and maybe is _NOBODY:
                maybe = _Twin(Verdict.MAYBE, work.candidate.title, score.why)
        return maybe
