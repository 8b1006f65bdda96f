"""What would become of records if they were imported now; the library is only read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from db.domain.duplicates import compare
from db.domain.records import Verdict
from db.services.forecast import Expected, Fate
from db.services.intake import with_year
from db.services.matching import CROWDED, Matcher, nearest
from db.services.preparing import keys_of
from db.services.works import candidate_of
from db.store import absorb

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.domain.duplicates import Candidate
    from db.domain.records import Record
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
        self._items: Mapping[str, int] | None = None

    def of(self, records: Sequence[Record], *, remember: bool = True) -> list[Expected]:
        """Return what would become of the records; with `remember` later ones are compared with them too."""
        found = []
        with self._library.reading() as session:
            matcher = Matcher(session)
            matcher.items = self._items
            keys = [keys_of(record) for record in records]
            matcher.load(keys, (record.identity for record in records))
            self._items = matcher.items
            for record, own in zip(records, keys, strict=True):
                columns = absorb.columns(record)
                match = matcher.find(columns, own, record.citation_key, record.identity)
                twin = _NOBODY if match.same else self._earlier.find(columns, own, record)
                found.append(_fate(record, match, twin))
                if remember:
                    self._earlier.add(columns, own, record, twin)
        return found


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


@dataclass(slots=True)
class _Work:
    """A record of the drop; `items` are those of other libraries that the drop has of its work so far."""

    candidate: Candidate
    citation_key: str | None
    items: set[str]

    def apart(self, record: Record) -> bool:
        """Tell whether the drop has the two as two: under two keys, or as two items of one library."""
        library = record.identity.rpartition("/")[0]
        if record.identity and any(one.rpartition("/")[0] == library for one in self.items):
            return record.identity not in self.items
        return bool(record.citation_key and self.citation_key and record.citation_key != self.citation_key)


@dataclass(frozen=True, slots=True)
class _Twin:
    """How sure an earlier record of the drop is the same work, its title, and why."""

    verdict: Verdict
    title: str = ""
    why: tuple[str, ...] = ()
    items: set[str] = field(default_factory=set)


_NOBODY = _Twin(Verdict.DIFFERENT)


class _Earlier:
    """The records of the drop so far, by their blocking keys, up to a bound."""

    def __init__(self) -> None:
        self._works: list[_Work] = []
        self._held: dict[Key, list[int]] = {}
        self._room = MOST_CHARACTERS

    def add(self, columns: dict[str, Any], keys: Sequence[Key], record: Record, twin: _Twin) -> None:
        """Remember a record; it shares the items of a `twin` that is the same work."""
        if self._room <= 0:
            return
        self._room -= len(columns["title"]) + len(columns["abstract"]) + 500
        items = twin.items if twin.verdict is Verdict.SAME else set()
        if record.identity:
            items.add(record.identity)
        number = len(self._works)
        self._works.append(_Work(candidate_of(columns), record.citation_key, items))
        for key in keys:
            held = self._held.setdefault(key, [])
            if len(held) < CROWDED:
                held.append(number)

    def find(self, columns: dict[str, Any], keys: Sequence[Key], record: Record) -> _Twin:
        """Return the one that is the same work, else one that may be."""
        near = nearest([self._held.get(key, []) for key in keys])
        if not near:
            return _NOBODY
        wanted = candidate_of(columns)
        maybe = _NOBODY
        for number in near:
            work = self._works[number]
            score = compare(wanted, work.candidate)
            if score.verdict is Verdict.SAME and not work.apart(record):
                return _Twin(score.verdict, work.candidate.title, score.why, work.items)
            if score.verdict is not Verdict.DIFFERENT and maybe is _NOBODY:
                maybe = _Twin(Verdict.MAYBE, work.candidate.title, score.why)
        return maybe
