"""Writes run one after another, reads beside them, and everything is heard on the UI thread."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

import pytest

from db.domain.errors import LibraryError
from db.services.progress import Progress, Report
from desktop.bugs import UNEXPECTED
from desktop.tasks import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[TaskRunner]:
    runner = TaskRunner()
    yield runner
    runner.shutdown()


def endless(report: Report) -> None:
    while True:
        report(Progress(0, 0, "working"))
        time.sleep(0.005)


def test_writes_run_in_order_on_one_other_thread(qtbot: QtBot, tasks: TaskRunner) -> None:
    ran: list[tuple[int, threading.Thread]] = []
    heard: list[threading.Thread] = []
    for number in range(20):
        tasks.write(
            lambda _report, number=number: ran.append((number, threading.current_thread())),
            label="count",
            on_done=lambda _none: heard.append(threading.current_thread()),
        )
    assert tasks.busy
    qtbot.waitUntil(lambda: len(heard) == 20)
    assert [number for number, _ in ran] == list(range(20))
    assert len({thread for _, thread in ran}) == 1
    assert {thread for _, thread in ran}.isdisjoint(heard)
    assert set(heard) == {threading.current_thread()}
    assert not tasks.busy


def test_cancel_answers_quickly_and_quietly(qtbot: QtBot, tasks: TaskRunner) -> None:
    told: list[str] = []
    reports: list[int] = []

    def reporting(report: Report) -> None:
        while True:
            report(Progress(0, 0, "working"))
            reports.append(1)
            time.sleep(0.005)

    task = tasks.write(
        reporting,
        label="long",
        on_done=lambda _none: told.append("done"),
        on_error=lambda _error: told.append("error"),
        on_cancel=lambda: told.append("cancelled"),
    )
    with qtbot.waitSignal(tasks.progressed):
        pass
    task.cancel()
    before = len(reports)
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["cancelled"]
    assert len(reports) - before <= 1  # at the next one, or the next but one when it was under way


def test_a_waiting_write_is_cancelled_without_running(qtbot: QtBot, tasks: TaskRunner) -> None:
    ran: list[str] = []
    told: list[str] = []
    first = tasks.write(endless, label="long")
    second = tasks.write(lambda _report: ran.append("second"), label="x", on_cancel=lambda: told.append("second"))
    second.cancel()
    first.cancel()
    qtbot.waitUntil(lambda: told == ["second"])
    assert not ran


def test_another_write_is_possible_at_once_after_a_cancel(qtbot: QtBot, tasks: TaskRunner) -> None:
    done: list[int] = []
    tasks.write(endless, label="long").cancel()
    tasks.write(lambda _report: 7, label="next", on_done=done.append)
    qtbot.waitUntil(lambda: done == [7])


def test_expected_failures_keep_their_words(qtbot: QtBot, tasks: TaskRunner) -> None:
    heard: list[LibraryError] = []

    def fail(_report: Report) -> None:
        raise LibraryError("The disk is full.")

    tasks.write(fail, label="x", on_error=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].message == "The disk is full."


def test_bugs_are_worded_and_logged(qtbot: QtBot, tasks: TaskRunner, capsys: pytest.CaptureFixture[str]) -> None:
    heard: list[LibraryError] = []
    tasks.write(lambda _report: 1 // 0, label="x", on_error=heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0].message == UNEXPECTED
    assert "ZeroDivisionError" in heard[0].details
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_only_the_newest_question_of_a_key_is_answered(qtbot: QtBot, tasks: TaskRunner) -> None:
    gate = threading.Event()
    answers: list[str] = []
    tasks.read(lambda: (gate.wait(5), "old")[1], answers.append, key="search")
    for text in "abc":
        tasks.read(lambda text=text: text, answers.append, key="search")
    other: list[str] = []
    tasks.read(lambda: "other", other.append, key="sidebar")
    gate.set()
    qtbot.waitUntil(lambda: bool(answers) and bool(other))
    qtbot.wait(30)
    assert answers == ["c"]


def test_progress_never_goes_backwards(qtbot: QtBot, tasks: TaskRunner) -> None:
    seen: list[int] = []

    def work(report: Report) -> None:
        for done in (10, 50, 30, 60, 100):
            report(Progress(done, 100, ""))
            time.sleep(0.06)

    tasks.progressed.connect(lambda _task, progress: seen.append(progress.done))
    with qtbot.waitSignal(tasks.finished):
        tasks.write(work, label="x")
    assert seen == sorted(seen)
    assert seen[-1] == 100


def test_shutdown_ends_running_work_and_tells_nobody(qtbot: QtBot) -> None:
    tasks = TaskRunner()
    told: list[object] = []
    tasks.write(endless, label="long", on_done=told.append, on_cancel=lambda: told.append("cancelled"))
    qtbot.wait(20)
    tasks.shutdown()
    qtbot.wait(20)
    assert not told
    assert not tasks.busy
    assert not [t for t in threading.enumerate() if t.name.startswith("sheaf-")]


def test_shutdown_without_cancel_finishes_waiting_writes(qtbot: QtBot) -> None:
    tasks = TaskRunner()
    ran: list[int] = []
    for number in range(5):
        tasks.write(lambda _report, number=number: ran.append(number), label="x")
    tasks.shutdown(cancel=False)
    assert ran == list(range(5))


def test_nothing_starts_after_shutdown(qtbot: QtBot) -> None:
    tasks = TaskRunner()
    tasks.shutdown()
    tasks.write(lambda _report: 1, label="x")
    tasks.read(lambda: 1, lambda _answer: None)
    assert not tasks.busy


def test_parts_of_a_long_look_come_before_its_answer_and_block_no_read(qtbot: QtBot, tasks: TaskRunner) -> None:
    heard: list[object] = []
    go_on = threading.Event()

    def look(_report: Report, part: Callable[[object], None]) -> str:
        part("first")
        go_on.wait(10)
        part("second")
        return "answer"

    for _look in range(2):
        tasks.look(look, on_part=heard.append, on_done=heard.append)
    qtbot.waitUntil(lambda: heard == ["first", "first"])
    assert not tasks.busy
    tasks.read(lambda: "read", heard.append)
    qtbot.waitUntil(lambda: heard[-1] == "read")
    go_on.set()
    qtbot.waitUntil(lambda: len(heard) == 7)
    assert sorted(map(str, heard[3:])) == ["answer", "answer", "second", "second"]


def test_a_cancelled_look_says_nothing_any_more(qtbot: QtBot, tasks: TaskRunner) -> None:
    heard: list[object] = []

    def look(report: Report, part: Callable[[object], None]) -> None:
        part("first")
        endless(report)

    task = tasks.look(look, on_part=heard.append, on_done=heard.append, on_error=heard.append)
    qtbot.waitUntil(lambda: heard == ["first"])
    task.cancel()
    waiting = tasks.look(lambda _report, part: part("part"), on_part=heard.append, on_done=heard.append)
    waiting.cancel()
    qtbot.wait(100)
    assert heard == ["first"]


def test_a_cancelled_look_withdraws_its_question(qtbot: QtBot, tasks: TaskRunner) -> None:
    heard: list[object] = []
    withdrawn = threading.Event()
    task = tasks.look(
        lambda _report, part: (part("first"), withdrawn.wait(10)),
        on_part=heard.append,
        on_done=heard.append,
        withdraw=withdrawn.set,
    )
    qtbot.waitUntil(lambda: heard == ["first"])
    task.cancel()
    assert withdrawn.is_set()


def test_a_look_that_fails_is_told_of_and_ends_with_the_program(qtbot: QtBot) -> None:
    runner = TaskRunner()
    told: list[LibraryError] = []

    def fail(_report: Report, _part: Callable[[object], None]) -> None:
        raise LibraryError("It cannot be read.")

    runner.look(fail, on_part=print, on_done=print, on_error=told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].message == "It cannot be read."
    runner.look(lambda report, _part: endless(report), on_part=print, on_done=print)
    qtbot.wait(30)
    before = time.monotonic()
    runner.shutdown(patience=60)
    assert time.monotonic() - before < 60  # it was not waited for until patience ended
