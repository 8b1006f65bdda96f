"""The review queue by keyboard: compare, choose, merge, keep apart, put off, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import services
from db.services.progress import silent
from desktop.views.review import ReviewView
from desktop.views.review_fields import rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.context import AppContext

ABSTRACT = (
    "We study how large language models can be aligned with what people prefer, compare twelve methods on "
    "public data, and find that the simplest of them is the best one in most of the settings."
)


@pytest.fixture
def twins(library: Library, add_paper: Callable[..., int]) -> list[tuple[int, ...]]:
    """Two sets for the queue, as the library itself finds them."""
    add_paper("Aligning Language Models with People", abstract=ABSTRACT, doi="10.1145/1")
    add_paper("What People Prefer: Twelve Ways to Ask Them", abstract=ABSTRACT, venue="ACL")
    add_paper("Rivers and their Beds in the North of Europe", abstract="We measured two hundred rivers by hand.")
    add_paper("Rivers and their Beds in the North of Europe", abstract="Poems about water, snow and old bridges.")
    services.merging.find_duplicates(library, silent)
    found = [one.ids for one in services.merging.queue(library)]
    assert len(found) == 2
    return found


@pytest.fixture
def review(qtbot: QtBot, opened: AppContext, twins: list[tuple[int, ...]]) -> ReviewView:
    """The queue on the screen."""
    made = ReviewView(opened)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    made.load()
    made.setFocus()
    qtbot.waitUntil(lambda: len(made.sets) == len(twins) and made.foot.merge.isEnabled())
    return made


def live(library: Library) -> int:
    return int(services.reading.sidebar(library).all)


def test_an_empty_queue_says_what_would_fill_it(qtbot: QtBot, opened: AppContext) -> None:
    view = ReviewView(opened)
    qtbot.addWidget(view)
    view.show()
    view.load()
    qtbot.waitUntil(view.empty.isVisible)  # the answer comes when it comes: no fixed time is long enough
    assert not view.foot.merge.isEnabled()


def test_differing_fields_come_with_marked_words(
    review: ReviewView, library: Library, twins: list[tuple[int, ...]]
) -> None:
    made = {row.field: row for row in rows(services.reading.papers(library, twins[0]))}
    assert made["abstract"].differs
    assert any(made["abstract"].marks)
    assert not made["title"].differs
    assert review.head.counter.text() == f"1 of {len(twins)}"
    assert "alike" in review.head.score.text()


def test_arrows_go_between_sets(review: ReviewView) -> None:
    QTest.keyClick(review, Qt.Key.Key_Right)
    assert review.head.counter.text().startswith("2 of")
    QTest.keyClick(review, Qt.Key.Key_Left)
    assert review.head.counter.text().startswith("1 of")


def test_a_value_is_chosen_by_number_and_goes_into_the_merge(
    qtbot: QtBot, review: ReviewView, library: Library, twins: list[tuple[int, ...]]
) -> None:
    ids = review.sets[0].ids
    wanted = services.reading.paper(library, ids[1])
    assert wanted is not None
    QTest.keyClick(review, Qt.Key.Key_Down)
    row = review.grid.current()
    assert row is not None
    assert row.field == "abstract"
    QTest.keyClick(review.focusWidget() or review, Qt.Key.Key_2)
    assert review._choices == {"abstract": ids[1]}
    before = live(library)
    QTest.keyClick(review, Qt.Key.Key_M)
    qtbot.waitUntil(lambda: len(review.sets) == len(twins) - 1)
    assert live(library) == before - 1
    assert wanted.abstract in {paper.abstract for paper in services.reading.papers(library, ids)}
    QTest.keyClick(review, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: len(review.sets) == len(twins))
    assert live(library) == before


def test_different_is_remembered(qtbot: QtBot, review: ReviewView, library: Library) -> None:
    count, ids = len(review.sets), review.sets[0].ids
    QTest.keyClick(review, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: len(review.sets) == count - 1)
    services.merging.find_duplicates(library, silent)
    assert ids not in [one.ids for one in services.merging.queue(library)]


def test_later_puts_a_set_last(qtbot: QtBot, review: ReviewView) -> None:
    ids = review.sets[0].ids
    QTest.keyClick(review, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: review.sets[-1].ids == ids)
    assert review.sets[-1].later


@pytest.mark.parametrize("key", [Qt.Key.Key_M, Qt.Key.Key_D, Qt.Key.Key_L])
def test_undo_shows_the_set_that_it_brings_back(qtbot: QtBot, review: ReviewView, key: Qt.Key) -> None:
    first, second = (one.ids for one in review.sets)
    QTest.keyClick(review, key)
    qtbot.waitUntil(lambda: review.sets[0].ids == second and review.foot.merge.isEnabled())
    QTest.keyClick(review, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: len(review.sets) == 2 and not review.sets[0].later and not review.sets[1].later)
    assert review.sets[review._at].ids == first
    assert review.head.counter.text() == f"{review._at + 1} of 2"


def test_escape_closes(qtbot: QtBot, review: ReviewView) -> None:
    with qtbot.waitSignal(review.closed):
        QTest.keyClick(review, Qt.Key.Key_Escape)


def test_after_later_the_next_set_is_shown(qtbot: QtBot, review: ReviewView) -> None:
    second = review.sets[1].ids
    QTest.keyClick(review, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: review.sets[0].ids == second and review.foot.merge.isEnabled())
    QTest.keyClick(review, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: len(review.sets) == 1)
    assert review.sets[0].ids != second


def test_the_counter_of_the_sidebar_counts_sets(review: ReviewView, library: Library) -> None:
    assert services.reading.sidebar(library).review == len(review.sets)


def test_what_there_is_to_choose_comes_before_what_is_equal(library: Library, add_paper: Callable[..., int]) -> None:
    ids = [add_paper("Equal Titles", abstract=ABSTRACT, date=f"202{n}-03", venue=f"Place {n}") for n in (1, 4)]
    made = rows(services.reading.papers(library, ids))
    assert [row.field for row in made if row.choosable] == [row.field for row in made[1:3]]
    assert made[0].field == "title"


def test_the_sets_that_gain_most_come_first_when_asked(
    qtbot: QtBot, review: ReviewView, library: Library, twins: list[tuple[int, ...]]
) -> None:
    last = review.sets[-1].ids
    services.editing.set_fields(library, last[:1], {"venue": "Here", "date": "2024", "comments": "2"})
    services.editing.set_fields(library, last[1:], {"organization": "Kettle Works", "author_count": "3"})
    review.head.order.setFocus()
    QTest.keyClick(review.head.order, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: review.sets[0].ids == last)
    assert review.head.counter.text().startswith("1 of")
    qtbot.waitUntil(lambda: "Gains" in review.foot.gains.text() and review.foot.merge.isEnabled())
    review.setFocus()
    QTest.keyClick(review, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: len(review.sets) == len(twins) - 1)
    assert review.sets[0].ids != last
