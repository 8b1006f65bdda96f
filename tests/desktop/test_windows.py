"""Several windows on one library: each with its own search and layout, all in step; and they come back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from db import services
from db.services.library import Library
from desktop.settings import Settings
from desktop.views.failure import FailureDialog

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.app import App
    from desktop.window.main_window import MainWindow

Start = Callable[..., "App"]


def rows(window: MainWindow) -> int:
    return window.table.model.rowCount()


def settled(app: App, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not app.context.tasks.busy, timeout=20_000)
    qtbot.waitUntil(lambda: not any(one.table.answers.is_asking for one in app.windows.all))
    qtbot.wait(80)


def open_one_more(app: App, qtbot: QtBot) -> MainWindow:
    before = list(app.windows.all)
    app.window.registry["new_window"].trigger()
    (made,) = (one for one in app.windows.all if one not in before)
    qtbot.waitUntil(lambda: made.table.answers.found, timeout=20_000)
    settled(app, qtbot)
    return made


def use(window: MainWindow) -> None:
    """Make a window the one in use, as a click on it does; offscreen there is no window manager."""
    window.context.lead()


@pytest.fixture
def two(start: Start, dump: Path, tmp_path: Path, qtbot: QtBot) -> tuple[App, MainWindow, MainWindow]:
    """The program with two windows over five papers."""
    app = start(tmp_path / "library.sheaf", dump)
    first = app.window
    qtbot.waitUntil(lambda: rows(first) == 5, timeout=20_000)
    for summary in first.findChildren(object, "importSummary"):
        summary.close()  # type: ignore[attr-defined]
    second = open_one_more(app, qtbot)
    return app, first, second


def test_each_has_a_search_selection_and_layout_of_its_own(
    two: tuple[App, MainWindow, MainWindow], qtbot: QtBot
) -> None:
    _app, first, second = two
    assert (rows(first), rows(second)) == (5, 5)
    assert second.windowTitle() != first.windowTitle()
    first.search.setText("survey")
    first.search.flush()
    second.sidebar.set_scope("is:starred")
    qtbot.waitUntil(lambda: (rows(first), rows(second)) == (2, 0))
    second.sidebar.set_scope("")
    qtbot.waitUntil(lambda: rows(second) == 5)
    second.registry["density_comfortable"].trigger()
    second.panes.set_shown("sidebar", False)
    assert first.table.view.density == "normal"
    assert first.panes.is_shown("sidebar")
    second.table.select_ids(second.table.shown_ids()[:3])
    qtbot.waitUntil(lambda: second.table.selected_count() == 3)
    assert first.table.selected_count() == 0
    # Both ask at the same moment, and both get their answer.
    for _turn in range(5):
        first.search.setText("geometry")
        second.search.setText("alignment")
        first.search.flush()
        second.search.flush()
        qtbot.waitUntil(lambda: (rows(first), rows(second)) == (1, 1))
        first.search.setText("survey")
        second.search.setText("")
        first.search.flush()
        second.search.flush()
        qtbot.waitUntil(lambda: (rows(first), rows(second)) == (2, 5))


def test_changes_undo_theme_and_preferences_appear_in_both(
    two: tuple[App, MainWindow, MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    app, first, second = two
    library = app.context.library
    assert library is not None
    second.table.select_ids(second.table.shown_ids()[:2])
    qtbot.waitUntil(second.registry["star"].isEnabled)
    second.registry["star"].trigger()
    qtbot.waitUntil(lambda: first.sidebar.lists is not None and first.sidebar.lists.starred == 2)
    qtbot.waitUntil(lambda: "tar" in first.registry["undo"].text().removeprefix("&Undo"))
    first.registry["undo"].trigger()
    qtbot.waitUntil(lambda: second.sidebar.lists is not None and second.sidebar.lists.starred == 0)
    settled(app, qtbot)
    assert first.toast.isVisible()  # it was undone here
    assert first.toast.text.text().startswith("Undone")
    assert not second.toast.text.text().startswith("Undone")
    first.registry["theme_dark"].trigger()
    assert all(one.registry["theme_dark"].isChecked() for one in (first, second))
    before = first.registry["preview_imports"].isChecked()
    second.registry["preview_imports"].trigger()
    assert first.registry["preview_imports"].isChecked() is not before
    more = tmp_path / "more.bib"
    more.write_text("@article{a, title = {A new lantern}, author = {Doe, Jane}, year = 2024}", "utf-8")
    second.intake.set_preview(False)
    first.import_paths([more])
    qtbot.waitUntil(lambda: (rows(first), rows(second)) == (6, 6), timeout=20_000)
    settled(app, qtbot)
    assert not second.findChildren(object, "importSummary")


def test_closing_one_leaves_the_other_and_the_work(
    two: tuple[App, MainWindow, MainWindow], qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, first, second = two
    asked: list[str] = []
    monkeypatch.setattr("desktop.window.leaving.ask", lambda *_a: asked.append("?") or False)
    told: list[str] = []

    def slow(library: Library, _report: object) -> object:
        changes = services.tagging.tag(library, first.table.shown_ids(), add=["seen"])
        qtbot_wait(0.8)
        return changes

    use(second)
    second.context.run_long("Tagging everything", slow, lambda _result: told.append("told"))
    qtbot.wait(600)
    second.registry["close_window"].trigger()  # the work goes on, so nobody is asked
    assert (asked, app.windows.all) == ([], [first])
    qtbot.waitUntil(lambda: not shiboken6.isValid(second))
    qtbot.waitUntil(lambda: [tag.name for tag in first.sidebar.tags()] == ["seen"], timeout=10_000)
    settled(app, qtbot)
    assert told == []  # what it would have been shown in is gone
    assert "Tagging everything" in first.toast.text.text()
    assert app.context.library is not None
    first.registry["theme_light"].trigger()
    first.search.setText("survey")
    first.search.flush()
    qtbot.waitUntil(lambda: rows(first) == 2)
    assert first.close()
    assert app.context.library is None


def qtbot_wait(seconds: float) -> None:
    import time

    time.sleep(seconds)


def test_the_first_can_be_closed_before_the_second(two: tuple[App, MainWindow, MainWindow], qtbot: QtBot) -> None:
    app, first, second = two
    qtbot.waitUntil(first.registry["explore"].isEnabled)
    first.registry["explore"].trigger()
    first.registry["history"].trigger()
    qtbot.wait(300)
    use(first)
    first.close()
    qtbot.waitUntil(lambda: not shiboken6.isValid(first))
    assert app.window is second
    second.table.select_ids(second.table.shown_ids()[:1])
    qtbot.waitUntil(second.registry["star"].isEnabled)
    second.registry["star"].trigger()
    qtbot.waitUntil(lambda: second.sidebar.lists is not None and second.sidebar.lists.starred == 1)
    third = open_one_more(app, qtbot)
    assert third.context.number == 1
    assert rows(third) == 5


def test_failures_notices_and_the_picker_are_of_one_window(
    two: tuple[App, MainWindow, MainWindow], qtbot: QtBot
) -> None:
    from db.domain.errors import LibraryError

    app, first, second = two

    def failing(_library: Library) -> object:
        raise LibraryError("This did not work.")

    second.context.run("Fail", failing)
    qtbot.waitUntil(lambda: bool(second.findChildren(FailureDialog)))
    assert not first.findChildren(FailureDialog)
    use(first)
    app.context.notify("From outside")
    assert (first.toast.text.text(), second.toast.text.text() == "From outside") == ("From outside", False)
    app.windows.editors.open_picker()
    pickers = [one for one in QApplication.topLevelWidgets() if type(one).__name__ == "Picker" and one.isVisible()]
    assert len(pickers) == 1
    use(second)
    app.windows.editors.open_picker()  # the one that is open comes to the front
    pickers = [one for one in QApplication.topLevelWidgets() if type(one).__name__ == "Picker" and one.isVisible()]
    assert len(pickers) == 1
    pickers[0].close()
    opened: list[int] = []
    for number, window in enumerate((first, second)):
        window.registry["live_bib"].triggered.connect(lambda _on=False, number=number: opened.append(number))
    app.windows.live.dialog_wanted.emit()
    shown = [len(one.findChildren(object, "")) and _live_dialogs(one) for one in (first, second)]
    assert shown == [0, 1]


def _live_dialogs(window: MainWindow) -> int:
    from desktop.views.live_dialog import LiveDialog

    return len(window.findChildren(LiveDialog))


def test_a_live_file_is_written_once_whoever_changes(
    two: tuple[App, MainWindow, MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    from db.services.exporting import ExportOptions

    app, first, second = two
    target = tmp_path / "refs.bib"
    follow = services.livefiles.of_search("is:starred")
    app.windows.live.attach(target, follow, ExportOptions(), pytest.fail)
    qtbot.waitUntil(target.exists, timeout=10_000)
    settled(app, qtbot)
    labels: list[str] = []
    app.context.tasks.started.connect(lambda task: labels.append(task.label))
    second.table.select_ids(second.table.shown_ids()[:1])
    qtbot.waitUntil(second.registry["star"].isEnabled)
    second.registry["star"].trigger()
    qtbot.waitUntil(lambda: target.read_text("utf-8").count("@") == 1, timeout=10_000)
    settled(app, qtbot)
    assert labels.count("Writing refs.bib") == 1
    assert all(one.status.live.isVisible() for one in (first, second))


def test_what_another_program_writes_appears_in_both(two: tuple[App, MainWindow, MainWindow], qtbot: QtBot) -> None:
    app, first, second = two
    library = app.context.library
    assert library is not None
    qtbot.wait(100)
    app.context.look_for_other_writers()
    qtbot.wait(300)
    elsewhere = Library.open(library.path)
    services.editing.add_paper(elsewhere, {"title": "Written elsewhere"})
    elsewhere.close()
    app.context.look_for_other_writers()
    qtbot.waitUntil(lambda: (rows(first), rows(second)) == (6, 6), timeout=10_000)


def test_the_windows_come_back_as_they_were(
    two: tuple[App, MainWindow, MainWindow], start: Start, qtbot: QtBot
) -> None:
    app, first, second = two
    library = app.context.library
    assert library is not None
    path = library.path
    first.search.setText("survey")
    second.search.setText("geometry")
    second.registry["density_compact"].trigger()
    use(second)
    second.registry["quit"].trigger()
    assert app.context.library is None
    assert Settings().get("session/windows", []) == [2, 1]

    again = start(path)
    qtbot.waitUntil(lambda: len(again.windows.all) == 2, timeout=20_000)
    qtbot.waitUntil(lambda: [rows(one) for one in again.windows.all] == [1, 2], timeout=20_000)
    settled(again, qtbot)
    assert [one.search.text() for one in again.windows.all] == ["geometry", "survey"]
    assert [one.table.view.density for one in again.windows.all] == ["compact", "normal"]
    again.windows.all[0].close()
    qtbot.waitUntil(lambda: len(again.windows.all) == 1)
    again.window.close()
    assert Settings().get("session/windows", []) == [1]

    third = start(path)
    qtbot.waitUntil(lambda: rows(third.window) == 2, timeout=20_000)
    assert len(third.windows.all) == 1


def test_quitting_during_work_asks_once(
    two: tuple[App, MainWindow, MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db.services.progress import Progress

    app, first, second = two
    answers, asked = [False, True], []
    monkeypatch.setattr("desktop.window.leaving.ask", lambda *_a: asked.append("?") or answers[len(asked) - 1])

    def endless(_library: Library, report: Callable[[Progress], None]) -> None:
        while True:
            report(Progress(1, 100, "working"))
            qtbot_wait(0.005)

    first.context.run_long("Importing big.txt", endless)
    qtbot.wait(700)
    assert all(one.status.work.isVisible() for one in (first, second))
    second.registry["quit"].trigger()
    assert (len(asked), len(app.windows.all), second.isVisible()) == (1, 2, True)
    second.registry["quit"].trigger()
    assert (len(asked), app.context.library) == (2, None)
    assert Settings().get("session/running", "") == ""
