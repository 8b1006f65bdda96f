"""The search field."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import services
from db.services.searching import Found, Problem
from desktop.models.recent_searches import RecentSearches
from desktop.settings import Settings
from desktop.views.search_bar import SearchBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.context import AppContext
    from desktop.window.main_window import MainWindow


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


def test_what_was_not_understood_is_underlined(qtbot: QtBot, bar: SearchBar) -> None:
    bar.setText("  kettle year:soon")
    before = bar.grab().toImage()
    problem = Problem(7, 16, "year: takes a year.")
    bar.show_answer("kettle year:soon", Found(array("q"), 0, "year: takes a year.", (problem,)))
    assert bar.wrong() == ["year:soon"]
    assert bar.error() == "year: takes a year."
    assert bar.grab().toImage() != before
    bar.show_answer("another text", Found(array("q"), 0))
    assert bar.wrong() == ["year:soon"]
    bar.show_answer("kettle year:soon", Found(array("q"), 0))
    assert (bar.wrong(), bar.error()) == ([], "")


@pytest.fixture
def search(qtbot: QtBot, full_window: MainWindow) -> SearchBar:
    """The search field of a window with five papers and two tags."""
    ids = full_window.table.shown_ids()
    library = full_window.context.library
    assert library is not None
    services.tagging.tag(library, ids[:2], add=["reward models"])
    services.tagging.tag(library, ids[:1], add=["nlp/parsing"])
    full_window.activateWindow()
    full_window.search.setFocus()
    qtbot.waitUntil(full_window.search.hasFocus)
    return full_window.search


def offered(search: SearchBar) -> list[str]:
    return [one.text for one in search.popup.offers.choices()] if search.popup.is_shown() else []


def key(search: SearchBar, one: Qt.Key) -> None:
    """Press a key as it comes from the keyboard: to the list while it is shown."""
    QTest.keyClick(search.popup.list if search.popup.is_shown() else search, one)


def test_fields_and_names_are_completed_by_the_keyboard(qtbot: QtBot, search: SearchBar) -> None:
    QTest.keyClicks(search, "diffusion ta")
    qtbot.waitUntil(lambda: offered(search) == ["tag:"])
    key(search, Qt.Key.Key_Tab)
    assert search.text() == "diffusion tag:"
    qtbot.waitUntil(lambda: offered(search) == ["tag:nlp/parsing", 'tag:"reward models"'])
    key(search, Qt.Key.Key_Down)
    key(search, Qt.Key.Key_Down)
    key(search, Qt.Key.Key_Return)
    assert search.text() == 'diffusion tag:"reward models" '
    assert not search.popup.is_shown()
    assert search.hasFocus()


def test_letters_of_formulas_do_not_shift_what_is_completed(qtbot: QtBot, search: SearchBar) -> None:
    search.setText("\N{MATHEMATICAL ITALIC CAPITAL R}\N{ROCKET} ")
    QTest.keyClicks(search, "ta")
    qtbot.waitUntil(lambda: offered(search) == ["tag:"])
    key(search, Qt.Key.Key_Tab)
    QTest.keyClicks(search, "n")
    assert search.text() == "\N{MATHEMATICAL ITALIC CAPITAL R}\N{ROCKET} tag:n"


def test_return_without_a_choice_searches(qtbot: QtBot, search: SearchBar) -> None:
    QTest.keyClicks(search, "ti")
    qtbot.waitUntil(lambda: offered(search) == ["title:"])
    with qtbot.waitSignal(search.left_down):
        key(search, Qt.Key.Key_Return)
    assert search.text() == "ti"
    assert not search.popup.is_shown()


def test_the_list_goes_with_the_keyboard(qtbot: QtBot, search: SearchBar, full_window: MainWindow) -> None:
    QTest.keyClicks(search, "stat")
    qtbot.waitUntil(lambda: offered(search) == ["status:"])
    full_window.registry["toggle_facets"].trigger()
    qtbot.waitUntil(lambda: not search.hasFocus())
    assert not search.popup.is_shown()


def test_escape_takes_the_list_away_and_leaves_the_text(qtbot: QtBot, search: SearchBar) -> None:
    QTest.keyClicks(search, "stat")
    qtbot.waitUntil(lambda: offered(search) == ["status:"])
    key(search, Qt.Key.Key_Escape)
    assert not search.popup.is_shown()
    assert search.text() == "stat"


def test_a_plain_word_offers_nothing(qtbot: QtBot, search: SearchBar) -> None:
    QTest.keyClicks(search, "qubit")
    QTest.qWait(200)
    assert offered(search) == []


def test_searches_made_before_are_offered_kept_and_forgotten(qtbot: QtBot, search: SearchBar) -> None:
    for text in ("alignment year:2024", "kettle", "Kettle"):
        search.setText(text)
        key(search, Qt.Key.Key_Return)
        search.setFocus()
    search.clear_search()
    key(search, Qt.Key.Key_Down)
    assert offered(search) == ["Kettle", "alignment year:2024", "Forget these searches"]
    key(search, Qt.Key.Key_Down)
    key(search, Qt.Key.Key_Down)
    key(search, Qt.Key.Key_Return)
    assert search.text() == "alignment year:2024"
    search.clear_search()
    QTest.keyClicks(search, "alig")
    qtbot.waitUntil(lambda: offered(search) == ["alignment year:2024"])
    key(search, Qt.Key.Key_Escape)
    assert RecentSearches(Settings()).all()[0] == "alignment year:2024"
    search.clear_search()
    search.offer_recent()
    search.popup.taken.emit(search.popup.offers.choices()[-1])
    assert RecentSearches(Settings()).all() == []
