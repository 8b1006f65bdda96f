"""The real window over a real library: import five ways, undo, triage by keyboard, come back as it was left."""

from __future__ import annotations

import itertools
import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from db import services
from desktop.context import AppContext
from desktop.settings import Settings
from desktop.views.paste_dialog import PasteDialog
from desktop.views.year_row import YearRow
from desktop.window.main_window import MainWindow
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QAction
    from pytestqt.qtbot import QtBot

    from db.domain.records import Paper
    from db.services.progress import Progress
    from desktop.theme import Theme

FIVE = 5


def paper(window: MainWindow, paper_id: int) -> Paper:
    assert window.context.library is not None
    found = services.reading.paper(window.context.library, paper_id)
    assert found is not None
    return found


def rows(window: MainWindow) -> int:
    return window.table.model.rowCount()


def choose_first(window: MainWindow, qtbot: QtBot) -> int:
    window.activateWindow()
    window.table.select_ids(window.table.shown_ids()[:1])
    window.table.setFocus()
    qtbot.waitUntil(lambda: window.registry["star"].isEnabled())
    return window.table.selected_ids()[0]


def key(window: MainWindow, qtbot: QtBot, *keys: Qt.Key) -> None:
    for one in keys:
        QTest.keyClick(window.table.view, one)
        settle(window, qtbot)


# In ---------------------------------------------------------------------------------------------------


def by_menu(window: MainWindow, dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(dump)], ""))
    window.registry["import"].trigger()


def by_drop(window: MainWindow, dump: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(dump))])
    enter = QDragEnterEvent(
        QPoint(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window.table, enter)
    event = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(window.table, event)


def by_dropped_folder(window: MainWindow, dump: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    folder = dump.parent / "folder"
    folder.mkdir()
    dump.rename(folder / dump.name)
    window.drop_target.files_dropped.emit([folder])


def by_paste(window: MainWindow, dump: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    QGuiApplication.clipboard().setText(dump.read_text(encoding="utf-8"))
    window.registry["paste_import"].trigger()
    window.findChildren(PasteDialog)[0].accept()


def by_argument(window: MainWindow, dump: Path, _monkeypatch: pytest.MonkeyPatch) -> None:
    window.import_paths([dump])


@pytest.mark.parametrize("way", [by_menu, by_drop, by_dropped_folder, by_paste, by_argument])
def test_every_way_in_leads_to_the_same_import(
    window: MainWindow,
    dump: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    way: Callable[[MainWindow, Path, pytest.MonkeyPatch], None],
) -> None:
    way(window, dump, monkeypatch)
    qtbot.waitUntil(lambda: rows(window) == FIVE, timeout=20_000)
    settle(window, qtbot)
    assert window.registry["undo"].text().startswith("&Undo ")
    assert "5 papers" in window.status.counts.text()


def test_an_empty_library_offers_a_start_that_goes_away(window: MainWindow, dump: Path, qtbot: QtBot) -> None:
    assert window.welcome.isVisible()
    assert window.welcome.import_button.isVisible()
    window.import_paths([dump])
    qtbot.waitUntil(lambda: rows(window) == FIVE, timeout=20_000)
    qtbot.waitUntil(lambda: not window.welcome.isVisible())


def test_one_undo_takes_an_import_back_and_redo_brings_it_again(full_window: MainWindow, qtbot: QtBot) -> None:
    full_window.registry["undo"].trigger()
    qtbot.waitUntil(lambda: rows(full_window) == 0, timeout=20_000)
    settle(full_window, qtbot)
    full_window.registry["redo"].trigger()
    qtbot.waitUntil(lambda: rows(full_window) == FIVE, timeout=20_000)


def test_what_comes_before_the_library_is_open_waits_for_it(
    empty_window: MainWindow, dump: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    from db.services.library import Library

    empty_window.import_paths([dump])
    assert not empty_window.context.tasks.busy
    empty_window.context.set_library(Library.open(tmp_path / "late.sheaf"))
    qtbot.waitUntil(lambda: rows(empty_window) == FIVE, timeout=20_000)
    settle(empty_window, qtbot)


def test_cancel_rolls_an_import_back_and_says_so(window: MainWindow, dump: Path, qtbot: QtBot) -> None:
    window.import_paths([dump])
    task = window.context.tasks.current
    assert task is not None
    task.cancel()
    qtbot.waitUntil(lambda: "cancelled" in window.toast.text.text(), timeout=20_000)
    settle(window, qtbot)
    assert rows(window) == 0
    window.import_paths([dump])
    qtbot.waitUntil(lambda: rows(window) == FIVE, timeout=20_000)
    settle(window, qtbot)


def test_a_start_after_a_kill_tells_what_was_interrupted(
    empty_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    from db.services.library import Library

    empty_window.context.settings.set("session/running", "Importing big.txt")
    empty_window.context.set_library(Library.open(tmp_path / "killed.sheaf"))
    assert "Importing big.txt was interrupted" in empty_window.toast.text.text()
    assert not empty_window.context.settings.get("session/running", "")
    settle(empty_window, qtbot)


# Keyboard ---------------------------------------------------------------------------------------------


def test_papers_are_triaged_without_the_mouse(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    first = choose_first(window, qtbot)
    key(window, qtbot, Qt.Key.Key_S)
    assert paper(window, first).starred
    key(window, qtbot, Qt.Key.Key_R)
    assert paper(window, first).status == "reading"
    key(window, qtbot, Qt.Key.Key_J)
    second = window.table.selected_ids()[0]
    assert second != first
    key(window, qtbot, Qt.Key.Key_R, Qt.Key.Key_R)
    assert paper(window, second).status == "read"
    key(window, qtbot, Qt.Key.Key_K)
    assert window.table.selected_ids() == [first]
    key(window, qtbot, Qt.Key.Key_U)
    assert paper(window, second).status == "reading"


def test_keys_that_come_faster_than_writes_all_count(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    first = choose_first(window, qtbot)
    for one in (Qt.Key.Key_R, Qt.Key.Key_R, Qt.Key.Key_S, Qt.Key.Key_S, Qt.Key.Key_S):
        QTest.keyClick(window.table.view, one)
    settle(window, qtbot)
    assert paper(window, first).status == "read"
    assert paper(window, first).starred


def test_escape_leads_from_the_sides_to_the_table(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    choose_first(window, qtbot)
    for name in ("title", "venue", "abstract", "notes"):
        window.edit_field(name)
        qtbot.waitUntil(lambda: window.detail.isAncestorOf(QApplication.focusWidget()))
        for _ in range(3):
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        assert window.table.view.hasFocus(), name
    window.sidebar.tree.setFocus()
    QTest.keyClick(window.sidebar.tree, Qt.Key.Key_Escape)
    assert window.table.view.hasFocus()


@pytest.mark.parametrize(
    ("name", "typed"), [("title", "A title typed by hand"), ("venue", "ICML"), ("citation_key", "own")]
)
def test_enter_ends_an_edit_and_gives_the_keys_back_to_the_table(
    full_window: MainWindow, qtbot: QtBot, name: str, typed: str
) -> None:
    window = full_window
    first = choose_first(window, qtbot)
    window.edit_field(name)
    qtbot.waitUntil(lambda: window.detail.isAncestorOf(QApplication.focusWidget()))
    QTest.keySequence(QApplication.focusWidget(), "Ctrl+A")
    QTest.keyClicks(QApplication.focusWidget(), typed)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert window.table.view.hasFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_S)
    settle(window, qtbot)
    assert getattr(paper(window, first), name) == typed
    assert paper(window, first).starred


def test_enter_on_what_is_refused_leaves_the_keys_in_the_field(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    choose_first(window, qtbot)
    window.edit_field("doi")
    qtbot.waitUntil(lambda: window.detail.isAncestorOf(QApplication.focusWidget()))
    field = QApplication.focusWidget()
    QTest.keyClicks(field, "no doi")
    QTest.keyClick(field, Qt.Key.Key_Return)
    settle(window, qtbot)
    assert field.hasFocus()
    assert field.text() == "no doi"


def test_delete_moves_to_the_trash_and_the_toast_brings_back(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    gone = choose_first(window, qtbot)
    key(window, qtbot, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: rows(window) == FIVE - 1)
    assert window.toast.text.text() == "Moved 1 paper to the trash"
    window.toast.action.click()
    qtbot.waitUntil(lambda: rows(window) == FIVE, timeout=20_000)
    assert not paper(window, gone).in_trash


def test_letters_typed_in_the_search_are_text(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    first = choose_first(window, qtbot)
    QTest.keyClick(window.table.view, Qt.Key.Key_Slash)
    qtbot.waitUntil(window.search.hasFocus)
    QTest.keyClicks(window.search, "survey")
    qtbot.waitUntil(lambda: rows(window) == 2)
    assert not paper(window, first).starred
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: rows(window) == FIVE)


def test_undo_in_a_field_takes_typing_back_first(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    first = choose_first(window, qtbot)
    key(window, qtbot, Qt.Key.Key_S)
    window.search.setFocus()
    QTest.keyClicks(window.search, "x")
    ctrl = Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(window.search, Qt.Key.Key_Z, ctrl)
    settle(window, qtbot)
    assert window.search.text() == ""
    assert paper(window, first).starred
    QTest.keyClick(window.search, Qt.Key.Key_Z, ctrl)
    settle(window, qtbot)
    assert not paper(window, first).starred


def test_ctrl_c_copies_bibtex_of_the_selection(full_window: MainWindow, qtbot: QtBot) -> None:
    first = choose_first(full_window, qtbot)
    QTest.keyClick(full_window.table.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "@misc{" in QGuiApplication.clipboard().text(), timeout=20_000)
    settle(full_window, qtbot)
    found = paper(full_window, first)
    assert found.citation_key in QGuiApplication.clipboard().text()
    assert full_window.toast.text.text() == "Copied the BibTeX of 1 paper"
    assert found.key_frozen


def test_the_review_queue_takes_the_place_of_the_table_and_gives_it_back(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    window.registry["review"].trigger()
    assert window.panes.stack.currentWidget() is not window.table
    assert window.sidebar.scope_text() == "is:review"
    settle(window, qtbot)
    assert not window.detail.isVisible()  # comparing takes the whole width
    assert window.panes.is_shown("detail")
    window.panes.stack.currentWidget().closed.emit()  # type: ignore[union-attr]
    assert window.panes.stack.currentWidget() is window.table
    assert window.sidebar.scope_text() == ""
    assert window.detail.isVisible()
    assert rows(window) == FIVE


def test_only_what_is_in_the_trash_can_be_restored(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    choose_first(window, qtbot)
    assert not window.registry["restore"].isEnabled()
    window.registry["trash"].trigger()
    settle(window, qtbot)
    window.sidebar.set_scope("is:trash")
    settle(window, qtbot)
    choose_first(window, qtbot)
    assert window.registry["restore"].isEnabled()


def test_a_page_whose_year_nothing_tells_asks_for_it(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    page = tmp_path / "yearless.txt"
    text = "Daily Papers\n\nA Study of Rivers and Beds\n\nWe measured two hundred rivers by hand.\n\n"
    page.write_text(text + "  • 3 authors\n·\nMar 18 3\n", encoding="utf-8")
    window.import_paths([page])
    qtbot.waitUntil(lambda: bool(window.findChildren(YearRow)), timeout=20_000)
    row = window.findChildren(YearRow)[0]
    row.year.setValue(2024)
    row.save()
    settle(window, qtbot)
    (paper_id,) = window.table.shown_ids()
    assert paper(window, paper_id).date.iso() == "2024-03-18"


# Actions ----------------------------------------------------------------------------------------------


def actions_of_menus(window: MainWindow) -> list[QAction]:
    found: list[QAction] = []

    def walk(actions: list[QAction]) -> None:
        for action in actions:
            if action.menu() is not None:
                walk(action.menu().actions())  # type: ignore[union-attr, attr-defined]
            elif not action.isSeparator():
                found.append(action)

    walk(window.menuBar().actions())
    return found


def test_every_action_stands_in_a_menu_once(empty_window: MainWindow) -> None:
    names = [action.objectName() for action in actions_of_menus(empty_window)]
    assert sorted(names) == sorted(command.action.id for command in empty_window.registry.commands)


def test_what_cannot_be_used_says_why(window: MainWindow) -> None:
    assert not window.registry["export"].isEnabled()
    assert "There are no papers yet" in window.registry["export"].toolTip()
    assert not window.registry["star"].isEnabled()


def test_emptying_the_trash_asks_with_the_number(
    full_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = full_window
    choose_first(window, qtbot)
    key(window, qtbot, Qt.Key.Key_Delete)
    asked: list[str] = []

    def refuse(_parent: object, _title: str, text: str, _yes: str) -> bool:
        asked.append(text)
        return False

    monkeypatch.setattr("desktop.commands.library.ask", refuse)
    window.registry["empty_trash"].trigger()
    assert asked == ["Delete 1 paper for good? This cannot be undone."]


def test_every_control_has_a_name(full_window: MainWindow) -> None:
    nameless = [
        widget
        for widget in full_window.findChildren(object)
        if getattr(widget, "focusPolicy", None)
        and widget.isVisible()  # type: ignore[attr-defined]
        and widget.focusPolicy() != Qt.FocusPolicy.NoFocus  # type: ignore[attr-defined]
        and not widget.focusProxy()  # type: ignore[attr-defined]
        and not widget.accessibleName()  # type: ignore[attr-defined]
        and not getattr(widget, "text", str)()
    ]
    assert [(type(one).__name__, one.objectName()) for one in nameless] == []


# Staying and leaving ----------------------------------------------------------------------------------


def test_search_scope_panes_and_paper_come_back(
    full_window: MainWindow, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    from db.services.library import Library

    window = full_window
    window.search.setText("survey")
    qtbot.waitUntil(lambda: rows(window) == 2)
    window.table.select_ids(window.table.shown_ids()[1:2])
    chosen = window.table.selected_ids()
    window.panes.set_shown("sidebar", False)
    window.resize(1000, 640)
    window.close()
    context = AppContext(Settings(), theme)
    again = MainWindow(context)
    qtbot.addWidget(again)
    again.show()
    context.set_library(Library.open(tmp_path / "window.sheaf"))
    qtbot.waitUntil(lambda: rows(again) == 2, timeout=20_000)
    assert again.search.text() == "survey"
    assert not again.panes.is_shown("sidebar")
    qtbot.waitUntil(lambda: again.table.selected_ids() == chosen)
    again.registry["reset_layout"].trigger()
    assert again.panes.is_shown("sidebar")
    context.close()


def endless(_library: object, report: Callable[[Progress], None]) -> None:
    from db.services.progress import Progress

    while True:
        report(Progress(1, 100, "working"))
        time.sleep(0.005)


def test_closing_during_work_asks_once(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [False, True]
    asked: list[str] = []

    def ask(_parent: object, _title: str, text: str, _yes: str) -> bool:
        asked.append(text)
        return answers[len(asked) - 1]

    monkeypatch.setattr("desktop.window.leaving.ask", ask)
    window.context.run_long("Importing big.txt", endless)
    qtbot.waitUntil(lambda: window.status.work.isVisible(), timeout=5_000)
    assert "Importing big.txt" in window.status.work.text.text()
    assert not window.close()
    assert "Importing big.txt" in asked[0]
    assert window.close()
    assert len(asked) == 2
    assert window.context.library is None


def test_cancel_in_the_status_bar_answers_at_once(window: MainWindow, qtbot: QtBot) -> None:
    cancelled: list[bool] = []
    reports: list[int] = []

    def counted(library: object, report: Callable[[Progress], None]) -> None:
        endless(library, lambda progress: (report(progress), reports.append(1))[0])

    window.context.run_long("Long", counted, on_cancel=lambda: cancelled.append(True))
    qtbot.waitUntil(lambda: window.status.work.isVisible(), timeout=5_000)
    window.status.work.cancel_button.click()
    before = len(reports)
    qtbot.waitUntil(lambda: bool(cancelled))
    assert len(reports) - before <= 1
    qtbot.waitUntil(lambda: not window.status.work.isVisible())


def test_the_window_stays_alive_during_work(window: MainWindow, qtbot: QtBot) -> None:
    beats: list[float] = []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(time.process_time()))  # of no other program on a busy machine
    timer.start(5)
    task = window.context.run_long("Long", endless)
    qtbot.wait(400)
    assert task is not None
    task.cancel()
    settle(window, qtbot)
    gaps = [after - before for before, after in itertools.pairwise(beats)]
    assert max(gaps) < 0.2
    assert len(gaps) > 5


def test_the_panes_never_overlap(window: MainWindow, qtbot: QtBot) -> None:
    for width in (window.minimumWidth(), 670, 700):
        window.resize(width, 500)
        qtbot.wait(10)
        parts = [window.sidebar.geometry(), window.panes.stack.geometry(), window.detail.geometry()]
        assert all(not left.intersects(right) for left, right in itertools.pairwise(parts))


@pytest.mark.parametrize("size", [(800, 600), (640, 480)])
def test_no_control_is_lost_in_a_small_window(window: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    window.resize(*size)
    qtbot.wait(20)
    assert (window.width(), window.height()) == size
    for part in (window.search, window.sidebar, window.panes.stack, window.detail, window.status.library):
        assert part.isVisible()
        corner = part.mapTo(window, part.rect().bottomRight())
        assert window.rect().contains(corner), part


def test_a_failure_is_shown_once_and_in_plain_text(window: MainWindow, qtbot: QtBot) -> None:
    from db.domain.errors import LibraryError
    from desktop.views.failure import FailureDialog

    error = LibraryError("The disk is <b>full</b>.\nNothing was kept.", details="Traceback (most recent call last)")
    window.context.fail(error)
    window.context.fail(error)
    shown = window.findChildren(FailureDialog)
    assert len(shown) == 1
    shown[0].copy()
    assert "Traceback" in QGuiApplication.clipboard().text()
    assert not any("Traceback" in label.text() for label in shown[0].findChildren(type(window.status.counts)))
    assert not QApplication.activeModalWidget()
    assert not window.findChildren(QMessageBox)


def test_checking_the_library_offers_to_mend_the_index(
    full_window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, library = full_window, full_window.context.library
    assert library is not None
    with library.writing("Damage", journalled=False) as write:
        write.session.connection().exec_driver_sql("DELETE FROM paper_fts")
    asked: list[str] = []

    def agree(_parent: object, _title: str, text: str, _yes: str) -> bool:
        asked.append(text)
        return True

    monkeypatch.setattr("desktop.commands.library.ask", agree)
    window.registry["check"].trigger()
    qtbot.waitUntil(lambda: bool(asked), timeout=20_000)
    settle(window, qtbot)
    assert asked == ["The check found 5 things that need a look."]
    assert services.checking.check(library) == []
