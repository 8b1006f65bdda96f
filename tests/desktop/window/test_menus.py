"""Menus: their letters are theirs while they are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow


def overrides(
    menu: QMenu, key: Qt.Key, text: str, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> bool:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier, text)
    event.ignore()
    QApplication.sendEvent(menu, event)
    return event.isAccepted()


def test_letters_belong_to_the_menu_that_is_open(window: MainWindow) -> None:
    for action in window.menuBar().actions():
        menu = action.menu()
        assert isinstance(menu, QMenu)
        assert overrides(menu, Qt.Key.Key_R, "r")
        assert overrides(menu, Qt.Key.Key_S, "S", Qt.KeyboardModifier.ShiftModifier)
        assert not overrides(menu, Qt.Key.Key_R, "\x12", Qt.KeyboardModifier.ControlModifier)
