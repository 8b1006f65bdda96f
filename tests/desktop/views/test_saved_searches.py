"""Saved searches in the window: kept from what is shown, counted when seen, nested by dragging, changed, deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from db import services
from db.domain.records import SavedSearch
from desktop.models.mime import COLLECTION, SEARCH, PapersMime
from desktop.models.scope_words import scope_said
from desktop.views.saved_dialog import SavedDialog

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex
    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.models.sidebar_entry import Entry
    from desktop.window.main_window import MainWindow

ALT = Qt.KeyboardModifier.AltModifier
MOVE = Qt.DropAction.MoveAction
KINDS = frozenset({"published", "preprint"})


def library_of(window: MainWindow) -> Library:
    assert window.context.library is not None
    return window.context.library


def keep(window: MainWindow, qtbot: QtBot, name: str, text: str = "", **more: object) -> int:
    """Keep a search as another window would: the sidebar shows it afterwards."""
    number, changes = services.saved.save(library_of(window), SavedSearch(0, name, text=text, **more))  # type: ignore[arg-type]
    with qtbot.waitSignal(window.sidebar.refreshed):
        window.context.announce(changes)
    return number


def line(window: MainWindow, label: str) -> tuple[QModelIndex, Entry]:
    return next((index, entry) for index, entry in window.sidebar.model.entries() if entry.label == label)


def counts(window: MainWindow) -> dict[str, int | None]:
    return {entry.label: entry.count for _, entry in window.sidebar.model.entries() if entry.kind == "search"}


def dialog(window: MainWindow) -> SavedDialog:
    return next(one for one in window.findChildren(SavedDialog) if one.isVisible())


def search(window: MainWindow, qtbot: QtBot, text: str) -> None:
    with qtbot.waitSignal(window.table.answered):
        window.search.setText(text)
        window.search.flush()


def titles(window: MainWindow) -> int:
    return window.table.model.rowCount()


def test_what_is_searched_for_is_kept_from_the_keyboard(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    assert not window.registry["save_search"].isEnabled()
    assert window.registry.command("save_search").why_not.startswith("Search for something")
    search(window, qtbot, "survey align")
    window.registry["save_search"].trigger()
    made = dialog(window)
    qtbot.waitUntil(lambda: made.found.text() == "Finds 2 papers")
    assert (made.name.text(), made.query.text()) == ("survey align", "survey align")
    QTest.keyClicks(made.name, "Surveys")  # the name is selected, so that typing replaces it
    with qtbot.waitSignal(window.sidebar.refreshed):
        QTest.keyClick(made.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counts(window) == {"Surveys": 2})
    assert "Surveys" in window.toast.text.text()
    window.registry["undo"].trigger()
    qtbot.waitUntil(lambda: counts(window) == {})


def test_choosing_one_shows_what_it_finds_and_a_child_narrows_it(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    surveys = keep(window, qtbot, "Surveys", "survey")
    keep(window, qtbot, "Large", "title:large", parent_id=surveys)
    qtbot.waitUntil(lambda: counts(window) == {"Surveys": 2, "Large": 1})
    index, entry = line(window, "Large")
    with qtbot.waitSignal(window.table.answered):
        window.sidebar.choose(entry, Qt.KeyboardModifier.NoModifier)
    assert titles(window) == 1
    assert index.parent() == line(window, "Surveys")[0]
    assert "Searches for: survey title:large" in entry.tip
    assert "Narrows “Surveys”" in entry.tip
    assert scope_said(window.scope, {}, {entry.target or 0: "Large"}) == "In the saved search “Large”"
    search(window, qtbot, "geometry")
    qtbot.waitUntil(lambda: "1 more" in window.table.answer_bar.words())


def test_counts_follow_the_library(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    keep(window, qtbot, "Starred surveys", "survey is:starred")
    qtbot.waitUntil(lambda: counts(window) == {"Starred surveys": 0})
    search(window, qtbot, "survey")
    window.table.select_ids(window.table.shown_ids())
    qtbot.waitUntil(window.registry["star"].isEnabled)
    window.registry["star"].trigger()
    qtbot.waitUntil(lambda: counts(window) == {"Starred surveys": 2})
    window.registry["undo"].trigger()
    qtbot.waitUntil(lambda: counts(window) == {"Starred surveys": 0})


def of_versions(window: MainWindow) -> dict[str, int | None]:
    return {key: entry.count for _, entry in window.sidebar.model.entries() for key in [entry.key] if key in KINDS}


def test_the_lists_of_versions_have_counts_that_follow_the_library(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    library = library_of(window)
    every = window.table.model.rowCount()
    qtbot.waitUntil(lambda: of_versions(window) == {"published": 0, "preprint": every})
    first, second, *_more = window.table.shown_ids()
    window.context.announce(services.editing.set_fields(library, [first], {"venue": "Orchard Letters"}))
    qtbot.waitUntil(lambda: of_versions(window) == {"published": 1, "preprint": every - 1})
    window.context.announce(services.merging.merge(library, [first, second], into=first))
    qtbot.waitUntil(lambda: of_versions(window) == {"published": 1, "preprint": every - 2})
    window.registry["undo"].trigger()
    qtbot.waitUntil(lambda: of_versions(window) == {"published": 1, "preprint": every - 1})
    window.registry["undo"].trigger()
    qtbot.waitUntil(lambda: of_versions(window) == {"published": 0, "preprint": every})


def test_what_is_not_seen_is_not_counted(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    window.resize(900, 500)
    for number in range(40):
        keep(window, qtbot, f"S{number:02}", "survey")
    qtbot.waitUntil(lambda: counts(window)["S00"] == 2)
    qtbot.wait(400)
    assert counts(window)["S39"] is None
    window.sidebar.tree.scrollTo(line(window, "S39")[0])
    qtbot.waitUntil(lambda: counts(window)["S39"] == 2)


def test_dragging_nests_them(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    library = library_of(window)
    surveys = keep(window, qtbot, "Surveys", "survey")
    group = keep(window, qtbot, "Group", kind="any")
    shelf, changes = services.collecting.create(library, "Shelf")
    with qtbot.waitSignal(window.sidebar.refreshed):
        window.context.announce(changes)
    model = window.sidebar.model

    def drag(what: str, onto: str, kind: str = SEARCH) -> bool:
        mime = QMimeData()
        mime.setData(kind, str(line(window, what)[1].target).encode())
        index = model.index_of_key(onto)
        if not model.canDropMimeData(mime, MOVE, -1, -1, index):
            return False
        with qtbot.waitSignal(window.sidebar.refreshed):
            model.dropMimeData(mime, MOVE, -1, -1, index)
        return True

    def place(number: int) -> tuple[int | None, int | None]:
        one = next(one for one in services.saved.searches(library) if one.id == number)
        return one.parent_id, one.collection_id

    assert drag("Surveys", f"saved/{group}")
    assert place(surveys) == (group, None)
    assert "any of these finds: Surveys" in line(window, "Group")[1].tip
    assert not drag("Group", f"saved/{surveys}")  # which is inside it
    assert not drag("Group", f"saved/{group}")
    assert drag("Group", f"collection/{shelf}")
    assert place(group) == (None, shelf)
    assert line(window, "Group")[0].parent() == line(window, "Shelf")[0]
    assert drag("Surveys", "searches")
    assert place(surveys) == (None, None)
    assert not drag("Shelf", f"saved/{surveys}", COLLECTION)
    assert not drag("Surveys", "tags")
    assert not model.canDropMimeData(PapersMime([1]), MOVE, -1, -1, model.index_of_key(f"saved/{surveys}"))


def test_a_name_is_changed_in_place_and_one_is_deleted_with_undo(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    keep(window, qtbot, "Surveys", "survey")
    keep(window, qtbot, "User", "in:Surveys large")
    with qtbot.waitSignal(window.sidebar.refreshed):
        window.sidebar.model.setData(line(window, "Surveys")[0], "Overviews")
    assert [one.text for one in services.saved.searches(library_of(window))] == ["survey", "in:Overviews large"]
    window.sidebar.choose(line(window, "Overviews")[1], Qt.KeyboardModifier.NoModifier)
    tree = window.sidebar.tree
    tree.setCurrentIndex(line(window, "Overviews")[0])
    tree.setFocus()
    with qtbot.waitSignal(window.sidebar.refreshed):
        QTest.keyClick(tree, Qt.Key.Key_Delete)
    assert list(counts(window)) == ["User"]
    assert window.scope == ""
    assert "It is used by User" in window.toast.text.text()
    window.registry["undo"].trigger()
    qtbot.waitUntil(lambda: set(counts(window)) == {"Overviews", "User"})


def test_the_dialog_changes_a_search_and_says_what_is_wrong(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    surveys = keep(window, qtbot, "Surveys", "survey")
    keep(window, qtbot, "User", "in:Surveys large")
    window.sidebar.menus.edit_search.emit(surveys)
    made = dialog(window)
    made.query.setFocus()
    made.query.setText("in:User year:soon")
    qtbot.waitUntil(lambda: "uses itself" in made.problem.text() or "takes a year" in made.problem.text())
    assert "year:soon" in made.query.wrong()
    made.accept()
    qtbot.waitUntil(lambda: made.problem.text().startswith("Surveys would use itself"))
    assert made.isVisible()
    made.query.setText("survey OR geometry")
    qtbot.waitUntil(lambda: made.found.text() == "Finds 3 papers")
    made.name.setText("user")
    made.accept()
    qtbot.waitUntil(lambda: "called user already" in made.problem.text())
    made.name.setText("Both")
    with qtbot.waitSignal(window.sidebar.refreshed):
        QTest.keyClick(made.query, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counts(window) == {"Both": 3, "User": 1})


def test_a_group_needs_no_text_and_stands_where_it_is_put(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    surveys = keep(window, qtbot, "Surveys", "survey")
    window.sidebar.menus.new_search.emit("any", None)
    made = dialog(window)
    assert not made.query.isVisible()
    assert not made.button.isEnabled()
    made.name.setText("Group")
    made.place.setCurrentIndex(made.place.findData(f"saved/{surveys}"))
    with qtbot.waitSignal(window.sidebar.refreshed):
        made.accept()
    group = next(one for one in services.saved.searches(library_of(window)) if one.name == "Group")
    assert (group.kind, group.parent_id, group.text) == ("any", surveys, "")
    window.sidebar.menus.edit_search.emit(surveys)
    assert dialog(window).place.findData(f"saved/{group.id}") == -1  # not inside itself
    QTest.keyClick(dialog(window).query, Qt.Key.Key_Escape)
    assert not [one for one in window.findChildren(SavedDialog) if one.isVisible()]


def test_what_is_chosen_in_the_sidebar_is_kept_with_the_words(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    shelf, changes = services.collecting.create(library_of(window), "Shelf")
    with qtbot.waitSignal(window.sidebar.refreshed):
        window.context.announce(changes)
    window.sidebar.choose(line(window, "Shelf")[1], Qt.KeyboardModifier.NoModifier)
    search(window, qtbot, "survey")
    window.search.save_wanted.emit()
    draft = dialog(window).draft()
    assert (draft.text, draft.collection_id) == ("survey", shelf)
    dialog(window).reject()
    window.sidebar.set_scope("is:unread -is:starred")
    window.sidebar.menus.new_search.emit("search", None)
    assert dialog(window).draft().text == "is:unread -is:starred (survey)"
    dialog(window).reject()
    keep(window, qtbot, "Within", "title:large", collection_id=shelf)
    window.sidebar.menus.show_search_text.emit(line(window, "Within")[1].target)
    assert (window.search.text(), window.scope) == ("collection:Shelf title:large", "")


def test_the_field_offers_to_keep_a_search(full_window: MainWindow, qtbot: QtBot) -> None:
    window = full_window
    bar = window.search
    bar.setFocus()
    menu = bar.menu()
    save = next(one for one in menu.actions() if "Save this search" in one.text())
    assert not save.isEnabled()
    QMenu.deleteLater(menu)
    QTest.keyClicks(bar, "survey")
    QTest.keyClick(bar, Qt.Key.Key_Down, ALT)
    assert [one.text for one in bar.popup.offers.choices()] == ["Save this search as..."]
    with qtbot.waitSignal(bar.save_wanted):
        bar.popup.take_first()
    dialog(window).reject()
    assert bar.text() == "survey"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_line_has_a_menu_with_letters_of_its_own(full_window: MainWindow, qtbot: QtBot, scheme: str) -> None:
    window = full_window
    window.context.theme.set_mode(scheme)
    keep(window, qtbot, "Surveys", "survey")
    for key in ("searches", line(window, "Surveys")[1].key):
        entry = window.sidebar.model.entry(window.sidebar.model.index_of_key(key))
        assert entry is not None
        menu = window.sidebar.menus.menu(entry, ())
        letters = [one.text()[one.text().index("&") + 1].lower() for one in menu.actions() if one.text()]
        assert len(set(letters)) == len(letters), letters
        menu.deleteLater()
