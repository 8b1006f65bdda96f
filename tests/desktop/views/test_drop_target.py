"""A drag over any part of the window is caught; what is dropped comes out once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow

COPY = Qt.DropAction.CopyAction
ANY = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def files(*names: str) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(name) for name in names])
    return mime


def words(text: str) -> QMimeData:
    mime = QMimeData()
    mime.setText(text)
    return mime


def over(widget: QWidget) -> tuple[QWindow, QPoint]:
    """Return the surface that the platform tells of a drag over a widget, and where on it that is."""
    surface = widget.window().windowHandle()
    assert surface is not None
    return surface, widget.mapTo(widget.window(), widget.rect().center())


def enter(widget: QWidget, mime: QMimeData) -> QDragEnterEvent:
    surface, place = over(widget)
    event = QDragEnterEvent(place, ANY, mime, LEFT, NONE)
    QApplication.sendEvent(surface, event)
    return event


def move(widget: QWidget, mime: QMimeData) -> QDragMoveEvent:
    surface, place = over(widget)
    event = QDragMoveEvent(place, ANY, mime, LEFT, NONE)
    QApplication.sendEvent(surface, event)
    return event


def leave(widget: QWidget) -> None:
    QApplication.sendEvent(over(widget)[0], QDragLeaveEvent())


def drop(widget: QWidget, mime: QMimeData) -> QDropEvent:
    surface, place = over(widget)
    event = QDropEvent(QPointF(place), ANY, mime, LEFT, NONE)
    QApplication.sendEvent(surface, event)
    return event


@pytest.mark.parametrize("part", ["sidebar", "table", "detail", "search", "toolbar", "status"])
def test_files_over_any_part_show_the_target(empty_window: MainWindow, part: str) -> None:
    event = enter(getattr(empty_window, part), files("/a.txt", "/b.txt"))
    target = empty_window.drop_target
    assert event.isAccepted()
    assert event.dropAction() == COPY
    assert target.isVisible()
    assert target.size() == empty_window.size()
    assert "2" in target.message


def test_a_drop_from_another_program_brings_the_keys_along(empty_window: MainWindow, qtbot: QtBot) -> None:
    other = QWidget()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(other.isActiveWindow)
    enter(empty_window.table, files("/no.txt"))
    drop(empty_window.table, files("/no.txt"))
    qtbot.waitUntil(empty_window.isActiveWindow)


def test_one_file_is_named(empty_window: MainWindow) -> None:
    enter(empty_window.table, files("/x/dump.txt"))
    assert "dump.txt" in empty_window.drop_target.message


def test_a_document_is_told_from_what_can_be_imported(empty_window: MainWindow) -> None:
    target = empty_window.drop_target
    enter(empty_window.table, files("/x/paper.TEX"))
    assert "cites" in target.message
    assert "nothing of it is imported" in target.hint
    enter(empty_window.table, files("/x/paper.aux", "/x/dump.txt"))
    assert "import 2 files" in target.message
    assert "read twice" in target.hint


def test_leaving_takes_the_target_away(empty_window: MainWindow) -> None:
    target = empty_window.drop_target
    enter(empty_window.table, files("/a.txt"))
    assert move(empty_window.sidebar, files("/a.txt")).isAccepted()
    assert target.isVisible()
    leave(empty_window.sidebar)
    assert not target.isVisible()
    enter(empty_window.table, files("/b.txt"))
    assert "b.txt" in target.message


def test_a_drop_hands_the_files_over_and_uncovers(empty_window: MainWindow, qtbot: QtBot) -> None:
    target = empty_window.drop_target
    target.files_dropped.disconnect()
    enter(empty_window.table, files("/a.txt", "/folder"))
    with qtbot.waitSignal(target.files_dropped) as heard:
        drop(target, files("/a.txt", "/folder"))
    assert heard.args == [[Path("/a.txt"), Path("/folder")]]
    assert not target.isVisible()


def test_a_quick_drop_on_a_part_works_too(empty_window: MainWindow, qtbot: QtBot) -> None:
    target = empty_window.drop_target
    target.files_dropped.disconnect()
    enter(empty_window.sidebar, files("/a.txt"))
    with qtbot.waitSignal(target.files_dropped):
        drop(empty_window.sidebar, files("/a.txt"))
    assert not target.isVisible()


def test_text_is_taken_by_the_window_but_left_to_text_fields(empty_window: MainWindow, qtbot: QtBot) -> None:
    target = empty_window.drop_target
    target.text_dropped.disconnect()
    enter(empty_window.search, words("alignment"))
    assert not target.isVisible()
    move(empty_window.table, words("A title"))
    assert target.isVisible()
    with qtbot.waitSignal(target.text_dropped) as heard:
        drop(target, words("A title"))
    assert heard.args == ["A title"]


def test_drags_of_our_own_rows_are_left_alone(empty_window: MainWindow) -> None:
    mime = QMimeData()
    mime.setData("application/x-sheaf-papers", b"[1]")
    enter(empty_window.sidebar, mime)
    assert not empty_window.drop_target.isVisible()
