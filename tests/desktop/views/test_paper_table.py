"""The table of papers: asking, staying in place, keys, empty states."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QStyleOptionViewItem, QWidget

from db import services
from db.domain.records import VersionKind
from desktop.context import EVERYTHING
from desktop.models.paper_columns import BY_ID, MARK, TITLE
from desktop.models.paper_table import PaperTableModel
from desktop.views.paper_cells import CellDelegate, star_rect
from desktop.views.paper_table import PaperTable

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.context import AppContext

AddPaper = Callable[..., int]


def leave(context: AppContext) -> None:
    """End the threads; the library is closed by the fixture that opened it."""
    context.tasks.shutdown()
    context.library = None


@pytest.fixture
def papers(add_paper: AddPaper) -> dict[str, int]:
    """Six papers by the first letter of their title, added in this order."""
    named = {letter: add_paper(f"{letter} paper", date=f"20{20 + n}") for n, letter in enumerate("CADBFE")}
    add_paper("Zebra crossing", tags=("animals",), status="read")
    return named


@pytest.fixture
def table(qtbot: QtBot, context: AppContext, library: Library, papers: dict[str, int]) -> Iterator[PaperTable]:
    """A table on the screen that shows all papers, sorted by title."""
    table = PaperTable(context)
    qtbot.addWidget(table)
    context.changed.connect(table.refresh)
    table.resize(900, 500)
    table.show()
    table.view.header.sort_by("title", False)
    context.set_library(library)
    qtbot.waitUntil(lambda: table.model.rowCount() == 7)
    yield table
    leave(context)


def titles(table: PaperTable) -> list[str]:
    rows = range(table.model.rowCount())
    return [str(table.model.index(row, TITLE).data()) for row in rows]


def press(table: PaperTable, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(table.view, key, modifier)


def ask(qtbot: QtBot, table: PaperTable, text: str, scope: str = "") -> None:
    with qtbot.waitSignal(table.found, check_params_cb=lambda asked, _found: asked == text):
        table.set_query(text, scope)


def test_a_click_on_a_heading_sorts_and_a_second_one_turns_round(qtbot: QtBot, table: PaperTable) -> None:
    assert titles(table) == [*(f"{letter} paper" for letter in "ABCDEF"), "Zebra crossing"]
    header = table.view.header
    header.sectionClicked.emit(TITLE)
    qtbot.waitUntil(lambda: titles(table)[0] == "Zebra crossing")
    header.sectionClicked.emit(BY_ID["date"])
    qtbot.waitUntil(lambda: titles(table)[0] == "E paper")
    assert (header.sort, header.descending) == ("date", True)


def test_choice_and_current_paper_survive_sorting(qtbot: QtBot, table: PaperTable, papers: dict[str, int]) -> None:
    chosen = [papers["B"], papers["D"]]
    table.select_ids(chosen)
    table.view.header.sort_by("title", True)
    qtbot.waitUntil(lambda: titles(table)[0] == "Zebra crossing")
    assert sorted(table.selected_ids()) == sorted(chosen)
    assert table.current_id() == papers["B"]


def test_chosen_papers_that_a_filter_hides_are_counted_and_come_back(
    qtbot: QtBot, table: PaperTable, papers: dict[str, int]
) -> None:
    table.select_ids([papers["A"], papers["B"]])
    ask(qtbot, table, "title:zebra")
    assert table.selected_ids() == []
    assert table.hidden_count() == 2
    ask(qtbot, table, "")
    assert sorted(table.selected_ids()) == sorted([papers["A"], papers["B"]])
    assert table.hidden_count() == 0


def test_choosing_another_paper_lets_go_of_the_hidden_ones(
    qtbot: QtBot, table: PaperTable, papers: dict[str, int]
) -> None:
    table.select_ids([papers["A"]])
    ask(qtbot, table, "title:zebra")
    table.view.selectRow(0)
    assert table.hidden_count() == 0


def test_counts_and_choice_are_told_once(qtbot: QtBot, table: PaperTable, papers: dict[str, int]) -> None:
    told: list[list[int]] = []
    table.selection_changed.connect(told.append)
    with qtbot.waitSignal(table.counts_changed, check_params_cb=lambda *got: got == (7, 7, 7)):
        table.select_all()
    assert len(told) == 1
    assert len(told[0]) == 7


def test_an_edit_shows_at_once_and_keeps_the_place(
    qtbot: QtBot, context: AppContext, table: PaperTable, papers: dict[str, int]
) -> None:
    table.select_ids([papers["C"]])
    context.run("Star", lambda lib: services.editing.set_fields(lib, [papers["C"]], {"starred": True}))
    qtbot.waitUntil(lambda: table.model.index(2, MARK).data() == "Starred, Unread")
    assert table.selected_ids() == [papers["C"]]


def test_after_trashing_the_next_paper_is_chosen(
    qtbot: QtBot, context: AppContext, table: PaperTable, papers: dict[str, int]
) -> None:
    table.select_ids([papers["B"]])
    context.run("Trash", lambda lib: services.editing.trash(lib, [papers["B"]]))
    qtbot.waitUntil(lambda: table.model.rowCount() == 6)
    assert table.selected_ids() == [papers["C"]]
    context.undo()
    qtbot.waitUntil(lambda: table.model.rowCount() == 7)
    assert table.selected_ids() == [papers["C"]]


def test_after_trashing_several_the_paper_below_them_is_chosen(
    qtbot: QtBot, context: AppContext, table: PaperTable, papers: dict[str, int]
) -> None:
    gone = [papers[letter] for letter in "BCD"]
    table.select_ids(gone)
    table.view.selectionModel().setCurrentIndex(table.model.index(3, TITLE), QItemSelectionModel.SelectionFlag.NoUpdate)
    context.run("Trash", lambda lib: services.editing.trash(lib, gone))
    qtbot.waitUntil(lambda: table.model.rowCount() == 4)
    assert table.selected_ids() == [papers["E"]]


def test_a_paper_that_a_filter_hid_comes_back_into_sight(
    qtbot: QtBot, table: PaperTable, add_paper: AddPaper, context: AppContext, papers: dict[str, int]
) -> None:
    last = [add_paper(f"Yonder {n:03}") for n in range(60)][-1]
    table.refresh(EVERYTHING)
    qtbot.waitUntil(lambda: table.model.rowCount() == 67)
    table.select_ids([last])
    ask(qtbot, table, "title:zebra")
    ask(qtbot, table, "")
    assert table.selected_ids() == [last]
    first, bottom = table.view.visible_rows()
    assert first <= table.view.currentIndex().row() <= bottom


def test_keys_move_open_and_step_back(qtbot: QtBot, table: PaperTable, papers: dict[str, int]) -> None:
    table.select_ids([papers["A"]])
    press(table, Qt.Key.Key_J)
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_K)
    assert table.selected_ids() == [papers["B"]]
    press(table, Qt.Key.Key_J, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_ids() == [papers["B"], papers["C"]]
    press(table, Qt.Key.Key_Home)
    assert table.selected_ids() == [papers["A"]]
    press(table, Qt.Key.Key_End)
    assert table.view.currentIndex().row() == 6
    press(table, Qt.Key.Key_Right)
    assert table.view.currentIndex().row() == 6
    press(table, Qt.Key.Key_Home)
    with qtbot.waitSignal(table.opened) as opened:
        press(table, Qt.Key.Key_Return)
    assert opened.args == [papers["A"]]


def test_escape_goes_one_step_back_at_a_time(qtbot: QtBot, table: PaperTable) -> None:
    ask(qtbot, table, "paper", "is:unread")
    table.select_all()
    with qtbot.waitSignal(table.clear_search_requested):
        press(table, Qt.Key.Key_Escape)
    table.set_query("", "is:unread")
    with qtbot.assertNotEmitted(table.clear_scope_requested):
        press(table, Qt.Key.Key_Escape)
    assert len(table.selected_ids()) == 1
    with qtbot.waitSignal(table.clear_scope_requested):
        press(table, Qt.Key.Key_Escape)


def test_letters_are_left_to_the_shortcuts(table: PaperTable) -> None:
    table.view.selectRow(0)
    press(table, Qt.Key.Key_Z)
    assert table.view.currentIndex().row() == 0


def test_the_number_keys_give_and_take_a_tag(
    qtbot: QtBot, context: AppContext, table: PaperTable, library: Library, papers: dict[str, int]
) -> None:
    table.select_ids([papers["A"], papers["B"]])

    def tags() -> list[int]:
        return [len(row.tags) for row in services.reading.rows(library, [papers["A"], papers["B"]])]

    services.tagging.tag(library, [papers["C"]], add=["survey"])
    services.tagging.set_digit(library, services.tagging.tags(library)[-1].id, 1)
    before = tags()
    press(table, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: tags() == [one + 1 for one in before])
    press(table, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: tags() == before)
    with qtbot.waitSignal(context.notified) as heard:
        press(table, Qt.Key.Key_9)
    assert "No tag has the key 9" in heard.args[0].text
    assert tags() == before


def test_a_click_on_the_star_stars_and_leaves_the_choice(
    qtbot: QtBot, table: PaperTable, library: Library, papers: dict[str, int]
) -> None:
    table.select_ids([papers["C"]])
    cell = table.view.visualRect(table.model.index(0, MARK))
    QTest.mouseClick(
        table.view.viewport(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        star_rect(cell).center(),
    )
    qtbot.waitUntil(lambda: services.reading.rows(library, [papers["A"]])[0].starred)
    assert table.selected_ids() == [papers["C"]]


def test_an_empty_answer_says_what_was_asked_and_offers_to_clear(qtbot: QtBot, table: PaperTable) -> None:
    ask(qtbot, table, "qwertyuiop")
    assert table.empty_text() == "No paper matches “qwertyuiop”."
    with qtbot.waitSignal(table.clear_search_requested):
        table._empty.pressed.emit()
    ask(qtbot, table, "", "is:starred")
    assert "starred" in table.empty_text()
    ask(qtbot, table, "")
    assert table.empty_text() == ""


def test_the_first_run_has_a_place_of_its_own(qtbot: QtBot, context: AppContext, library: Library) -> None:
    table = PaperTable(context)
    qtbot.addWidget(table)
    welcome = QLabel("welcome")
    table.set_empty_state(welcome)
    context.changed.connect(table.refresh)
    table.show()
    assert not welcome.isVisible()
    context.set_library(library)
    qtbot.waitUntil(welcome.isVisible)
    context.run("Add", lambda lib: services.editing.add_paper(lib, {"title": "First"}))
    qtbot.waitUntil(table.view.isVisible)
    assert not welcome.isVisible()
    leave(context)


def test_columns_sort_and_paper_return(
    qtbot: QtBot, context: AppContext, table: PaperTable, papers: dict[str, int]
) -> None:
    header = table.view.header
    header.show_columns(["title", "starred", "key", "rating"])
    header.resizeSection(BY_ID["key"], 123)
    table.select_ids([papers["D"]])
    state = table.save_state()

    other = PaperTable(context)
    qtbot.addWidget(other)
    other.restore_state(state)
    other.set_query("")
    qtbot.waitUntil(lambda: other.current_id() == papers["D"])
    assert other.view.header.shown_columns() == ["title", "starred", "key", "rating"]
    assert other.view.header.sectionSize(BY_ID["key"]) == 123
    assert (other.view.header.sort, other.view.header.descending) == ("title", False)
    assert other.selected_ids() == [papers["D"]]
    other.reset_layout()
    assert other.view.header.shown_columns() == ["starred", "title", "authors", "date", "tags"]


@pytest.mark.parametrize("state", [{}, {"order": 3, "widths": [], "shown": "x", "sort": 5, "current": "y"}])
def test_a_broken_state_is_survived(table: PaperTable, state: dict[str, object]) -> None:
    table.restore_state(state)
    assert table.view.header.shown_columns()


def test_the_title_takes_what_the_other_columns_leave(table: PaperTable) -> None:
    header = table.view.header
    assert header.length() == table.view.viewport().width()
    table.resize(1200, 500)
    assert header.length() == table.view.viewport().width()
    header.menu().actions()[BY_ID["key"]].toggle()
    assert header.length() == table.view.viewport().width()


def test_the_menu_of_papers_comes_only_with_papers(qtbot: QtBot, table: PaperTable, papers: dict[str, int]) -> None:
    made: list[QMenu] = []

    def make() -> QMenu:
        made.append(QMenu(table))
        return made[-1]

    table.set_menu(make)
    table.select_ids([])  # the focus chooses the first paper when it comes after the rows
    table.view.customContextMenuRequested.emit(QPoint(5, 5))
    assert not made
    table.select_ids([papers["A"]])
    with qtbot.waitSignal(table.customContextMenuRequested):
        table.view.customContextMenuRequested.emit(QPoint(5, 5))
    assert len(made) == 1


def test_a_hint_about_the_search_is_passed_on(qtbot: QtBot, table: PaperTable) -> None:
    with qtbot.waitSignal(table.found, check_params_cb=lambda _text, found: bool(found.message)):
        table.set_query("year:soon")


def test_rows_grow_with_the_text(table: PaperTable) -> None:
    assert table.view.row_height == 28
    font = table.font()
    font.setPointSizeF(font.pointSizeF() * 3)
    table.view.setFont(font)
    assert table.view.row_height > table.view.fontMetrics().height() > 28


@pytest.mark.parametrize("width", [120, 500])
def test_a_work_in_two_versions_is_marked_however_narrow_its_title(
    qtbot: QtBot, opened: AppContext, library: Library, add_paper, width: int
) -> None:
    marked, plain = (add_paper("Slow rivers", abstract="We look at rivers.") for _ in range(2))
    services.versioning.add(library, marked, VersionKind.PUBLISHED, {"venue": "ICML"})
    model = PaperTableModel(lambda ids: services.reading.rows(library, ids))
    model.show(array("q", [marked, plain]))
    holder = QWidget()
    qtbot.addWidget(holder)
    cells = CellDelegate(opened, model, holder)

    def painted(row: int) -> QImage:
        image = QImage(width, 28, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        option = QStyleOptionViewItem()
        option.rect = image.rect()
        cells.paint(painter, option, model.index(row, TITLE))
        painter.end()
        return image.copy(width - 30, 0, 30, 28)

    assert painted(0) != painted(1)
    assert "2 versions" in model.data(model.index(0, MARK), Qt.ItemDataRole.AccessibleTextRole)
