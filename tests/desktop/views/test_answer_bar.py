"""What stands above the table on the answer to a search, and what is marked in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import services
from desktop.models.paper_columns import TITLE

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


def search(window: MainWindow, qtbot: QtBot, text: str) -> None:
    """Type a search and wait for its answer."""
    with qtbot.waitSignal(window.table.found, check_params_cb=lambda asked, _found: asked == text):
        window.search.setText(text)
        window.search.flush()


@pytest.fixture
def tagged(full_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window narrowed to a tag that one of two surveys has."""
    library = full_window.context.library
    assert library is not None
    found = services.searching.find(library, "title:multimodal")
    services.tagging.tag(library, found.ids.tolist(), add=["chosen"])
    full_window.sidebar.set_scope("tag:chosen")
    qtbot.waitUntil(lambda: full_window.table.model.rowCount() == 1)
    return full_window


def test_what_was_not_understood_is_said_and_the_rest_searched(full_window: MainWindow, qtbot: QtBot) -> None:
    search(full_window, qtbot, "survey year:soon")
    bar = full_window.table.answer_bar
    assert "'soon'" in bar.words()
    assert bar.isVisible()
    assert full_window.search.wrong() == ["year:soon"]
    assert full_window.table.model.rowCount() == 2
    search(full_window, qtbot, "survey")
    assert not bar.isVisible()


def test_papers_outside_the_chosen_place_are_offered(tagged: MainWindow, qtbot: QtBot) -> None:
    bar = tagged.table.answer_bar
    search(tagged, qtbot, "survey")
    qtbot.waitUntil(lambda: bar.words() == "1 more in the whole library")
    assert tagged.table.model.rowCount() == 1
    bar.more.setFocus()
    QTest.keyClick(bar.more, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: tagged.table.model.rowCount() == 2)
    qtbot.waitUntil(lambda: not bar.isVisible())  # the rows may be there before the last word on the answer
    assert tagged.search.text() == "survey"
    assert tagged.sidebar.scope_text() == ""


def test_matches_are_marked_in_the_table_and_the_abstract(full_window: MainWindow, qtbot: QtBot) -> None:
    table, view = full_window.table, full_window.detail.paper.abstract.view

    def cell() -> QImage:
        index = table.model.index(0, TITLE)
        return table.view.grab(table.view.visualRect(index)).toImage()

    search(full_window, qtbot, "title:geometry")
    table.select_ids(table.shown_ids()[:1])
    qtbot.waitUntil(lambda: "geometry" in view.text())
    assert view.extraSelections() == []
    marked = cell()
    search(full_window, qtbot, '"reward models in" key:on')
    assert [one.cursor.selectedText() for one in view.extraSelections()] == ["reward models in"]
    assert cell() != marked
    search(full_window, qtbot, "year:2024")
    assert view.extraSelections() == []


def test_the_best_come_first_unless_the_person_says_otherwise(full_window: MainWindow, qtbot: QtBot) -> None:
    header = full_window.table.view.header
    assert full_window.registry["best_first"].isChecked()
    assert header.order(searched=True) == ("relevance", True)
    full_window.registry["best_first"].trigger()
    assert header.order(searched=True) == ("dump", True)
    assert not full_window.registry["best_first"].isChecked()
    full_window.registry["best_first"].trigger()
    header.sort_by("title", False)
    assert header.order(searched=True) == ("title", False)
