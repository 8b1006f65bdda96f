"""The dump's text: line marks, jump, find, and the way to the paper; and the list of its issues."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from db import services
from db.services.progress import silent
from desktop.views.dump_view import DumpView
from desktop.views.issues_view import IssuesView

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from db.services.importing import FileResult
    from db.services.library import Library
    from desktop.context import AppContext


Keep = Callable[["QWidget"], None]


@pytest.fixture
def source(opened: AppContext, library: Library, dump: Path) -> FileResult:
    """The imported dump."""
    return services.importing.import_files(library, [dump], silent).files[0]


@pytest.fixture
def view(qtbot: QtBot, opened: AppContext, library: Library, source: FileResult, keep: Keep) -> DumpView:
    """The dump at its third record."""
    assert source.source_id is not None
    sighting = services.sources.sightings(library, source.new_ids[2])[0].sighting
    made = DumpView(opened, source.source_id, sighting.line_start)
    keep(made)
    made.show()
    qtbot.waitUntil(lambda: made.text.blockCount() > 5)
    return made


def test_it_opens_at_the_line_and_marks_the_record(view: DumpView, library: Library, source: FileResult) -> None:
    sighting = services.sources.sightings(library, source.new_ids[2])[0].sighting
    assert view.text.line == sighting.line_start
    assert view.text.range == (sighting.line_start, sighting.line_end)
    assert view.windowTitle() == "five.txt"


def test_every_kind_of_line_is_named_in_the_legend(view: DumpView) -> None:
    said = " ".join(label.text() for label in view.findChildren(QLabel))
    for kind in ("R  Record", "F  Page furniture", "Blank", "!  Issue"):
        assert kind in said
    view.grab()  # paints the gutter


def test_the_line_leads_to_its_paper(qtbot: QtBot, view: DumpView, source: FileResult) -> None:
    with qtbot.waitSignal(view.open_paper) as caught:
        view.open_button.click()
    assert caught.args == [source.new_ids[2]]
    view.text.go_to(1)
    assert not view.open_button.isEnabled()
    assert "Page furniture" in view.place.text()


def test_find_goes_on_and_round(view: DumpView) -> None:
    QTest.keyClick(view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    view.find_line.setText("authors")
    places = []
    for _ in range(6):
        view.find_next()
        places.append(view.text.line)
    assert len(set(places)) == 5
    assert places[0] == places[5]
    view.find_next(back=True)
    assert view.text.line == places[4]
    view.find_line.setText("no such words")
    view.find_next()
    assert view.found.text() == "Not found"


@pytest.fixture
def issues(qtbot: QtBot, opened: AppContext, library: Library, tmp_path: Path, keep: Keep) -> IssuesView:
    """The issues of a dump that has some, or of none."""
    made = IssuesView(opened)
    keep(made)
    made.show()
    qtbot.waitUntil(lambda: made.title.text() != "Loading...")
    return made


def test_no_issues_are_said_to_be_none(issues: IssuesView) -> None:
    assert issues.title.text() == "No issues"
    assert not issues.copy_button.isEnabled()


def test_an_issue_is_copied_and_leads_to_its_line(qtbot: QtBot, issues: IssuesView) -> None:
    found = [services.sources.SourceIssue(n, 7, "five.txt", n * 3, "<b>odd</b>", "no title") for n in (1, 2)]
    issues._show(found)
    assert issues.title.text() == "2 issues"
    with qtbot.waitSignal(issues.open_dump) as caught:
        issues.show_button.click()
    assert caught.args == [7, 3]
    issues.copy_button.click()
    assert QGuiApplication.clipboard().text() == "five.txt:3: no title: <b>odd</b>"
    index = issues.model.index(0, 2)
    assert "&lt;b&gt;" in index.data(Qt.ItemDataRole.ToolTipRole)
