"""Asking one service after another for what papers lack, and telling which of its works is which paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from db.domain.duplicates import bare_numbers
from db.domain.duplicates.authorship import names, shared
from db.domain.records import Record, Verdict
from db.lookup import Part, Refused, Work, joined
from db.services import parsing
from db.services.lookedup import Hit, hit_of
from db.services.recognising import Choice
from db.services.works import candidate_of, compare_forms
from db.store import absorb

if TYPE_CHECKING:
    from db.domain.duplicates import Score
    from db.lookup import Service
    from db.lookup.web import Web
    from db.services.works import Forms

MOST_TITLE = 500
"""Characters of a title that are asked for: addresses have bounds, and what is longer is no title."""
MOST_WORKS = 200
"""Of one answer that are looked at."""
CLOSE, HALF = 0.05, 0.5
OTHERS = "a work by other people is as like it"
Took = Callable[["Subject", "Hit"], None]
"""Is told of every work that a service knows of a paper."""


@dataclass(slots=True)
class Subject:
    """A paper that is asked for: its columns, which fill as answers come, and what else it is known by."""

    columns: dict[str, Any]
    others: Forms = ()
    maybe: tuple[Service, Hit] | None = None

    @property
    def work(self) -> Work:
        """Return what it is asked for by."""
        return Work(self.columns["title"][:MOST_TITLE], self.columns["arxiv_id"], self.columns["doi"])

    def lacks(self) -> frozenset[Part]:
        """Return what a service could tell of it."""
        return lacking(self.columns)

    def compared(self, piece: str, record: Record) -> Hit:
        """Return how a work of a service stands to the paper; nothing is taken over."""
        seen = absorb.columns(record)
        score = compare_forms((candidate_of(seen),), (candidate_of(self.columns), *self.others))
        return hit_of(self.columns, record, piece, score)

    def take(self, record: Record) -> None:
        """Take a work over, so that the next service is asked for the rest only."""
        absorb.absorb(self.columns, absorb.columns(record), 1)


def lacking(columns: dict[str, Any]) -> frozenset[Part]:
    """Return what a paper lacks that services tell; an inferred year is not known."""
    lacks = {
        Part.AUTHORS: not columns["authors"],
        Part.DATE: columns["year"] is None or columns["year_inferred"],
        Part.NUMBER: not (columns["arxiv_id"] or columns["doi"]),
        Part.ABSTRACT: not columns["abstract"] or columns["abstract_truncated"],
    }
    return frozenset(part for part, is_lacking in lacks.items() if is_lacking)


def plain(record: Record) -> Record:
    """Return what a record says of the work itself, without what somebody thought of it or called it."""
    return replace(
        record,
        citation_key=None,
        notes="",
        keywords=(),
        collections=(),
        attachments=(),
        status=None,
        starred=False,
        rating=0,
        identity="",
    )


def ask(web: Web, service: Service, subjects: Sequence[Subject], took: Took, passed: Callable[[int], None]) -> None:
    """Ask a service for those papers that lack what it tells; raises Unreachable when it does not answer.

    For an abstract alone nobody is asked by title: that is one question a paper, and bibliographies have thousands.
    `passed` is told after each question of how many papers it was about.
    """
    numbered, titled = [], []
    for one in subjects:
        lacks = one.lacks() & service.tells
        number = service.number(one.work) if lacks else None
        if number is not None:
            numbered.append((number, one))
        elif lacks - {Part.ABSTRACT}:
            titled.append(one)
    for at in range(0, len(numbered), service.batch):
        some = numbered[at : at + service.batch]
        _ask_numbers(web, service, some, took)
        passed(len(some))
    for one in titled:
        _ask_title(web, service, one, took)
        passed(1)


def _ask_numbers(web: Web, service: Service, numbered: Sequence[tuple[str, Subject]], took: Took) -> None:
    """Ask for several papers at once; what a service refuses is asked in halves, for one bad number spoils all."""
    try:
        answer = web.ask(service, service.by_numbers([number for number, _one in numbered]))
    except Refused:
        if len(numbered) > 1:
            middle = len(numbered) // 2
            _ask_numbers(web, service, numbered[:middle], took)
            _ask_numbers(web, service, numbered[middle:], took)
        return
    known: dict[str, list[tuple[str, Record]]] = {}
    for piece, record in _works(service, answer):
        for number in bare_numbers(record.arxiv_id, record.doi):
            known.setdefault(number, []).append((piece, record))
    for number, one in numbered:
        _take(service, one, [pair for bare in bare_numbers(number, number) for pair in known.get(bare, ())], took)


def _ask_title(web: Web, service: Service, one: Subject, took: Took) -> None:
    if not any(map(str.isalnum, one.work.title)):
        return
    try:
        answer = web.ask(service, service.by_title(one.work.title))
    except Refused:
        return  # a title that this service cannot take
    _take(service, one, _works(service, answer), took)


def _works(service: Service, answer: str) -> Iterator[tuple[str, Record]]:
    for piece in service.items(answer)[:MOST_WORKS]:
        record = read_piece(service.form, piece)
        if record is not None:
            yield piece, record


def read_piece(form: str, piece: str) -> Record | None:
    """Return the one work of a text in a format, None when it is not exactly one."""
    items = parsing.parse_text(joined(form, [piece]), form, choice=Choice(format=form))
    records = [one for one in items if isinstance(one, Record)]
    return plain(records[0]) if len(records) == 1 else None


def _take(service: Service, one: Subject, works: Iterable[tuple[str, Record]], took: Took) -> None:
    """Take over the work that is surest to be the paper; one that may be it is kept for a person to look at."""
    found = [(one.compared(piece, record), record) for piece, record in works]
    sure = [pair for pair in found if pair[0].score.verdict is Verdict.SAME]
    if sure and not _rivals(sure):
        hit, record = _best(sure)
        one.maybe = None
        if hit.changes:
            one.take(record)
            took(one, hit)
        return
    doubt = [(replace(hit, score=_doubted(hit.score)), record) for hit, record in sure]
    maybe = [hit for hit, _record in (*doubt, *found) if hit.score.verdict is Verdict.MAYBE and hit.changes]
    if maybe and one.maybe is None:
        one.maybe = (service, max(maybe, key=lambda hit: hit.score.score))


def _best(sure: Sequence[tuple[Hit, Record]]) -> tuple[Hit, Record]:
    return max(sure, key=lambda pair: pair[0].score.score)


def _rivals(sure: Sequence[tuple[Hit, Record]]) -> bool:
    """Tell whether two works are about as like the paper as each other, and are by other people.

    By the same people they are a preprint and what was printed of it, for all that a paper without authors tells.
    """
    hit, best = _best(sure)
    close = [record for other, record in sure if other.score.score > hit.score.score - CLOSE]
    both = [shared(names(best.authors), names(one.authors)) for one in close]
    return any(one is not None and one.of_shorter < HALF for one in both)


def _doubted(score: Score) -> Score:
    return replace(score, verdict=Verdict.MAYBE, why=(*score.why, OTHERS))
