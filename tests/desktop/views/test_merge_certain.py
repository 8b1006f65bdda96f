"""Merging all certain sets: the preview, another rule, Enter, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import services
from db.services.progress import silent
from desktop.views.merge_certain import MergeCertain
from desktop.views.review import ReviewView
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow

WORKS = {
    "Routing lanterns over glacial rivers": "Lanterns drift where the water bends, and we count them all by night.",
    "A census of copper meadows": "Grass that grows on old mines holds metal in its roots, which sheep do not mind.",
}


def queue(window: MainWindow) -> ReviewView:
    (made,) = window.findChildren(ReviewView)
    return made


@pytest.fixture
def sure(full_window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The review of two certain sets."""
    library = full_window.context.library
    assert library is not None
    for title, text in WORKS.items():
        values = {"title": title, "abstract": text}
        services.editing.add_paper(library, values)
        services.editing.add_paper(library, values | {"authors": "Okafor, Ada", "venue": "Letters"})
    services.merging.find_duplicates(library, silent)
    full_window.show_review()
    qtbot.waitUntil(lambda: "(2)" in queue(full_window).head.all_button.text())
    return full_window


def test_the_preview_is_what_is_done(sure: MainWindow, qtbot: QtBot) -> None:
    library = sure.context.library
    assert library is not None
    queue(sure).head.all_button.click()
    made = next(iter(sure.findChildren(MergeCertain)))
    qtbot.waitUntil(made.merge_button.isEnabled)
    assert made.summary.text() == "2 sets: 4 papers become 2 papers"
    assert made.list.topLevelItemCount() == 2
    assert made.list.topLevelItem(0).text(1) == "The poorest record gains: 1 author name, Letters"
    made.rules.setFocus()
    QTest.keyClick(made.rules, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: made.merge_button.isEnabled() and bool(made.fields.text()))
    assert made.rules.currentText() == "The record that came first"
    assert made.list.topLevelItem(0).text(1) == "Gains: 1 author name, Letters"
    before = services.reading.sidebar(library).all
    QTest.keyClick(made, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: services.reading.sidebar(library).all == before - 2)
    qtbot.waitUntil(lambda: not queue(sure).sets)
    settle(sure, qtbot)
    sure.context.undo()
    qtbot.waitUntil(lambda: len(queue(sure).sets) == 2)


def test_cancel_changes_nothing(sure: MainWindow, qtbot: QtBot) -> None:
    queue(sure).head.all_button.click()
    made = next(iter(sure.findChildren(MergeCertain)))
    with qtbot.waitSignal(made.rejected):
        QTest.keyClick(made, Qt.Key.Key_Escape)
    settle(sure, qtbot)
    assert len(queue(sure).sets) == 2
