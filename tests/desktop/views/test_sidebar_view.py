"""The sidebar: what a click asks for, what can be changed in place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from db import services
from db.services.changes import Changes
from desktop.models.mime import COLLECTION, TAG, PapersMime
from desktop.views.sidebar import Sidebar
from desktop.views.tag_chooser import TagChooser
from desktop.views.tag_dialogs import NameDialog
from desktop.views.tag_merge import MergeQuestion

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.context import AppContext

AddPaper = Callable[..., int]
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


def leave(context: AppContext) -> None:
    """End the threads; the library is closed by the fixture that opened it."""
    context.tasks.shutdown()
    context.library = None


@pytest.fixture
def sidebar(qtbot: QtBot, context: AppContext, library: Library, add_paper: AddPaper) -> Iterator[Sidebar]:
    """A sidebar on the screen: tags dpo and rlhf, a collection in a collection."""
    add_paper("One", tags=("dpo",))
    add_paper("Two", tags=("dpo", "rlhf"))
    thesis, _ = services.collecting.create(library, "Thesis")
    services.collecting.create(library, "Chapter", thesis)
    sidebar = Sidebar(context)
    qtbot.addWidget(sidebar)
    context.changed.connect(sidebar.refresh)
    sidebar.resize(220, 700)
    sidebar.show()
    with qtbot.waitSignal(sidebar.refreshed):
        context.set_library(library)
        context.begun.emit()  # there is no table here, which says so
    yield sidebar
    leave(context)


def key_of(sidebar: Sidebar, label: str) -> str:
    return next(entry.key for _, entry in sidebar.model.entries() if entry.label == label)


def labels(sidebar: Sidebar) -> set[str]:
    return {entry.label for _, entry in sidebar.model.entries()}


def click(sidebar: Sidebar, label: str, modifier: Qt.KeyboardModifier = NONE) -> None:
    rect = sidebar.tree.visualRect(sidebar.model.index_of_key(key_of(sidebar, label)))
    QTest.mouseClick(sidebar.tree.viewport(), Qt.MouseButton.LeftButton, modifier, rect.center())


def test_clicks_scope_add_widen_and_leave_out(sidebar: Sidebar) -> None:
    said: list[str] = []
    sidebar.scope_changed.connect(said.append)
    click(sidebar, "dpo")
    click(sidebar, "Unread", CTRL)
    click(sidebar, "Starred", SHIFT)
    click(sidebar, "rlhf", ALT)
    click(sidebar, "All papers")
    assert said == [
        'tag:"dpo"',
        'tag:"dpo" is:unread',
        'tag:"dpo" (is:unread OR is:starred)',
        'tag:"dpo" (is:unread OR is:starred) -tag:"rlhf"',
        "",
    ]


def test_counts_stand_beside_the_names(sidebar: Sidebar) -> None:
    entry = sidebar.model.entry(sidebar.model.index_of_key(key_of(sidebar, "dpo")))
    assert entry is not None
    assert entry.count == 2


def test_the_keyboard_does_all_of_it(qtbot: QtBot, sidebar: Sidebar) -> None:
    sidebar.tree.setFocus()
    sidebar.tree.setCurrentIndex(sidebar.model.index_of_key("all"))
    QTest.keyClick(sidebar.tree, Qt.Key.Key_Down)
    with qtbot.waitSignal(sidebar.scope_changed) as said:
        QTest.keyClick(sidebar.tree, Qt.Key.Key_Return)
    assert said.args == ["is:unread"]
    sidebar.tree.setCurrentIndex(sidebar.model.index_of_key("tags"))
    QTest.keyClick(sidebar.tree, Qt.Key.Key_Left)
    assert not sidebar.tree.isExpanded(sidebar.model.index_of_key("tags"))


def test_folded_sections_stay_folded(qtbot: QtBot, context: AppContext, sidebar: Sidebar) -> None:
    click(sidebar, "Tags")
    other = Sidebar(context)
    qtbot.addWidget(other)
    assert not other.tree.isExpanded(other.model.index_of_key("tags"))
    assert other.tree.isExpanded(other.model.index_of_key("library"))


def test_renaming_in_place_and_the_choice_follows(qtbot: QtBot, sidebar: Sidebar) -> None:
    click(sidebar, "dpo")
    sidebar.rename(key_of(sidebar, "dpo"))
    editor = sidebar.tree.findChild(QLineEdit)
    assert editor is not None
    editor.setText("preference")
    with qtbot.waitSignal(sidebar.scope_changed) as said:
        QTest.keyClick(editor, Qt.Key.Key_Return)
    assert said.args == ['tag:"preference"']
    assert "dpo" not in labels(sidebar)


def test_deleting_a_chosen_tag_shows_all_papers_and_undo_brings_it_back(
    qtbot: QtBot, context: AppContext, sidebar: Sidebar
) -> None:
    click(sidebar, "rlhf")
    index = sidebar.model.index_of_key(key_of(sidebar, "rlhf"))
    sidebar.tree.setCurrentIndex(index)
    with qtbot.waitSignal(sidebar.scope_changed) as said:
        QTest.keyClick(sidebar.tree, Qt.Key.Key_Delete)
    assert said.args == [""]
    context.undo()
    qtbot.waitUntil(lambda: "rlhf" in labels(sidebar))


def test_papers_dropped_on_a_tag_get_it(qtbot: QtBot, sidebar: Sidebar, library: Library) -> None:
    mime = PapersMime(list(services.searching.find(library, "").ids))
    sidebar.model.dropMimeData(
        mime, Qt.DropAction.CopyAction, -1, -1, sidebar.model.index_of_key(key_of(sidebar, "rlhf"))
    )
    qtbot.waitUntil(lambda: len(services.searching.find(library, "tag:rlhf").ids) == 2)


def test_a_collection_is_made_and_moved(qtbot: QtBot, sidebar: Sidebar, library: Library) -> None:
    sidebar.new_collection()
    dialog = sidebar.findChild(NameDialog)
    assert dialog is not None
    assert not dialog.button.isEnabled()
    dialog.field.setText("Later")
    dialog.accept()
    qtbot.waitUntil(lambda: "Later" in labels(sidebar))
    later = sidebar.model.entry(sidebar.model.index_of_key(key_of(sidebar, "Later")))
    assert later is not None
    mime = QMimeData()
    mime.setData(COLLECTION, str(later.target).encode())
    thesis = sidebar.model.index_of_key(key_of(sidebar, "Thesis"))
    sidebar.model.dropMimeData(mime, Qt.DropAction.MoveAction, -1, -1, thesis)

    def nested() -> bool:
        found = sidebar.model.index_of_key(key_of(sidebar, "Later"))
        return found.parent() == sidebar.model.index_of_key(key_of(sidebar, "Thesis"))

    qtbot.waitUntil(nested)


def test_a_tag_is_merged_into_another(qtbot: QtBot, sidebar: Sidebar, library: Library) -> None:
    sidebar.merge_tag("rlhf")
    dialog = sidebar.findChild(TagChooser)
    assert dialog is not None
    assert [line.name for line in dialog.model.lines] == ["dpo"]
    dialog.accept()
    qtbot.waitUntil(lambda: "rlhf" not in labels(sidebar))
    assert len(services.searching.find(library, "tag:dpo").ids) == 2


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("dpo", {"Rename", "Colour", "Number key", "Merge into...", "Put inside...", "Delete tag", "Export..."}),
        (
            "Thesis",
            {"New collection...", "New collection inside...", "Rename", "Delete collection", "Export..."},
        ),
        ("Unread", {"Show only these", "Require as well", "Show these too", "Leave these out"}),
    ],
)
def test_menus_offer_what_fits_the_line(context: AppContext, sidebar: Sidebar, label: str, wanted: set[str]) -> None:
    entry = sidebar.model.entry(sidebar.model.index_of_key(key_of(sidebar, label)))
    assert entry is not None
    menu = sidebar.menus.menu(entry, sidebar.tags())
    assert wanted <= {action.text().replace("&", "") for action in menu.actions()}


def test_a_colour_is_chosen_from_the_menu(qtbot: QtBot, context: AppContext, sidebar: Sidebar) -> None:
    entry = sidebar.model.entry(sidebar.model.index_of_key(key_of(sidebar, "dpo")))
    assert entry is not None
    menu = sidebar.menus.menu(entry, sidebar.tags())
    colours = next(a for a in menu.actions() if "Colour" in a.text().replace("&", "")).menu()
    colours.actions()[5].trigger()
    qtbot.waitUntil(lambda: any(tag.colour == 5 for tag in sidebar.tags() if tag.name == "dpo"))


def test_setting_a_scope_from_outside_marks_it(sidebar: Sidebar) -> None:
    sidebar.set_scope('tag:"dpo" -is:unread')
    assert sidebar.scope_text() == 'tag:"dpo" -is:unread'


def names(library: Library) -> list[str]:
    return [tag.name for tag in services.tagging.tags(library)]


def index(sidebar: Sidebar, label: str) -> QModelIndex:
    return sidebar.model.index_of_key(key_of(sidebar, label))


def rename(sidebar: Sidebar, label: str, name: str) -> None:
    sidebar.rename(key_of(sidebar, label))
    editor = sidebar.tree.findChild(QLineEdit)
    assert editor is not None
    editor.setText(name)
    QTest.keyClick(editor, Qt.Key.Key_Return)


def test_a_tag_dropped_on_another_goes_inside_it(qtbot: QtBot, sidebar: Sidebar, library: Library) -> None:
    mime = QMimeData()
    mime.setData(TAG, b"rlhf")
    sidebar.model.dropMimeData(mime, Qt.DropAction.MoveAction, -1, -1, index(sidebar, "dpo"))
    qtbot.waitUntil(lambda: names(library) == ["dpo", "dpo/rlhf"])
    qtbot.waitUntil(lambda: "rlhf" in labels(sidebar) and index(sidebar, "rlhf").parent() == index(sidebar, "dpo"))
    entry = sidebar.model.entry(index(sidebar, "dpo"))
    assert entry is not None
    assert entry.count == 2
    click(sidebar, "rlhf")
    assert sidebar.scope_text() == 'tag:"dpo/rlhf"'


def test_a_new_name_that_a_tag_has_already_offers_a_merge(qtbot: QtBot, sidebar: Sidebar, library: Library) -> None:
    rename(sidebar, "rlhf", "DPO")
    qtbot.waitUntil(lambda: sidebar.findChild(MergeQuestion) is not None)
    question = sidebar.findChild(MergeQuestion)
    assert question is not None
    assert "“rlhf” (1 paper) goes into “dpo”" in question.text
    question.reject()
    qtbot.waitUntil(lambda: sidebar.findChild(MergeQuestion) is None)
    assert names(library) == ["dpo", "rlhf"]
    rename(sidebar, "rlhf", "DPO")
    qtbot.waitUntil(lambda: sidebar.findChild(MergeQuestion) is not None)
    sidebar.findChild(MergeQuestion).accept()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: names(library) == ["dpo"])
    services.undoing.undo(library)
    assert names(library) == ["dpo", "rlhf"]


def test_a_name_that_is_too_long_is_told(qtbot: QtBot, context: AppContext, sidebar: Sidebar) -> None:
    with qtbot.waitSignal(context.failed) as heard:
        rename(sidebar, "rlhf", "x" * 101)
    assert "100 characters" in heard.args[0].message


def test_a_number_key_is_chosen_from_the_menu_and_shown(qtbot: QtBot, sidebar: Sidebar) -> None:
    entry = sidebar.model.entry(index(sidebar, "dpo"))
    assert entry is not None
    menu = sidebar.menus.menu(entry, sidebar.tags())
    keys = next(a for a in menu.actions() if a.text().replace("&", "") == "Number key").menu()
    keys.actions()[3].trigger()
    qtbot.waitUntil(lambda: sidebar.model.entry(index(sidebar, "dpo")).digit == 4)  # type: ignore[union-attr]


def test_the_field_above_finds_a_line_among_many(qtbot: QtBot, sidebar: Sidebar, library: Library) -> None:
    assert sidebar.filter.isHidden()
    ids = list(services.searching.find(library, "").ids)
    services.tagging.tag(library, ids, add=[f"area/t{number}" for number in range(20)])
    sidebar.refresh(Changes("", frozenset({"tag", "paper_tag"})))
    qtbot.waitUntil(lambda: sidebar.filter.isVisible())
    QTest.keyClicks(sidebar.filter, "t17")
    assert "t17" in labels(sidebar)
    assert "t16" not in labels(sidebar)
    QTest.keyClick(sidebar.filter, Qt.Key.Key_Return)
    QTest.keyClick(sidebar.tree, Qt.Key.Key_Return)
    assert sidebar.scope_text() == 'tag:"area/t17"'
    QTest.keyClick(sidebar.filter, Qt.Key.Key_Escape)
    assert "t16" in labels(sidebar)
