"""What the keys of the table do to the selected papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db import services

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


def test_a_note_is_written_by_keyboard_and_the_table_gets_the_keys_back(full_window: MainWindow, qtbot: QtBot) -> None:
    window, view = full_window, full_window.table.view
    window.activateWindow()
    view.selectRow(1)
    (number,) = window.table.selected_ids()
    view.setFocus()
    qtbot.waitUntil(window.registry["edit_notes"].isEnabled)
    QTest.keyClick(view, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: window.detail.paper.notes.field.widget.hasFocus())
    QTest.keyClicks(QApplication.focusWidget(), "A calm baseline")

    for _ in range(2):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)

    assert view.hasFocus()
    library = window.context.library
    assert library is not None

    def note() -> str:
        paper = services.reading.paper(library, number)
        return paper.notes if paper else ""

    qtbot.waitUntil(lambda: note() == "A calm baseline")


def test_a_note_for_several_papers_is_refused_in_words(full_window: MainWindow, qtbot: QtBot) -> None:
    full_window.table.select_all()
    qtbot.waitUntil(full_window.registry["edit_notes"].isEnabled)
    with qtbot.waitSignal(full_window.context.notified) as told:
        full_window.registry["edit_notes"].trigger()
    assert told.args is not None
    assert "belongs to one paper" in told.args[0].text
