"""The look-up in the real window, with services that speak HTTP on this computer."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

from db import services
from desktop.views.lookup.dialog import LookupDialog
from tests.desktop.conftest import TITLES, settle
from tests.desktop.views.lookup.conftest import OTHER, told
from tests.localservices import Services, running

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from db.domain.records import Paper
    from desktop.window.main_window import MainWindow
    from tests.desktop.views.lookup.conftest import Open

DOUBLED = QSize(384, 270)
"""What a window has of 800 x 600 pixels when everything is twice as large."""
TROUBLE = (503, {"Retry-After": "0"}, "")


def ask_only(dialog: LookupDialog, *names: str) -> None:
    for name, box in dialog.start.boxes.items():
        if box.isChecked() != (name in names):
            box.click()


def look_up(dialog: LookupDialog, qtbot: QtBot) -> None:
    dialog.look_button.click()
    ended(dialog, qtbot)


def ended(dialog: LookupDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.stop_button.isVisible())


def rows(dialog: LookupDialog) -> list[tuple[str, str, bool]]:
    """Return what the rows say: what the paper gets, from whom, and whether it is ticked."""
    model = dialog.results.model
    return [
        (model.index(row, 1).data(), model.index(row, 2).data(), model.is_ticked(row))
        for row in range(model.rowCount())
    ]


def papers(window: MainWindow) -> list[Paper]:
    assert window.context.library is not None
    return services.reading.papers(window.context.library, [1, 2, 3, 4, 5])


def family_names(window: MainWindow) -> list[list[str]]:
    return [[one.family for one in paper.authors] for paper in papers(window)]


def test_what_is_found_is_filled_in_and_undone(dialog: LookupDialog, full_window: MainWindow, qtbot: QtBot) -> None:
    assert dialog.label.text() == "All 5 papers shown"
    look_up(dialog, qtbot)
    assert rows(dialog) == [("Authors, Upvotes, arXiv id", "Hugging Face", True)] * 4
    assert dialog.results.status.text() == "Found something for 4 papers"
    assert dialog.results.hint.text() == "5 papers lack something."
    assert family_names(full_window) == [[]] * 5, "nothing changes before it is told to"
    assert dialog.fill_button.text() == "&Fill in 4 papers"
    QTest.keyClick(dialog.results.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))
    assert full_window.toast.text.text() == "Filled in 4 papers"
    assert family_names(full_window) == [*([f"Reed{number}", "Fern"] for number in range(4)), []]
    full_window.toast.action.click()
    qtbot.waitUntil(lambda: family_names(full_window) == [[]] * 5)


def test_nothing_is_sent_before_it_is_told_to_and_then_to_whom_it_says(
    dialog: LookupDialog, known: Services, open_it: Open, qtbot: QtBot
) -> None:
    assert dialog.start.sentence.text().startswith("“Look up” asks Hugging Face, arXiv, Crossref, dblp")
    assert [box.text() for box in dialog.start.boxes.values()][1] == "arXiv  (export.arxiv.org)"
    ask_only(dialog, "arxiv", "crossref")
    assert "asks arXiv and Crossref for" in dialog.start.sentence.text()
    assert known.asked == []
    look_up(dialog, qtbot)
    assert {one.split("/")[1] for one in known.asked} == {"arxiv", "crossref"}
    dialog.close()
    again = open_it()
    assert again.start.chosen() == ["arxiv", "crossref"]
    ask_only(again)
    assert not again.look_button.isEnabled()
    assert again.file_button.isEnabled()


def test_several_selected_papers_are_looked_up_alone(
    known: Services, full_window: MainWindow, open_it: Open, qtbot: QtBot
) -> None:
    full_window.table.select_ids([2, 3])
    qtbot.waitUntil(lambda: len(full_window.table.selected_ids()) == 2)
    dialog = open_it()
    assert dialog.label.text() == "2 selected papers"
    look_up(dialog, qtbot)
    assert {one.paper_id for one in dialog.results.model.findings} == {2, 3}


def test_a_paper_without_authors_offers_it_in_its_details(
    known: Services, full_window: MainWindow, qtbot: QtBot
) -> None:
    full_window.table.select_ids([4])
    settle(full_window, qtbot)
    full_window.detail.focus_field("authors")
    qtbot.waitUntil(lambda: full_window.detail.paper.details.look_up_link.isVisible())
    full_window.detail.paper.details.look_up_link.click()
    (dialog,) = full_window.findChildren(LookupDialog)
    qtbot.waitUntil(lambda: bool(dialog.start.boxes))
    assert dialog.label.text() == "This paper"
    look_up(dialog, qtbot)
    dialog.fill_in()
    qtbot.waitUntil(lambda: not full_window.detail.paper.details.look_up_link.isVisible())
    assert family_names(full_window)[3] == ["Reed3", "Fern"]


def test_stopping_keeps_what_was_found(
    dialog: LookupDialog, known: Services, full_window: MainWindow, qtbot: QtBot
) -> None:
    known.delay = 0.2
    dialog.look_button.click()
    qtbot.waitUntil(lambda: bool(dialog.results.model.findings))
    assert not dialog.fill_button.isEnabled()
    assert dialog.results.status.text().startswith("Asking Hugging Face")
    dialog.stop_button.click()
    ended(dialog, qtbot)
    found = len(dialog.results.model.findings)
    assert 1 <= found < 4
    assert dialog.results.status.text().startswith("Stopped. Found something for")
    dialog.fill_button.click()
    qtbot.waitUntil(lambda: sum(bool(names) for names in family_names(full_window)) == found)


def test_closing_ends_it(dialog: LookupDialog, known: Services, qtbot: QtBot) -> None:
    known.delay = 0.1
    dialog.look_button.click()
    task = dialog._task
    assert task is not None
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert task.cancelled
    qtbot.waitUntil(lambda: not shiboken6.isValid(dialog))


def test_without_a_network_it_says_so_and_tries_again(
    open_it: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = open_it()
    look_up(dialog, qtbot)
    assert dialog.start.error.isVisible()
    assert dialog.start.error.text().startswith("None of the services could be reached")
    assert dialog.look_button.text() == "&Try again"
    with running(Services([told(0), told(1)])) as serving:
        monkeypatch.setenv("SHEAF_LOOKUP_AT", serving.address)
        look_up(dialog, qtbot)
    assert len(rows(dialog)) == 2
    assert not dialog.start.error.text()


def test_a_service_that_does_not_answer_is_named_and_asked_again(
    dialog: LookupDialog, known: Services, qtbot: QtBot
) -> None:
    known.works = [told(0)]
    known.instead = {"dblp": [TROUBLE]}
    ask_only(dialog, "huggingface", "dblp")
    look_up(dialog, qtbot)
    assert dialog.results.troubles.text().startswith("dblp has no time for more questions")
    known.works = [told(number) for number in range(4)]
    known.instead = {}
    known.asked.clear()
    dialog.again_button.click()
    ended(dialog, qtbot)
    assert len(known.asked) == 4, "the paper that was found is not asked for again"
    assert [source for _gets, source, _on in rows(dialog)] == ["Hugging Face", "dblp", "dblp", "dblp"]
    assert dialog.results.hint.text().startswith("5 papers lack something.")
    assert not dialog.results.troubles.isVisible()
    assert not dialog.again_button.isVisible()


def test_what_may_be_another_work_is_not_ticked(dialog: LookupDialog, known: Services, qtbot: QtBot) -> None:
    known.works = [told(0), told(1, abstract=OTHER)]
    ask_only(dialog, "huggingface")
    look_up(dialog, qtbot)
    assert rows(dialog)[1] == ("May be another work: Authors, Upvotes, arXiv id", "Hugging Face", False)
    assert "1 row may be another work and is not ticked" in dialog.results.hint.text()
    assert dialog.fill_button.text() == "&Fill in 1 paper"
    table = dialog.results.table
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert "may be another one: the titles are equal" in dialog.results.changes.toPlainText()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert dialog.fill_button.text() == "&Fill in 2 papers"
    QTest.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert not dialog.fill_button.isEnabled()
    assert dialog.fill_button.text() == "&Fill in 0 papers"


def test_what_would_change_is_shown_as_it_is(dialog: LookupDialog, known: Services, qtbot: QtBot) -> None:
    name = '<img/src="file:///etc/passwd">'
    known.works = [replace(told(0), authors=(("Ada", name),))]
    look_up(dialog, qtbot)
    shown = dialog.results.changes.toPlainText()
    assert shown.startswith(f"{TITLES[0]}\n\nWhy: Hugging Face knows this work: ")
    assert f"Authors: (nothing)  →  {name}, Ada" in shown
    assert shown.endswith("arXiv id: (nothing)  →  2403.00001")


def test_a_file_is_looked_into_instead(
    dialog: LookupDialog, known: Services, full_window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "mine.bib"
    path.write_text(f"@misc{{r, title={{{TITLES[1]}}}, author={{Moss, Cy}}, year={{2024}}}}", encoding="utf-8")
    dialog.look_into(path)
    ended(dialog, qtbot)
    ((gets, source, _ticked),) = rows(dialog)
    assert ("Authors" in gets, source) == (True, "mine.bib")
    dialog.results.model.tick([0], True)
    dialog.fill_button.click()
    qtbot.waitUntil(lambda: family_names(full_window)[1] == ["Moss"])
    assert known.asked == []


def test_a_file_that_cannot_be_read_is_said_and_services_can_be_asked(
    dialog: LookupDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog.look_into(tmp_path / "gone.bib")
    ended(dialog, qtbot)
    assert "gone.bib" in dialog.start.error.text()
    assert dialog.look_button.text() == "&Look up"
    look_up(dialog, qtbot)
    assert len(rows(dialog)) == 4


def test_nothing_found_is_said_kindly_and_leads_back(dialog: LookupDialog, known: Services, qtbot: QtBot) -> None:
    known.works = []
    look_up(dialog, qtbot)
    assert dialog.results.status.text() == "Nothing was found"
    assert dialog.results.hint.text() == "5 papers lack something. Nobody who was asked knows more."
    assert not dialog.results.split.isVisible()
    assert not dialog.fill_button.isVisible()
    dialog.back_button.click()
    assert dialog.start.isVisible()
    assert dialog.look_button.isEnabled()


def test_papers_that_lack_nothing_are_not_asked_for(
    known: Services, full_window: MainWindow, open_it: Open, qtbot: QtBot
) -> None:
    library = full_window.context.library
    assert library is not None
    for number in range(1, 6):  # the dump told dates and abstracts
        services.editing.set_fields(library, [number], {"authors": "Fern, Bo", "doi": f"10.1234/{number}"})
    dialog = open_it()
    look_up(dialog, qtbot)
    assert dialog.results.status.text() == "Nothing is missing"
    assert known.asked == []


def test_findings_are_not_lost_to_a_second_look_up_but_a_mere_question_is_replaced(
    dialog: LookupDialog, full_window: MainWindow, open_it: Open, qtbot: QtBot
) -> None:
    second = open_it()
    assert second is not dialog
    look_up(second, qtbot)
    assert open_it() is second


def test_it_is_back_with_its_ticks_when_filling_in_is_cancelled(
    dialog: LookupDialog, full_window: MainWindow, qtbot: QtBot
) -> None:
    look_up(dialog, qtbot)
    dialog.results.model.tick([0], False)
    may_go_on = threading.Event()
    context = full_window.context
    context.run("Something before it", lambda _library: may_go_on.wait(20))
    dialog.fill_button.click()
    assert not dialog.isVisible()
    (*_before, waiting) = context.tasks._open.values()
    waiting.cancel()
    may_go_on.set()
    qtbot.waitUntil(dialog.isVisible)
    assert dialog.results.troubles.text() == "Cancelled: nothing was filled in."
    assert dialog.fill_button.text() == "&Fill in 3 papers"
    assert family_names(full_window) == [[]] * 5


def test_it_fits_a_small_screen_where_everything_is_doubled(dialog: LookupDialog, qtbot: QtBot) -> None:
    dialog.resize(DOUBLED)
    look_up(dialog, qtbot)
    assert dialog.size() == DOUBLED
    for one in (dialog.fill_button, dialog.close_button):
        assert dialog.rect().contains(one.mapTo(dialog, one.rect().bottomRight()))
    results = dialog.results
    qtbot.waitUntil(lambda: results.verticalScrollBar().maximum() > 0)
    assert results.table.height() >= results.table.minimumHeight()
    assert results.changes.height() >= results.changes.minimumHeight()


def test_its_size_is_remembered(dialog: LookupDialog, open_it: Open) -> None:
    dialog.resize(600, 440)
    dialog.close()
    assert open_it().size() == QSize(600, 440)


def test_all_of_it_has_a_name_for_screen_readers(dialog: LookupDialog) -> None:
    results = dialog.results
    for one in (results.table, results.changes, results.bar):
        assert one.accessibleName()
