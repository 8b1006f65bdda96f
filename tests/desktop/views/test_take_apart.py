"""Taking merged papers apart in the window: the line in the head, the question, the keyboard, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import services
from desktop.views.take_apart import TakeApart
from tests.desktop.conftest import settle

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow


@pytest.fixture
def merged(full_window: MainWindow, qtbot: QtBot) -> tuple[int, int]:
    """Two papers, merged and edited since; the merged one is selected."""
    library = full_window.context.library
    assert library is not None
    first, second = full_window.table.shown_ids()[:2]
    services.tagging.tag(library, [second], add=["theirs"])
    services.merging.merge(library, [first, second], into=first)
    full_window.context.announce(services.editing.set_fields(library, [first], {"venue": "Kettle Letters"}))
    qtbot.waitUntil(lambda: second not in full_window.table.shown_ids())
    full_window.table.select_ids([first])
    qtbot.waitUntil(full_window.detail.paper.header.made_of.isVisible)
    return first, second


def dialog(window: MainWindow, qtbot: QtBot) -> TakeApart:
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(TakeApart)))
    made = next(one for one in window.findChildren(TakeApart) if one.isVisible())
    qtbot.waitUntil(lambda: made.apart_button.isEnabled() or made.error.isVisible())
    return made


def test_the_head_says_that_a_paper_was_merged(full_window: MainWindow, merged: tuple[int, int], qtbot: QtBot) -> None:
    line = full_window.detail.paper.header.made_of
    assert line.line.text().startswith("Merged from 2 papers on ")
    assert not line.lost.isVisible()
    other = next(one for one in full_window.table.shown_ids() if one not in merged)
    full_window.table.select_ids([other])
    qtbot.waitUntil(lambda: not line.isVisible())


def test_by_keyboard_and_back_again(full_window: MainWindow, merged: tuple[int, int], qtbot: QtBot) -> None:
    library = full_window.context.library
    assert library is not None
    full_window.registry["take_apart"].trigger()
    made = dialog(full_window, qtbot)
    assert list(made.keep) == ["venue"]
    box = made.keep["venue"]
    assert box.currentText() == "For paper 1"
    assert "Kettle Letters" in box.accessibleDescription()
    assert made.focusWidget() is box
    QTest.keyClick(box, Qt.Key.Key_Down)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "For all of them"
    QTest.keyClick(made, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: merged[1] in full_window.table.shown_ids())
    venues = [paper.venue for paper in services.reading.papers(library, merged)]
    assert venues == ["Kettle Letters", "Kettle Letters"]
    assert [tag.name for tag in services.reading.papers(library, merged)[1].tags] == ["theirs"]
    qtbot.waitUntil(lambda: not full_window.detail.paper.header.made_of.isVisible())
    settle(full_window, qtbot)
    full_window.context.undo()
    qtbot.waitUntil(lambda: merged[1] not in full_window.table.shown_ids())
    qtbot.waitUntil(full_window.detail.paper.header.made_of.isVisible)


def test_they_are_remembered_as_different_unless_told_otherwise(
    full_window: MainWindow, merged: tuple[int, int], qtbot: QtBot
) -> None:
    full_window.detail.paper.header.made_of.button.click()
    made = dialog(full_window, qtbot)
    assert made.different.isChecked()
    made.apart_button.click()
    qtbot.waitUntil(lambda: merged[1] in full_window.table.shown_ids())
    library = full_window.context.library
    assert library is not None
    found, total = services.toldapart.pairs(library)
    assert ([one.ids for one in found], total) == ([tuple(sorted(merged))], 1)


def test_what_was_never_merged_is_said(full_window: MainWindow, qtbot: QtBot) -> None:
    full_window.table.select_ids(full_window.table.shown_ids()[:1])
    qtbot.waitUntil(full_window.registry["take_apart"].isEnabled)
    full_window.registry["take_apart"].trigger()
    made = dialog(full_window, qtbot)
    assert made.error.text().startswith("This paper was not merged from others.")
    assert "“This is another paper” in the Sources tab" in made.error.text()
    assert not made.page.isVisible()
    assert not made.different.isVisible()
    assert not made.apart_button.isEnabled()
    with qtbot.waitSignal(made.rejected):
        QTest.keyClick(made, Qt.Key.Key_Escape)


def test_an_earlier_merge_can_be_chosen(full_window: MainWindow, merged: tuple[int, int], qtbot: QtBot) -> None:
    library = full_window.context.library
    assert library is not None
    third = next(one for one in full_window.table.shown_ids() if one not in merged)
    full_window.context.announce(services.merging.merge(library, [merged[0], third], into=merged[0]))
    qtbot.waitUntil(lambda: "3 papers" in full_window.detail.paper.header.made_of.line.text())
    full_window.detail.paper.header.made_of.button.click()
    made = dialog(full_window, qtbot)
    assert made.merges.isVisible()
    assert made.merges.count() == 2
    made.merges.setFocus()
    QTest.keyClick(made.merges, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "venue" in made.keep)
    made.apart_button.click()
    qtbot.waitUntil(lambda: merged[1] in full_window.table.shown_ids())
    assert third not in full_window.table.shown_ids()


def test_what_cannot_be_done_is_said_and_can_be_tried_again(
    full_window: MainWindow, merged: tuple[int, int], qtbot: QtBot
) -> None:
    library = full_window.context.library
    assert library is not None
    full_window.registry["take_apart"].trigger()
    made = dialog(full_window, qtbot)
    merge_id = services.unmerging.made_of(library, merged[0]).merges[0].merge_id
    services.unmerging.take_apart(library, merge_id)  # as another program would
    made.apart_button.click()
    qtbot.waitUntil(made.error.isVisible)
    assert made.apart_button.isEnabled()
    made.reject()


def test_a_merge_that_was_not_noted_is_said_to_stay(
    full_window: MainWindow, merged: tuple[int, int], qtbot: QtBot
) -> None:
    library = full_window.context.library
    assert library is not None
    services.unmerging.take_apart(library, services.unmerging.made_of(library, merged[0]).merges[0].merge_id)
    services.merging.merge(library, merged, into=merged[0])
    with library.writing("as an earlier version left it", journalled=False) as write:
        for table in ("merge_sighting", "merge_member", '"merge"'):
            write.session.connection().exec_driver_sql(f"DELETE FROM {table}")
    full_window.context.announce(services.editing.set_fields(library, merged[:1], {"venue": "Here"}))
    head = full_window.detail.paper.header.made_of
    qtbot.waitUntil(head.lost.isVisible)
    assert "cannot be taken apart" in head.lost.text()
    assert not head.button.isVisible()
    full_window.registry["take_apart"].trigger()
    made = dialog(full_window, qtbot)
    assert made.error.text() == head.lost.text()
    assert not made.apart_button.isEnabled()
    made.reject()


def test_one_of_three_leaves_by_keyboard(full_window: MainWindow, qtbot: QtBot) -> None:
    library = full_window.context.library
    assert library is not None
    first, second, third = full_window.table.shown_ids()[:3]
    services.tagging.tag(library, [third], add=["theirs"])
    services.merging.merge(library, [first, second, third], into=first)
    full_window.context.announce(services.editing.set_fields(library, [first], {"venue": "Kettle Letters"}))
    qtbot.waitUntil(lambda: third not in full_window.table.shown_ids())
    full_window.table.select_ids([first])
    qtbot.waitUntil(full_window.detail.paper.header.made_of.isVisible)
    full_window.registry["take_apart"].trigger()
    made = dialog(full_window, qtbot)
    assert made.leaving.isVisible()
    made.leaving.setFocus()
    for _step in range(3):
        QTest.keyClick(made.leaving, Qt.Key.Key_Down)
    assert made.leaving.currentText().startswith("Only paper 3 leaves: ")
    qtbot.waitUntil(lambda: "others stay together" in made.papers_head.text())
    assert made.leaving.hasFocus()
    box = made.keep["venue"]
    assert [box.itemText(at) for at in range(box.count())] == [
        "For the merged paper", "For paper 3", "For both", "Drop it",
    ]  # fmt: skip
    assert box.currentText() == "For the merged paper"
    QTest.keyClick(made, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: third in full_window.table.shown_ids())
    assert second not in full_window.table.shown_ids()
    rest, gone = services.reading.papers(library, [first, third])
    assert (rest.venue, gone.venue) == ("Kettle Letters", None)
    assert [tag.name for tag in gone.tags] == ["theirs"]
    assert rest.tags == ()
    settle(full_window, qtbot)
    full_window.context.undo()
    qtbot.waitUntil(lambda: third not in full_window.table.shown_ids())


def test_of_two_papers_none_can_leave_alone(full_window: MainWindow, merged: tuple[int, int], qtbot: QtBot) -> None:
    assert merged
    full_window.registry["take_apart"].trigger()
    made = dialog(full_window, qtbot)
    assert not made.leaving.isVisible()
    made.reject()
