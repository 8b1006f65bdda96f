"""Dumps as sets in the real window: from the sidebar to the table, the counts, and what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLabel, QPushButton

from db import services
from db.services.progress import silent
from desktop.context import EVERYTHING
from desktop.models.empty_words import sentence
from desktop.models.scope_words import scope_words
from desktop.theme import Theme
from desktop.views.dump_sets import DumpSets
from desktop.views.import_summary import ImportSummary
from tests.desktop.conftest import TITLES, dump_text, settle

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QMenu
    from pytestqt.qtbot import QtBot

    from desktop.window.main_window import MainWindow

SECOND = (TITLES[0], TITLES[1], "Entropy of Folded Paper Lanterns", "A Census of Alpine Harbours")
NAMES = {1: "a.txt", 2: 'b "two".txt'}


@pytest.fixture
def two(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """The window over two dumps of one name that share two papers, one of which was skipped in between."""
    library = window.context.library
    assert library is not None
    for number, titles in enumerate((TITLES, SECOND), start=1):
        file = tmp_path / str(number) / 'the "dpo" page.txt'
        file.parent.mkdir()
        file.write_text(dump_text(titles), encoding="utf-8")
        services.importing.import_files(library, [file], silent)
        if number == 1:
            ids = services.searching.find(library, f'"{TITLES[0]}"').ids.tolist()
            services.editing.set_fields(library, ids, {"status": "skipped"})
    window.context.announce(EVERYTHING)
    settle(window, qtbot)
    return window


def titles(window: MainWindow) -> list[str]:
    found = (window.table.model.paper(row) for row in range(window.table.model.rowCount()))
    return [paper.title for paper in found if paper is not None]


def wait_for(window: MainWindow, wanted: tuple[str, ...], qtbot: QtBot, *, ordered: bool = True) -> None:
    """Wait until the table shows these papers."""
    kind = list if ordered else sorted
    qtbot.waitUntil(lambda: kind(titles(window)) == kind(wanted))


def menu(window: MainWindow, number: int) -> QMenu:
    entry = window.sidebar.model.entry(window.sidebar.model.index_of_key(f"dump/{number}"))
    assert entry is not None
    return window.sidebar.menus.menu(entry, ())


def press(window: MainWindow, number: int, text: str, qtbot: QtBot) -> None:
    action = next(one for one in menu(window, number).actions() if text in one.text().replace("&", ""))
    action.trigger()
    for _answer_after_answer in range(3):
        settle(window, qtbot)


def sets(window: MainWindow, qtbot: QtBot) -> DumpSets:
    """Wait for the window of dumps as sets."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(DumpSets)))
    (found,) = [one for one in window.findChildren(DumpSets) if one.isVisible()]
    return found


def test_dumps_of_one_name_are_told_apart(two: MainWindow, qtbot: QtBot) -> None:
    entries = [one for _, one in two.sidebar.model.entries() if one.key.startswith("dump/")]
    assert len({one.label for one in entries}) == 1
    for entry, wanted in zip(entries, (SECOND, TITLES), strict=True):
        two.sidebar.choose(entry, Qt.KeyboardModifier.NoModifier)
        wait_for(two, wanted, qtbot, ordered=False)
        assert two.chosen_source() is not None
        assert two.table.scope_bar.isHidden()


def test_never_seen_papers_of_a_dump_stand_first(two: MainWindow, qtbot: QtBot) -> None:
    two.sidebar.set_scope("dump:#2")
    wait_for(two, (SECOND[2], SECOND[3], SECOND[0], SECOND[1]), qtbot)
    two.table.view.header.show_columns(["title", "added"])
    two.table.view.header.sort_by("added", False)
    wait_for(two, SECOND, qtbot)


def test_comparing_leads_to_a_normal_table(two: MainWindow, qtbot: QtBot) -> None:
    two.search.setText("no such words")
    settle(two, qtbot)
    press(two, 1, "Compare with", qtbot)
    shown = sets(two, qtbot).compare
    qtbot.waitUntil(lambda: shown.chosen() == (1, 2) and "3" in shown.only_a.text())
    said = [button.text().replace("&", "") for button in (shown.only_a, shown.both, shown.only_b)]
    assert said == ["3 only in A", "2 in both", "2 only in B"]
    assert shown.bars.accessibleName() == "3 papers only in A, 2 in both, 2 only in B"
    for button, wanted, words in (
        (shown.only_a, TITLES[2:], "Only in"),
        (shown.both, TITLES[:2], "In both"),
        (shown.only_b, SECOND[2:], "Only in"),
    ):
        button.click()
        wait_for(two, wanted, qtbot, ordered=False)
        assert two.table.scope_bar.words().startswith(words)
        assert two.search.text() == ""
    two.table.select_all()
    assert len(two.table.selected_ids()) == 2
    two.table.scope_bar.close_button.click()
    qtbot.waitUntil(lambda: len(titles(two)) == 7)
    assert two.table.scope_bar.isHidden()


def test_swapping_and_the_window_opens_once(two: MainWindow, qtbot: QtBot) -> None:
    two.registry["compare_dumps"].trigger()
    qtbot.waitUntil(lambda: bool(two.findChildren(DumpSets)))
    settle(two, qtbot)
    dialog = sets(two, qtbot)
    before = dialog.compare.chosen()
    dialog.compare.swap_button.click()
    assert before is not None
    assert dialog.compare.chosen() == before[::-1]
    two.sidebar.set_scope("dump:#1 dump:#2")
    two.table.scope_bar.compare_button.click()
    assert sets(two, qtbot) is dialog
    assert dialog.compare.chosen() == (1, 2)


def test_never_seen_and_skipped_before_from_the_menu(two: MainWindow, qtbot: QtBot) -> None:
    press(two, 2, "never seen before", qtbot)
    wait_for(two, SECOND[2:], qtbot)
    assert two.table.scope_bar.words() == 'In the "dpo" page.txt, never seen before'
    press(two, 2, "you skipped before", qtbot)
    wait_for(two, SECOND[:1], qtbot)


def test_new_since_the_last_dump_of_the_search(two: MainWindow, qtbot: QtBot) -> None:
    said: list[str] = []
    two.context.notified.connect(lambda notice: said.append(notice.text))
    press(two, 2, "New since the last dump", qtbot)
    wait_for(two, SECOND[2:], qtbot)
    assert said[-1].startswith("2 new since")
    press(two, 1, "New since the last dump", qtbot)
    qtbot.waitUntil(lambda: len(said) > 1)
    assert said[-1].startswith("No earlier dump of this search")


def test_a_dump_that_goes_takes_its_scope_along(two: MainWindow, qtbot: QtBot) -> None:
    two.sidebar.set_scope("new:#2")
    settle(two, qtbot)
    two.context.undo()
    qtbot.waitUntil(lambda: two.sidebar.scope_text() == "")
    assert two.table.scope_bar.isHidden()


def test_the_search_is_set_by_hand(two: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_args: ("dpo", True))
    press(two, 1, "Set what was searched", qtbot)
    entries = two.sidebar.model.entries
    qtbot.waitUntil(lambda: any("Searched for: dpo" in one.tip for _, one in entries() if one.key == "dump/1"))


def test_counts_are_shown_copied_and_saved(
    two: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    two.registry["review_counts"].trigger()
    settle(two, qtbot)
    counts = sets(two, qtbot).counts
    assert counts.ticked() == [1, 2]
    qtbot.waitUntil(lambda: counts.tree.topLevelItemCount() > 0)
    tops = {
        item.text(0): item.text(1)
        for item in (counts.tree.topLevelItem(at) for at in range(counts.tree.topLevelItemCount()))
        if item is not None
    }
    assert (tops["Records identified"], tops["Duplicate records removed"], tops["Papers screened"]) == ("9", "2", "7")
    counts.copy_text.click()
    assert QGuiApplication.clipboard().text().startswith("Records identified")
    counts.copy_csv.click()
    assert QGuiApplication.clipboard().text().startswith("what,name,count\nidentified,")
    target = tmp_path / "counts.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    counts.save_button.click()
    qtbot.waitUntil(target.exists)
    settle(two, qtbot)
    assert "excluded,Excluded (skipped),1" in target.read_text(encoding="utf-8")
    for at in range(2):
        counts.list.item(at).setCheckState(Qt.CheckState.Unchecked)
    qtbot.waitUntil(lambda: counts.tree.topLevelItemCount() == 0)
    assert not counts.copy_text.isEnabled()


def test_counts_follow_what_changes(two: MainWindow, qtbot: QtBot) -> None:
    press(two, 1, "Compare with", qtbot)
    dialog = sets(two, qtbot)
    two.table.select_ids(services.searching.find(two.context.library, f'"{TITLES[2]}"').ids.tolist())  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: two.registry["trash"].isEnabled())
    two.registry["trash"].trigger()
    qtbot.waitUntil(lambda: dialog.compare.only_a.text().replace("&", "") == "2 only in A")
    dialog.close()
    settle(two, qtbot)
    two.context.undo()
    settle(two, qtbot)


def test_a_skipped_paper_that_came_back_is_marked(two: MainWindow, qtbot: QtBot) -> None:
    two.sidebar.set_scope("is:back")
    wait_for(two, TITLES[:1], qtbot)
    paper = two.table.model.paper(0)
    assert paper is not None
    assert paper.title == TITLES[0]
    tip = two.table.model.data(two.table.model.index(0, 1), Qt.ItemDataRole.ToolTipRole)
    assert "You skipped this one; seen again in" in tip
    assert "Skipped before" in two.table.model.data(two.table.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    two.table.select_ids([paper.id])
    labels = two.detail.findChildren(QLabel)
    said = "You skipped this one; seen again in"
    qtbot.waitUntil(lambda: any(one.text().startswith(said) for one in labels if not one.isHidden()))


def test_an_import_tells_of_skipped_papers(two: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    third = tmp_path / "third.txt"
    third.write_text(dump_text((TITLES[0], TITLES[4])), encoding="utf-8")
    two.import_paths([third])
    qtbot.waitUntil(lambda: bool(two.findChildren(ImportSummary)), timeout=20_000)
    settle(two, qtbot)
    (summary,) = two.findChildren(ImportSummary)
    said = "\n".join(label.text() for label in summary.findChildren(QLabel))
    assert "1 you skipped in an earlier dump" in said
    buttons = summary.findChildren(QPushButton)
    with qtbot.waitSignal(summary.show_papers) as caught:
        next(one for one in buttons if one.text().startswith("Show 1 you skipped")).click()
    assert caught.args is not None
    assert len(caught.args[0]) == 1
    summary.close()


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_both_themes_paint(two: MainWindow, theme: Theme, qtbot: QtBot, mode: str) -> None:
    theme.set_mode(mode)
    press(two, 2, "Counts for a review", qtbot)
    dialog = sets(two, qtbot)
    for page in (dialog.compare, dialog.counts):
        dialog.tabs.setCurrentWidget(page)
        assert not dialog.grab().isNull()
    assert not two.grab().isNull()


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        ("", ""),
        ("dump:#1", ""),
        ("is:unread", ""),
        ("dump:#1 -dump:#2", 'Only in a.txt, not in b "two".txt'),
        ("dump:#1 dump:#2", 'In both a.txt and b "two".txt'),
        ("(dump:#1 OR dump:#2)", 'In a.txt or in b "two".txt'),
        ("new:#1", "In a.txt, never seen before"),
        ("back:#1 is:starred", "In a.txt, skipped before, starred"),
        ('tag:"dpo" -dump:#3', "Tagged “dpo”, not in a dump that is gone"),
        ('collection:"x" -is:trash', "In the collection “x”, not in the trash"),
    ],
)
def test_a_scope_in_words(qapp: object, scope: str, words: str) -> None:
    assert scope_words(scope, NAMES) == words


def test_an_empty_dump_says_so(qapp: object) -> None:
    assert sentence("", "new:#3") == "Every paper of this dump was known before."
    assert sentence("", "dump:#3") == "No paper of this dump is left in the library."
