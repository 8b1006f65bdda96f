"""The picker over the window's small library: find, collect, note, cite, all by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QToolButton

from db import services
from desktop import cite_options, pick_options
from desktop.models.picker_hits import PAPER
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.qtbot import QtBot

    from db.domain.records import PaperRow
    from desktop.views.picker import Picker
    from desktop.window.main_window import MainWindow

ENTER, CTRL = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


def open_picker(window: MainWindow, qtbot: QtBot) -> Picker:
    """Open the picker by its action and wait for the first hits."""
    qtbot.waitUntil(window.registry["pick"].isEnabled)
    QGuiApplication.clipboard().setText("before")
    window.registry["pick"].trigger()
    picker = the_picker()
    qtbot.waitUntil(lambda: picker.hits.rowCount() > 0)
    return picker


def the_picker() -> Picker:
    """Return the picker that is open."""
    from desktop.views.picker import Picker

    (picker,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, Picker) and one.isVisible()]
    return picker


def key_of(window: MainWindow, words: str) -> str:
    """Return the key of the paper whose title has these words."""
    return row_of(window, words).citation_key


def row_of(window: MainWindow, words: str) -> PaperRow:
    """Return the paper whose title has these words."""
    library = window.context.library
    assert library is not None
    (row,) = [one for one in services.reading.rows(library, window.table.shown_ids()) if words in one.title]
    return row


def titles(picker: Picker) -> Sequence[str]:
    """Return the titles that are listed."""
    return [picker.hits.index(at).data() for at in range(picker.hits.rowCount())]


def copied(qtbot: QtBot) -> str:
    """Return what was put on the clipboard, as soon as it is."""
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "before")
    return QGuiApplication.clipboard().text()


def test_it_opens_at_once_above_all_windows(full_window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(full_window, qtbot)
    flags = picker.windowFlags()
    assert flags & Qt.WindowType.WindowStaysOnTopHint
    assert flags & Qt.WindowType.FramelessWindowHint
    assert picker.parent() is None  # else it would be minimised with the window
    assert len(titles(picker)) == 5
    assert "5 papers" in picker.parts.state.text()
    qtbot.keyClick(picker.parts.line, Qt.Key.Key_Escape)
    assert not picker.isVisible()
    assert QGuiApplication.clipboard().text() == "before"


def test_type_and_enter_even_before_the_hits_are_there(full_window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(full_window, qtbot)
    qtbot.keyClicks(picker.parts.line, "plug play")
    qtbot.keyClick(picker.parts.line, ENTER)  # the list still shows all five
    assert copied(qtbot) == f"\\cite{{{key_of(full_window, 'Plug-and-Play')}}}"
    settle(full_window, qtbot)
    assert not picker.isVisible()
    assert row_of(full_window, "Plug-and-Play").key_frozen
    assert not row_of(full_window, "Geometry").key_frozen


def test_several_with_notes_in_the_order_of_choosing(full_window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(full_window, qtbot)
    line = picker.parts.line
    for words in ("geometry", "sparse", "plug"):
        qtbot.keyClicks(line, words)
        qtbot.keyClick(line, ENTER, CTRL)
        qtbot.waitUntil(lambda: not line.text())
    qtbot.keyClick(line, Qt.Key.Key_Backspace)  # takes the last one off
    geometry, sparse = row_of(full_window, "Geometry"), row_of(full_window, "Sparse")
    assert picker.parts.collected.ids() == [geometry.id, sparse.id]
    picker.parts.command.box.setCurrentIndex(1)
    qtbot.keyClicks(picker.parts.before, "see")
    qtbot.keyClicks(picker.parts.behind, "p. 3")
    wanted = f"\\citep[see][p. 3]{{{geometry.citation_key},{sparse.citation_key}}}"
    qtbot.waitUntil(lambda: picker.parts.preview.text() == wanted)
    qtbot.keyClick(picker.parts.behind, ENTER)
    assert copied(qtbot) == wanted
    settings = full_window.context.settings
    assert pick_options.style(settings).command == "citep"
    assert cite_options.style(settings).command == "cite"  # the usual one is another choice


def test_a_chip_takes_its_paper_off(full_window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(full_window, qtbot)
    for _twice in range(2):  # the same paper is collected once
        qtbot.keyClick(picker.parts.line, ENTER, CTRL)
    (chip,) = picker.parts.collected.findChildren(QToolButton)
    assert chip.isVisible()
    assert picker.parts.collected.height() >= chip.height()
    chip.click()
    assert picker.parts.collected.ids() == []
    assert not picker.parts.collected.isVisible()


def test_arrows_move_the_bar_and_the_preview_follows(full_window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(full_window, qtbot)
    qtbot.keyClick(picker.parts.line, Qt.Key.Key_Down)
    qtbot.keyClick(picker.parts.line, Qt.Key.Key_Down)
    third = picker.hits.index(2).data(PAPER)
    assert picker.parts.list.paper() == third
    qtbot.waitUntil(lambda: picker.parts.preview.text() == f"\\cite{{{third.citation_key}}}")
    assert not row_of(full_window, third.title).key_frozen  # a preview freezes nothing


def test_what_matches_nothing_cites_nothing(full_window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(full_window, qtbot)
    qtbot.keyClick(picker.parts.line, ENTER, CTRL)
    qtbot.keyClicks(picker.parts.line, "zebra")
    qtbot.waitUntil(lambda: "zebra" in picker.parts.state.text())
    qtbot.keyClick(picker.parts.line, ENTER)
    settle(full_window, qtbot)
    assert picker.isVisible()
    assert QGuiApplication.clipboard().text() == "before"


def test_a_note_that_breaks_the_document_is_said(full_window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(full_window, qtbot)
    qtbot.keyClicks(picker.parts.before, "{")
    qtbot.waitUntil(lambda: "braces" in picker.parts.error.text())
    assert not picker.parts.cite_button.isEnabled()
    qtbot.keyClick(picker.parts.before, ENTER)
    settle(full_window, qtbot)
    assert picker.isVisible()
    assert not any(one.key_frozen for one in (row_of(full_window, "Geometry"), row_of(full_window, "Plug")))
    picker.parts.before.clear()
    qtbot.waitUntil(picker.parts.cite_button.isEnabled)


def test_the_hits_follow_the_library(full_window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(full_window, qtbot)
    qtbot.keyClick(picker.parts.line, Qt.Key.Key_Down)
    second = picker.parts.list.paper()
    assert second is not None
    full_window.context.run("Add", lambda library: services.editing.add_paper(library, {"title": "Fresh"})[1])
    qtbot.waitUntil(lambda: "Fresh" in titles(picker))
    assert picker.parts.list.paper() == second  # the bar stays on its paper


def test_waiting_for_long_work_is_said_and_can_be_given_up(full_window: MainWindow, qtbot: QtBot) -> None:
    import threading

    go_on = threading.Event()
    picker = open_picker(full_window, qtbot)
    full_window.context.run("Importing a lot", lambda _library: go_on.wait(20))
    qtbot.keyClick(picker.parts.line, ENTER)
    assert "Importing a lot" in picker.parts.state.text()
    qtbot.keyClick(picker.parts.line, Qt.Key.Key_Escape)
    assert not picker.isVisible()
    go_on.set()
    settle(full_window, qtbot)
    assert QGuiApplication.clipboard().text() == "before"


def test_a_question_that_is_open_in_the_window_does_not_shut_it_out(full_window: MainWindow, qtbot: QtBot) -> None:
    box = QMessageBox(full_window)
    box.setWindowModality(Qt.WindowModality.ApplicationModal)
    box.show()
    picker = open_picker(full_window, qtbot)
    assert QApplication.activeModalWidget() is picker
    qtbot.keyClick(picker.parts.line, Qt.Key.Key_Escape)
    box.close()
    assert open_picker(full_window, qtbot).windowModality() == Qt.WindowModality.NonModal


def test_it_begins_empty_each_time_and_ends_with_the_window(full_window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(full_window, qtbot)
    qtbot.keyClick(picker.parts.line, ENTER, CTRL)
    qtbot.keyClicks(picker.parts.line, "geometry")
    qtbot.keyClicks(picker.parts.behind, "p. 3")
    picker.close()
    again = open_picker(full_window, qtbot)
    assert again is picker
    assert (again.parts.collected.ids(), again.parts.line.text(), again.parts.behind.text()) == ([], "", "")
    full_window.close()
    assert not picker.isVisible()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_titles_that_look_like_markup_are_text(full_window: MainWindow, qtbot: QtBot, mode: str) -> None:
    title = "<img src='file:///tmp/x'> & <b>bold</b>"
    full_window.context.run("Add", lambda library: services.editing.add_paper(library, {"title": title})[1])
    settle(full_window, qtbot)
    full_window.context.theme.set_mode(mode)
    picker = open_picker(full_window, qtbot)
    assert titles(picker)[0] == title
    qtbot.keyClick(picker.parts.line, ENTER, CTRL)
    (chip,) = picker.parts.collected.findChildren(QToolButton)
    assert "<b>" not in chip.toolTip()
    assert not picker.grab().isNull()


def test_everything_has_a_name_for_screen_readers(full_window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(full_window, qtbot)
    parts = picker.parts
    for widget in (parts.line, parts.list, parts.command.box, parts.before, parts.behind, parts.preview):
        assert widget.accessibleName()
    said = picker.hits.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    row = picker.hits.index(0).data(PAPER)
    assert row.title in said
    assert row.citation_key in said


def test_the_mouse_cites_too(full_window: MainWindow, qtbot: QtBot) -> None:
    picker = open_picker(full_window, qtbot)
    second = picker.hits.index(1)
    place = picker.parts.list.visualRect(second).center()
    qtbot.mouseClick(picker.parts.list.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place))
    assert picker.parts.list.paper() == second.data(PAPER)
    qtbot.waitUntil(lambda: second.data(PAPER).citation_key in picker.parts.preview.text())
    qtbot.mouseClick(picker.parts.cite_button, Qt.MouseButton.LeftButton)
    assert copied(qtbot) == f"\\cite{{{second.data(PAPER).citation_key}}}"
