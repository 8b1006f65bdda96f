"""The actions made of the table: which can be used, why not, and what the newest of them do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from db import services
from desktop.action import NEEDS
from desktop.actions import SORTS
from desktop.models.paper_columns import BY_ID
from desktop.views.columns import ColumnChooser
from desktop.views.shortcuts import ShortcutsDialog
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from db.domain.records import Paper
    from desktop.window.main_window import MainWindow


def first(window: MainWindow) -> Paper:
    library = window.context.library
    assert library is not None
    found = services.reading.paper(library, window.table.selected_ids()[0])
    assert found is not None
    return found


def test_every_disabled_action_says_why_in_its_tooltip(empty_window: MainWindow) -> None:
    disabled = [command for command in empty_window.registry.commands if not command.qaction.isEnabled()]
    assert len(disabled) > 20
    for command in disabled:
        assert NEEDS[command.action.needs]
        assert NEEDS[command.action.needs] in command.qaction.toolTip()


def test_what_undo_names_is_never_taken_for_markup(full_window: MainWindow, qtbot: QtBot) -> None:
    window, hostile = full_window, "<img src='file:///nowhere'>"
    window.context.run("Tag", lambda library: services.tagging.tag(library, [1], add=[hostile]))
    undo = window.registry["undo"]
    qtbot.waitUntil(lambda: hostile in undo.text())
    assert "<img" not in undo.toolTip()
    assert "&lt;img" in undo.toolTip()
    window.registry["shortcuts"].trigger()
    (dialog,) = window.findChildren(ShortcutsDialog)
    found = dialog.tree.findItems(hostile, Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    assert [one.toolTip(0).count("<img") for one in found] == [0]
    dialog.close()


def test_a_key_is_pinned_let_go_and_made_anew(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    window.table.select_ids(window.table.shown_ids()[:1])
    qtbot.wait(50)
    for action, pinned in (("pin_key", True), ("unpin_key", False), ("regenerate_key", False)):
        window.registry[action].trigger()
        settle(window, qtbot)
        assert first(window).key_frozen is pinned
    assert first(window).citation_key


def test_every_column_can_be_sorted_by_from_the_menu(full_window: MainWindow, qtbot: QtBot) -> None:
    assert {name for name, _ in SORTS} == set(BY_ID)
    window = full_window
    window.registry["sort_title"].trigger()
    settle(window, qtbot)
    up = window.table.shown_ids()
    window.registry["sort_title"].trigger()
    settle(window, qtbot)
    assert window.table.shown_ids() == up[::-1]


def test_the_columns_can_be_chosen_from_the_menu(full_window: MainWindow) -> None:
    full_window.registry["columns"].trigger()
    (chooser,) = full_window.findChildren(ColumnChooser)
    chooser.close()


def test_the_title_takes_the_free_width(full_window: MainWindow, qtbot: QtBot) -> None:
    header = full_window.table.view.header
    widths = []
    for width in (1280, 1600):
        full_window.resize(width, 800)
        qtbot.wait(50)
        widths.append(header.sectionSize(BY_ID["title"]))
        assert header.length() <= full_window.table.view.viewport().width()
    assert widths[0] >= 250
    assert widths[1] - widths[0] == 320
