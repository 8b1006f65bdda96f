"""The list of papers told apart, by keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import services
from desktop.views.told_apart import ToldApart

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


def test_a_pair_is_found_and_taken_back(full_window: MainWindow, qtbot: QtBot) -> None:
    library = full_window.context.library
    assert library is not None
    ids = full_window.table.shown_ids()
    full_window.registry["told_apart"].trigger()
    made = next(iter(full_window.findChildren(ToldApart)))
    qtbot.waitUntil(lambda: made.said.text().startswith("Nothing was told apart yet."))
    assert not made.back_button.isEnabled()
    for pair in (ids[:2], ids[2:4]):
        full_window.context.announce(services.merging.different(library, pair))
    qtbot.waitUntil(lambda: made.list.topLevelItemCount() == 2)
    title = services.reading.papers(library, ids[:1])[0].title
    QTest.keyClicks(made.search, title.split(":")[0])
    qtbot.waitUntil(lambda: made.list.topLevelItemCount() == 1)
    QTest.keyClick(made.search, Qt.Key.Key_Return)
    assert made.list.hasFocus()
    assert services.toldapart.pairs(library)[1] == 2  # in the field it changes nothing
    QTest.keyClick(made.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: services.toldapart.pairs(library)[1] == 1)
    made.search.clear()
    qtbot.waitUntil(lambda: [one.ids for one in made.told] == [tuple(sorted(ids[2:4]))])
    with qtbot.waitSignal(made.show_papers) as shown:
        made.show_button.click()
    assert shown.args == [sorted(ids[2:4])]
    made.close()
