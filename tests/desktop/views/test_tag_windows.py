"""The windows for many tags: suggestions, the list of all tags, cleaning up by a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel

from db import services
from desktop.context import EVERYTHING
from desktop.models.tag_list import matching
from desktop.views.tag_chooser import TagChooser
from desktop.views.tag_dialogs import NameDialog, plain_label
from desktop.views.tag_files import CleanUp
from desktop.views.tag_manager import TagManager
from desktop.views.tag_marks import COLOURS, SHAPES, sign_icon, sign_name
from desktop.views.tag_merge import MergeQuestion
from desktop.views.tag_suggestions import TagSuggestions

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.context import AppContext

AddPaper = Callable[..., int]
Keep = Callable[["QWidget"], None]
WORDS = "glacier moraine crevasse icefall meltwater"


def names(library: Library) -> list[str]:
    return [tag.name for tag in services.tagging.tags(library)]


@pytest.fixture
def manager(qtbot: QtBot, opened: AppContext, library: Library, add_paper: AddPaper, keep: Keep) -> TagManager:
    """The window over the tags dpo (2 papers), rlhf and rlhf/old (1 each)."""
    add_paper("One", tags=("dpo", "rlhf"))
    add_paper("Two", tags=("dpo", "rlhf/old"))
    made = TagManager(opened)
    keep(made)
    made.show()
    qtbot.waitUntil(lambda: made.model.rowCount() == 3)
    return made


def choose(manager: TagManager, *wanted: str) -> None:
    manager.table.clearSelection()
    for row in manager.model.rows_of(wanted):
        selection = manager.table.selectionModel()
        index = manager.model.index(row, 0)
        selection.select(index, selection.SelectionFlag.Select | selection.SelectionFlag.Rows)


def test_what_is_chosen_is_counted_with_what_is_inside(qtbot: QtBot, manager: TagManager) -> None:
    choose(manager, "rlhf")
    qtbot.waitUntil(lambda: manager.said.text() == "1 tag chosen, 1 more inside, on 2 papers.")
    choose(manager, "dpo", "rlhf")
    qtbot.waitUntil(lambda: manager.said.text() == "2 tags chosen, 1 more inside, on 2 papers.")
    assert not manager.rename_button.isEnabled()


def test_several_are_merged_into_a_new_one_by_keys(qtbot: QtBot, manager: TagManager, library: Library) -> None:
    choose(manager, "dpo", "rlhf")
    manager.merge()
    chooser = manager.findChild(TagChooser)
    assert chooser is not None
    QTest.keyClicks(chooser.line, "alignment")
    QTest.keyClick(chooser.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: names(library) == ["alignment", "alignment/old"])
    qtbot.waitUntil(lambda: manager.model.rowCount() == 2)
    services.undoing.undo(library)
    assert names(library) == ["dpo", "rlhf", "rlhf/old"]


def test_a_tag_is_renamed_and_a_known_name_offers_a_merge(qtbot: QtBot, manager: TagManager, library: Library) -> None:
    choose(manager, "rlhf")
    QTest.keyClick(manager, Qt.Key.Key_F2)
    dialog = manager.findChild(NameDialog)
    assert dialog is not None
    dialog.field.setText("dpo")
    dialog.accept()
    qtbot.waitUntil(lambda: manager.findChild(MergeQuestion) is not None)
    manager.findChild(MergeQuestion).accept()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: names(library) == ["dpo", "dpo/old"])


def test_an_ampersand_in_a_name_is_shown_and_names_no_key(manager: TagManager, keep: Keep) -> None:
    dialog = NameDialog("Rename tag", "New name of “R&D”", "Rename", manager)
    keep(dialog)
    (asked,) = (one for one in dialog.findChildren(QLabel) if one.buddy() is dialog.field)
    same = plain_label("New name of “R&D”")
    assert asked.sizeHint().width() == same.sizeHint().width()


def test_what_is_chosen_stays_so_when_tags_change_and_is_told_once(
    qtbot: QtBot, manager: TagManager, opened: AppContext, library: Library, add_paper: AddPaper
) -> None:
    choose(manager, "dpo", "rlhf/old")
    told: list[object] = []
    manager.table.selectionModel().selectionChanged.connect(lambda *_which: told.append(manager.chosen()))
    add_paper("Three", tags=("new",))
    opened.announce(EVERYTHING)
    qtbot.waitUntil(lambda: manager.model.rowCount() == 4)
    assert manager.chosen() == ["dpo", "rlhf/old"]
    assert told == [["dpo", "rlhf/old"]]


def test_chosen_ones_are_deleted_with_the_key(qtbot: QtBot, manager: TagManager, library: Library) -> None:
    choose(manager, "rlhf")
    manager.table.setFocus()
    QTest.keyClick(manager, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: names(library) == ["dpo"])
    qtbot.waitUntil(lambda: manager.model.rowCount() == 1)


def test_typing_narrows_the_list(manager: TagManager) -> None:
    QTest.keyClicks(manager.field, "old")
    assert [tag.name for tag in manager.model.tags] == ["rlhf/old"]
    assert manager.said.text() == "1 tag"


def test_a_file_shows_what_it_would_change_before_it_does(
    qtbot: QtBot, manager: TagManager, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "map.csv"
    path.write_text("old,new\nrlhf,dpo\nrlhf/old,\nlost,x\n", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (str(path), ""))
    manager.clean_up()
    qtbot.waitUntil(lambda: (found := manager.findChild(CleanUp)) is not None and found.isVisible())
    shown = manager.findChild(CleanUp)
    assert shown is not None
    lines = [shown.list.topLevelItem(row) for row in range(3)]
    assert [[line.text(column) for column in range(3)] for line in lines] == [
        ["rlhf", "dpo (merged)", "1"],
        ["rlhf/old", "deleted", "1"],
        ["Line 4: lost", "is no tag of the library", ""],
    ]
    assert shown.said.text().startswith("2 tags would change, on 2 papers. 1 line cannot be followed")
    assert names(library) == ["dpo", "rlhf", "rlhf/old"]
    shown.accept()
    qtbot.waitUntil(lambda: names(library) == ["dpo"])


def test_the_list_is_saved(
    qtbot: QtBot, manager: TagManager, opened: AppContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "tags.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_more: (str(path), ""))
    with qtbot.waitSignal(opened.notified) as heard:
        manager.save_list()
    assert heard.args[0].text == "Wrote 3 tags."
    assert path.read_text(encoding="utf-8").splitlines()[1] == "dpo,dpo"


@pytest.fixture
def untagged(library: Library, add_paper: AddPaper) -> list[int]:
    """Two papers without tags, beside papers about glaciers that have one."""
    for number in range(6):
        add_paper(f"Moraine {number}", tags=("ice/glaciers",), abstract=f"{WORDS} river{number}")
    for number in range(60):
        add_paper(f"Kettle {number}", abstract=f"copper basket ladder {number}")
    return [add_paper(f"Icefall {number}", abstract=WORDS) for number in range(2)]


def shown(qtbot: QtBot, context: AppContext, ids: list[int], keep: Keep) -> TagSuggestions:
    view = TagSuggestions(context, ids)
    keep(view)
    view.show()
    qtbot.waitUntil(lambda: view.said.text() != "Looking for tags that fit...")
    return view


def tags_of(library: Library, ids: list[int]) -> list[list[str]]:
    return [[tag.name for tag in row.tags] for row in services.reading.rows(library, ids)]


def test_a_suggested_tag_says_why_and_is_given_by_enter(
    qtbot: QtBot, opened: AppContext, library: Library, untagged: list[int], keep: Keep
) -> None:
    view = shown(qtbot, opened, untagged[:1], keep)
    (item,) = (view.list.topLevelItem(row) for row in range(view.list.topLevelItemCount()))
    assert item.text(0) == "ice/glaciers"
    assert "6 of 6 papers with this tag say" in item.text(1)
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tags_of(library, untagged) == [["ice/glaciers"], []])
    assert view.list.topLevelItemCount() == 0
    assert not view.all_button.isEnabled()


def test_one_paper_of_several_is_refused_and_the_rest_accepted(
    qtbot: QtBot, opened: AppContext, library: Library, untagged: list[int], keep: Keep
) -> None:
    view = shown(qtbot, opened, untagged, keep)
    item = view.list.topLevelItem(0)
    assert item is not None
    assert item.text(1) == "2 papers"
    view.list.clearSelection()
    item.child(0).setSelected(True)
    (refused,) = view.chosen()
    QTest.keyClick(view, Qt.Key.Key_Delete)
    view.accept_all()
    wanted = [[] if one == refused.paper_id else ["ice/glaciers"] for one in untagged]
    qtbot.waitUntil(lambda: tags_of(library, untagged) == wanted)
    again = shown(qtbot, opened, untagged, keep)
    assert again.offers() == []
    assert again.said.text().startswith("No tag fits")


def test_the_place_stays_when_one_paper_is_decided(
    qtbot: QtBot, opened: AppContext, untagged: list[int], add_paper: AddPaper, keep: Keep
) -> None:
    for number in range(6):
        add_paper(f"Sonata {number}", tags=("music",), abstract=f"violin cello viola quartet {number}")
    both = [add_paper(f"Song {number}", abstract=f"{WORDS} violin cello viola quartet sonata") for number in range(2)]
    view = shown(qtbot, opened, both, keep)
    assert view.list.topLevelItemCount() == 2
    second = view.list.topLevelItem(1)
    assert second is not None
    view.list.setCurrentItem(second.child(0))
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert view.list.indexOfTopLevelItem(view.list.currentItem()) == 1


def test_escape_ends_the_search_for_tags(
    qtbot: QtBot, opened: AppContext, library: Library, untagged: list[int], keep: Keep
) -> None:
    view = TagSuggestions(opened, untagged)
    keep(view)
    view.show()
    task = view._task
    assert task is not None
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert task.cancelled
    qtbot.waitUntil(lambda: not shiboken6.isValid(view))


def test_every_colour_has_a_shape_of_its_own(opened: AppContext) -> None:
    assert len(set(SHAPES)) == len(COLOURS) == 8
    masks = {sign_icon(opened, n).pixmap(32, 32).mask().toImage().bits().tobytes() for n in range(8)}
    assert len(masks) == 8
    assert sign_name(9) == "Orange, triangle"


def test_names_that_begin_with_what_was_typed_come_first() -> None:
    assert matching(["zdpo", "nlp/dpo", "DPO"], "dpo") == ["DPO", "nlp/dpo", "zdpo"]
