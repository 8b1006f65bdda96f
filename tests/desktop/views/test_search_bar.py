"""The search field."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.views.search_bar import SearchBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.context import AppContext


@pytest.fixture
def bar(qtbot: QtBot, context: AppContext) -> SearchBar:
    """A search field on the screen."""
    bar = SearchBar(context)
    qtbot.addWidget(bar)
    bar.show()
    return bar


def test_typing_asks_once_after_a_pause(qtbot: QtBot, bar: SearchBar) -> None:
    said: list[str] = []
    bar.search_changed.connect(said.append)
    QTest.keyClicks(bar, "align")
    assert said == []
    qtbot.waitUntil(lambda: said == ["align"])
    QTest.keyClicks(bar, "  ")
    QTest.qWait(120)
    assert said == ["align"]


def test_escape_clears_then_leaves(qtbot: QtBot, bar: SearchBar) -> None:
    bar.setText("align")
    bar.flush()
    with qtbot.waitSignal(bar.search_changed) as said:
        QTest.keyClick(bar, Qt.Key.Key_Escape)
    assert said.args == [""]
    with qtbot.waitSignal(bar.left_empty):
        QTest.keyClick(bar, Qt.Key.Key_Escape)


def test_down_and_enter_go_to_the_table_with_the_newest_text(qtbot: QtBot, bar: SearchBar) -> None:
    bar.setText("dpo")
    with qtbot.waitSignals([bar.search_changed, bar.left_down]):
        QTest.keyClick(bar, Qt.Key.Key_Down)


def test_what_was_not_understood_is_shown_and_goes_away(bar: SearchBar) -> None:
    bar.show_error("“soon” is <b>no</b> year")
    assert "&lt;b&gt;" in bar.toolTip()
    assert bar.accessibleDescription() == "“soon” is <b>no</b> year"
    bar.show_error("")
    assert (bar.toolTip(), bar.error()) == ("", "")


def test_fields_and_names_are_completed(qtbot: QtBot, bar: SearchBar) -> None:
    bar._take_values(['tag:"reward models"'])
    QTest.keyClicks(bar, "diffusion ta")
    popup = bar._completer.popup()
    assert popup is not None
    assert popup.isVisible()
    bar._completer.activated.emit('tag:"reward models"')
    assert bar.text() == 'diffusion tag:"reward models" '
    popup.hide()


def test_a_plain_word_offers_nothing(bar: SearchBar) -> None:
    QTest.keyClicks(bar, "qubit")
    popup = bar._completer.popup()
    assert popup is not None
    assert not popup.isVisible()
