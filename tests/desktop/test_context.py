"""One write, one announcement; another program's writes are noticed; failures are told in words."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QObject

from db import services
from db.domain.errors import LibraryError
from db.services.changes import Changes
from desktop.context import EVERYTHING, changes_of
from desktop.tasks import Task

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.context import AppContext


@pytest.fixture
def opened(context: AppContext, tmp_path: Path) -> AppContext:
    from db.services.library import Library

    context.set_library(Library.open(tmp_path / "library.sheaf"))
    return context


def add(library: Library) -> tuple[int, Changes]:
    return services.editing.add_paper(library, {"title": "On sheaves"})


def test_changes_are_found_in_what_services_return() -> None:
    changes = Changes("x", frozenset({"paper"}))
    assert changes_of(changes) is changes
    assert changes_of(("key", changes)) is changes
    assert changes_of(type("Result", (), {"changes": changes})()) is changes
    assert changes_of(3) is None


def test_a_write_runs_off_the_ui_thread_and_is_announced_once(opened: AppContext, qtbot: QtBot) -> None:
    heard: list[Changes] = []
    threads: list[threading.Thread] = []
    done: list[object] = []
    opened.changed.connect(heard.append)

    def work(library: Library) -> tuple[int, Changes]:
        threads.append(threading.current_thread())
        return add(library)

    opened.run("Add", work, done.append)
    qtbot.waitUntil(lambda: bool(done))
    assert len(heard) == 1
    assert "paper" in heard[0].parts
    assert threads[0] is not threading.current_thread()


class Window(QObject):
    """Stands for a window that asks for a write and is closed before it ends."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []

    def hear(self, what: object) -> None:
        self.told.append(what)


def test_a_write_outlives_the_window_that_asked_for_it(opened: AppContext, qtbot: QtBot) -> None:
    window, said = Window(), list[str]()
    opened.notified.connect(lambda notice: said.append(notice.text))
    with qtbot.waitSignal(opened.changed):
        opened.run("Add", add, lambda result: window.hear(result), toast="Added")
        shiboken6.delete(window)
    qtbot.waitUntil(lambda: said == ["Added"])
    assert not window.told


def test_a_failed_write_is_told_when_its_window_is_gone(opened: AppContext, qtbot: QtBot) -> None:
    def fail(_library: Library) -> None:
        raise LibraryError("The disk is full.")

    window = Window()
    with qtbot.waitSignal(opened.failed) as failed:
        opened.run("Add", fail, on_error=window.hear)
        shiboken6.delete(window)
    assert failed.args[0].message == "The disk is full."
    assert not window.told


def test_a_write_without_a_library_is_refused_in_words(context: AppContext, qtbot: QtBot) -> None:
    with qtbot.waitSignal(context.notified):
        assert context.run("Add", add) is None


def test_undo_takes_the_last_step_back_and_says_so(opened: AppContext, qtbot: QtBot) -> None:
    done: list[object] = []
    opened.run("Add", add, done.append)
    qtbot.waitUntil(lambda: bool(done))
    with qtbot.waitSignal(opened.notified) as told:
        opened.undo()
    assert told.args is not None
    assert "Undone" in told.args[0].text
    assert opened.library is not None
    assert not services.reading.sidebar(opened.library).all


def test_undo_waits_for_long_work_to_end(opened: AppContext, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[object] = []
    opened.run("Add", add, done.append)
    qtbot.waitUntil(lambda: bool(done))
    go_on = threading.Event()
    monkeypatch.setattr(Task, "is_long", property(lambda task: task.label == "Importing big.txt"))
    opened.run_long("Importing big.txt", lambda _library, _report: go_on.wait(10))
    with qtbot.waitSignal(opened.notified) as told:
        opened.undo()
    go_on.set()
    assert told.args is not None
    assert "Importing big.txt" in told.args[0].text
    qtbot.waitUntil(lambda: not opened.tasks.busy)
    assert opened.library is not None
    assert services.reading.sidebar(opened.library).all


def test_a_toast_offers_undo_only_when_something_changed(opened: AppContext, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.notified) as told:
        opened.run("Nothing", lambda _library: Changes(""), toast="Nothing moved", undo=True)
    assert told.args is not None
    assert told.args[0].action == ""
    with qtbot.waitSignal(opened.notified) as told:
        opened.run("Add", add, toast="Added", undo=True)
    assert told.args is not None
    assert told.args[0].action == "Undo"


def test_failures_reach_the_person(opened: AppContext, qtbot: QtBot) -> None:
    def fail(_library: Library) -> None:
        raise LibraryError("The disk is full.")

    with qtbot.waitSignal(opened.failed) as told:
        opened.run("x", fail)
    assert told.args is not None
    assert told.args[0].message == "The disk is full."


def test_writes_of_another_program_are_noticed(opened: AppContext, qtbot: QtBot, tmp_path: Path) -> None:
    from db.services.library import Library

    opened.look_for_other_writers()
    qtbot.waitUntil(lambda: opened._seen_version is not None)
    other = Library.open(tmp_path / "library.sheaf")
    add(other)
    other.close()
    with qtbot.waitSignal(opened.changed) as heard:
        opened.look_for_other_writers()
    assert heard.args == [EVERYTHING]


def test_close_ends_the_threads_and_the_library(opened: AppContext) -> None:
    opened.close()
    assert opened.library is None
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("sheaf-")]
