"""The check of the records: findings as they come, fixes by button and keyboard, undo."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from db import services
from db.services.progress import silent
from desktop.views.record_check import RecordCheck

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from db.services.library import Library
    from desktop.context import AppContext

Keep = Callable[["QWidget"], None]
BIB = """@article{gull2020, title={AMBER KETTLES AND VELVET RIVERS}, author={Gull, Ann}, year={2020}, pages={1-9},
  journal={J. of Kettles}}
@article{kite2021, title={Lanterns at sea}, author={Kite, Bo}, year={2021}, journal={J. of Kettles}, pages={11-19}}
@inproceedings{heron2022, title={Paper boats}, author={Heron, Cy}, year={2022}}
"""


@pytest.fixture
def check(qtbot: QtBot, opened: AppContext, library: Library, tmp_path: Path, keep: Keep) -> RecordCheck:
    """The check of a library with four findings."""
    source = tmp_path / "in.bib"
    source.write_text(BIB, encoding="utf-8")
    services.importing.import_files(library, [source], silent)
    made = RecordCheck(opened)
    keep(made)
    made.show()
    qtbot.waitUntil(lambda: made.title.text() == "4 findings")
    return made


def rows(check: RecordCheck) -> list[str]:
    return [check.model.index(row, 2).data() for row in range(check.model.rowCount())]


def choose(check: RecordCheck, kind: str | None) -> None:
    at = check.kinds.findData(kind)
    check.kinds.setCurrentIndex(at)
    check.kinds.activated.emit(at)


def select(check: RecordCheck, words: str) -> None:
    row = next(row for row, text in enumerate(rows(check)) if words in text)
    flags = QItemSelectionModel.SelectionFlag
    # Not by selectRow, which heeds the keys that an earlier test held down.
    check.table.selectionModel().setCurrentIndex(check.table.model().index(row, 0), flags.ClearAndSelect | flags.Rows)


def test_the_kinds_are_offered_with_their_number(check: RecordCheck) -> None:
    offered = [check.kinds.itemText(at) for at in range(check.kinds.count())]
    assert offered == ["All kinds", "Missing fields (1)", "Titles in capitals (1)", "Page ranges (2)"]
    choose(check, "pages")
    assert len(rows(check)) == 2
    choose(check, None)
    assert len(rows(check)) == 4


def test_escape_closes_it_and_ends_the_search(qtbot: QtBot, opened: AppContext, check: RecordCheck) -> None:
    check.look()
    task = check._task
    assert task is not None
    QTest.keyClick(check, Qt.Key.Key_Escape)
    assert task.cancelled
    qtbot.waitUntil(lambda: not shiboken6.isValid(check))


def test_the_counts_follow_what_is_found_mended_and_shown(check: RecordCheck) -> None:
    model = check.model
    before, pages = dict(model.counts()), [one for one in model.shown if one.kind == "pages"]
    assert (before["pages"], model.can_fix("pages"), model.can_fix("missing")) == (2, True, False)
    model.replace([pages[0].paper_id], [])
    assert model.counts()["pages"] == 1
    model.replace([pages[1].paper_id], [])
    assert not model.can_fix("pages")
    model.replace([one.paper_id for one in pages], pages)
    assert model.counts()["pages"] == 2
    assert model.can_fix("pages")
    check.look()
    assert not model.counts().total()


def test_one_finding_is_fixed_and_comes_back_with_undo(
    qtbot: QtBot, check: RecordCheck, opened: AppContext, library: Library
) -> None:
    select(check, "11-19")
    assert check.detail.text() == "The page range “11-19” wants two hyphens\nWrite 11--19"
    check.fix_button.click()
    qtbot.waitUntil(lambda: check.title.text() == "3 findings")
    assert services.undoing.next_labels(library)[0] == "Fix page ranges of 1 paper"
    qtbot.waitUntil(check.undo_button.isVisible)
    assert check.note.text() == "Fix page ranges of 1 paper"
    check.undo_button.click()
    qtbot.waitUntil(lambda: check.title.text() == "4 findings")
    assert not check.undo_button.isVisible()
    assert check.note.text() == "Everything that is fixed here can be undone."


def test_all_of_a_kind_are_fixed_at_once(qtbot: QtBot, check: RecordCheck, library: Library) -> None:
    select(check, "1-9")
    check.all_button.click()
    qtbot.waitUntil(lambda: check.title.text() == "2 findings")
    pages = [one.fields.get("pages") for one in services.reading.papers(library, [1, 2, 3])]
    assert pages == ["1--9", "11--19", None]


def test_all_of_the_kind_that_is_shown_are_fixed_whichever_is_chosen(
    qtbot: QtBot, check: RecordCheck, opened: AppContext, library: Library
) -> None:
    fields = {"entry_type": "article", "venue": "", "arxiv_id": "2403.01234"}
    opened.run("Edit", lambda library: services.editing.set_fields(library, [1], fields))
    qtbot.waitUntil(lambda: check.title.text() == "5 findings")
    choose(check, "missing")
    select(check, "booktitle")
    assert not check.fix_button.isEnabled()
    check.all_button.click()
    qtbot.waitUntil(lambda: check.title.text() == "4 findings")
    paper = services.reading.paper(library, 1)
    assert paper is not None
    assert paper.entry_type == "misc"


def test_what_only_the_person_can_know_says_so(check: RecordCheck) -> None:
    select(check, "booktitle")
    assert not check.fix_button.isEnabled()
    assert "Only you" in check.fix_button.toolTip()
    assert not check.all_button.isEnabled()
    assert check.show_button.isEnabled()
    shown: list[int] = []
    check.show_paper.connect(shown.append)
    check.show_button.click()
    assert shown == [3]


def test_everything_selected_is_fixed_by_keyboard(qtbot: QtBot, check: RecordCheck) -> None:
    check.table.setFocus()
    QTest.keyClick(check.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(check.chosen()) == 4
    assert check.detail.text() == "4 findings chosen, 3 of them can be fixed"
    assert not check.all_button.isEnabled()
    QTest.keyClick(check.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: check.title.text() == "1 finding")
    assert [one.kind.value for one in check.model.shown] == ["missing"]


def test_a_change_elsewhere_is_seen(qtbot: QtBot, check: RecordCheck, opened: AppContext) -> None:
    opened.run("Edit", lambda library: services.editing.set_fields(library, [3], {"entry_type": "misc"}))
    qtbot.waitUntil(lambda: check.title.text() == "3 findings")
    opened.run("Trash", lambda library: services.editing.trash(library, [1, 2, 3]))
    qtbot.waitUntil(lambda: check.title.text() == "Nothing needs a look")
    assert check.note.text() == "Every record is as it should be."


def test_closing_while_it_looks_is_quiet(opened: AppContext, library: Library, keep: Keep) -> None:
    services.editing.add_paper(library, {"title": "Paper boats", "entry_type": "article"})
    made = RecordCheck(opened)
    keep(made)
    made.show()
    made.close()
