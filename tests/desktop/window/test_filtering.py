"""The filter pane in the real window: what is clicked is searched, what is searched is marked, counts follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest

from db import services
from db.services.library import Library
from desktop.context import EVERYTHING, AppContext
from desktop.models.facet_model import FEWER, HINT, MORE
from desktop.settings import Settings
from desktop.window.main_window import MainWindow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from desktop.theme import Theme
    from desktop.views.facets.content import FacetContent

PAPERS = (
    ("Kettles", "2019", ("vision",), "read", "Öz, Ada"),
    ("Lanterns", "2021", ("vision", "nlp/parsing"), "unread", "Kim, J."),
    ("Sheaves", "2022", ("nlp/parsing",), "unread", "Kim, J.; Öz, Ada"),
    ("More sheaves", "2023", ("to read",), "unread", ""),
    ("A sheaf of kettles", "2023", (), "skipped", "Ng, A."),
    ("Undated", "", (), "unread", ""),
)


@pytest.fixture
def filtered(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """The window over six papers, the filters shown."""
    library = window.context.library
    assert library is not None
    for title, date, tags, status, authors in PAPERS:
        values = {"title": title, "date": date, "status": status, "authors": authors}
        paper_id, _changes = services.editing.add_paper(library, {key: value for key, value in values.items() if value})
        services.tagging.tag(library, [paper_id], add=list(tags))
    window.context.changed.emit(EVERYTHING)
    window.resize(1300, 800)
    window.activateWindow()
    window.registry["toggle_facets"].trigger()
    qtbot.waitUntil(lambda: counts(window, "tag") == {"vision": 2, "nlp": 2, "nlp/parsing": 2, "to read": 1})
    return window


def content(window: MainWindow) -> FacetContent:
    made = window.filtering.pane.content
    assert made is not None
    return made


def counts(window: MainWindow, field: str) -> dict[str, int | None]:
    made = window.filtering.pane.content
    lines = made.tree.lines.lines(field) if made else []
    return {one.label: one.value.count for one in lines if one.value is not None}


def states(window: MainWindow, field: str) -> dict[str, str]:
    lines = content(window).tree.lines.lines(field)
    return {one.label: one.value.state for one in lines if one.value is not None and one.value.state}


def index_of(window: MainWindow, field: str, label: str) -> QModelIndex:
    model = content(window).tree.lines
    line = next(one for one in model.lines(field) if one.label == label)
    return model.index_of(line)


def click(
    window: MainWindow, field: str, label: str, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    tree, index = content(window).tree, index_of(window, field, label)
    tree.scrollTo(index)
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, keys, tree.visualRect(index).center())


def titles(window: MainWindow) -> set[str]:
    rows = (window.table.model.paper(row) for row in range(window.table.model.rowCount()))
    return {row.title for row in rows if row is not None}


def shows(window: MainWindow, qtbot: QtBot, text: str, *wanted: str) -> None:
    """Wait for what a search finds, and for facets that have followed."""
    assert window.search.text() == text
    qtbot.waitUntil(lambda: titles(window) == set(wanted))
    told = window.filtering.pane.counts
    qtbot.waitUntil(lambda: told.text == text and not told.is_counting)


def bar(window: MainWindow, year: int) -> QPoint:
    bars = content(window).bars
    at = next(at for at, one in enumerate(bars.bars) if one.high == year)
    x = next(x for x in range(bars.width()) if bars.bar_at(QPoint(x, 9)) == at)
    return QPoint(x + 2, bars.height() // 2)


def test_years_are_pulled_over_with_the_mouse(filtered: MainWindow, qtbot: QtBot) -> None:
    bars = content(filtered).bars
    assert [(one.high, one.papers) for one in bars.bars] == [(2019, 1), (2020, 0), (2021, 1), (2022, 1), (2023, 2)]
    QTest.mousePress(bars, Qt.MouseButton.LeftButton, pos=bar(filtered, 2021))
    QTest.mouseMove(bars, bar(filtered, 2022))
    assert content(filtered).said.text() == "2021–2022: 2 papers"
    QTest.mouseRelease(bars, Qt.MouseButton.LeftButton, pos=bar(filtered, 2022))
    shows(filtered, qtbot, "year:2021..2022", "Lanterns", "Sheaves")
    assert counts(filtered, "tag") == {"nlp": 2, "nlp/parsing": 2, "vision": 1}
    assert [one.papers for one in bars.bars] == [1, 0, 1, 1, 2]  # years can still be widened
    assert content(filtered).years.text() == "2021–2022 ×"
    content(filtered).years.click()
    shows(filtered, qtbot, "", *(one[0] for one in PAPERS))
    assert content(filtered).years.isHidden()
    assert content(filtered).said.text() == "Pull over years to choose them"


def test_a_bar_is_clicked_and_clicked_again(filtered: MainWindow, qtbot: QtBot) -> None:
    bars, button, flag = content(filtered).bars, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    QTest.mouseClick(bars, button, pos=bar(filtered, 2023))
    shows(filtered, qtbot, "year:2023", "More sheaves", "A sheaf of kettles")
    QTest.mouseClick(bars, button, flag.ShiftModifier, bar(filtered, 2019))
    shows(filtered, qtbot, "(year:2023 OR year:2019)", "More sheaves", "A sheaf of kettles", "Kettles")
    QTest.mouseClick(bars, button, pos=bar(filtered, 2019))
    shows(filtered, qtbot, "year:2023", "More sheaves", "A sheaf of kettles")
    QTest.mouseClick(bars, button, pos=bar(filtered, 2023))
    shows(filtered, qtbot, "", *(one[0] for one in PAPERS))
    QTest.mouseClick(bars, button, flag.AltModifier, bar(filtered, 2023))
    shows(filtered, qtbot, "-year:2023", "Kettles", "Lanterns", "Sheaves", "Undated")


def test_years_are_chosen_by_keyboard(filtered: MainWindow, qtbot: QtBot) -> None:
    bars = content(filtered).bars
    bars.setFocus()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Left):
        QTest.keyClick(bars, key)
    assert bars.accessibleDescription() == "2022: 1 paper"
    QTest.keyClick(bars, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert bars.accessibleDescription() == "2022–2023: 3 papers"
    QTest.keyClick(bars, Qt.Key.Key_Return)
    shows(filtered, qtbot, "year:2022..2023", "Sheaves", "More sheaves", "A sheaf of kettles")
    QTest.keyClick(bars, Qt.Key.Key_Delete)
    shows(filtered, qtbot, "", *(one[0] for one in PAPERS))
    assert bars.hasFocus()


def test_a_value_is_clicked_and_clicked_again(filtered: MainWindow, qtbot: QtBot) -> None:
    filtered.search.setText("sheaves OR kettles")
    qtbot.waitUntil(lambda: counts(filtered, "tag") == {"nlp": 1, "nlp/parsing": 1, "to read": 1, "vision": 1})
    click(filtered, "tag", "nlp")
    shows(filtered, qtbot, "(sheaves OR kettles) tag:nlp", "Sheaves")
    assert states(filtered, "tag") == {"nlp": "wanted"}
    assert counts(filtered, "tag") == {"nlp": 1, "nlp/parsing": 1, "to read": 1, "vision": 1}
    assert counts(filtered, "author") == {"Kim, J.": 1, "Öz, Ada": 1}
    click(filtered, "tag", "nlp")
    shows(filtered, qtbot, "(sheaves OR kettles)", "Kettles", "Sheaves", "More sheaves", "A sheaf of kettles")


def test_modifiers_narrow_widen_and_leave_out(filtered: MainWindow, qtbot: QtBot) -> None:
    flag = Qt.KeyboardModifier
    click(filtered, "tag", "vision")
    shows(filtered, qtbot, "tag:vision", "Kettles", "Lanterns")
    click(filtered, "tag", "nlp/parsing", flag.ControlModifier)
    shows(filtered, qtbot, "tag:vision tag:nlp/parsing", "Lanterns")
    click(filtered, "tag", "nlp/parsing", flag.AltModifier)
    shows(filtered, qtbot, "tag:vision -tag:nlp/parsing", "Kettles")
    assert states(filtered, "tag") == {"vision": "wanted", "nlp/parsing": "unwanted"}
    click(filtered, "author", "Öz, Ada")
    shows(filtered, qtbot, 'tag:vision -tag:nlp/parsing author:="Öz, Ada"', "Kettles")
    content(filtered).clear.click()
    shows(filtered, qtbot, "", *(one[0] for one in PAPERS))
    click(filtered, "status", "Read")
    click(filtered, "status", "Skipped", flag.ShiftModifier)
    shows(filtered, qtbot, "(status:read OR status:skipped)", "Kettles", "A sheaf of kettles")


def test_what_is_typed_is_marked(filtered: MainWindow, qtbot: QtBot) -> None:
    filtered.search.setText('author:="Kim, J." is:unread year:2020..2022')
    qtbot.waitUntil(lambda: titles(filtered) == {"Lanterns", "Sheaves"})
    qtbot.waitUntil(lambda: states(filtered, "author") == {"Kim, J.": "wanted"})
    assert states(filtered, "status") == {"Unread": "wanted"}
    assert content(filtered).years.text() == "2020–2022 ×"
    click(filtered, "status", "Unread")
    shows(filtered, qtbot, 'author:="Kim, J." year:2020..2022', "Lanterns", "Sheaves")


def test_the_list_is_worked_by_keyboard(filtered: MainWindow, qtbot: QtBot) -> None:
    tree = content(filtered).tree
    tree.setFocus()
    tree.setCurrentIndex(index_of(filtered, "status", "Skipped"))
    QTest.keyClick(tree, Qt.Key.Key_Return)
    shows(filtered, qtbot, "status:skipped", "A sheaf of kettles")
    assert tree.currentIndex() == index_of(filtered, "status", "Skipped")  # where it was, though lines have moved
    assert tree.lines.data(tree.currentIndex(), Qt.ItemDataRole.AccessibleTextRole) == "Skipped, 1 paper, chosen"
    QTest.keyClick(tree, Qt.Key.Key_Space)
    shows(filtered, qtbot, "", *(one[0] for one in PAPERS))
    QTest.keyClick(tree, Qt.Key.Key_Escape)
    assert filtered.table.view.hasFocus()


def test_tab_goes_through_the_filters_between_sidebar_and_table(filtered: MainWindow) -> None:
    made = content(filtered)
    filtered.sidebar.tree.setFocus()
    for part in (made.bars, made.field, made.tree, filtered.table.view):
        QTest.keyClick(filtered.focusWidget(), Qt.Key.Key_Tab)
        assert part.hasFocus()


def test_what_the_sidebar_asks_for_is_marked_and_dropped_there(filtered: MainWindow, qtbot: QtBot) -> None:
    filtered.sidebar.set_scope('tag:"vision"')
    qtbot.waitUntil(lambda: states(filtered, "tag") == {"vision": "within"})
    click(filtered, "tag", "vision")
    assert filtered.sidebar.scope_text() == ""
    shows(filtered, qtbot, "", *(one[0] for one in PAPERS))


def test_a_search_before_a_filter_comes_back(filtered: MainWindow, qtbot: QtBot) -> None:
    filtered.search.setText("kettles")
    qtbot.waitUntil(lambda: titles(filtered) == {"Kettles", "A sheaf of kettles"})
    click(filtered, "status", "Skipped")
    shows(filtered, qtbot, "kettles status:skipped", "A sheaf of kettles")
    filtered.search.undo()
    shows(filtered, qtbot, "kettles", "Kettles", "A sheaf of kettles")
    assert filtered.search.recent.all()[0] == "kettles"


def test_counts_follow_a_change(filtered: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where they come from columns, as for many papers."""
    monkeypatch.setattr(services.faceting, "FEW", 0)
    filtered.search.setText("year:>=2019")
    qtbot.waitUntil(lambda: counts(filtered, "status") == {"Unread": 3, "Read": 1, "Skipped": 1})
    qtbot.waitUntil(lambda: counts(filtered, "author") == {"Kim, J.": 2, "Öz, Ada": 2, "Ng, A.": 1})
    filtered.table.select_ids(filtered.table.shown_ids()[:1])
    qtbot.waitUntil(filtered.registry["status_read"].isEnabled)
    filtered.registry["status_read"].trigger()
    qtbot.waitUntil(lambda: counts(filtered, "status") == {"Unread": 3, "Read": 2})
    filtered.context.undo()
    qtbot.waitUntil(lambda: counts(filtered, "status") == {"Unread": 3, "Read": 1, "Skipped": 1})


def test_a_newer_question_takes_the_place_of_an_older_one(filtered: MainWindow, qtbot: QtBot) -> None:
    told = filtered.filtering.pane.counts
    arrived: list[object] = []
    told.arrived.connect(arrived.append)
    found = services.searching.find(filtered.context.library, "")  # type: ignore[arg-type]
    one = services.searching.find(filtered.context.library, "skipped status:skipped")  # type: ignore[arg-type]
    for _ in range(5):
        told.follow("", "", found.ids)
    told.follow("status:skipped", "", one.ids)
    qtbot.waitUntil(lambda: len(arrived) >= len(services.faceting.FIELDS))
    qtbot.wait(80)
    assert len(arrived) == len(services.faceting.FIELDS)
    told.follow("", "", found.ids)
    told.give_way()
    qtbot.wait(80)
    assert len(arrived) == len(services.faceting.FIELDS)


def test_counts_that_are_late_are_pale_and_said_to_come(filtered: MainWindow, qtbot: QtBot) -> None:
    made = content(filtered)
    filtered.filtering.pane.counts.give_way()  # as when the table waits for an answer
    qtbot.waitUntil(lambda: made.coming.isVisible() and made.tree.waits)
    filtered.filtering.pane.counts.ask()
    qtbot.waitUntil(lambda: made.coming.isHidden() and not made.tree.waits)


def test_more_values_are_shown_and_found(filtered: MainWindow, qtbot: QtBot) -> None:
    library = filtered.context.library
    assert library is not None
    for number in range(12):
        services.tagging.tag(library, filtered.table.shown_ids()[:1], add=[f"number {number}"])
    filtered.context.changed.emit(EVERYTHING)
    lines = content(filtered).tree.lines.lines
    qtbot.waitUntil(lambda: [one.label for one in lines("tag") if one.kind == MORE] == ["8 more…"])
    click(filtered, "tag", "8 more…")
    qtbot.waitUntil(lambda: len(counts(filtered, "tag")) == 16)
    assert lines("tag")[-1].kind == FEWER
    click(filtered, "tag", "Fewer")
    qtbot.waitUntil(lambda: len(counts(filtered, "tag")) == 8)
    field = content(filtered).field
    field.setText("ÖZ")
    qtbot.waitUntil(lambda: counts(filtered, "author") == {"Öz, Ada": 2} and counts(filtered, "tag") == {})
    assert content(filtered).tree.isRowHidden(0, QModelIndex())
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert content(filtered).tree.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(counts(filtered, "tag")) == 8)
    assert not any(one.kind == HINT for field in ("tag", "author") for one in lines(field))


def test_the_pane_is_remembered(filtered: MainWindow, theme: Theme, qtbot: QtBot) -> None:
    tree = content(filtered).tree
    tree.collapse(tree.lines.index(1, 0))
    filtered.memory.save("tag:vision", "")
    filtered.context.settings.save()
    again = MainWindow(AppContext(Settings(), theme))
    qtbot.addWidget(again)
    again.show()
    assert again.registry["toggle_facets"].isChecked()
    assert again.panes.is_shown("facets")
    folded = content(again).tree
    assert [folded.isExpanded(folded.lines.index(row, 0)) for row in (0, 1)] == [True, False]
    assert again.search.text() == "tag:vision"
    library = filtered.context.library
    assert library is not None
    again.context.set_library(Library.open(library.path))
    qtbot.waitUntil(lambda: counts(again, "status") == {"Unread": 1, "Read": 1})
    assert states(again, "tag") == {"vision": "wanted"}
    again.registry["toggle_facets"].trigger()
    assert not again.filtering.pane.isVisible()
    again.context.close()


def test_the_pane_is_not_made_before_it_is_shown(window: MainWindow) -> None:
    assert window.filtering.pane.content is None


def test_a_low_pane_gives_up_the_bars_and_not_the_field(filtered: MainWindow, qtbot: QtBot) -> None:
    made = content(filtered)
    assert made.bars.isVisible()
    filtered.resize(392, 270)  # a small screen with everything doubled
    qtbot.waitUntil(lambda: not made.bars.isVisible())
    qtbot.waitUntil(lambda: made.field.height() >= made.field.sizeHint().height())
    filtered.registry["toggle_facets"].trigger()
    filtered.registry["toggle_facets"].trigger()
    assert made.field.hasFocus()
    filtered.resize(1300, 800)
    qtbot.waitUntil(made.bars.isVisible)
    filtered.registry["toggle_facets"].trigger()
    filtered.registry["toggle_facets"].trigger()
    assert made.bars.hasFocus()
