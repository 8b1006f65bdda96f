"""What the Tools menu does with the library as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from db import services
from desktop.views.record_check import RecordCheck

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


def test_a_finding_leads_to_its_paper_in_the_table(full_window: MainWindow, qtbot: QtBot) -> None:
    library = full_window.context.library
    assert library is not None
    services.editing.set_fields(library, [3], {"entry_type": "article"})
    full_window.registry["check_records"].trigger()
    view = next(one for one in QApplication.topLevelWidgets() if isinstance(one, RecordCheck))
    qtbot.waitUntil(lambda: bool(view.model.shown))
    assert {one.paper_id for one in view.model.shown} == {3}
    view.show_button.click()
    qtbot.waitUntil(lambda: list(full_window.table.selected_ids()) == [3])
    view.close()


def test_undo_works_by_key_in_the_check_too(full_window: MainWindow, qtbot: QtBot) -> None:
    library = full_window.context.library
    assert library is not None
    services.editing.set_fields(library, [3], {"fields": {"pages": "1-9"}})
    full_window.registry["check_records"].trigger()
    view = next(one for one in QApplication.topLevelWidgets() if isinstance(one, RecordCheck) and one.isVisible())
    qtbot.waitUntil(lambda: bool(view.model.shown))
    view.fix()
    qtbot.waitUntil(lambda: not view.model.shown)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    qtbot.waitUntil(full_window.registry["undo"].isEnabled)
    QTest.keyClick(view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [one.field for one in view.model.shown] == ["fields.pages"])
    view.close()
