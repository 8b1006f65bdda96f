"""Papers like one, in the real window: the reasons are said, and all of them can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from db import services
from desktop.context import EVERYTHING
from desktop.views.alike import AlikeWindow
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow

TITLES = (
    "Bamboo kites in a meadow",
    "A meadow for <b>bamboo</b> kites",
    "Keels and anchors of harbour boats",
    "The of 42",
    "Anchors in a harbour",
)


@pytest.fixture
def five(window: MainWindow, qtbot: QtBot) -> MainWindow:
    assert window.context.library is not None
    for title in TITLES:
        services.editing.add_paper(window.context.library, {"title": title})
    window.context.announce(EVERYTHING)
    qtbot.waitUntil(lambda: window.table.model.rowCount() == 5)
    settle(window, qtbot)
    return window


def like(window: MainWindow, paper_id: int, qtbot: QtBot) -> AlikeWindow:
    window.table.select_ids([paper_id])
    qtbot.waitUntil(window.registry["alike"].isEnabled)
    window.registry["alike"].trigger()
    found = window.findChildren(AlikeWindow)[-1]
    qtbot.waitUntil(lambda: found.found is not None)
    return found


def test_the_words_in_common_are_the_reason(five: MainWindow, qtbot: QtBot) -> None:
    view = like(five, 1, qtbot)
    item = view.list.topLevelItem(0)
    assert item is not None
    assert view.list.topLevelItemCount() == 1
    assert item.text(0) == TITLES[1]
    assert set(item.text(2).split(", ")) == {"Bamboo", "kites", "meadow"}
    view.copy_button.click()
    assert TITLES[1] in QGuiApplication.clipboard().text()
    view.show_button.click()
    qtbot.waitUntil(lambda: sorted(five.table.shown_ids()) == [1, 2])
    view.list.setFocus()
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: five.table.selected_ids() == [2])
    view.close()


@pytest.mark.parametrize(("paper_id", "said"), [(4, "no words to go by"), (3, "")])
def test_nothing_to_go_by_is_said(five: MainWindow, qtbot: QtBot, paper_id: int, said: str) -> None:
    view = like(five, paper_id, qtbot)
    assert said in view.note.text()
    assert view.go_button.isEnabled() == (paper_id == 3)
    view.close()


def test_a_paper_that_goes_meanwhile_is_said(five: MainWindow, qtbot: QtBot) -> None:
    assert five.context.library is not None
    services.editing.trash(five.context.library, [1])
    view = AlikeWindow(five.context, 1, five)
    qtbot.waitUntil(lambda: "no longer" in view.note.text())
    view.close()
