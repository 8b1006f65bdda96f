"""The preview of what reading a dump again would change, and the way to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import services
from db.services.progress import Progress, silent
from desktop.context import EVERYTHING
from desktop.models.differences import Differences, rows
from desktop.views.dump_reread import RereadView
from desktop.views.dump_view import DumpView
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.context import AppContext
    from desktop.shared import Notice
    from desktop.window.main_window import MainWindow

Keep = Callable[["QWidget"], None]


@pytest.fixture
def source_id(opened: AppContext, library: Library, dump: Path) -> int:
    """The dump of five papers, with the second one's title and abstract marked to be ignored."""
    found = services.importing.import_files(library, [dump], silent).files[0]
    assert found.source_id is not None
    first = services.sources.sightings(library, found.new_ids[1])[0].sighting.line_start
    services.rereading.set_marks(library, found.source_id, [first, first + 2], "ignore")
    return found.source_id


@pytest.fixture
def view(qtbot: QtBot, opened: AppContext, source_id: int, keep: Keep) -> RereadView:
    """The preview, shown to its end."""
    made = RereadView(opened, source_id)
    keep(made)
    made.show()
    assert not made.apply_button.isEnabled()
    qtbot.waitUntil(made.apply_button.isEnabled)
    return made


def test_the_difference_is_listed_in_words(view: RereadView) -> None:
    assert view.windowTitle() == "Read five.txt again"
    assert view.title.text() == "0 new records, 1 gone, 0 changed"
    index = view.model.index(0, 0)
    assert [index.siblingAtColumn(at).data() for at in range(4)] == [
        "− Gone", str(view.model.rows[0].line), "Plug-and-Play Regulators for Image-Text Matching", "",
    ]  # fmt: skip
    before, after = view.counts.text().splitlines()
    assert before.startswith("Before: 5 records, 25 lines of records, 4 of page furniture")
    assert after.startswith("After: 4 records")
    assert "Plug-and-Play" in view.detail.toPlainText()
    assert view.table.hasFocus() or not view.isActiveWindow()
    view.grab()


def test_nothing_is_changed_until_it_is_applied(view: RereadView, library: Library) -> None:
    assert len(services.searching.find(library, "").ids) == 5
    view.cancel_button.click()
    assert len(services.searching.find(library, "").ids) == 5


def test_applying_is_one_step_with_a_way_back(
    qtbot: QtBot, opened: AppContext, view: RereadView, library: Library
) -> None:
    said: list[Notice] = []
    opened.notified.connect(said.append)
    view.apply_button.click()
    qtbot.waitUntil(lambda: bool(said))
    assert said[0].text == "Done: Read five.txt again"
    assert said[0].action == "Undo"
    assert len(services.searching.find(library, "").ids) == 4
    opened.undo()
    qtbot.waitUntil(lambda: len(services.searching.find(library, "").ids) == 5)


def test_the_same_again_says_so(qtbot: QtBot, opened: AppContext, library: Library, source_id: int, keep: Keep) -> None:
    services.rereading.apply(library, source_id, silent)
    view = RereadView(opened, source_id)
    keep(view)
    view.show()
    qtbot.waitUntil(view.apply_button.isEnabled)
    assert view.title.text() == "The records stay as they are"
    assert not view.table.isVisible()


def test_a_dump_that_is_gone_is_told(qtbot: QtBot, opened: AppContext, keep: Keep) -> None:
    view = RereadView(opened, 99)
    keep(view)
    with qtbot.waitSignal(opened.failed) as caught:
        view.show()
    assert "no longer" in caught.args[0].message


def test_progress_is_told_while_it_reads(view: RereadView) -> None:
    view.apply_button.setEnabled(False)
    view._progressed(Progress(30, 60, "five.txt"))
    assert view.title.text() == "Reading the dump again... 50 %"


def test_changed_values_stand_side_by_side() -> None:
    altered = services.rereading.Altered(7, "Kettles", 3, (("title", "Teapots", "Kettles"), ("doi", "10.1/2", "")))
    told = services.rereading.Told(3, "Boats")
    model = Differences()
    model.show(rows(services.rereading.Difference(1, "x", (told,), (), (altered,), {}, {})))
    found = [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]
    assert found == [
        ["+ New", "3", "Boats", ""],
        ["~ Changed", "7", "Kettles", "Title: Teapots → Kettles"],
        ["~ Changed", "7", "Kettles", "DOI: 10.1/2 → (nothing)"],
    ]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "What"
    assert model.index(1, 3).data(Qt.ItemDataRole.ToolTipRole)


def test_the_window_leads_there_and_back(full_window: MainWindow, qtbot: QtBot) -> None:
    lists = full_window.sidebar.lists
    assert lists is not None
    source = lists.sources[0]
    ledger = full_window.ledger.show(source.id, 1)
    qtbot.waitUntil(lambda: bool(ledger.text.lines))
    assert full_window.ledger.show(source.id, 5) is ledger, "one window for a dump"
    full_window.table.select_ids([full_window.table.shown_ids()[2]])
    qtbot.waitUntil(lambda: bool(ledger.text.ranges))
    chosen = full_window.table.selected_ids()[0]
    span = ledger.text.span_at(ledger.text.line)
    assert span is not None
    assert span.paper_id == chosen
    ledger.bar.wanted.emit()
    qtbot.waitUntil(lambda: bool(full_window.findChildren(RereadView)))
    preview = full_window.findChildren(RereadView)[0]
    qtbot.waitUntil(preview.apply_button.isEnabled)
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    ledger.close()
    settle(full_window, qtbot)
    assert not full_window.findChildren(DumpView)


def test_the_menu_of_a_dump_offers_a_newer_reader(full_window: MainWindow, qtbot: QtBot) -> None:
    sidebar, library = full_window.sidebar, full_window.context.library
    assert library is not None
    entry = next(entry for _index, entry in sidebar.model.entries() if entry.kind == "dump")
    texts = [action.text() for action in sidebar.menus.menu(entry, ()).actions()]
    assert "Read a&gain..." in texts
    with library.writing("An older reader", journalled=False) as write:
        write.session.connection().exec_driver_sql("UPDATE source SET reader = 0")
    full_window.context.announce(EVERYTHING)
    settle(full_window, qtbot)
    texts = [action.text() for action in sidebar.menus.menu(entry, ()).actions()]
    assert "A newer reader understands this dump better: read a&gain..." in texts
