"""Facets: how many papers of an answer have each year, tag, dump and so on, and the search with one more or less.

A count is what a plain click would show: it leaves out what the search text itself asks of that field. Small answers
are counted from their rows; for others each field is read once into a column (`Shelf`), and kept while it holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.domain.facets import Answer, Facet, Value, Years, years_of
from db.domain.query import LONGEST_SCOPE, Query, both, filters
from db.services.facetvalues import Known, listed, waiting
from db.services.progress import Progress, silent
from db.services.shelf import Shelf
from db.services.understanding import understood
from db.store import facets as store
from db.store import finding
from db.store.question import Question

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Hashable, Mapping

    from db.domain.facets import Column
    from db.services.library import Library
    from db.services.progress import Report
    from db.store.sessions import Session

    Part = Callable[[Facet | Years], None]
    Counts = dict[Hashable, int]

__all__ = [
    "FIELDS", "FIRST", "Asked", "Facet", "Question", "Shelf", "Value", "Years", "build", "cleared", "clicked", "count",
    "means", "with_years", "without_years",
]  # fmt: skip

FIELDS = ("year", "tag", "status", filters.MARK, "dump", "org", "author")
"""The fields in the order in which they are counted."""
FEW = 2_000
"""Papers that are counted from their rows: more would be slower than a pass over a column."""
COUNTED_FROM = {filters.MARK: (filters.MARK, "code", "year")}
"""The columns of a field, where they are several."""
FIRST = 8
"""Values of a field that are told unless more are asked for."""
ONE_EACH = frozenset({"year", "status", "org"})
"""Fields of which a paper has one value at most, so that two of them are never met at once."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: papers `ids`, which the text finds in the scope.

    Of each field the first values are told, as many as `most` says (8 without); with `typed` those whose name holds it.
    """

    ids: array[int]
    text: str = ""
    scope: str = ""
    fields: tuple[str, ...] = FIELDS
    most: Mapping[str, int] = field(default_factory=dict)
    typed: str = ""


def count(library: Library, shelf: Shelf, asked: Asked, part: Part, question: Question | None = None) -> bool:
    """Count the papers by each field and hand over one after the other; return whether all could be counted.

    What could not, waits for `build`. Raises Cancelled when the question is withdrawn.
    """
    tick = question.check if question is not None else _nothing
    filters.key_of("year:2000")  # loads the parser here, as a click asks it on the UI thread
    whole = True
    turn = shelf.version()  # before anything is read
    with library.reading(question) as session:
        shelf.catch_up(session, tick)
        counting = _Counting(session, (shelf, turn), asked, tick)
        for one in asked.fields:
            told = counting.facet(one)
            whole = whole and not told.is_coming
            part(told)
    return whole


def build(
    library: Library,
    shelf: Shelf,
    report: Report = silent,
    part: Callable[[str], None] | None = None,
    question: Question | None = None,
) -> None:
    """Read the columns that the shelf lacks; `part` is told what can be counted after each.

    `report` may raise Cancelled; so does a statement, which takes seconds of a million papers, once the question is
    withdrawn.
    """
    for done, what in enumerate(store.PARTS):
        at = Progress(done, len(store.PARTS), "")
        with library.reading(question) as session:
            read = shelf.fill(session, what, lambda at=at: report(at))  # type: ignore[misc]
        if read and part is not None:
            part(what)


def _nothing() -> None:
    """Let nobody withdraw it."""


class _Counting:
    """Counts for one question."""

    def __init__(self, session: Session, kept: tuple[Shelf, int], asked: Asked, tick: Callable[[], None]) -> None:
        self._session, self._asked, self._tick = session, asked, tick
        self._shelf, self._turn = kept
        self._answer = Answer(asked.ids)
        self._rows: dict[str, Column] = {}
        self._known = Known(store.tags(session), store.dumps(session))
        scope = filters.filters_of(asked.scope)
        self._within = {key: "within" for one in scope if not one.negative for key in one.keys}

    def facet(self, name: str) -> Facet | Years:
        """Return the values of a field with their counts."""
        text = self._asked.text
        wanted, unwanted = filters.wanted(text, name), filters.unwanted(text, name)
        counts = self._counts(name, sideways=bool(wanted) and name != filters.MARK)
        if name == "year":
            if counts is None:
                return Years(is_coming=True)
            return years_of(
                counts, [value for keys in wanted for _name, value in keys], [one for _name, one in unwanted]
            )
        states = self._within | dict.fromkeys(unwanted, "unwanted")
        states |= {key: "wanted" for keys in wanted for key in keys}
        if counts is None:
            return waiting(name, states, self._known)
        return listed(name, counts, states, self._known, (self._asked.most.get(name, FIRST), self._asked.typed))

    def _counts(self, name: str, *, sideways: bool) -> Counts | None:
        """Return the papers by value, None while that has to wait; `sideways` without what the text asks of it."""
        asked = self._asked
        text = filters.without(asked.text, name) if sideways else asked.text
        question = text, asked.scope, None if sideways else asked.ids
        # What was counted from rows, or of a search of its own, holds as long as nothing changes at all.
        from_columns = not sideways and len(asked.ids) > FEW
        version = self._shelf.version(*COUNTED_FROM.get(name, (name,))) if from_columns else self._turn
        counts = self._shelf.counted(name, question, version)
        if counts is None:
            answer = self._found(text) if sideways else self._answer
            counts = self._marks(answer) if name == filters.MARK else self._by_value(name, answer)
            if counts is not None:
                self._shelf.keep(name, question, version, counts)
        return counts

    def _found(self, text: str) -> Answer:
        within, asked = understood(self._session, self._asked.scope, LONGEST_SCOPE), understood(self._session, text)
        return Answer(finding.unordered(self._session, Query(both(within.node, asked.node))))

    def _by_value(self, name: str, answer: Answer) -> Counts | None:
        column = self._column(name, answer)
        if column is None:
            return None
        counts: Counts = column.count(answer, self._tick)
        if name == "year":
            counts[None] = len(answer.ids) - sum(counts.values())
        return counts

    def _marks(self, answer: Answer) -> Counts | None:
        found: Counts = {}
        for name in COUNTED_FROM[filters.MARK]:
            counts = self._by_value(name, answer)
            if counts is None:
                return None
            found |= {"-has:date": counts[None]} if name == "year" else counts
        return found

    def _column(self, name: str, answer: Answer) -> Column | None:
        if len(answer.ids) > FEW:
            return self._shelf.column(name)
        if answer is not self._answer:
            return store.column(self._session, name, answer.ids, self._tick)
        if name not in self._rows:
            self._rows[name] = store.column(self._session, name, answer.ids, self._tick)
        return self._rows[name]


def clicked(text: str, value: Value, how: str = "only") -> str:
    """Return the search text after a click on a value.

    `how` is `only` (in the place of other values of its field), `and`, `or`, or `not`; what is chosen already goes.
    """
    wanted = {key for keys in filters.wanted(text, value.field) for key in keys}
    is_wanted, is_unwanted = (
        not wanted.isdisjoint(value.keys),
        not set(filters.unwanted(text, value.field)).isdisjoint(value.keys),
    )
    rest = filters.dropped(text, value.keys)
    if (is_wanted and how != "not") or (is_unwanted and how in ("only", "not")):
        return rest
    if how == "not":
        return filters.but_not(rest, value.term)
    if how == "or" or (how == "and" and value.field in ONE_EACH):
        return filters.either(rest, value.field, value.term)
    if how == "and" or value.field == filters.MARK:
        return filters.also(rest, value.term)
    return filters.only(rest, value.field, [value.term])


def with_years(text: str, low: int | None, high: int | None, how: str = "only") -> str:
    """Return the search text after a choice of the years from the first to the last, as `clicked` does it."""
    years = Value("year", "", filters.years(low, high), frozenset({("year", (low, high))}), None)
    return clicked(text, years, how)


def without_years(text: str) -> str:
    """Return the search text that asks for no year and leaves none out."""
    return filters.dropped(text, filters.asked(text, "year"))


def cleared(text: str) -> str:
    """Return the search text without anything that a facet can put in."""
    return filters.cleared(text, FIELDS)


def means(term: str, value: Value) -> bool:
    """Tell whether a condition, as the sidebar writes it, asks for a value."""
    return filters.key_of(term) in value.keys
