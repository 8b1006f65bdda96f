"""The palette finds every action by a few letters, runs it, and says why one cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.actions import ACTIONS
from desktop.views.palette import Palette, fuzzy

if TYPE_CHECKING:
    from desktop.window.main_window import MainWindow


@pytest.fixture
def palette(empty_window: MainWindow) -> Palette:
    made = Palette(empty_window.context, empty_window.registry, empty_window)
    made.show()
    return made


def titles(palette: Palette) -> list[str]:
    model = palette.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_letters_in_order_are_found_and_word_starts_win() -> None:
    assert fuzzy("xyz", "Export") is None
    assert fuzzy("", "Export") is not None
    best = max(["Find duplicates", "Forbidden", "Find"], key=lambda text: fuzzy("fd", text) or -99)
    assert best == "Find duplicates"


def test_every_action_stands_in_it_once(palette: Palette) -> None:
    assert sorted(titles(palette)) == sorted(a.plain for a in ACTIONS if a.id != "palette")


def test_typing_narrows_and_enter_runs(empty_window: MainWindow, palette: Palette) -> None:
    assert empty_window.panes.is_shown("sidebar")
    QTest.keyClicks(palette.field, "sideb")
    assert titles(palette)[0] == "Sidebar"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert not empty_window.panes.is_shown("sidebar")


@pytest.mark.parametrize("typed", ["Export...", "export…", "Export ..."])
def test_a_name_is_found_with_the_dots_that_the_menu_shows(palette: Palette, typed: str) -> None:
    palette.field.setText(typed)
    assert titles(palette)[0] == "Export"


def test_arrows_move_while_typing(palette: Palette) -> None:
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1


def test_a_disabled_action_says_why_and_does_not_run(empty_window: MainWindow, palette: Palette) -> None:
    QTest.keyClicks(palette.field, "move to trash")
    said = palette.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Select a paper first." in said
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert "Select a paper first." in empty_window.registry["trash"].toolTip()


def test_escape_goes_back(palette: Palette) -> None:
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_it_is_no_higher_than_what_it_found(palette: Palette) -> None:
    tall = palette.height()
    QTest.keyClicks(palette.field, "keyboard shortcuts")
    line = palette.list.sizeHintForRow(0)
    assert palette.list.model().rowCount() == 1
    assert palette.height() < 3 * line + palette.field.height()
    assert palette.list.viewport().height() >= line
    palette.field.clear()
    assert palette.height() == tall
