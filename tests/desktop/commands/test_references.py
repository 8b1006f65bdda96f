"""Paper > Copy reference and Paper > Reference list, in the real window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from desktop.views.reference_list import ReferenceList

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


def trigger(window: MainWindow, action: str, qtbot: QtBot) -> None:
    """Use an action as soon as the selection has enabled it."""
    qtbot.waitUntil(window.registry[action].isEnabled)
    window.registry[action].trigger()


def test_the_references_of_the_selection_are_copied_and_said(full_window: MainWindow, qtbot: QtBot) -> None:
    full_window.table.select_all()
    QGuiApplication.clipboard().clear()
    trigger(full_window, "copy_reference", qtbot)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().count("\n") == 4, timeout=20_000)
    data = QGuiApplication.clipboard().mimeData()
    assert "<i>Aligning Multimodal Models with Human Preference: A Survey</i>. (2024, March 1)" in data.html()
    assert data.hasFormat("text/rtf")
    qtbot.waitUntil(lambda: "Copied the reference of 5 papers" in full_window.toast.text.text())


def test_copying_references_is_no_step_to_undo(full_window: MainWindow, qtbot: QtBot) -> None:
    full_window.table.select_ids(full_window.table.shown_ids()[:1])
    before = full_window.registry["undo"].text()
    QGuiApplication.clipboard().clear()
    trigger(full_window, "copy_reference", qtbot)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() != "", timeout=20_000)
    assert full_window.registry["undo"].text() == before


def test_the_reference_list_takes_the_selection(full_window: MainWindow, qtbot: QtBot) -> None:
    full_window.table.select_ids(full_window.table.shown_ids()[:2])
    trigger(full_window, "reference_list", qtbot)
    dialog = full_window.findChild(ReferenceList)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.count.text() == "2 papers", timeout=20_000)
    dialog.reject()


def test_both_wait_for_a_selection(window: MainWindow) -> None:
    assert not window.registry["copy_reference"].isEnabled()
    assert not window.registry["reference_list"].isEnabled()
