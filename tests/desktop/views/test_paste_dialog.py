"""Pasting: what the clipboard holds is imported with Enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from desktop.views.paste_dialog import PasteDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.context import AppContext

TEXT = "A Study of Rivers\n\nWe measured two hundred rivers by hand.\n"


@pytest.mark.parametrize("modifier", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_enter_imports_what_the_clipboard_holds(
    qtbot: QtBot, context: AppContext, modifier: Qt.KeyboardModifier
) -> None:
    QGuiApplication.clipboard().setText(TEXT)
    dialog = PasteDialog(context)
    qtbot.addWidget(dialog)
    with qtbot.waitActive(dialog):
        dialog.open()
        dialog.activateWindow()
    assert dialog.focusWidget() is dialog.import_button
    if modifier:
        dialog.area.setFocus()
    with qtbot.waitSignal(dialog.accepted):
        QTest.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Return, modifier)
    assert dialog.text() == TEXT


def test_an_empty_clipboard_leads_to_the_empty_text(qtbot: QtBot, context: AppContext) -> None:
    QGuiApplication.clipboard().clear()
    dialog = PasteDialog(context)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.focusWidget() is dialog.area
    assert not dialog.import_button.isEnabled()
