"""Every order and its beginning against a plain sort in Python, over a library that past use has left traces in."""

from __future__ import annotations

import random
import threading
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from db.domain.errors import Cancelled
from db.domain.records import Paper, PaperRow
from db.services import editing, library, reading, searching
from db.services.searching import Asking, Question
from db.store import firstpage, ordering, relevance
from db.store.engines import postgresql, sqlite
from db.store.idset import IdSet
from tests.bench import biglibrary

PAPERS = 900
SORTS = "title authors date tags status comments dumps key added rating starred".split()


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Iterator[library.Library]:
    """A library with dumps, tags, dates, versions, a trash, and one paper in two dumps of several."""
    folder = tmp_path_factory.mktemp("used")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(biglibrary, "AT_ONCE", 60)
        patch.setattr(biglibrary, "AT_ONE_COMMIT", 300)
        biglibrary.make(folder / "used.sheaf", PAPERS, used=True)
    opened = library.Library.open(folder / "used.sheaf")
    ids = searching.find(opened, sort="added", descending=False).ids
    editing.trash(opened, ids[5:60:7].tolist())
    yield opened
    opened.close()


@pytest.fixture
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a library of hundreds be cut as one of a million is."""
    monkeypatch.setattr(postgresql, "PART", 16)
    monkeypatch.setattr(sqlite, "BEGINNING", 16)
    monkeypatch.setattr(sqlite, "PIECE", 24)
    monkeypatch.setattr(ordering, "FEW", 10)
    monkeypatch.setattr(firstpage, "ENOUGH", 12)
    monkeypatch.setattr(firstpage, "SPAN", 40)
    monkeypatch.setattr(firstpage, "TRIED", (20, 100))


@dataclass(frozen=True)
class Told:
    """What the library says of all its papers, the trash included, each by its id."""

    papers: dict[int, Paper]
    rows: dict[int, PaperRow]
    columns: dict[int, Any]


@pytest.fixture(scope="module")
def told_of(used: library.Library) -> Told:
    """What is sorted by in Python; no test of this file changes it."""
    with used.reading() as session:
        found = session.connection().exec_driver_sql("SELECT id, title_sort, authors_sort, date_sort FROM paper")
        columns = {row.id: row for row in found}
    ids = sorted(columns)
    papers = {paper.id: paper for paper in reading.papers(used, ids)}
    return Told(papers, {row.id: row for row in reading.rows(used, ids)}, columns)


def plain(told: Told, found: Iterable[int], sort: str, *, descending: bool) -> list[int]:
    """Return papers that were found, sorted as the table promises, by what its rows say."""
    ids = sorted(found)
    papers, rows, columns = told.papers, told.rows, told.columns
    statuses = ordering.STATUSES
    value: dict[str, Callable[[int], Any]] = {
        "title": lambda one: columns[one].title_sort,
        "authors": lambda one: (
            (columns[one].authors_sort, -1 if papers[one].author_count is None else papers[one].author_count)
            if columns[one].authors_sort or papers[one].author_count is not None
            else None
        ),
        "date": lambda one: columns[one].date_sort or None,
        "tags": lambda one: min((tag.name.casefold() for tag in rows[one].tags), default=None),
        "status": lambda one: statuses.index(rows[one].status),
        "comments": lambda one: rows[one].comments,
        "dumps": lambda one: rows[one].dumps or None,
        "key": lambda one: rows[one].citation_key,
        "rating": lambda one: rows[one].rating or None,
        "starred": lambda one: rows[one].starred,
    }
    if sort == "added":
        if not descending:
            return ids
        return sorted(ids, key=lambda one: (rows[one].added_at, -one), reverse=True)
    known = [one for one in ids if value[sort](one) is not None]
    rest = [one for one in ids if value[sort](one) is None]
    return sorted(known, key=lambda one: (value[sort](one), one), reverse=descending) + sorted(rest, reverse=descending)


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("scope", ["", "model", "is:unread", "tag:dpo", "is:trash", "the OR has:notes"])
def test_an_order_is_that_of_a_plain_sort_and_its_beginning_is_a_part_of_it(
    used: library.Library, told_of: Told, scope: str, sort: str, descending: bool
) -> None:
    told: list[array[int]] = []
    asking = Asking(lambda ids, _marks: told.append(ids))
    found = searching.find(used, scope, sort=sort, descending=descending, asking=asking)
    assert found.ids.tolist() == plain(told_of, searching.find(used, scope).ids, sort, descending=descending)
    for beginning in told:
        assert beginning == found.ids[: len(beginning)]
    if not scope:
        assert told


@pytest.mark.parametrize(
    "asked",
    [
        "model", "the model", '"the model"', "model is:unread", "model -the", "model -is:unread", "model OR the",
        "(model OR tag:dpo) is:unread", "(model OR is:trash) the", "model is:trash",
        "((model tag:dpo) OR the) is:unread", "title:model", "abstract:model", "model (the OR -of)",
    ],
)  # fmt: skip
def test_the_beginning_of_a_ranked_answer_is_a_part_of_it(used: library.Library, asked: str) -> None:
    told: list[array[int]] = []
    found = searching.find(used, asked, sort="relevance", asking=Asking(lambda ids, _marks: told.append(ids))).ids
    assert sorted(found) == sorted(searching.find(used, asked).ids)
    for beginning in told:
        assert beginning == found[: len(beginning)]
    if asked in ("model", "model is:unread"):
        assert told


def test_of_very_many_titles_the_newest_are_ranked(used: library.Library, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = "title:a"
    newest = sorted(searching.find(used, asked).ids, reverse=True)
    monkeypatch.setattr(relevance, "TITLES", 5)
    monkeypatch.setattr(relevance, "MOST", 8)
    found = searching.find(used, asked, sort="relevance").ids.tolist()
    assert len(newest) > 20
    assert set(found[:5]) == set(newest[:5])
    assert found[5:] == [one for one in searching.find(used, asked).ids if one not in newest[:5]]


@pytest.mark.usefixtures("small_steps")
@pytest.mark.parametrize(
    ("asked", "holds"),
    [
        ("is:frozen", lambda paper: paper.key_frozen),
        ("-is:frozen", lambda paper: not paper.key_frozen),
        ("has:notes", lambda paper: paper.notes),
        ("-has:notes", lambda paper: not paper.notes),
        ("has:abstract", lambda paper: paper.abstract),
        ("-has:abstract", lambda paper: not paper.abstract),
        ("has:doi", lambda paper: paper.doi),
        ("has:arxiv", lambda paper: paper.arxiv_id),
        ("year:2015-2018", lambda paper: paper.date.year and 2015 <= paper.date.year <= 2018),
        ("-year:<2020", lambda paper: not paper.date.year or paper.date.year >= 2020),
        ("collection:Thesis", lambda paper: any(one.name == "Thesis" for one in paper.collections)),
        ("dump:#3", lambda paper: any(one.source_id == 3 for one in paper.sightings)),
        ("-dump:#3 -tag:dpo", lambda paper: all(one.source_id != 3 for one in paper.sightings) and not tagged(paper)),
    ],
)
def test_a_filter_finds_what_its_papers_say(used: library.Library, asked: str, holds: Callable[[Any], object]) -> None:
    told: list[array[int]] = []
    found = searching.find(used, asked, asking=Asking(lambda ids, _marks: told.append(ids))).ids
    ids = searching.find(used).ids
    assert found.tolist() == [paper.id for paper in reading.papers(used, ids) if holds(paper)]
    assert 0 < len(found) < len(ids)
    assert all(beginning == found[: len(beginning)] for beginning in told)


def tagged(paper: Any) -> bool:
    return any(tag.name == "dpo" for tag in paper.tags)


def test_a_question_that_was_withdrawn_is_not_answered(used: library.Library) -> None:
    question = Question()
    question.withdraw()
    with pytest.raises(Cancelled):
        searching.find(used, "model", asking=Asking(None, question))
    assert searching.find(used, "model").total


def test_a_question_is_withdrawn_in_the_middle_of_its_statement(used: library.Library) -> None:
    question = Question()
    timer = threading.Timer(0.2, question.withdraw)
    timer.start()
    with pytest.raises(Cancelled):
        count_on(used, question)
    timer.join()
    with used.reading() as session:  # the connection serves others again
        assert ordering.highest(session) == PAPERS


@pytest.mark.parametrize("sort", ["added", "title", "tags", "relevance"])
@pytest.mark.parametrize("text", ["", "model", "is:unread"])
@pytest.mark.usefixtures("small_steps")
def test_a_question_is_withdrawn_between_two_statements(used: library.Library, text: str, sort: str) -> None:
    """What ends a statement does nothing while none runs; then the next one is not begun."""
    question, begun = Question(), list[int]()

    def first(ids: array[int], _marks: searching.Marks) -> None:
        begun.append(len(ids))
        question.withdraw()

    with pytest.raises(Cancelled):
        searching.find(used, text, sort=sort, asking=Asking(first, question))
    assert len(begun) == 1


@pytest.mark.usefixtures("small_steps")
def test_no_part_of_an_answer_comes_after_the_question_was_withdrawn(used: library.Library) -> None:
    question = Question()
    with pytest.raises(Cancelled):
        withdraw_after_a_part(used, question)
    with used.reading() as session:
        assert len(ordering.ids_of(session, "SELECT id FROM paper")) == PAPERS


def withdraw_after_a_part(used: library.Library, question: Question) -> None:
    with used.reading(question) as session:
        parts = ordering.parts_of(session, "SELECT id FROM paper")
        assert next(parts)
        question.withdraw()
        next(parts)


def count_on(used: library.Library, question: Question) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i % 9 + 1 FROM n) SELECT i FROM n WHERE i < 0"
    with used.reading(question) as session:
        ordering.ids_of(session, endless)


def test_a_set_of_ids_is_a_set() -> None:
    dice = random.Random(3)
    numbers = [dice.randrange(-5, 10_010) for _ in range(6_000)]
    ids = IdSet(10_000, numbers)
    wanted = {one for one in numbers if 0 <= one <= 10_000}
    assert len(ids) == len(wanted)
    assert ids.ascending().tolist() == sorted(wanted)
    assert all((one in ids) == (one in wanted) for one in range(-10, 10_020))
    taken = ids.take([*range(10_020, -20, -2)])
    assert taken.tolist() == sorted((one for one in wanted if one % 2 == 0), reverse=True)
    assert ids.ascending().tolist() == sorted(one for one in wanted if one % 2)
    assert len(ids) == len(wanted) - len(taken)
