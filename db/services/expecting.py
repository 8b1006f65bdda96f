"""What would become of records if they were imported now; the library is only read."""

from __future__ import annotations

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
    Found = tuple[Verdict, str, tuple[str, ...]]

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
                found.append(self._fate(record, columns, own, match))
                if remember:
                    self._earlier.add(columns, own, record.citation_key)
        return found

    def _fate(self, record: Record, columns: dict[str, Any], keys: Sequence[Key], match: Match) -> Expected:
        if match.same is not None:
            return _expected(record, Fate.SAME, match.same.columns, match.why)
        verdict, title, why = self._earlier.find(columns, keys, record.citation_key)
        if verdict is Verdict.SAME:
            return _expected(record, Fate.REPEATED, {"title": title}, why)
        if match.maybe:
            paper, score = match.maybe[0]
            return _expected(record, Fate.MAYBE, paper.columns, score.why)
        if verdict is Verdict.MAYBE:
            return _expected(record, Fate.MAYBE, {"title": title}, why)
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


class _Earlier:
    """The records of the drop so far, by their blocking keys, up to a bound."""

    def __init__(self) -> None:
        self._candidates: list[tuple[Candidate, str | None]] = []
        self._held: dict[Key, list[int]] = {}
        self._room = MOST_CHARACTERS

    def add(self, columns: dict[str, Any], keys: Sequence[Key], citation_key: str | None) -> None:
        if self._room <= 0:
            return
        self._room -= len(columns["title"]) + len(columns["abstract"]) + 500
        number = len(self._candidates)
        self._candidates.append((candidate_of(columns), citation_key))
        for key in keys:
            held = self._held.setdefault(key, [])
            if len(held) < CROWDED:
                held.append(number)

    def find(self, columns: dict[str, Any], keys: Sequence[Key], citation_key: str | None) -> Found:
        """Return how sure one of them is the same work, its title, and why."""
        nothing: Found = (Verdict.DIFFERENT, "", ())
        near = nearest([self._held.get(key, []) for key in keys])
        if not near:
            return nothing
        wanted = candidate_of(columns)
        maybe: Found | None = None
        for number in near:
            one, other_key = self._candidates[number]
            score = compare(wanted, one)
            apart = citation_key and other_key and citation_key != other_key
            if score.verdict is Verdict.SAME and not apart:
                return score.verdict, one.title, score.why
            if score.verdict is not Verdict.DIFFERENT:
                maybe = maybe or (Verdict.MAYBE, one.title, score.why)
        return maybe or nothing
