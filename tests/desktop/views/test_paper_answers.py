"""Long answers: their first rows are shown before the rest is known, and nothing on the screen moves when it comes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from db.domain.errors import LibraryError
from db.services import reading, searching
from db.store import finding, firstpage
from desktop.views import paper_answers
from desktop.views.paper_table import UNKNOWN, PaperTable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.context import AppContext

NUMBER = 60


class Gate:
    """Keeps whole answers back until it is opened; the beginnings pass."""

    def __init__(self) -> None:
        self._opened = threading.Event()
        self._opened.set()
        self.waiting = threading.Event()
        self.failure: LibraryError | None = None

    def close(self) -> None:
        self._opened.clear()
        self.waiting.clear()

    def open(self) -> None:
        self._opened.set()

    def wait(self) -> None:
        self.waiting.set()
        assert self._opened.wait(20)
        if self.failure is not None:
            raise self.failure


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    real = searching.find

    def find(*given: Any, **named: Any) -> searching.Found:
        found = real(*given, **named)
        made.wait()  # the beginning is told by now
        return found

    monkeypatch.setattr(searching, "find", find)
    monkeypatch.setattr(firstpage, "ENOUGH", 10)
    monkeypatch.setattr(finding, "WEIGHED", 20)
    monkeypatch.setattr(firstpage, "SPAN", 12)
    monkeypatch.setattr(firstpage, "GROWTH", 1)
    yield made
    made.open()


@pytest.fixture(params=[True, False], ids=["best first", "newest first"])
def table(
    qtbot: QtBot,
    context: AppContext,
    library: Library,
    add_paper: Callable[..., int],
    gate: Gate,
    request: pytest.FixtureRequest,
) -> Iterator[PaperTable]:
    """A table that shows sixty papers, the newest first, and of a search the best or the newest first."""
    for number in range(NUMBER):
        add_paper(f"Lantern {number:02d} {'even' if number % 2 == 0 else 'odd'}")
    table = PaperTable(context)
    table.view.header.best_first = request.param
    qtbot.addWidget(table)
    context.changed.connect(table.refresh)
    table.resize(900, 300)
    table.show()
    context.set_library(library)
    qtbot.waitUntil(lambda: table.answers.found)
    yield table
    gate.open()
    context.tasks.shutdown()
    context.library = None


def test_the_first_rows_come_before_the_rest_which_is_put_behind_them(
    qtbot: QtBot, table: PaperTable, gate: Gate
) -> None:
    counts: list[tuple[int, int, int]] = []
    resets: list[None] = []
    table.counts_changed.connect(lambda *told: counts.append(told))
    table.model.modelReset.connect(lambda: resets.append(None))
    gate.close()
    table.set_query("even")
    qtbot.waitUntil(lambda: table.answers.is_coming)
    qtbot.waitUntil(gate.waiting.is_set)
    begun = table.shown_ids()
    assert 10 <= len(begun) < NUMBER // 2
    assert counts[-1][:2] == (UNKNOWN, NUMBER)
    gate.open()
    with qtbot.waitSignal(table.answered):
        pass
    assert table.shown_ids()[: len(begun)] == begun
    assert table.model.rowCount() == NUMBER // 2
    assert len(resets) == 1
    assert counts[-1][:2] == (NUMBER // 2, NUMBER)


def test_what_is_chosen_stays_chosen_though_it_comes_with_the_rest(qtbot: QtBot, table: PaperTable, gate: Gate) -> None:
    oldest = table.shown_ids()[-1]
    with qtbot.waitSignals([table.selection_changed, table.current_changed]):
        table.select_ids([oldest])
    table.view.verticalScrollBar().setValue(0)
    told: list[object] = []
    table.selection_changed.connect(told.append)
    table.current_changed.connect(told.append)
    gate.close()
    table.set_query("even")
    qtbot.waitUntil(lambda: 0 < table.model.rowCount() < NUMBER // 2)  # not at once: the chosen one might be near
    assert table.answers.is_choice_open
    gate.open()
    with qtbot.waitSignal(table.answered):
        pass
    assert table.selected_ids() == [oldest]
    assert told == []


def test_all_are_chosen_that_are_still_to_come(qtbot: QtBot, table: PaperTable, gate: Gate) -> None:
    gate.close()
    table.set_query("even")
    qtbot.waitUntil(lambda: 0 < table.model.rowCount() < NUMBER // 2)
    table.select_all()
    assert table.selected_count() == table.model.rowCount()
    done: list[int] = []
    table.when_chosen(lambda: done.append(table.selected_count()))
    assert not done  # else a part of them alone would be tagged, or moved to the trash
    gate.open()
    qtbot.waitUntil(lambda: done == [NUMBER // 2])
    table.when_chosen(lambda: done.append(table.selected_count()))
    assert done == [NUMBER // 2] * 2


def test_what_is_chosen_otherwise_meanwhile_stays_so(qtbot: QtBot, table: PaperTable, gate: Gate) -> None:
    gate.close()
    table.set_query("even")
    qtbot.waitUntil(lambda: 0 < table.model.rowCount() < NUMBER // 2)
    table.select_all()
    second = table.shown_ids()[1]
    table.view.selectRow(1)
    gate.open()
    with qtbot.waitSignal(table.answered):
        pass
    assert table.selected_ids() == [second]


def test_what_is_done_with_the_chosen_waits_for_all_of_them(qtbot: QtBot, table: PaperTable, gate: Gate) -> None:
    shown = table.shown_ids()
    wanted = [shown[1], shown[-1]]
    table.select_ids(wanted)
    gate.close()
    table.sort("title")
    qtbot.waitUntil(lambda: table.answers.is_choice_open)
    done: list[list[int]] = []
    table.when_chosen(lambda: done.append(sorted(table.selected_ids())))
    assert not done
    gate.open()
    qtbot.waitUntil(lambda: done == [sorted(wanted)])


def test_nothing_is_done_with_the_beginning_of_an_answer_that_fails(
    qtbot: QtBot, table: PaperTable, gate: Gate, context: AppContext
) -> None:
    gate.close()
    table.set_query("even")
    qtbot.waitUntil(lambda: 0 < table.model.rowCount() < NUMBER // 2)
    done: list[int] = []

    def do() -> None:
        done.append(table.model.rowCount())

    table.when_whole(do)
    context.fail(LibraryError("Another thing went wrong."))
    assert table.answers.is_coming  # which is no reason to give up
    gate.failure = LibraryError("The library is on a disk that went away.")
    with qtbot.waitSignal(context.failed):
        gate.open()
    gate.failure = None
    assert not table.answers.is_coming
    assert not table.waiting.is_whole
    assert not done
    table.when_whole(do)
    qtbot.waitUntil(lambda: done == [NUMBER // 2])  # asked once more


def test_a_change_keeps_the_rows_until_all_are_known_again(
    qtbot: QtBot, table: PaperTable, gate: Gate, library: Library, context: AppContext
) -> None:
    from db.services import editing

    shown = table.shown_ids()
    gate.close()
    context.run("Trash", lambda library: editing.trash(library, shown[:1]))
    qtbot.waitUntil(gate.waiting.is_set)
    qtbot.wait(2 * paper_answers.PATIENCE_MS)
    assert table.shown_ids() == shown
    gate.open()
    qtbot.waitUntil(lambda: table.shown_ids() == shown[1:])


def test_a_newer_question_is_answered_in_place_of_the_one_under_way(
    qtbot: QtBot, table: PaperTable, gate: Gate
) -> None:
    answered: list[None] = []
    table.answered.connect(lambda: answered.append(None))
    gate.close()
    table.set_query("even")
    qtbot.waitUntil(gate.waiting.is_set)
    table.set_query("odd")
    qtbot.waitUntil(lambda: table.model.paper(0) is not None and "odd" in table.model.paper(0).title)  # type: ignore[union-attr]
    gate.open()
    qtbot.waitUntil(lambda: bool(answered) and not table.answers.is_coming)
    qtbot.wait(50)
    assert len(answered) == 1
    assert table.model.rowCount() == NUMBER // 2
    assert all("odd" in row.title for row in reading.rows(table._context.library, table.shown_ids()))  # type: ignore[arg-type]
