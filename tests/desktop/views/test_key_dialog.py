"""The dialog of the key pattern: ready-made and own patterns, tried on the papers of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from db import services
from desktop.views.help import HelpDialog
from desktop.views.key_dialog import NEW, OLD, PAPER, WHY, KeyDialog
from desktop.views.key_words import preset_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.context import AppContext
    from desktop.shared import Notice

    from .conftest import AddPaper

SCHOLAR = "{auth.first.lower|veryshorttitle.lower}{year|-}{veryshorttitle.lower}"


@pytest.fixture
def ids(add_paper: AddPaper, library: Library) -> dict[str, int]:
    """Papers of every sort that patterns treat differently."""
    made = {
        "night": add_paper("Quiet Harbours at Night", authors="Doe, Jane; Roe, Sam", date="2024"),
        "noon": add_paper("Quiet Harbours at Noon", authors="Doe, Jane", date="2024"),
        "bare": add_paper("Aligning Velvet Lanterns <b>Slowly</b>"),
        "fonari": add_paper("Медленные фонари", authors="Иванов, Пётр", date="2020"),
        "frozen": add_paper("Frozen Kettles", authors="Okafor, Ada", date="2021"),
    }
    services.exporting.cite(library, [made["frozen"]])
    return made


@pytest.fixture
def dialog(qtbot: QtBot, opened: AppContext, ids: dict[str, int], keep: Callable[[QWidget], None]) -> KeyDialog:
    """The dialog with its first examples."""
    made = KeyDialog(opened)
    keep(made)
    made.show()
    qtbot.waitUntil(lambda: made.save_button.isEnabled(), timeout=10_000)
    return made


def rows(dialog: KeyDialog) -> list[tuple[str, str, str, str]]:
    """Return the cells of the examples."""
    items = [dialog.examples.topLevelItem(at) for at in range(dialog.examples.topLevelItemCount())]
    return [(one.text(NEW), one.text(OLD), one.text(PAPER), one.text(WHY)) for one in items if one is not None]


def tried(qtbot: QtBot, dialog: KeyDialog) -> None:
    """Wait for the examples of the pattern in the line."""
    qtbot.waitUntil(lambda: dialog.save_button.isEnabled(), timeout=10_000)


def test_every_ready_made_pattern_has_a_name_and_a_rule(dialog: KeyDialog) -> None:
    words = preset_words()
    assert [dialog.presets.itemText(at) for at in range(dialog.presets.count())] == [
        *(words[one.name][0] for one in services.keypatterns.PRESETS),
        "Own pattern",
    ]
    assert all(rule for _name, rule in words.values())


def test_it_opens_with_the_pattern_of_the_library(dialog: KeyDialog, library: Library) -> None:
    assert dialog.line.text() == services.editing.key_pattern(library)
    assert dialog.presets.currentData() == "sheaf"
    assert dialog.summary.text() == "Changes none of 4 keys that are not frozen. 1 frozen key stays as it is."
    assert {old for _new, old, _paper, _why in rows(dialog)} == {"the same"}


def test_a_pattern_chosen_by_name_is_tried_on_every_sort_of_paper(qtbot: QtBot, dialog: KeyDialog) -> None:
    dialog.presets.setFocus()
    for _step in range(2):
        QTest.keyClick(dialog.presets, Qt.Key.Key_Down)
    assert dialog.line.text() == SCHOLAR
    tried(qtbot, dialog)
    assert sorted(rows(dialog)) == sorted(
        [
            ("doe2024quiet", "doe-quiet-harbours-night-2024", "Doe, Roe: Quiet Harbours at Night", "Same key twice"),
            ("doe2024quieta", "doe-quiet-harbours-noon-2024", "Doe: Quiet Harbours at Noon", "Same key twice"),
            ("aligning-velvet", "velvet-lanterns-b", "Aligning Velvet Lanterns <b>Slowly</b>", "No author names"),
            ("ivanov2020medlennye", "ivanov-medlennye-fonari-2020", "Иванов: Медленные фонари", "Other letters"),
            ("okafor-frozen-kettles-2021", "the same", "Okafor: Frozen Kettles", "Frozen: stays"),
        ]
    )
    assert dialog.summary.text() == "Changes 4 of 4 keys that are not frozen. 1 frozen key stays as it is."


def test_an_edited_pattern_is_an_own_one(qtbot: QtBot, dialog: KeyDialog) -> None:
    dialog.line.setText("{auth}{year}")
    assert dialog.presets.currentText() == "Own pattern"
    assert "braces" in dialog.rule.text()
    dialog.line.setText(SCHOLAR)
    assert dialog.presets.currentData() == "google-scholar"
    assert dialog.rule.text() == preset_words()["google-scholar"][1]
    dialog.presets.setCurrentIndex(dialog.presets.count() - 1)
    dialog.presets.activated.emit(dialog.presets.count() - 1)
    assert dialog.line.hasFocus()
    assert dialog.line.selectedText() == SCHOLAR


def test_a_mistake_says_where_and_the_last_pattern_that_works_stays_on_show(
    qtbot: QtBot, dialog: KeyDialog, library: Library
) -> None:
    before = rows(dialog)
    dialog.line.setText("{auth}{yaer}")
    qtbot.waitUntil(lambda: dialog.error.isVisible(), timeout=10_000)
    assert "at character 8, “yaer” is not known; do you mean “year”?" in dialog.error.text()
    assert dialog.error.text().endswith("The examples are those of the last pattern that works.")
    assert not dialog.save_button.isEnabled()
    assert rows(dialog) == before
    dialog.line.setText("{auth}{year}")
    tried(qtbot, dialog)
    assert not dialog.error.isVisible()
    assert services.editing.key_pattern(library) == "{auth.lower}{-}{title}{-}{year}"


def test_saving_renames_what_is_not_frozen(
    qtbot: QtBot, dialog: KeyDialog, opened: AppContext, library: Library, ids: dict[str, int]
) -> None:
    dialog.line.setText(SCHOLAR)
    tried(qtbot, dialog)
    said: list[Notice] = []
    opened.notified.connect(said.append)
    with qtbot.waitSignal(dialog.accepted, timeout=10_000):
        QTest.keyClick(dialog.line, Qt.Key.Key_Return)
    assert [(one.text, one.action) for one in said] == [("Keys that are not frozen follow the new pattern.", "Undo")]
    assert services.editing.key_pattern(library) == SCHOLAR
    papers = services.reading.papers(library, [ids["bare"], ids["frozen"]])
    assert [one.citation_key for one in papers] == ["aligning-velvet", "okafor-frozen-kettles-2021"]


def test_the_language_is_explained_a_key_press_away(qtbot: QtBot, dialog: KeyDialog) -> None:
    dialog.help()
    (shown,) = dialog.findChildren(HelpDialog)
    assert "Citation keys" in shown.browser.toPlainText()
    assert "veryshorttitle" in shown.browser.toPlainText()
    shown.close()


def test_what_she_types_before_the_stored_pattern_is_read_stays(
    qtbot: QtBot, opened: AppContext, ids: dict[str, int], keep: Callable[[QWidget], None]
) -> None:
    made = KeyDialog(opened)
    keep(made)
    QTest.keyClicks(made.line, "{yy}")
    made.show()
    tried(qtbot, made)
    assert made.pattern() == "{yy}"


def test_an_empty_library_says_so(qtbot: QtBot, opened: AppContext, keep: Callable[[QWidget], None]) -> None:
    made = KeyDialog(opened)
    keep(made)
    made.show()
    tried(qtbot, made)
    assert made.summary.text() == "The library is empty: examples come with the first papers."


def test_a_large_library_shows_examples_before_the_count(
    qtbot: QtBot,
    opened: AppContext,
    ids: dict[str, int],
    keep: Callable[[QWidget], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(services.keypatterns, "AT_ONCE", 2)
    made = KeyDialog(opened)
    keep(made)
    said: list[str] = []
    made.show()
    tried(qtbot, made)
    shown = made.summary.setText
    monkeypatch.setattr(made.summary, "setText", lambda text: (said.append(text), shown(text)))
    made.line.setText("{title}")
    qtbot.waitUntil(lambda: any(text.startswith("Changes 3") for text in said), timeout=10_000)
    assert said[-2:] == [
        "Counting what changes of 4 keys that are not frozen… 1 frozen key stays as it is.",
        "Changes 3 of 4 keys that are not frozen. 1 frozen key stays as it is.",
    ]


def test_nothing_is_lost_at_800_by_600(dialog: KeyDialog) -> None:
    dialog.resize(780, 540)
    room = dialog.rect()
    for part in (dialog.presets, dialog.line, dialog.examples, dialog.summary, dialog.save_button):
        assert room.contains(part.rect().translated(part.mapTo(dialog, QPoint())))
