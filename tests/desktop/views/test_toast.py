"""A notice goes away by itself, waits while it is looked at, and never takes the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from desktop.shared import Notice
from desktop.views.review import ReviewView
from desktop.views.toast import SHOWN_MS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


def test_it_stays_for_six_seconds_or_more() -> None:
    assert SHOWN_MS >= 6_000


def test_it_shows_plain_text_and_keeps_the_focus_where_it_was(empty_window: MainWindow, qtbot: QtBot) -> None:
    empty_window.search.setFocus()
    before = empty_window.focusWidget()
    empty_window.context.notify("<b>bold</b>")
    toast = empty_window.toast
    assert toast.isVisible()
    assert toast.text.text() == "<b>bold</b>"
    assert not toast.action.isVisible()
    assert empty_window.focusWidget() is before
    assert empty_window.rect().contains(toast.geometry())


def test_it_is_as_high_as_the_lines_of_a_long_text(empty_window: MainWindow, qtbot: QtBot) -> None:
    empty_window.resize(800, 600)
    toast = empty_window.toast
    empty_window.context.notify("Your library lives here now.")
    single = toast.height()
    empty_window.context.notify("Your library lives in another folder now, and its file stays where it was. " * 2)
    qtbot.wait(50)
    line = toast.text.fontMetrics().lineSpacing()
    assert toast.text.height() >= 2 * line
    assert toast.height() < single + 2 * line


def test_it_covers_no_decision_of_the_review(empty_window: MainWindow) -> None:
    empty_window.show_review()
    review = empty_window.panes.stack.currentWidget()
    assert isinstance(review, ReviewView)
    empty_window.context.notify("Remembered as different works.")
    foot = review.foot.mapTo(empty_window, QPoint())
    assert review.foot.isVisible()
    assert empty_window.toast.geometry().bottom() < foot.y()
    above = empty_window.toast.y()
    empty_window.panes.stack.setCurrentWidget(empty_window.table)
    assert empty_window.toast.y() > above
    empty_window.panes.stack.setCurrentWidget(review)
    assert empty_window.toast.y() == above


def test_its_button_acts_once_and_closes_it(empty_window: MainWindow) -> None:
    pressed: list[int] = []
    empty_window.context.notified.emit(Notice("Moved", action="Undo", on_action=lambda: pressed.append(1)))
    empty_window.toast.action.click()
    assert pressed == [1]
    assert not empty_window.toast.isVisible()


def test_it_waits_while_it_has_the_focus(empty_window: MainWindow, qtbot: QtBot) -> None:
    toast = empty_window.toast
    empty_window.activateWindow()
    empty_window.context.notified.emit(Notice("Moved", action="Undo", on_action=lambda: None))
    assert empty_window.registry["focus_notification"].isEnabled()
    empty_window.registry["focus_notification"].trigger()
    qtbot.waitUntil(toast.action.hasFocus)
    toast._expire()
    assert toast.isVisible()
    empty_window.search.setFocus()
    toast._expire()
    assert not toast.isVisible()
    assert not empty_window.registry["focus_notification"].isEnabled()


def test_a_long_notice_fits_a_small_window(empty_window: MainWindow) -> None:
    empty_window.resize(640, 480)
    empty_window.context.notify("word " * 60)
    assert empty_window.rect().contains(empty_window.toast.geometry())
