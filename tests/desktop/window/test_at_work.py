"""What a person does in a day, in the real window: drop, triage, review, export."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from db import services
from db.services.changes import Changes
from desktop.context import EVERYTHING
from desktop.views.drop_target import DropTarget
from desktop.views.export_dialog import ExportDialog
from desktop.views.import_summary import ImportSummary
from desktop.views.key_dialog import KeyDialog
from desktop.views.review import ReviewView
from desktop.views.shortcuts import ShortcutsDialog
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
WORDS = "alpine brittle copper drifting eastern fluid glacial hollow inner joint knotted lunar mossy neutral".split()
WORDS += "rivers Deserts Glaciers Harbours Cities Forests Islands Tunnels markets orchards".split()
WORDS += "light noise grammar viruses rumours magnets sediment prices bridges migration".split()


def page_of(count: int, path: Path) -> Path:
    """Write a search page of papers that are nothing like each other."""
    chance = random.Random(7)
    blocks = []
    for number in range(count):
        title = " ".join(chance.sample(WORDS, 8)).title()
        abstract = ". ".join(" ".join(chance.sample(WORDS, 12)).capitalize() for _ in range(4))
        blocks.append(f"{title}\n\n{abstract}.\n\n  • 2 authors\n\n·\n\nMar {number % 28 + 1}, 2024 {number}\n")
    path.write_text("new\n\nDaily Papers\n\nOct 31\n\n" + "\n".join(blocks), encoding="utf-8")
    return path


def drop_on(widget: QDialog, path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    enter = QDragEnterEvent(QPoint(9, 9), COPY, mime, LEFT, NONE)
    surface = widget.windowHandle()
    assert surface is not None
    QApplication.sendEvent(surface, enter)
    assert enter.isAccepted()
    cover = widget.findChild(DropTarget)
    assert cover is not None
    assert cover.isVisible()
    assert path.name in cover.message
    QApplication.sendEvent(surface, QDropEvent(QPointF(9, 9), COPY, mime, LEFT, NONE))


def test_a_file_dropped_on_the_summary_is_imported_too(
    window: MainWindow, dump: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.import_paths([dump])
    qtbot.waitUntil(lambda: len(window.findChildren(ImportSummary)) == 1, timeout=20_000)
    settle(window, qtbot)
    drop_on(window.findChildren(ImportSummary)[0], page_of(3, tmp_path / "more.txt"))
    qtbot.waitUntil(lambda: window.table.model.rowCount() == 8, timeout=20_000)
    settle(window, qtbot)


@pytest.mark.parametrize("action", ["history", "shortcuts", "preferences", "help", "about"])
def test_every_window_beside_takes_a_drop(window: MainWindow, dump: Path, qtbot: QtBot, action: str) -> None:
    window.registry[action].trigger()
    beside = [one for one in window.findChildren(QDialog) if one.isVisible()]
    assert len(beside) == 1
    drop_on(beside[0], dump)
    qtbot.waitUntil(lambda: window.table.model.rowCount() == 5, timeout=20_000)
    settle(window, qtbot)
    beside[0].close()


def press_quit(beside: QDialog, qtbot: QtBot) -> None:
    with qtbot.waitActive(beside):
        beside.activateWindow()
    focused = beside.focusWidget() or beside
    qtbot.keyClick(focused, Qt.Key.Key_Q, CTRL)


def test_the_summary_of_an_import_has_the_keyboard_and_the_window_is_quit(
    window: MainWindow, dump: Path, qtbot: QtBot
) -> None:
    window.import_paths([dump])
    qtbot.waitUntil(lambda: len(window.findChildren(ImportSummary)) == 1, timeout=20_000)
    settle(window, qtbot)
    with qtbot.waitSignal(window.closed, timeout=20_000):
        press_quit(window.findChildren(ImportSummary)[0], qtbot)


BESIDE = "history shortcuts preferences help about export live_bib tags told_apart check_records cite dump_text".split()
BESIDE += ["look_up"]


@pytest.mark.parametrize("action", BESIDE)
def test_every_window_beside_lets_the_program_be_quit(full_window: MainWindow, qtbot: QtBot, action: str) -> None:
    full_window.table.select_ids([1])
    qtbot.waitUntil(full_window.registry["star"].isEnabled)
    full_window.sidebar.set_scope("dump:#1")
    settle(full_window, qtbot)
    full_window.registry[action].trigger()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in full_window.findChildren(QDialog)))
    (beside,) = (one for one in full_window.findChildren(QDialog) if one.isVisible())
    with qtbot.waitSignal(full_window.closed, timeout=20_000):
        press_quit(beside, qtbot)


def test_a_window_that_blocks_takes_no_drop(full_window: MainWindow, qtbot: QtBot) -> None:
    full_window.registry["key_pattern"].trigger()
    dialog = full_window.findChildren(KeyDialog)[0]
    assert dialog.isModal()
    assert dialog.findChild(DropTarget) is None
    dialog.reject()


def test_a_hundred_papers_are_triaged_by_keys_alone(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.import_paths([page_of(100, tmp_path / "hundred.txt")])
    qtbot.waitUntil(lambda: window.table.model.rowCount() == 100, timeout=20_000)
    settle(window, qtbot)
    for summary in window.findChildren(ImportSummary):
        summary.close()
    assert window.context.library is not None
    services.tagging.tag(window.context.library, window.table.shown_ids()[:1], add=["rivers"])
    services.tagging.set_digit(window.context.library, services.tagging.tags(window.context.library)[0].id, 1)
    window.sidebar.refresh(Changes("", frozenset({"tag", "paper_tag"})))
    settle(window, qtbot)
    order = window.table.shown_ids()
    window.activateWindow()
    window.table.select_ids(order[:1])
    window.table.setFocus()
    qtbot.waitUntil(window.registry["star"].isEnabled)
    for number in range(100):
        keys = [Qt.Key.Key_R] + [Qt.Key.Key_S] * (number % 3 == 0) + [Qt.Key.Key_1] * (number % 5 == 1)
        for key in [*keys, Qt.Key.Key_J]:
            QTest.keyClick(window.table.view, key)
    settle(window, qtbot)
    found = services.reading.papers(window.context.library, order)
    assert {one.status for one in found} == {"reading"}
    assert [one.starred for one in found] == [number % 3 == 0 for number in range(100)]
    assert [bool(one.tags) for one in found] == [number % 5 == 1 or number == 0 for number in range(100)]


def test_a_digit_that_is_typed_tags_nothing(full_window: MainWindow, qtbot: QtBot) -> None:
    library = full_window.context.library
    assert library is not None
    order = full_window.table.shown_ids()
    services.tagging.tag(library, order[:1], add=["rivers"])
    services.tagging.set_digit(library, services.tagging.tags(library)[0].id, 1)
    full_window.table.select_ids(order)
    full_window.activateWindow()
    full_window.search.setFocus()
    QTest.keyClick(full_window.focusWidget() or full_window.search, Qt.Key.Key_1)
    settle(full_window, qtbot)
    assert services.tagging.tags(library)[0].count == 1
    assert services.searching.find(library, "tag:rivers").total == 1


def test_a_set_is_reviewed_by_keys_and_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    assert window.context.library is not None
    for abstract in ("We measured two hundred rivers by hand.", "Poems about water, snow and old bridges."):
        values = {"title": "Rivers and their Beds in the North of Europe", "abstract": abstract}
        services.editing.add_paper(window.context.library, values)
    window.context.announce(EVERYTHING)
    settle(window, qtbot)
    window.registry["find_duplicates"].trigger()
    settle(window, qtbot)
    review = window.findChildren(ReviewView)
    assert len(review) == 1
    qtbot.waitUntil(lambda: bool(services.merging.queue(window.context.library)))  # type: ignore[arg-type]
    settle(window, qtbot)
    QTest.keyClick(review[0], Qt.Key.Key_M)
    settle(window, qtbot)
    assert services.reading.sidebar(window.context.library).all == 1
    window.context.undo()
    settle(window, qtbot)
    assert services.reading.sidebar(window.context.library).all == 2


def test_the_file_and_the_clipboard_get_the_same_bibtex(full_window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window = full_window
    window.activateWindow()
    window.table.setFocus()
    window.table.select_all()
    settle(window, qtbot)
    for abstracts in (False, True):
        window.registry["export"].trigger()
        dialog = next(one for one in window.findChildren(ExportDialog) if one.isVisible())
        assert not dialog.parts.boxes["abstract"].isChecked()
        assert not dialog.parts.boxes["keywords"].isChecked()
        assert not dialog.parts.boxes["note"].isChecked()
        assert dialog.parts.boxes["url"].isChecked()
        dialog.parts.boxes["abstract"].setChecked(abstracts)
        path = tmp_path / f"{abstracts}.bib"
        dialog.file.setText(str(path))
        with qtbot.waitSignal(dialog.exported, timeout=20_000):
            dialog.export_button.click()
        dialog.reject()
        window.activateWindow()
        window.table.setFocus()
        qtbot.waitUntil(window.table.view.hasFocus)
        QGuiApplication.clipboard().clear()
        QTest.keyClick(window.table.view, Qt.Key.Key_C, CTRL)
        qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "", timeout=20_000)
        settle(window, qtbot)
        written = path.read_text(encoding="utf-8")
        assert QGuiApplication.clipboard().text() == written
        assert written.count("@misc{") == 5
        assert ("abstract =" in written) is abstracts


def test_editing_the_title_starts_with_all_of_it_chosen(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    window.activateWindow()
    window.table.select_ids(window.table.shown_ids()[:1])
    window.table.setFocus()
    qtbot.waitUntil(window.registry["edit_title"].isEnabled)
    QTest.keyClick(window.table.view, Qt.Key.Key_E)
    title = window.detail.paper.header.title.widget
    qtbot.waitUntil(title.hasFocus)
    QTest.keyClicks(title, "Another title")
    assert title.toPlainText() == "Another title"
    QTest.keyClick(title, Qt.Key.Key_Escape)


def test_the_list_of_keys_holds_every_key(empty_window: MainWindow, keys_of: Callable[[ShortcutsDialog], str]) -> None:
    dialog = ShortcutsDialog(empty_window.registry, empty_window)
    said = keys_of(dialog)
    for command in empty_window.registry.commands:
        assert command.shortcut_text in said
        assert command.key_text in said
    for key in ("Ctrl+click", "Shift+click", "Alt+click", "M, D, L", "Esc"):
        assert key in said
    dialog.close()


@pytest.fixture
def keys_of() -> Callable[[ShortcutsDialog], str]:
    def read(dialog: ShortcutsDialog) -> str:
        lines = []
        for at in range(dialog.tree.topLevelItemCount()):
            group = dialog.tree.topLevelItem(at)
            if group is not None:
                rows = (group.child(row) for row in range(group.childCount()))
                lines += [f"{row.text(1)}\t{row.text(2)}" for row in rows if row is not None]
        return "\n".join(lines)

    return read


def test_an_export_waits_for_the_rest_of_the_rows(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    window.search.setText("survey")
    window.search.flush()
    window.registry["export"].trigger()  # the table still shows what was there before the search
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(ExportDialog)))
    dialog = next(one for one in window.findChildren(ExportDialog) if one.isVisible())
    assert window.table.model.rowCount() == 2
    assert "2 shown" in dialog.shown.text()
    dialog.reject()
