"""A record of the Sources tab becomes a paper of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from db import services
from db.services.progress import silent
from tests.desktop.conftest import TITLES, dump_text, settle

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


def links(window: MainWindow) -> list[QPushButton]:
    found = window.detail.paper.sources.findChildren(QPushButton)
    return [one for one in found if one.text() == "This is another paper" and one.isVisible()]


def test_a_record_becomes_a_paper_of_its_own(full_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    library = full_window.context.library
    assert library is not None
    full_window.table.select_ids(full_window.table.shown_ids()[:1])
    full_window.detail.paper.show_tab("sources")
    qtbot.wait(100)
    assert not links(full_window)
    again = tmp_path / "again.txt"
    again.write_text(dump_text().replace("Oct 31", "Nov 7"), encoding="utf-8")
    full_window.context.announce(services.importing.import_files(library, [again], silent).changes)
    qtbot.waitUntil(lambda: len(links(full_window)) == 2)
    QTest.keyClick(links(full_window)[1], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: full_window.table.model.rowCount() == len(TITLES) + 1)
    qtbot.waitUntil(lambda: not links(full_window))
    assert full_window.focusWidget() is full_window.detail.paper.sources
    settle(full_window, qtbot)
    full_window.context.undo()
    qtbot.waitUntil(lambda: len(links(full_window)) == 2)
