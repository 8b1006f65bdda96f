"""The ledger from the window: its marks are steps like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


def test_a_mark_is_undone_and_done_again_inside_the_ledger(full_window: MainWindow, qtbot: QtBot) -> None:
    view = full_window.ledger.show(1, 1)
    qtbot.waitUntil(lambda: bool(view.text.lines))
    view.activateWindow()
    view.text.setFocus()
    qtbot.waitUntil(view.text.hasFocus)
    view.go_to(next(number for number, line in enumerate(view.text.lines, start=1) if line.strip()))
    QTest.keyClick(view.text, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: bool(view.text.marks))
    qtbot.waitUntil(lambda: "mark" in full_window.registry["undo"].text().lower())
    assert {full_window.registry["undo"], full_window.registry["redo"]} <= set(view.actions())
    next(one for one in view.actions() if one.objectName() == "undo").trigger()
    qtbot.waitUntil(lambda: not view.text.marks)
    qtbot.waitUntil(full_window.registry["redo"].isEnabled)
    next(one for one in view.actions() if one.objectName() == "redo").trigger()
    qtbot.waitUntil(lambda: bool(view.text.marks))
    view.close()
